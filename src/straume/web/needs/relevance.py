"""Whether a question is asked: the part of XLSForm's expressions that Straume takes, read without `eval`.

    expression := and ("or" and)*          and := part ("and" part)*
    part       := "not" "(" expression ")" | "(" expression ")" | "selected" "(" ${name} "," literal ")"
                | value ("=" | "!=" | "<" | "<=" | ">" | ">=") value
    value      := ${name} | 'text' | "text" | number

An answer that is not there is an empty text: it equals '' and nothing else, and it is neither less nor
greater than a number. `tree` is what the page's script (relevance.js) walks: there is one parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Tree = list[
    Any
]  # ["and" | "or", tree, tree …], ["not", tree], ["selected", name, text], [sign, value, value]
Value = list[Any]  # ["answer", name] or ["text", text]

TOKEN = re.compile(
    r"""\s*(?:(?P<name>\$\{\s*[\w.-]+\s*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<sign>!=|<=|>=|=|<|>)|(?P<mark>[(),])|(?P<word>[A-Za-z-]+))"""
)
NUMBER = re.compile(r"-?\d+(\.\d+)?")
DEEPEST = 20


class NotUnderstood(ValueError):
    """An expression that this reader does not take; its text is a sentence for people."""


@dataclass(frozen=True)
class Relevance:
    """A rule when to ask, read once."""

    tree: Tree
    names: frozenset[str]

    def holds(self, answers: Mapping[str, Any]) -> bool:
        return _holds(self.tree, answers)


def read(expression: str) -> Relevance:
    """The rule of `expression`; NotUnderstood says what is wrong with it."""
    reader = _Reader(_tokens(expression), expression)
    tree = reader.expression()
    if reader.peek() != ("end", ""):
        raise reader.trouble()
    return Relevance(tree, frozenset(_names(tree)))


def _tokens(expression: str) -> list[tuple[str, str]]:
    tokens, at, text = [], 0, expression.strip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise NotUnderstood(
                _("“%(rest)s” in the rule “%(rule)s” is not understood.")
                % {"rest": text[at : at + 20], "rule": expression}
            )
        tokens.append((str(found.lastgroup), found[found.lastgroup or 0]))
        at = found.end()
    return tokens


class _Reader:
    def __init__(self, tokens: Sequence[tuple[str, str]], whole: str) -> None:
        self.tokens, self.at, self.whole, self.depth = tokens, 0, whole, 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, kind: str = "", text: str = "") -> str:
        found = self.peek()
        if (kind and found[0] != kind) or (text and found[1] != text) or found[0] == "end":
            raise self.trouble()
        self.at += 1
        return found[1]

    def trouble(self) -> NotUnderstood:
        said = self.peek()[1] or _("the end")
        return NotUnderstood(
            _("The rule “%(rule)s” is not understood at “%(word)s”.") % {"rule": self.whole, "word": said}
        )

    def expression(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotUnderstood(_("The rule “%(rule)s” is nested too deeply.") % {"rule": self.whole})
        tree = self.joined("or", lambda: self.joined("and", self.part))
        self.depth -= 1
        return tree

    def joined(self, word: str, part: Any) -> Tree:
        parts = [part()]
        while self.peek() == ("word", word):
            self.at += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else [word, *parts]

    def part(self) -> Tree:
        kind, text = self.peek()
        if (kind, text) == ("mark", "("):
            return self.bracketed()
        if (kind, text) == ("word", "not"):
            self.at += 1
            return ["not", self.bracketed()]
        if (kind, text) == ("word", "selected"):
            return self.selected()
        left = self.value()
        return [self.take("sign"), left, self.value()]

    def bracketed(self) -> Tree:
        self.take("mark", "(")
        tree = self.expression()
        self.take("mark", ")")
        return tree

    def selected(self) -> Tree:
        self.at += 1
        self.take("mark", "(")
        name = _bare(self.take("name"))
        self.take("mark", ",")
        text = self.value()
        if text[0] != "text":
            raise self.trouble()
        self.take("mark", ")")
        return ["selected", name, text[1]]

    def value(self) -> Value:
        kind, text = self.peek()
        if kind == "name":
            self.at += 1
            return ["answer", _bare(text)]
        if kind == "text":
            self.at += 1
            return ["text", text[1:-1]]
        return ["text", self.take("number")]


def _bare(name: str) -> str:
    return name[2:-1].strip()


def _names(tree: Tree) -> set[str]:
    if tree[0] in ("answer", "selected"):
        return {tree[1]}
    if tree[0] == "text":
        return set()
    return {name for part in tree[1:] for name in _names(part)}


def _holds(tree: Tree, answers: Mapping[str, Any]) -> bool:
    word = tree[0]
    if word == "and":
        return all(_holds(part, answers) for part in tree[1:])
    if word == "or":
        return any(_holds(part, answers) for part in tree[1:])
    if word == "not":
        return not _holds(tree[1], answers)
    if word == "selected":
        return tree[2] in as_text(answers.get(tree[1])).split(" ")
    return _compares(word, _said(tree[1], answers), _said(tree[2], answers))


def _said(value: Value, answers: Mapping[str, Any]) -> str:
    return value[1] if value[0] == "text" else as_text(answers.get(value[1]))


def as_text(answer: Any) -> str:
    """An answer as XLSForm sees it: several choices are one text with blanks between."""
    if answer is None:
        return ""
    if isinstance(answer, list):
        return " ".join(answer)
    if isinstance(answer, float) and answer.is_integer():
        return str(int(answer))
    return str(answer)


def _compares(sign: str, left: str, right: str) -> bool:
    if not (NUMBER.fullmatch(left) and NUMBER.fullmatch(right)):
        return {"=": left == right, "!=": left != right}.get(sign, False)
    first, second = float(left), float(right)
    return {
        "=": first == second,
        "!=": first != second,
        "<": first < second,
        "<=": first <= second,
        ">": first > second,
        ">=": first >= second,
    }[sign]

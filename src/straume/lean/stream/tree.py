"""Process trees: sequence, choice, parallel and loop over activities, each activity at one place only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Operator = Literal["activity", "silent", "sequence", "choice", "parallel", "loop"]
_SIGNS = {"sequence": "→", "choice": "×", "parallel": "∧", "loop": "↻"}


@dataclass(frozen=True)
class Tree:
    """A node: an activity (its code in the log), nothing, or an operator over children.

    A loop does its first child, and then any number of times one of the others and the first again.
    """

    operator: Operator
    activity: int = -1
    children: tuple[Tree, ...] = ()

    def alphabet(self) -> frozenset[int]:
        """Codes of the activities below."""
        return frozenset(node.activity for node in self.walk() if node.operator == "activity")

    def may_do_nothing(self) -> bool:
        """Whether a case may pass without any activity of the tree."""
        if self.operator in ("activity", "silent"):
            return self.operator == "silent"
        if self.operator == "loop":
            return self.children[0].may_do_nothing()
        each = [child.may_do_nothing() for child in self.children]
        return any(each) if self.operator == "choice" else all(each)

    def walk(self) -> Iterator[Tree]:
        yield self
        for child in self.children:
            yield from child.walk()

    def text(self, names: Sequence[str]) -> str:
        """The tree in the usual signs: →(register, ×(check, τ), decide)."""
        if self.operator == "activity":
            return names[self.activity]
        if self.operator == "silent":
            return "τ"
        return f"{_SIGNS[self.operator]}({', '.join(child.text(names) for child in self.children)})"


SILENT = Tree("silent")


def activity(code: int) -> Tree:
    return Tree("activity", code)


def sequence(*children: Tree) -> Tree:
    return _flat("sequence", [child for child in children if child.operator != "silent"])


def choice(*children: Tree) -> Tree:
    distinct = [child for child in children if child.operator != "silent"]
    if len(distinct) < len(children) and not any(child.may_do_nothing() for child in distinct):
        distinct.append(SILENT)
    return _flat("choice", distinct)


def parallel(*children: Tree) -> Tree:
    return _flat("parallel", [child for child in children if child.operator != "silent"])


def loop(body: Tree, *redo: Tree) -> Tree:
    return Tree("loop", children=(body, *(redo or (SILENT,))))


def relabelled(tree: Tree, codes: Sequence[int]) -> Tree:
    """The same tree with each activity n called codes[n]."""
    if tree.operator == "activity":
        return activity(codes[tree.activity])
    return Tree(tree.operator, children=tuple(relabelled(child, codes) for child in tree.children))


def _flat(operator: Operator, children: Sequence[Tree]) -> Tree:
    """Children of the same operator are taken up; one child alone stands for itself."""
    flat: list[Tree] = []
    for child in children:
        flat += child.children if child.operator == operator else (child,)
    if operator == "choice" and sum(child.operator == "silent" for child in flat) > 1:
        flat = [child for child in flat if child.operator != "silent"] + [SILENT]
    if not flat:
        return SILENT
    return flat[0] if len(flat) == 1 else Tree(operator, children=tuple(flat))

"""A workbook in XLSForm → items of ours; what is wrong is told with sheet and row, and what is not taken."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from straume.web.needs import items, relevance
from straume.web.needs.pasted import Unreadable, open_book, sheet_rows
from straume.web.needs.xlsform import terms

MOST_TOLD = 40


class FormProblems(ValueError):
    """Why the file cannot be taken, a sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class FormRead:
    """The items of a file, its title by language ("" where it names none), and what was not taken."""

    items: list[dict[str, Any]]
    titles: dict[str, str]
    told: tuple[str, ...]


@dataclass
class Line:
    """One row of a sheet: its number and its cells by column; words by language."""

    number: int
    cells: dict[str, str]
    words: dict[str, dict[str, str]]

    def get(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass
class Group:
    """A group that is open: its row, its rule, and for a matrix the rows gathered so far."""

    line: Line
    rule: str
    is_matrix: bool
    rows: list[tuple[Line, str]] = field(default_factory=list)


def read_form(content: bytes) -> FormRead:
    """Raises FormProblems. Its sentences name sheet and row."""
    try:
        sheets = {name.strip().lower(): name for name in open_book(content).sheet_names}
    except Unreadable as trouble:
        raise FormProblems([str(trouble)]) from trouble
    if "survey" not in sheets:
        raise FormProblems([_("The file has no sheet “survey”. It is no XLSForm.")])
    reader = _Reader(content, sheets)
    found = reader.read()
    problems = reader.problems or _own_check(found.items) or _check_of_pyxform(content)
    if problems:
        raise FormProblems(problems)
    return found


class _Reader:
    def __init__(self, content: bytes, sheets: dict[str, str]) -> None:
        self.content, self.sheets = content, sheets
        self.problems: list[str] = []
        self.told: list[str] = []
        self.default = ""
        self.lists: dict[str, list[Line]] = defaultdict(list)
        self.items: list[dict[str, Any]] = []
        self.groups: list[Group] = []

    def read(self) -> FormRead:
        titles = self._settings()
        for line in self._lines("choices", terms.CHOICE_COLUMNS, ("value",)):
            self._choice(line)
        for line in self._lines("survey", terms.SURVEY_COLUMNS, terms.OWN):
            self._survey_row(line)
        for group in self.groups:
            self._wrong(
                "survey",
                group.line,
                _("the group “%(name)s” is not closed.") % {"name": group.line.get("name")},
            )
        for sheet in sorted(set(self.sheets) - {"survey", "choices", "settings"}):
            self.told.append(_("Sheet “%(sheet)s” is not taken.") % {"sheet": self.sheets[sheet]})
        if not self.items and not self.problems:
            self.problems.append(_("Sheet “survey” holds no question that can be taken."))
        return FormRead(self.items, titles, tuple(self.told[:MOST_TOLD]))

    def _settings(self) -> dict[str, str]:
        first = next(iter(self._lines("settings", frozenset({"form_title", "default_language"}), ())), None)
        if first is None:
            return {}
        self.default = terms.language_of(f"::{first.get('default_language')}") or ""
        title = first.words.get("form_title", {}) or {"": first.get("form_title")}
        return {(lang or self.default or "en"): words for lang, words in title.items() if words}

    def _lines(self, sheet: str, known: frozenset[str], own: Sequence[str]) -> Iterator[Line]:
        """Rows below the headings; columns with content that nobody takes are told once."""
        if sheet not in self.sheets:
            return
        rows = sheet_rows(self.content, self.sheets[sheet])
        head = next(((number, cells) for number, cells in rows if any(cells)), (0, []))[1]
        strange: dict[str, list[int]] = defaultdict(list)
        ours = known | {f"straume_{name}" for name in own}
        for number, cells in rows:
            line = Line(number, {}, defaultdict(dict))
            for column, cell in zip(head, cells, strict=False):
                if not cell or not column:
                    continue
                key, lang = terms.key_of(column), terms.language_of(column)
                if key not in ours or lang is None:
                    strange[column].append(number)
                elif key in ("label", "hint"):
                    line.words[key][lang or self.default or "en"] = cell
                else:
                    line.cells[key] = cell
            if line.cells or line.words:
                yield line
        if sheet != "settings":
            self._tell_strange(sheet, strange)

    def _tell_strange(self, sheet: str, strange: dict[str, list[int]]) -> None:
        for column, numbers in strange.items():
            rows = ", ".join(str(number) for number in numbers[:6]) + (" …" if len(numbers) > 6 else "")
            self.told.append(
                _("Sheet “%(sheet)s”: column “%(column)s” is not taken (rows %(rows)s).")
                % {"sheet": sheet, "column": column, "rows": rows}
            )

    def _choice(self, line: Line) -> None:
        if not line.get("list_name") or not line.get("name"):
            self._wrong("choices", line, _("list_name or name is empty."))
        elif not line.words.get("label"):
            self._wrong(
                "choices", line, _("the choice “%(name)s” has no label.") % {"name": line.get("name")}
            )
        else:
            self.lists[line.get("list_name")].append(line)

    def _survey_row(self, line: Line) -> None:
        kind, _blank, rest = line.get("type").strip().partition(" ")
        word = f"{kind} {rest}".strip().lower().replace(" ", "_")
        if word in terms.REPEATS:
            self._wrong("survey", line, _("a group that repeats cannot be taken. Ask it once."))
        elif word == "begin_group":
            self._begin(line)
        elif word == "end_group":
            self._end(line)
        elif kind in terms.TRACES:
            self.told.append(
                _("Sheet “survey”, row %(row)s: “%(type)s” is not taken; it would tell who answers.")
                % {"row": line.number, "type": kind}
            )
        elif not line.get("type"):
            self._wrong("survey", line, _("the type is empty."))
        else:
            self._question(line, kind, rest.strip())

    def _begin(self, line: Line) -> None:
        group = Group(line, line.get("relevant"), "table-list" in line.get("appearance"))
        self.groups.append(group)
        if not group.is_matrix and line.words.get("label"):
            note = {
                "name": line.get("name"),
                "type": "note",
                "label": dict(line.words["label"]),
                "starts_page": True,
            }
            self._put(note, line, rule=self._rule(""))

    def _end(self, line: Line) -> None:
        if not self.groups:
            self._wrong("survey", line, _("end_group closes a group that was not begun."))
            return
        group = self.groups.pop()
        if group.is_matrix:
            self._matrix(group)

    def _matrix(self, group: Group) -> None:
        """A group of questions on one list, shown as a table."""
        lists = {name for _line, name in group.rows}
        if len(lists) != 1:
            self._wrong(
                "survey", group.line, _("the questions of a table-list must share one list of choices.")
            )
            return
        name = group.line.get("name")
        rows = [self._named(line, line.get("name").removeprefix(f"{name}__")) for line, _list in group.rows]
        item = {
            "name": name,
            "type": "matrix",
            "label": dict(group.line.words.get("label", {})),
            "choices": self._choices(group.line, lists.pop(), with_values=True),
            "rows": rows,
            "required": any(line.get("required").lower() in terms.YES for line, _list in group.rows),
        }
        self._put(item, group.line, rule=self._rule(group.rule))

    def _question(self, line: Line, kind: str, rest: str) -> None:
        ours = self._type(line, kind)
        if not ours:
            return
        inside = self.groups[-1] if self.groups and self.groups[-1].is_matrix else None
        list_name = rest.removesuffix("or_other").strip()
        if list_name != rest:
            self._tell(line, _("“or_other” is not taken; write “other” as a choice."))
        if inside is not None and ours in ("one", "scale"):
            inside.rows.append((line, list_name))
            if line.get("relevant"):
                self._tell(line, _("a rule of a single row of a table is not taken."))
            return
        if inside is not None:
            if ours != "note":
                self._wrong("survey", line, _("a table-list takes questions of select_one only."))
            return
        item: dict[str, Any] = {
            "name": line.get("name"),
            "type": ours,
            "label": dict(line.words.get("label", {})),
        }
        if ours in items.WITH_CHOICES:
            item["choices"] = self._choices_of(line, kind, list_name, ours)
        if ours == "text" and "multiline" in line.get("appearance"):
            item["long"] = True
        if line.get("required").lower() in terms.YES:
            item["required"] = True
        elif line.get("required") and line.get("required").lower() not in ("no", "false", "false()", "0"):
            self._tell(line, _("a rule in “required” is not taken; the question need not be answered."))
        self._put(item, line, rule=self._rule(line.get("relevant")))

    def _type(self, line: Line, kind: str) -> str:
        if kind == "range":
            return "scale"
        if kind in terms.SELECTS:
            is_scale = kind == "select_one" and "likert" in line.get("appearance")
            return "scale" if is_scale else terms.SELECTS[kind]
        if kind in terms.PLAIN:
            return terms.PLAIN[kind]
        self._tell(line, _("the type “%(type)s” is not taken.") % {"type": kind})
        return ""

    def _choices_of(self, line: Line, kind: str, list_name: str, ours: str) -> list[dict[str, Any]]:
        if kind == "range":
            return self._range(line)
        return self._choices(line, list_name, with_values=ours == "scale")

    def _choices(self, line: Line, list_name: str, *, with_values: bool) -> list[dict[str, Any]]:
        if list_name not in self.lists:
            self._wrong(
                "survey", line, _("the list “%(name)s” is not on the sheet “choices”.") % {"name": list_name}
            )
            return []
        return [
            self._named(one, one.get("name"), value=_value(one) if with_values else None)
            for one in self.lists[list_name]
        ]

    def _range(self, line: Line) -> list[dict[str, Any]]:
        said = dict(re.findall(r"(start|end|step)\s*=\s*(-?\d+)", line.get("parameters")))
        start, end, step = int(said.get("start", 1)), int(said.get("end", 10)), int(said.get("step", 1))
        if step <= 0 or not 1 <= (end - start) // step <= items.MOST_CHOICES:
            self._wrong("survey", line, _("the range needs start, end and step as whole numbers."))
            return []
        numbers = range(start, end + 1, step)
        return [
            {"name": str(n), "label": dict.fromkeys(items.LANGUAGES, str(n)), "value": n} for n in numbers
        ]

    def _named(self, line: Line, name: str, value: float | None = None) -> dict[str, Any]:
        made: dict[str, Any] = {"name": name, "label": dict(line.words.get("label", {}))}
        return made if value is None else made | {"value": value}

    def _put(self, item: dict[str, Any], line: Line, *, rule: str) -> None:
        if not item["name"]:
            self._wrong("survey", line, _("the name is empty."))
        if not item["label"]:
            self._wrong("survey", line, _("it has no label in lv, lt or en."))
        if line.words.get("hint"):
            item["hint"] = dict(line.words["hint"])
        for key in terms.OWN:
            if said := line.get(f"straume_{key}"):
                item[key] = said if key != "starts_page" else said.lower() in terms.YES
        if rule:
            item["relevant"] = rule
            self._check_rule(line, rule)
        self.items.append(item)

    def _rule(self, own: str) -> str:
        """Its own rule, and those of all groups around it."""
        rules = [rule for rule in (*(group.rule for group in self.groups), own) if rule]
        return rules[0] if len(rules) == 1 else " and ".join(f"({rule})" for rule in rules)

    def _check_rule(self, line: Line, rule: str) -> None:
        try:
            relevance.read(rule)
        except relevance.NotUnderstood as trouble:
            self._wrong("survey", line, str(trouble))

    def _tell(self, line: Line, sentence: str) -> None:
        self.told.append(
            _("Sheet “%(sheet)s”, row %(row)s: %(sentence)s")
            % {"sheet": "survey", "row": line.number, "sentence": sentence}
        )

    def _wrong(self, sheet: str, line: Line, sentence: str) -> None:
        self.problems.append(
            _("Sheet “%(sheet)s”, row %(row)s: %(sentence)s")
            % {"sheet": sheet, "row": line.number, "sentence": sentence}
        )


def _value(line: Line) -> float | None:
    """The number of a choice on a scale: its own column, else its name where that is one."""
    said = line.get("straume_value") or line.get("name")
    number = said.replace(",", ".")
    if not relevance.NUMBER.fullmatch(number):
        return None
    return float(number) if "." in number else int(number)


def _own_check(found: list[dict[str, Any]]) -> list[str]:
    try:
        items.read(items=found)
    except items.ItemsError as trouble:
        return list(trouble.problems)
    return []


def _check_of_pyxform(content: bytes) -> list[str]:
    """What XLSForm's own reader says; its Java validation is not asked for."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert(xlsform=io.BytesIO(content), file_type=".xlsx", validate=False)
    except PyXFormError as trouble:
        return [_("XLSForm’s own check says: %(said)s") % {"said": trouble}]
    return []

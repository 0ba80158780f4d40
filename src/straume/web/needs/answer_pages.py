"""A questionnaire as somebody answers it: its pages, what came in by the form, what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from straume.web.needs.items import Choice, Item, asked
from straume.web.needs.relevance import NUMBER

LONGEST_TEXT, LONGEST_LINE = 4000, 300
NUMBER_LIMIT = 1e12


@dataclass(frozen=True)
class Option:
    """One choice as it stands on the page."""

    choice: Choice
    text: str
    is_chosen: bool
    position: str = ""  # of a ranking


@dataclass(frozen=True)
class RowShown:
    """One row of a matrix."""

    name: str  # of the field
    text: str
    options: tuple[Option, ...]

    @property
    def is_answered(self) -> bool:
        return any(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Question:
    """One item as it stands on the page."""

    item: Item
    field: str
    text: str
    hint: str
    options: tuple[Option, ...]
    rows: tuple[RowShown, ...]
    value: str
    error: str
    rule: str  # for the page's script, where the answer to it stands on the same page
    is_hidden: bool
    positions: range

    @property
    def id(self) -> str:
        """Where a link of the error summary leads: the first thing to fill in."""
        missing = (row.name for row in self.rows if not row.is_answered)
        first = next(missing, self.rows[0].name) if self.rows else self.field
        return f"{first}-1" if self.item.type in ("one", "many", "scale", "matrix", "rank") else first


def pages_of(items: Sequence[Item]) -> list[list[Item]]:
    """Its pages: a note that starts one begins a new one."""
    pages: list[list[Item]] = [[]]
    for item in items:
        if item.starts_page and pages[-1]:
            pages.append([])
        pages[-1].append(item)
    return pages


def page_shown(page: Sequence[Item], *, items: Sequence[Item], answers: Mapping[str, Any]) -> list[Item]:
    """The items of a page that are asked, or may be once something on the same page is answered."""
    now = {item.name for item in asked(items=items, answers=answers)}
    here = {item.name for item in page}
    return [item for item in page if item.name in now or (item.rule and item.rule.names & here)]


def step(start: int, by: int, *, items: Sequence[Item], answers: Mapping[str, Any]) -> int | None:
    """The next page (or, by -1, the one before) on which something is asked; None past the last one."""
    pages = pages_of(items)
    at = start + by
    while 0 <= at < len(pages):
        if page_shown(pages[at], items=items, answers=answers):
            return at
        at += by
    return None


def read_answers(items: Sequence[Item], data: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """What the form says, by item; and by item what cannot be taken. What is empty is left out."""
    answers: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for item in items:
        try:
            answer = READERS[item.type](item, data)
        except ValueError as trouble:
            errors[item.name] = str(trouble)
            continue
        if answer not in (None, "", [], {}):
            answers[item.name] = answer
    return answers, errors


def problems(items: Sequence[Item], *, among: Sequence[Item], answers: Mapping[str, Any]) -> dict[str, str]:
    """Which of these items are asked, required and not answered, or only in part."""
    wanted = {item.name for item in asked(items=items, answers=answers) if item.required}
    return {
        item.name: _(MISSING[item.type])
        for item in among
        if item.name in wanted and not _whole(item, answers)
    }


def only_asked(items: Sequence[Item], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to what was asked; those that a later change of mind made moot are left out."""
    return {
        item.name: answers[item.name] for item in asked(items=items, answers=answers) if item.name in answers
    }


def shown(
    page: Sequence[Item],
    *,
    items: Sequence[Item],
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    typed: Mapping[str, str],
) -> list[Question]:
    """The questions of a page; `typed` is what could not be taken, to stand in the field again."""
    now = {item.name for item in asked(items=items, answers=answers)}
    here = {item.name for item in page}
    return [
        _question(item, answers, errors, typed, is_asked=item.name in now, here=here)
        for item in page_shown(page, items=items, answers=answers)
    ]


def carried(
    items: Sequence[Item], *, page: Sequence[Item], answers: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Answers of the other pages as hidden fields: nothing is kept on the server between two pages."""
    here = {item.name for item in page}
    return [
        pair
        for item in items
        if item.name not in here and item.name in answers
        for pair in _fields(item, answers[item.name])
    ]


def field_of(item: Item, part: str = "") -> str:
    return f"q-{item.name}--{part}" if part else f"q-{item.name}"


def _question(
    item: Item,
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    typed: Mapping[str, str],
    *,
    is_asked: bool,
    here: set[str],
) -> Question:
    answer = answers.get(item.name)
    depends_here = bool(item.rule and item.rule.names & here)
    return Question(
        item=item,
        field=field_of(item),
        text=item.said(),
        hint=item.hint_said(),
        options=tuple(_option(item, choice, answer) for choice in item.choices),
        rows=tuple(_row(item, row, answer) for row in item.rows),
        value=typed.get(item.name) or _written(answer),
        error=errors.get(item.name, ""),
        rule=json.dumps(item.rule.tree) if item.rule and depends_here else "",
        is_hidden=not is_asked,
        positions=range(1, len(item.choices) + 1),
    )


def _option(item: Item, choice: Choice, answer: Any) -> Option:
    chosen = choice.name in answer if isinstance(answer, list) else choice.name == answer
    place = str(answer.index(choice.name) + 1) if item.type == "rank" and chosen else ""
    return Option(choice, choice.said(), bool(chosen), place)


def _row(item: Item, row: Choice, answer: Any) -> RowShown:
    given = answer.get(row.name) if isinstance(answer, dict) else None
    options = tuple(Option(choice, choice.said(), choice.name == given) for choice in item.choices)
    return RowShown(field_of(item, row.name), row.said(), options)


def _written(answer: Any) -> str:
    if isinstance(answer, float):
        return f"{answer:g}" if not answer.is_integer() else str(int(answer))
    return answer if isinstance(answer, str) else ""


def _fields(item: Item, answer: Any) -> list[tuple[str, str]]:
    if item.type == "matrix":
        return [(field_of(item, row), choice) for row, choice in answer.items()]
    if item.type == "rank":
        return [(field_of(item, choice), str(place)) for place, choice in enumerate(answer, 1)]
    if item.type == "many":
        return [(field_of(item), choice) for choice in answer]
    return [(field_of(item), _written(answer))]


def _whole(item: Item, answers: Mapping[str, Any]) -> bool:
    answer = answers.get(item.name)
    if item.type == "matrix":
        return answer is not None and len(answer) == len(item.rows)
    return item.type == "note" or answer is not None


def _one(item: Item, data: QueryDict) -> str:
    name = data.get(field_of(item), "")
    return name if item.choice(name) else ""


def _many(item: Item, data: QueryDict) -> list[str]:
    given = set(data.getlist(field_of(item)))
    return [choice.name for choice in item.choices if choice.name in given]


def _matrix(item: Item, data: QueryDict) -> dict[str, str]:
    given = {row.name: data.get(field_of(item, row.name), "") for row in item.rows}
    return {row: name for row, name in given.items() if item.choice(name)}


def _rank(item: Item, data: QueryDict) -> list[str]:
    places = {choice.name: data.get(field_of(item, choice.name), "") for choice in item.choices}
    given = {name: int(place) for name, place in places.items() if place.isdecimal() and len(place) < 4}
    if not given:
        return []
    if sorted(given.values()) != list(range(1, len(item.choices) + 1)):
        raise ValueError(
            _("Give each line a place of its own, from 1 to %(last)s.") % {"last": len(item.choices)}
        )
    return sorted(given, key=given.__getitem__)


def _number(item: Item, data: QueryDict) -> float | None:
    typed = data.get(field_of(item), "").strip().replace(",", ".").replace("\u00a0", "").replace(" ", "")
    if not typed:
        return None
    if not NUMBER.fullmatch(typed) or abs(float(typed)) > NUMBER_LIMIT:
        raise ValueError(_("Write a number, such as 12 or 2.5."))
    return float(typed)


def _text(item: Item, data: QueryDict) -> str:
    typed = data.get(field_of(item), "").replace("\r\n", "\n").replace("\x00", "").strip()
    most = LONGEST_TEXT if item.long else LONGEST_LINE
    if len(typed) > most:
        raise ValueError(_("Write at most %(most)s letters.") % {"most": most})
    return typed


READERS: dict[str, Any] = {
    "one": _one,
    "scale": _one,
    "many": _many,
    "matrix": _matrix,
    "rank": _rank,
    "number": _number,
    "text": _text,
    "note": lambda item, data: None,
}


MISSING = {
    "one": gettext_noop("Choose one answer."),
    "scale": gettext_noop("Choose one answer."),
    "many": gettext_noop("Choose at least one answer."),
    "matrix": gettext_noop("Choose an answer in each line."),
    "rank": gettext_noop("Give each line a place."),
    "number": gettext_noop("Write a number."),
    "text": gettext_noop("Write an answer."),
}

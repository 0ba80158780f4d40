"""The sheets of a wave as columns: questions, groups of those who answered, weights."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from straume.lean.ask.hidden import Line
from straume.lean.ask.weights import Weighting, weigh
from straume.web.needs import items as item_reader
from straume.web.needs.models import Wave
from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country
from straume.web.places.wording import folded

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
JOINS = "~"  # an item and the row of a matrix, in an address
DIMENSIONS = ("country", "place", "unit", "role")


@dataclass(frozen=True)
class Question:
    """One question that has figures: an item, or one row of a matrix."""

    key: str
    item: item_reader.Item
    row: str = ""

    @property
    def label(self) -> str:
        row = self.item.row(self.row) if self.row else None
        return row.said() if row else self.item.said()

    @property
    def above(self) -> str:
        """The words over a matrix."""
        return self.item.said() if self.row else ""

    @property
    def is_scale(self) -> bool:
        return any(choice.value is not None for choice in self.item.choices)

    @property
    def cells(self) -> tuple[item_reader.Choice, ...]:
        """Choices that are counted; on a scale those that have a value ("cannot say" has none)."""
        if self.is_scale:
            return tuple(choice for choice in self.item.choices if choice.value is not None)
        return self.item.choices

    @property
    def ends(self) -> tuple[float, float]:
        values = [choice.value for choice in self.item.choices if choice.value is not None]
        return min(values), max(values)


@dataclass(frozen=True)
class Group:
    """Those who have something in common. `code`: "all", "country:lv", "place:12", "role:head"."""

    code: str
    dimension: str
    label: str
    members: Flags = field(repr=False)
    above: str = ""  # code of the group that it is a part of


class Read:
    """The sheets of one wave, read once."""

    def __init__(self, wave: Wave, items: tuple[item_reader.Item, ...], rows: list[Any]) -> None:
        self.wave = wave
        self.items = items
        self.n = len(rows)
        self._country = [row[0] for row in rows]
        self._place = [row[1] for row in rows]
        self._unit = [row[2] for row in rows]
        self._role = [row[3] for row in rows]
        self._answers: list[Mapping[str, Any]] = [row[4] for row in rows]
        self._keys: list[uuid.UUID] = [row[5] for row in rows]
        self._columns: dict[str, npt.NDArray[np.int64]] = {}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        found: list[Question] = []
        for item in self.items:
            if item.type in ("note", "text") or item.stratum:
                continue
            if item.type == "matrix":
                found += [Question(f"{item.name}{JOINS}{row.name}", item, row.name) for row in item.rows]
            else:
                found.append(Question(item.name, item))
        return tuple(found)

    @property
    def texts(self) -> tuple[item_reader.Item, ...]:
        return tuple(item for item in self.items if item.type == "text")

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions if one.key == key), None)

    @cached_property
    def weighting(self) -> Weighting:
        people = {str(row.institution_id): row.people for row in self.staff}
        return weigh(
            places=[str(place) if place else "" for place in self._place],
            groups=self._country,
            people=people,
            group_of={str(row.institution_id): row.institution.country for row in self.staff},
            answered=self.turnout or None,
        )

    @cached_property
    def turnout(self) -> dict[str, int]:
        """Place → how many of those invited answered; {} where nobody was invited."""
        return {str(row.institution_id): row.answered for row in self.wave.turnout.all() if row.answered}

    @cached_property
    def invited(self) -> int:
        """How many were invited, those whose invitation is erased too."""
        erased = sum(row.answered + row.unanswered for row in self.wave.turnout.all())
        return erased + self.wave.invitations.count()

    @cached_property
    def staff(self) -> list[Any]:
        return list(self.wave.staff.select_related("institution"))

    @cached_property
    def places(self) -> dict[int, Institution]:
        wanted = {place for place in self._place if place}
        return {one.pk: one for one in Institution.objects.filter(pk__in=wanted)}

    def place_name(self, key: str) -> str:
        known = {str(row.institution_id): row.institution.name for row in self.staff}
        known |= {str(pk): one.name for pk, one in self.places.items()}
        return known.get(key, key)

    def chosen(self, question: Question) -> npt.NDArray[np.int64]:
        """Number of the chosen cell of each sheet, −1 without an answer, −2 for a choice without a value."""
        if question.key not in self._columns:
            at = {choice.name: number for number, choice in enumerate(question.cells)}
            other = {choice.name: -2 for choice in question.item.choices if choice.name not in at}
            known = {**other, **at}
            raw = (self._value(sheet, question) for sheet in self._answers)
            self._columns[question.key] = np.fromiter(
                (known.get(value, -1) if isinstance(value, str) else -1 for value in raw), np.int64, self.n
            )
        return self._columns[question.key]

    def values(self, question: Question) -> Floats:
        """What each sheet says on the scale, or the number that it holds; NaN where there is none."""
        if question.item.type == "number":
            raw = (sheet.get(question.item.name) for sheet in self._answers)
            return np.fromiter((_number(value) for value in raw), float, self.n)
        table = np.array([*(choice.value or 0.0 for choice in question.cells), np.nan])
        at = self.chosen(question)
        return np.asarray(table[np.where(at >= 0, at, len(table) - 1)], dtype=float)

    def several(self, question: Question) -> tuple[Flags, Flags]:
        """Of a question with several answers: who chose what, shape (n, choices), and who answered at all."""
        at = {choice.name: number for number, choice in enumerate(question.cells)}
        chosen = np.zeros((self.n, len(at)), dtype=bool)
        answered = np.zeros(self.n, dtype=bool)
        for number, sheet in enumerate(self._answers):
            said = sheet.get(question.item.name)
            if isinstance(said, list):
                answered[number] = True
                for name in said:
                    if name in at:
                        chosen[number, at[name]] = True
        return chosen, answered

    def orders(self, question: Question) -> Floats:
        """Of a ranking: the place that each sheet gives each choice, from 1; NaN where it gives none."""
        at = {choice.name: number for number, choice in enumerate(question.cells)}
        places = np.full((self.n, len(at)), np.nan)
        for number, sheet in enumerate(self._answers):
            said = sheet.get(question.item.name)
            for order, name in enumerate(said if isinstance(said, list) else [], 1):
                if name in at:
                    places[number, at[name]] = order
        return places

    def written(self, item: item_reader.Item) -> list[tuple[uuid.UUID, str]]:
        """Key of the sheet and what it says in words."""
        found = zip(self._keys, (sheet.get(item.name) for sheet in self._answers), strict=True)
        return [(key, said.strip()) for key, said in found if isinstance(said, str) and said.strip()]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Everybody first; then countries, places within them, kinds of unit, roles."""
        everybody = Group("all", "all", _("All"), np.ones(self.n, dtype=bool))
        return (everybody, *self._by_place(), *self._by("unit", self._unit), *self._by("role", self._role))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Which groups add up to which."""
        at = {group.code: number for number, group in enumerate(self.groups)}
        parts: dict[tuple[str, str], list[int]] = {}
        for group in self.groups[1:]:
            parts.setdefault((group.above, group.dimension), []).append(at[group.code])
        return tuple(Line(at[above], tuple(inside)) for (above, _what), inside in parts.items())

    def _by_place(self) -> Iterable[Group]:
        countries, places = np.array(self._country), np.array([place or 0 for place in self._place])
        for country in sorted(set(self._country), reverse=True):
            inside = countries == country
            code = f"country:{country or 'none'}"
            label = str(Country(country).label) if country else _("Country not told")
            yield Group(code, "country", label, inside, "all")
            there = {int(pk) for pk in places[inside]}
            named = sorted((pk for pk in there if pk), key=lambda pk: folded(self.places[pk].name))
            for pk in named:
                yield Group(f"place:{pk}", "place", self.places[pk].name, inside & (places == pk), code)
            if 0 in there and named:
                rest = inside & (places == 0)
                yield Group(f"place:{country or 'none'}", "place", _("Place not told"), rest, code)

    def _by(self, dimension: str, said: list[str]) -> Iterable[Group]:
        words = self._words(dimension)
        column = np.array(said)
        for name in sorted(
            set(said), key=lambda one: (one == "", list(words).index(one) if one in words else 99)
        ):
            label = words.get(name, name) if name else _("Not told")
            yield Group(f"{dimension}:{name or 'none'}", dimension, label, column == name, "all")

    def _words(self, dimension: str) -> dict[str, str]:
        wanted = "unit_kind" if dimension == "unit" else "role"
        asked = next((item for item in self.items if item.stratum == wanted), None)
        return {choice.name: choice.said() for choice in asked.choices} if asked else {}

    @staticmethod
    def _value(sheet: Mapping[str, Any], question: Question) -> Any:
        said = sheet.get(question.item.name)
        return said.get(question.row) if question.row and isinstance(said, dict) else said


def read(wave: Wave) -> Read:
    """The wave's sheets and questions. No order of theirs is kept."""
    columns = ("country", "institution_id", "unit_kind", "role", "answers", "id")
    rows = list(wave.sheets.order_by("id").values_list(*columns))
    return Read(wave, item_reader.read(items=wave.version.items), rows)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")

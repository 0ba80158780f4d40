"""Which column means what: guessed from names and content, with reasons; every one can be set by the
caller.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import WrongCall
from straume.lean.events import layouts
from straume.lean.events.column_words import DATES, WORDS
from straume.lean.events.instants import instants_of
from straume.lean.events.raw import RawTable

ROLES = tuple(WORDS)
_ENOUGH = 0.55


@dataclass(frozen=True)
class ColumnMapping:
    """Role → column of the source. None: no column has this role.

    `steps` makes a wide table long: each of its date columns is a step. `day_first` says how 01/02/2023 is
    to be read.
    """

    case: str | None = None
    activity: str | None = None
    start: str | None = None
    end: str | None = None
    worker: str | None = None
    unit: str | None = None
    outcome: str | None = None
    channel: str | None = None
    received: str | None = None
    due: str | None = None
    closed: str | None = None  # date on which the case was closed
    status: str | None = None  # word that says whether it is closed
    stop_from: str | None = None
    stop_to: str | None = None
    transition: str | None = None  # life cycle: schedule, start, complete
    instance: str | None = None  # which start belongs to which complete
    steps: tuple[str, ...] = ()
    day_first: bool | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> ColumnMapping:
        """The mapping from its JSON form; raises WrongCall `unknown_role`."""
        return cls(**_checked(data))

    def to_dict(self) -> dict[str, Any]:
        """Roles that have a column; a JSON form that `from_dict` reads."""
        return {
            name: list(value) if name == "steps" else value
            for name, value in vars(self).items()
            if value is not None and value != ()
        }

    def columns(self) -> dict[str, str]:
        """Role → column for every role that has one; a step is `step:<column>`."""
        named = {role: getattr(self, role) for role in ROLES if getattr(self, role) is not None}
        return named | {f"step:{column}": column for column in self.steps}


@dataclass(frozen=True)
class Choice:
    """One guess: why this column has this role. Reasons: name_exact, name_part, content_dates,
    content_ids, content_words.
    """

    role: str
    column: str
    reason: str
    score: float


@dataclass(frozen=True)
class Guess:
    """The columns as guessed, with reasons, and the first rows as they would be shown (workers as
    pseudonyms).
    """

    mapping: ColumnMapping
    choices: tuple[Choice, ...]
    columns: tuple[str, ...]
    wide: bool
    preview: tuple[Mapping[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "mapping": self.mapping.to_dict(),
            "choices": [vars(choice) for choice in self.choices],
            "columns": list(self.columns),
            "wide": self.wide,
            "preview": [dict(row) for row in self.preview],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Guess:
        return cls(
            mapping=ColumnMapping.from_dict(data["mapping"]),
            choices=tuple(Choice(**choice) for choice in data["choices"]),
            columns=tuple(data["columns"]),
            wide=bool(data["wide"]),
            preview=tuple(data["preview"]),
        )


def _checked(data: Mapping[str, Any]) -> dict[str, Any]:
    known = {field.name for field in fields(ColumnMapping)}
    for role in data:
        if role not in known:
            raise WrongCall("unknown_role", role=str(role)[:40], roles=", ".join((*ROLES, "steps")))
    return {role: tuple(value or ()) if role == "steps" else value for role, value in data.items()}


def overridden(guessed: ColumnMapping, given: ColumnMapping | Mapping[str, Any] | None) -> ColumnMapping:
    """The guess with what the caller set: a ColumnMapping replaces it whole, a dict role by role.

    None in the dict: no column has that role. A column that the caller gives to one role leaves the role
    that the guess had given it.
    """
    if given is None or isinstance(given, ColumnMapping):
        return given or guessed
    chosen = _checked(given)
    taken = {value for role, value in chosen.items() if role in ROLES and value}
    freed: dict[str, Any] = {role: None for role in ROLES if getattr(guessed, role) in taken}
    if chosen.get("steps"):
        freed |= {"activity": None, "start": None, "end": None, "transition": None}
    elif chosen.get("activity") or chosen.get("end"):
        freed["steps"] = ()
    return replace(guessed, **{**freed, **chosen})


def guess(sample: RawTable) -> Guess:
    """Guess the role of each column of a sample of rows."""
    facts = {name: _column_facts(sample.column(name)) for name in sample.names}
    scored = sorted(
        (
            choice
            for name in sample.names
            for role in ROLES
            if _fits(role, name, sample)
            and (choice := _score(role, name, facts[name]))
            and choice.score >= _ENOUGH
        ),
        key=lambda choice: -choice.score,
    )
    chosen: dict[str, Choice] = {}
    for choice in scored:
        if choice.role not in chosen and choice.column not in {other.column for other in chosen.values()}:
            chosen[choice.role] = choice
    steps = _steps(sample, facts, chosen)
    if steps:
        for role in ("start", "end", "transition", "instance"):
            chosen.pop(role, None)
    else:
        _fill_from_content(sample, facts, chosen)
    if steps and "case" not in chosen:
        _case_from_content(sample, facts, chosen)
    roles: dict[str, Any] = {role: choice.column for role, choice in chosen.items()}
    mapping = ColumnMapping(**roles, steps=steps)
    reasons = [
        *chosen.values(),
        *(Choice(f"step:{name}", name, "content_dates", facts[name].dates) for name in steps),
    ]
    order = {role: place for place, role in enumerate(ROLES)}
    reasons.sort(key=lambda choice: order.get(choice.role, len(order)))
    return Guess(mapping, tuple(reasons), sample.names, bool(steps))


@dataclass(frozen=True)
class ColumnFacts:
    """Shares among the values of a sample."""

    filled: float  # of the rows
    dates: float  # of the filled values
    distinct: float  # of the filled values
    letters: float  # of the filled values: hold a letter
    digits: float  # of the filled values: hold a digit
    numeric_dates: bool  # the dates are bare numbers


def _column_facts(column: pa.ChunkedArray) -> ColumnFacts:
    rows = max(len(column), 1)
    if pa.types.is_nested(column.type):
        return ColumnFacts(0, 0, 0, 0, 0, False)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        filled = len(column) - column.null_count
        return ColumnFacts(filled / rows, 1.0, len(column.unique()) / max(filled, 1), 0.0, 1.0, False)
    text = column.cast(pa.string())
    text = text.filter(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(pc.fill_null(text, ""))), 0))
    filled = len(text)
    if not filled:
        return ColumnFacts(0, 0, 0, 0, 0, False)
    found = instants_of(text, timezone="UTC")
    return ColumnFacts(
        filled=filled / rows,
        dates=int(found.known.sum()) / filled,
        distinct=len(text.unique()) / filled,
        letters=pc.sum(pc.match_substring_regex(text, r"\p{L}")).as_py() / filled,
        digits=pc.sum(pc.match_substring_regex(text, r"\p{N}")).as_py() / filled,
        numeric_dates=bool(found.families) and set(found.families) <= {layouts.SERIAL, layouts.EPOCH},
    )


def folded(name: str) -> str:
    """Lower case, no diacritics, everything that is no letter or digit a single space."""
    split = re.sub(r"(?<=[a-zāčēģīķļņšūž])(?=[A-Z])", " ", name)
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", split.casefold()) if not unicodedata.combining(c)
    )
    return " ".join(re.findall(r"[^\W_]+", plain))


def name_score(role: str, name: str) -> float:
    """How well a column's name fits a role: 1 the very word, .8 begins or ends with it, .6 holds it, 0
    not at all.
    """
    own = folded(name)
    best = 0.0
    for rank, word in enumerate(WORDS[role]):
        if own == word:
            best = max(best, 1.0 - rank / 1000)
        elif own.startswith(word + " ") or own.endswith(" " + word):
            best = max(best, 0.8 - rank / 1000)
        elif f" {word} " in own:
            best = max(best, 0.6 - rank / 1000)
    return best


_OF_CASE = frozenset({"case", "outcome", "channel", "received", "due", "closed", "status"})
_OF_CASE_ALONE = frozenset({"received", "due", "closed", "status"})


def _fits(role: str, name: str, sample: RawTable) -> bool:
    """An attribute of the case says nothing of one event; where a format tells both apart, nor the other
    way round.
    """
    if name.startswith("case:"):
        return role in _OF_CASE
    return not (sample.case_columns and role in _OF_CASE_ALONE)


def _score(role: str, name: str, facts: ColumnFacts) -> Choice | None:
    score = name_score(role, name)
    if not score:
        return None
    if role in DATES and facts.filled and (facts.dates < 0.5 or (facts.numeric_dates and score < 0.9)):
        return None
    if role not in DATES and facts.dates > 0.9 and not facts.numeric_dates:
        return None
    return Choice(role, name, "name_exact" if score > 0.85 else "name_part", round(score, 3))


def _steps(
    sample: RawTable, facts: Mapping[str, ColumnFacts], chosen: Mapping[str, Choice]
) -> tuple[str, ...]:
    """Date columns of a wide table: one row per case, no activity column, three or more dates."""
    if "activity" in chosen or sample.case_columns:
        return ()
    other = {"due", "closed", "stop_from", "stop_to"}
    taken = {choice.column for role, choice in chosen.items() if role in other}
    dates = [
        name
        for name in sample.names
        if facts[name].dates > 0.8 and not facts[name].numeric_dates and name not in taken
    ]
    has_case = "case" in chosen and facts[chosen["case"].column].distinct > 0.8
    return tuple(dates) if len(dates) >= 3 or (len(dates) == 2 and has_case) else ()


def _fill_from_content(sample: RawTable, facts: Mapping[str, ColumnFacts], chosen: dict[str, Choice]) -> None:
    """What names do not tell, content may: a column of dates is a time, one of few words an activity."""

    def free() -> list[str]:
        taken = {choice.column for choice in chosen.values()}
        return [name for name in sample.columns if name not in taken and facts[name].filled > 0.5]

    if "end" not in chosen:
        dates = [name for name in free() if facts[name].dates > 0.9 and not facts[name].numeric_dates]
        if dates:
            chosen["end"] = Choice("end", dates[-1], "content_dates", round(facts[dates[-1]].dates * 0.5, 3))
    if "activity" not in chosen:
        words = [name for name in free() if facts[name].letters > 0.9 and facts[name].distinct < 0.5]
        words = [name for name in words if facts[name].dates < 0.1 and facts[name].digits < 0.5]
        if words:
            best = max(words, key=lambda name: facts[name].distinct)
            chosen["activity"] = Choice("activity", best, "content_words", 0.4)
    if "case" not in chosen:
        _case_from_content(sample, facts, chosen)


def _case_from_content(sample: RawTable, facts: Mapping[str, ColumnFacts], chosen: dict[str, Choice]) -> None:
    taken = {choice.column for choice in chosen.values()}
    ids = [name for name in sample.columns if name not in taken and facts[name].filled > 0.95]
    ids = [name for name in ids if facts[name].dates < 0.5 or facts[name].numeric_dates]
    ids = [name for name in ids if facts[name].distinct > 0.02 and facts[name].digits > 0.5]
    if ids:
        chosen["case"] = Choice(
            "case", max(ids, key=lambda name: facts[name].distinct < 0.9), "content_ids", 0.4
        )


def masked_columns(names: tuple[str, ...], mapping: ColumnMapping) -> frozenset[str]:
    """Columns that a preview shows as pseudonyms: the worker's, and every other whose name speaks of a
    person.
    """
    return frozenset(name for name in names if name == mapping.worker or name_score("worker", name) > 0)


def preview_of(sample: RawTable, mapping: ColumnMapping, *, rows: int = 10) -> tuple[Mapping[str, str], ...]:
    """The first rows as text, persons replaced by numbers."""
    masked = masked_columns(sample.names, mapping)
    count = min(rows, sample.rows)
    columns = {name: _shown(sample.column(name).slice(0, count), name in masked) for name in sample.names}
    return tuple({name: values[row] for name, values in columns.items()} for row in range(count))


def _shown(column: pa.ChunkedArray, masked: bool) -> list[str]:
    values = ["" if value is None else str(value)[:80] for value in column.to_pylist()]
    if not masked:
        return values
    numbers: dict[str, int] = {}
    return [f"#{numbers.setdefault(value, len(numbers) + 1)}" if value else "" for value in values]

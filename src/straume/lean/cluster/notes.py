"""What the buckets noticed, put together: problems, notices and facts of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from straume.lean.cluster.buckets import Linking
from straume.lean.errors import Place, Problem
from straume.lean.events.guess import ColumnMapping
from straume.lean.events.log import Facts

Note = Mapping[str, Any]
_SUMS = ("cases", "open_cases", "work_items", "ties", "start_recorded", "start_paired", "start_estimated")


def problems_of_all(notes: Sequence[Note]) -> tuple[Problem, ...]:
    """The problems of all buckets, one for each cause and column, with its first place and its count."""
    return _together(Problem.from_dict(each) for note in notes for each in note["problems"])


def facts_of_all(
    linked: Sequence[Note], read: Sequence[Note], *, whole: Linking, columns: Mapping[str, str], timezone: str
) -> Facts:
    parts = [note["facts"] for note in linked]
    sums = {name: sum(part[name] for part in parts) for name in (*_SUMS, "start_unknown", "date_only")}
    return Facts(
        **sums,
        raw_events=sum(note.get("raw_events", 0) for note in read),
        activities=len(whole.activities),
        units=len(whole.units),
        workers=len(whole.workers),
        first_at=min((part["first_at"] for part in parts), default=0),
        last_at=max((part["last_at"] for part in parts), default=0),
        timezone=timezone,
        source_format="parquet",
        columns=dict(columns),
    )


def notices_of_all(
    notes: Sequence[Note], facts: Facts, roles: ColumnMapping
) -> tuple[Mapping[str, Any], ...]:
    """What was noticed on the way, and of the finished log what one machine would notice too."""
    found = list(_together(Problem.from_dict(each) for note in notes for each in note["notices"]))
    if facts.ties:
        found.append(Problem("ties", {"count": facts.ties}))
    if facts.date_only:
        share = 100 * facts.date_only / facts.work_items
        percent = round(share) if share >= 10 else max(0.1, round(share, 1))
        found.append(Problem("dates_without_time", {"count": facts.date_only, "percent": percent}))
    if facts.cases == 1:
        found.append(Problem("single_case", {"column": roles.case or ""}))
    elif facts.cases == facts.work_items:
        found.append(Problem("every_case_has_one_step", {"column": roles.case or ""}))
    return tuple(problem.to_dict() for problem in found)


def _together(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    found: dict[tuple[str, str | None], Problem] = {}
    for problem in problems:
        key = (problem.code, problem.place.column)
        found[key] = _both(found[key], problem) if key in found else problem
    return tuple(found.values())


def _both(one: Problem, other: Problem) -> Problem:
    first = one if _row(one.place) <= _row(other.place) else other
    params = dict(first.params)
    if "count" in params:
        params["count"] = one.params["count"] + other.params["count"]
    return Problem(first.code, params, first.place)


def _row(place: Place) -> int:
    return place.row if place.row is not None else 0

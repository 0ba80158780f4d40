"""A list of steps as people say it in a room becomes a ValueStream."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from straume.lean.errors import InputProblems, Place, Problem, StraumeError
from straume.lean.stream import cells
from straume.lean.stream.clocks import MINUTES_PER_DAY, WorkingTime
from straume.lean.stream.columns import Column, recognise
from straume.lean.stream.durations import parse_duration
from straume.lean.stream.folding import fold
from straume.lean.stream.records import Clock, LegalBasis, Span, Step, UnitCapacity, ValueStream
from straume.lean.stream.step_routes import RowWays, join_up

MOST_STEPS = 200
Row = Mapping[str, object]
T = TypeVar("T")


@dataclass(frozen=True)
class StepTable:
    """A step table that was understood: the stream, what each column meant, what to look at again."""

    stream: ValueStream
    columns: Mapping[str, str]  # role → heading
    notices: tuple[Problem, ...] = ()


def read_steps(
    rows: Sequence[Row],
    *,
    name: str = "",
    demand_per_year: float | None = None,
    calendar: Mapping[str, object] | None = None,
    units: Sequence[UnitCapacity] = (),
    hours_clock: Clock = "working",
) -> StepTable:
    """The value stream that a step table tells.

    Parameters: rows – heading (or role) → cell, in working order; demand_per_year [cases]; calendar – JSON
    form of a WorkCalendar or of WorkingTime, says how long a working day is (none: 480 min, 5 days a week);
    units – staff and rates where known; hours_clock – "calendar" declares that minutes and hours run around
    the clock.
    Returns: StepTable. Raises: InputProblems with every problem found, in the order of the table.
    """
    filled = [
        (number, row) for number, row in enumerate(rows, 1) if any(_text(cell) for cell in row.values())
    ]
    if not filled:
        raise InputProblems((Problem("steps_empty"),))
    headings = list(dict.fromkeys(heading for _, row in filled for heading in row))
    columns, problems, notices = recognise(headings)
    if len(filled) > MOST_STEPS:
        problems.append(Problem("steps_too_many", {"count": len(filled), "most": MOST_STEPS}))
    if problems:
        raise InputProblems(tuple(problems))
    readers = [
        _RowReader(number, row, columns, WorkingTime.of(calendar), hours_clock) for number, row in filled
    ]
    drafts = [reader.read(f"s{index}") for index, reader in enumerate(readers, 1)]
    for reader in readers:
        problems += reader.problems
        notices += reader.notices
    nodes, routes, steps, found, noticed = join_up(drafts, columns)
    problems += found
    if problems:
        raise InputProblems(tuple(sorted(problems, key=lambda problem: problem.place.row or 0)))
    return StepTable(
        ValueStream(
            steps=steps,
            nodes=nodes,
            routes=routes,
            units=_units(steps, units),
            demand_per_year=demand_per_year,
            calendar=dict(calendar or WorkingTime().to_dict()),
            origin="steps",
            name=name,
        ),
        {role: column.heading for role, column in columns.items()},
        tuple(notices + noticed),
    )


class _RowReader:
    """Reads one row; a cell that cannot be read becomes a problem with its place, and the rest is read on."""

    def __init__(
        self, row: int, cells_of_row: Row, columns: Mapping[str, Column], working: WorkingTime, clock: Clock
    ) -> None:
        self.row, self.cells, self.columns = row, cells_of_row, columns
        self.working, self.hours_clock = working, clock
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def read(self, key: str) -> RowWays:
        staff = self._cell("staff", cells.number)
        if staff is not None and staff != int(staff):
            self._problem("staff", "step_staff_not_whole", text=self._shown("staff"))
        step = Step(
            key=key,
            name=self._shown("step"),
            lane=self._shown("lane"),
            unit=self._shown("unit"),
            touch=self._touch(),
            wait=self._wait(),
            complete_accurate=self._cell("complete_accurate", cells.share),
            staff=None if staff is None else int(staff),
            batch_size=self._cell("batch_size", cells.number),
            batch_every_days=self._cell("batch_days", self._days),
            value_class=self._cell("value_class", cells.value_class),
            is_check=bool(self._cell("is_check", cells.yes_or_no)),
            legal_basis=self._legal_basis(),
            medium=self._cell("medium", cells.medium),
            system=self._shown("system"),
            rate_eur_per_hour=self._cell("rate", cells.number),
            notes=self._shown("notes"),
        )
        if not step.name:
            self._problem("step", "step_name_missing")
        share = self._cell("share", cells.share)
        if share == 0:
            self._problem("share", "step_share_zero")
            share = None
        repeats = self._cell("occurrences", cells.occurrences)
        return RowWays(
            self.row, step, self._shown("number"), share, repeats, self._cell("goes_to", cells.ways)
        )

    def _touch(self) -> Span | None:
        said = [self._duration(f"touch_{part}", "minute") for part in ("low", "mode", "high")]
        known = [span for span in said if span is not None]
        if not known:
            return self._working(self._duration("touch", None), "touch")
        if self._shown("touch"):
            self._problem("touch", "step_touch_twice", text=self._shown("touch"))
        minutes = [span.expected_minutes for span in known]
        if minutes != sorted(minutes):
            self._problem(
                "touch_low", "duration_reversed", text=" / ".join(f"{value:g}" for value in minutes)
            )
            return None
        mode = said[1].expected_minutes if said[1] else (minutes[0] + minutes[-1]) / 2
        return self._working(Span(minutes[0], mode, minutes[-1], known[0].clock), "touch_low")

    def _working(self, span: Span | None, role: str) -> Span | None:
        if span is not None and span.clock == "calendar" and self.hours_clock == "working":
            self._problem(role, "touch_on_calendar_clock", text=self._shown(role))
        return span

    def _wait(self) -> Span | None:
        span = self._duration("wait", None)
        long_hours = span is not None and span.high_minutes > MINUTES_PER_DAY
        if long_hours and self.hours_clock == "working" and _in_hours(self._shown("wait")):
            self._notice("wait", "wait_in_long_hours", text=self._shown("wait"))
        return span

    def _duration(self, role: str, unit: str | None) -> Span | None:
        column = self.columns.get(role)
        unit = (column.unit if column else None) or unit
        return self._cell(
            role,
            lambda cell: parse_duration(cell, working=self.working, unit=unit, hours_clock=self.hours_clock),
        )

    def _days(self, cell: object) -> float:
        """Every how many calendar days: a bare number is days, "2 nedēļas" is 14."""
        span = parse_duration(cell, working=self.working, unit="day", hours_clock="working")
        if span.clock == "working":
            return span.expected_minutes / self.working.minutes_per_week * 7
        return span.expected_minutes / MINUTES_PER_DAY

    def _legal_basis(self) -> LegalBasis | None:
        since = self._cell("legal_from", cells.iso_date)
        until = self._cell("legal_until", cells.iso_date)
        if since and until and until < since:
            self._problem("legal_until", "legal_basis_reversed", since=since, until=until)
        text = self._shown("legal_basis")
        if not text or fold(text) in ("-", "nav", "nera", "none"):
            if since or until:
                self._problem("legal_from" if since else "legal_until", "legal_basis_missing")
            return None
        return LegalBasis(text, since, until)

    def _cell(self, role: str, read: Callable[[object], T]) -> T | None:
        value = self._value(role)
        if _text(value) in ("", "-", "–", "—"):
            return None
        try:
            return read(value)
        except StraumeError as error:
            self._problem(role, error.code, **error.params)
            return None

    def _value(self, role: str) -> object:
        column = self.columns.get(role)
        return self.cells.get(column.heading) if column else None

    def _shown(self, role: str) -> str:
        return _text(self._value(role))

    def _problem(self, role: str, code: str, **params: object) -> None:
        self.problems.append(Problem(code, params, self._place(role)))

    def _notice(self, role: str, code: str, **params: object) -> None:
        self.notices.append(Problem(code, params, self._place(role)))

    def _place(self, role: str) -> Place:
        column = self.columns.get(role)
        return Place(row=self.row, column=column.heading if column else None)


def _units(steps: Sequence[Step], known: Sequence[UnitCapacity]) -> tuple[UnitCapacity, ...]:
    """Every unit that works in the stream, in the order of the table; staff and rate where given."""
    given = {fold(unit.name): unit for unit in known}
    names = dict.fromkeys(step.unit for step in steps if step.unit)
    return tuple(given.get(fold(name), UnitCapacity(name)) for name in names)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _in_hours(text: str) -> bool:
    hours = r"(?<![^\W\d_])(h|st|stund\w*|val|valand\w*|hours?|hrs?)\b"
    return bool(re.search(hours, fold(text)))

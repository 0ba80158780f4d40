"""A ValueStream becomes a Model: places, distributions, people, openings and draws as arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import DAY_US, WorkCalendar
from straume.lean.simulate import model as m
from straume.lean.simulate.arrivals import Arrivals, arrival_instants
from straume.lean.simulate.calendars import Openings, work_calendar
from straume.lean.simulate.distributions import CELLS, Distribution, Empirical, Inverse, inverse
from straume.lean.simulate.draws import Draws
from straume.lean.simulate.seen import SeenCases, SeenWeeks, seen_arrays
from straume.lean.stream.flows import visits
from straume.lean.stream.records import Span, Step, ValueStream

STANDARD_BEGIN = 1_704_067_200_000_000  # 2024-01-01T00:00Z, a Monday
BEYOND_YEARS = 2  # of open hours after the end, for work that outlasts it
CASES_ONLY_YEARS = 10


@dataclass(frozen=True)
class Person:
    """Somebody who works in one or more units; calendar {}: that of the first of them."""

    units: tuple[str, ...]
    calendar: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """What a simulation is run with beside the stream itself."""

    begin: int = STANDARD_BEGIN  # [µs UTC]
    arrivals: Arrivals = field(default_factory=Arrivals)
    people: tuple[Person, ...] | None = None  # None: as many per unit as its staff
    touch: Mapping[str, Distribution] = field(default_factory=dict)  # step key → in place of its span
    wait: Mapping[str, Distribution] = field(default_factory=dict)
    step_priority: Mapping[str, int] = field(default_factory=dict)  # step key → the lower goes first
    urgent_share: float = 0.0  # of cases that go before all others
    queue_only: bool = False  # True: a step whose unit has people waits for them alone, not its told wait
    timezone: str = "Europe/Riga"  # where the stream's calendar names none
    warm_up_days: float = 0.0
    seen: SeenCases | None = None  # cases of a log that the simulated ones take after
    releases: Mapping[str, SeenWeeks] = field(default_factory=dict)  # step key → when its batches go out


@dataclass(frozen=True)
class Built:
    model: m.Model
    steps: tuple[Step | None, ...]  # by place
    calendar: WorkCalendar
    unit_calendars: Mapping[str, WorkCalendar]
    units: tuple[str, ...]  # with people
    people_calendars: tuple[WorkCalendar, ...]
    person_units: tuple[tuple[int, ...], ...]


def build(stream: ValueStream, *, seed: int, until: int | None, cases: int | None, setting: Setting) -> Built:
    """The arrays of a stream. Raises WrongCall with what the stream lacks."""
    if visits(stream.nodes, stream.routes) is None:
        raise WrongCall("stream_without_end")
    return _Building(stream, Draws(seed), until, cases, setting).built()


class _Building:
    def __init__(
        self, stream: ValueStream, draws: Draws, until: int | None, cases: int | None, setting: Setting
    ) -> None:
        self.stream, self.draws, self.setting, self.cases = stream, draws, setting, cases
        office = WorkCalendar(weekly=_OFFICE, timezone=setting.timezone)
        self.calendar = work_calendar(stream.calendar, otherwise=office)
        self.arrival_at = arrival_instants(
            setting.arrivals,
            demand_per_year=stream.demand_per_year,
            calendar=self.calendar,
            begin=setting.begin,
            until=until,
            cases=cases,
            draws=draws,
        )
        last = int(self.arrival_at[-1]) if len(self.arrival_at) else setting.begin
        self.until = until if until is not None else last + CASES_ONLY_YEARS * 366 * DAY_US
        begin = min(setting.begin, int(self.arrival_at[0]) if len(self.arrival_at) else setting.begin)
        self.openings = Openings(begin, self.until + BEYOND_YEARS * 366 * DAY_US)
        self.unit_calendars = {
            unit.name: work_calendar(unit.calendar, otherwise=self.calendar) for unit in stream.units
        }
        self.units, self.people, self.slowness = self._staffing()
        self.keys = [node.key for node in stream.nodes] + [step.key for step in stream.steps]
        self.place = {key: number for number, key in enumerate(self.keys)}
        self.steps = (*(None for _ in stream.nodes), *stream.steps)
        self.inverses: list[Inverse] = []

    def built(self) -> Built:
        people_calendars = tuple(self._calendar_of(person) for person in self.people)
        person_units = tuple(
            tuple(self.units.index(unit) for unit in person.units if unit in self.units)
            for person in self.people
        )
        return Built(
            self._model(people_calendars, person_units),
            self.steps,
            self.calendar,
            self.unit_calendars,
            self.units,
            people_calendars,
            person_units,
        )

    def _staffing(self) -> tuple[tuple[str, ...], tuple[Person, ...], dict[str, float]]:
        """Units with people, the people, and how much longer work takes where posts are parts of a post."""
        named = {step.unit for step in self.stream.steps if step.unit}
        if self.setting.people is not None:
            units = tuple(dict.fromkeys(unit for each in self.setting.people for unit in each.units))
            return units, self.setting.people, {}
        people: list[Person] = []
        slowness: dict[str, float] = {}
        for unit in self.stream.units:
            if unit.staff is None or unit.name not in named:
                continue
            if not unit.staff > 0:
                raise WrongCall("unit_without_people", unit=unit.name)
            count = math.ceil(unit.staff - 1e-9)
            slowness[unit.name] = count / unit.staff
            people += [Person((unit.name,), unit.calendar)] * count
        return tuple(slowness), tuple(people), slowness

    def _calendar_of(self, person: Person) -> WorkCalendar:
        of_unit = self.unit_calendars.get(person.units[0], self.calendar)
        return work_calendar(person.calendar, otherwise=of_unit)

    def _model(
        self, people_calendars: Sequence[WorkCalendar], person_units: Sequence[tuple[int, ...]]
    ) -> m.Model:
        wait, wait_clock, touch, touch_clock = self._durations()
        route_from, route_to, route_until = self._routes()
        unit_people: list[list[int]] = [[] for _ in self.units]
        for person, units in enumerate(person_units):
            for unit in units:
                unit_people[unit].append(person)
        calendar = [self.openings.number(self._step_calendar(step)) for step in self.steps]
        person_calendar = [self.openings.number(each) for each in people_calendars]
        release_from, release_at = self._releases()
        open_from, open_at, close_at = self.openings.arrays()
        person_from, person_unit = _flat(person_units)
        unit_from, unit_person = _flat(unit_people)
        priority = [self.setting.step_priority.get(key, 0) for key in self.keys]
        priority = [each - min(priority) for each in priority]
        case_class = self._case_class()
        step_classes = max(priority) + 1
        urgent = int(case_class.max(initial=0)) > 0
        seen = seen_arrays(self.setting.seen, place=self.place, cases=len(self.arrival_at), draws=self.draws)
        return m.Model(
            start=self.place[next(node.key for node in self.stream.nodes if node.kind == "start")],
            kind=_ints(
                [*(_kind(node.kind, node.key) for node in self.stream.nodes)]
                + [m.STEP] * len(self.stream.steps)
            ),
            route_from=route_from,
            route_to=route_to,
            route_until=route_until,
            needs=self._needs(),
            unit=_ints(
                [self.units.index(s.unit) if s and s.unit in self.units else m.NONE for s in self.steps]
            ),
            calendar=_ints(calendar),
            wait=wait,
            wait_clock=wait_clock,
            touch=touch,
            touch_clock=touch_clock,
            priority=_ints(priority),
            batch_size=_ints([_size(step) for step in self.steps]),
            release_from=release_from,
            release_at=release_at,
            keys=np.array(
                [
                    [self.draws.key(purpose, key) for purpose in ("route", "wait", "touch")]
                    for key in self.keys
                ],
                np.uint64,
            ),
            dist_kind=_ints([each.kind for each in self.inverses]),
            dist_first=np.array([each.first for each in self.inverses], np.float64),
            dist_second=np.array([each.second for each in self.inverses], np.float64),
            dist_table=np.array([_rows(each) for each in self.inverses], np.float64),
            person_calendar=_ints(person_calendar),
            person_unit_from=person_from,
            person_unit=person_unit,
            unit_person_from=unit_from,
            unit_person=unit_person,
            open_from=open_from,
            open_at=open_at,
            close_at=close_at,
            arrival_at=self.arrival_at,
            case_class=case_class * step_classes,
            classes=step_classes * (2 if urgent else 1),
            like=seen.like,
            seen_from=seen.begins,
            seen_code=seen.code,
            seen_low=seen.low,
            seen_width=seen.width,
            until=self.until,
        )

    def _step_calendar(self, step: Step | None) -> WorkCalendar:
        return self.unit_calendars.get(step.unit, self.calendar) if step else self.calendar

    def _durations(self) -> tuple[m.Ints, m.Ints, m.Ints, m.Ints]:
        rows = [self._of_step(step) if step else (m.NONE, 0, self._number(None), 0) for step in self.steps]
        wait, wait_clock, touch, touch_clock = zip(*rows)
        return _ints(wait), _ints(wait_clock), _ints(touch), _ints(touch_clock)

    def _of_step(self, step: Step) -> tuple[int, int, int, int]:
        """Wait and touch of a step with their clocks; where only that is known, between."""
        staffed = step.unit in self.units
        wait = self.setting.wait.get(step.key, step.wait)
        if staffed and self.setting.queue_only and step.key not in self.setting.wait:
            wait = None
        touch = self.setting.touch.get(step.key, step.touch)
        if touch is None and step.between is not None and wait is None:
            wait = step.between
        factor = self.slowness.get(step.unit, 1.0)
        return (
            self._number(wait) if wait is not None else m.NONE,
            _clock(wait),
            self._number(touch, factor),
            _clock(touch),
        )

    def _number(self, distribution: Distribution | None, factor: float = 1.0) -> int:
        found = Inverse(m.CONSTANT) if distribution is None else inverse(distribution)
        self.inverses.append(found if factor == 1.0 else found.scaled(factor))
        return len(self.inverses) - 1

    def _routes(self) -> tuple[m.Ints, m.Ints, m.Floats]:
        out: list[list[tuple[int, float]]] = [[] for _ in self.keys]
        for route in self.stream.routes:
            out[self.place[route.source]].append((self.place[route.target], route.share))
        for key, kind, ways in zip(
            self.keys, [n.kind for n in self.stream.nodes] + [""] * len(self.stream.steps), out
        ):
            if not ways and kind != "end":
                raise WrongCall("step_without_end", step=key)
        until: list[float] = []
        for ways in out:
            total = sum(share for _, share in ways)
            until += (
                (np.cumsum([share for _, share in ways]) / total).tolist() if total > 0 else [1.0] * len(ways)
            )
        first, target = _flat([[place for place, _ in ways] for ways in out])
        return first, target, np.array(until, np.float64)

    def _needs(self) -> m.Ints:
        needs = np.zeros(len(self.keys), np.int64)
        for route in self.stream.routes:
            needs[self.place[route.target]] += 1
        return needs

    def _releases(self) -> tuple[m.Ints, m.Ints]:
        """A batch goes out at the opening of every n-th working day of the step's unit."""
        found: list[m.Ints] = []
        for step in self.steps:
            days = np.zeros(0, np.int64)
            if step is not None and step.key in self.setting.releases:
                days = self.setting.releases[step.key].instants(
                    self._step_calendar(step),
                    begin=self.openings.begin,
                    end=self.openings.end,
                )
            elif step is not None and step.batch_every_days and step.batch_every_days > 0:
                openings = self.openings.openings_of_days(self._step_calendar(step))
                days = openings[:: max(1, round(step.batch_every_days))]
            found.append(days)
        return _flat(found)

    def _case_class(self) -> m.Ints:
        count = len(self.arrival_at)
        if not self.setting.urgent_share:
            return np.zeros(count, np.int64)
        urgent = self.draws.uniforms("urgent", first=0, count=count) < self.setting.urgent_share
        return np.where(urgent, 0, 1).astype(np.int64)


_OFFICE = (((480, 960),),) * 5 + ((), ())  # WorkingTime's default: five days of 480 minutes


def _kind(kind: str, key: str) -> int:
    if kind == "end":
        return m.ANSWER if key == "end" else m.DEAD_END
    return m.ALL if kind == "and" else m.CHOICE


def _size(step: Step | None) -> int:
    return round(step.batch_size) if step and step.batch_size and step.batch_size > 1 else 0


def _clock(distribution: Distribution | None) -> int:
    is_calendar = isinstance(distribution, Span | Empirical) and distribution.clock == "calendar"
    return m.CALENDAR if is_calendar else m.WORKING


def _rows(found: Inverse) -> m.Floats:
    return np.zeros(CELLS + 1) if found.table is None else found.table


def _ints(values: Sequence[int]) -> m.Ints:
    return np.array(values, np.int64)


def _flat(lists: Sequence[Sequence[int] | m.Ints]) -> tuple[m.Ints, m.Ints]:
    """Where each list begins in the flat array (and where the last ends), and the flat array."""
    first = np.concatenate([[0], np.cumsum([len(each) for each in lists])]).astype(np.int64)
    flat = [np.asarray(each, np.int64) for each in lists]
    return first, np.concatenate([np.zeros(0, np.int64), *flat])

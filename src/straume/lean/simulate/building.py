"""A ValueStream becomes a Model: places, distributions, people, openings and draws as arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import DAY_US, WorkCalendar
from straume.lean.simulate import model as m
from straume.lean.simulate.arrivals import Arrivals, arrival_instants
from straume.lean.simulate.calendars import Openings, work_calendar
from straume.lean.simulate.distributions import CELLS, Distribution, Empirical, Inverse, inverse
from straume.lean.simulate.draws import Draws
from straume.lean.simulate.kinds import Kinds, kinds, routes_until
from straume.lean.simulate.people import Person, staffing, with_absences
from straume.lean.simulate.releases import releases
from straume.lean.simulate.seen import SeenCases, SeenWeeks, seen_arrays
from straume.lean.stream.flows import visits
from straume.lean.stream.records import Route, Span, Step, ValueStream

STANDARD_BEGIN = 1_704_067_200_000_000  # 2024-01-01T00:00Z, a Monday
BEYOND_YEARS = 2  # of open hours after the end, for work that outlasts it
CASES_ONLY_YEARS = 10
MOST_VISITS = 10_000.0  # of one place by the mean case: more is a loop that nobody meant


@dataclass(frozen=True)
class Setting:
    """What a simulation is run with beside the stream itself."""

    begin: int = STANDARD_BEGIN  # [µs UTC]
    arrivals: Arrivals = field(default_factory=Arrivals)
    people: tuple[Person, ...] | None = None  # None: as many per unit as its staff
    touch: Mapping[str, Distribution] = field(default_factory=dict)  # step key → in place of its span
    wait: Mapping[str, Distribution] = field(default_factory=dict)
    step_priority: Mapping[str, int] = field(default_factory=dict)  # step key → in place of the step's own
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by case; others by chance
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
    slowness: tuple[float, ...]  # by unit: how much longer work takes where a post is a part of one
    kinds: Kinds  # of cases


def build(stream: ValueStream, *, seed: int, until: int | None, cases: int | None, setting: Setting) -> Built:
    """The arrays of a stream. Raises WrongCall with what the stream lacks."""
    times = visits(stream.nodes, stream.routes)
    if times is None or max(times.values()) > MOST_VISITS:
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
        named = {step.unit for step in stream.steps if step.unit}
        staff = staffing(stream.units, named=named, people=setting.people)
        self.units, self.people, self.slowness = staff.units, staff.people, staff.slowness
        self.keys = [node.key for node in stream.nodes] + [step.key for step in stream.steps]
        self.place = {key: number for number, key in enumerate(self.keys)}
        self.steps = (*(None for _ in stream.nodes), *stream.steps)
        self.inverses: list[Inverse] = []
        self.kinds = kinds(stream, cases=len(self.arrival_at), draws=draws, given=setting.attributes)

    def built(self) -> Built:
        people_calendars = tuple(self._calendars())
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
            tuple(self.slowness.get(unit, 1.0) for unit in self.units),
            self.kinds,
        )

    def _calendars(self) -> Iterator[WorkCalendar]:
        """One per person, without the days on which they are away."""
        of_unit: Counter[str] = Counter()
        for person in self.people:
            unit = person.units[0]
            hours = work_calendar(person.calendar, otherwise=self.unit_calendars.get(unit, self.calendar))
            of_unit[unit] += 1
            calendar = with_absences(
                hours,
                person.away_share,
                draws=self.draws,
                name=f"{unit} {of_unit[unit]}",
                begin=self.openings.begin,
                end=self.openings.end,
            )
            self.openings.number(calendar, hours=hours)
            yield calendar

    def _model(
        self, people_calendars: Sequence[WorkCalendar], person_units: Sequence[tuple[int, ...]]
    ) -> m.Model:
        wait, wait_clock, touch, touch_clock = self._durations()
        ways = self._ways()
        route_from, route_to = _flat([[self.place[way.target] for way in leaving] for leaving in ways])
        unit_people: list[list[int]] = [[] for _ in self.units]
        for person, units in enumerate(person_units):
            for unit in units:
                unit_people[unit].append(person)
        calendar = [self.openings.number(self._step_calendar(step)) for step in self.steps]
        person_calendar = [self.openings.number(each) for each in people_calendars]
        release_from, release_at = _flat(
            [
                releases(step, self.setting.releases, self._step_calendar(step), self.openings)
                for step in self.steps
            ]
        )
        open_from, open_at, close_at = self.openings.arrays()
        person_from, person_unit = _flat(person_units)
        unit_from, unit_person = _flat(unit_people)
        own = {step.key: step.priority for step in self.stream.steps}
        priority = [self.setting.step_priority.get(key, own.get(key, 0)) for key in self.keys]
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
            route_until=routes_until(ways, self.kinds),
            case_kind=self.kinds.of_case,
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
            oldest_first=int(self.stream.queue_rule == "oldest_case"),
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

    def _ways(self) -> list[list[Route]]:
        """Routes that leave each place."""
        out: list[list[Route]] = [[] for _ in self.keys]
        for route in self.stream.routes:
            out[self.place[route.source]].append(route)
        kinds = [node.kind for node in self.stream.nodes] + [""] * len(self.stream.steps)
        for key, kind, ways in zip(self.keys, kinds, out):
            if not ways and kind != "end":
                raise WrongCall("step_without_end", step=key)
        return out

    def _needs(self) -> m.Ints:
        needs = np.zeros(len(self.keys), np.int64)
        for route in self.stream.routes:
            needs[self.place[route.target]] += 1
        return needs

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

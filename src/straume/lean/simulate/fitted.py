"""A log becomes a stream with all that its simulation needs: durations, ways, arrivals, batches as seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from straume.lean.events.log import UNKNOWN, EventLog
from straume.lean.flow.causes.discovered import discover_calendars
from straume.lean.simulate.building import Setting
from straume.lean.simulate.distributions import MINUTE_US, Distribution, Empirical
from straume.lean.simulate.model import TOUCH_DRAW, WAIT_DRAW, Ints
from straume.lean.simulate.seen import SeenWeeks
from straume.lean.simulate.seen_arrivals import seen_arrivals
from straume.lean.simulate.seen_draws import SeenDraws
from straume.lean.simulate.seen_people import SeenPeople, seen_people
from straume.lean.simulate.seen_weeks import seen_weeks
from straume.lean.simulate.walks import Walks, walks
from straume.lean.stream.discovery import MOST_ACTIVITIES, Found, discover
from straume.lean.stream.from_log import from_found, step_keys
from straume.lean.stream.records import Clock, ValueStream

KNOWN_PEOPLE = 0.8  # share of work with a worker, a unit and a start, from which people are modelled
KNOWN_ENOUGH = 0.5  # share of a step's work with a start from which work and waiting are told apart
WORKING: Clock = "working"
CALENDAR: Clock = "calendar"


@dataclass(frozen=True, eq=False)
class Fitted:
    """A stream found in a log, and the setting in which it is simulated as it was."""

    stream: ValueStream
    setting: Setting
    cases: int  # of the log
    cases_followed: int  # that simulated ones can take after
    people: Mapping[str, int]  # by unit, where people are modelled: work queues for them
    until: int  # last instant of the log [µs UTC]


def fit(
    log: EventLog,
    *,
    people: bool = False,
    noise: float | None = None,
    most_activities: int = MOST_ACTIVITIES,
    name: str = "",
) -> Fitted:
    """The value stream of a log, ready to be simulated.

    Parameters: people – True: units get the people that the log shows, work queues for them in their hours,
    and of the waiting only what is extraneous is drawn; False: all waiting is drawn as it was seen, whatever
    caused it, and nobody queues. noise, most_activities – see `discover`; name – of the service.
    Returns: Fitted. Its setting holds for every step the waiting and the work that were seen, when batches
    went out where they did, requests by hour, weekday and (from a year on) month, and the seen cases that
    the simulated ones take after.
    Raises: WrongCall as `from_log`.
    References: docs/methods/simulation.md.
    """
    return _Fitting(log, discover(log, noise=noise, most_activities=most_activities), people).fitted(name)


def shows_people(log: EventLog) -> bool:
    """Whether a log says of most work who did it, for which unit, and when it began."""
    worker, unit = log.items["worker"].to_numpy(), log.items["unit"].to_numpy()
    known = (worker != UNKNOWN) & (unit != UNKNOWN)
    return not log.items["start_at"].null_count and len(known) > 0 and bool(known.mean() >= KNOWN_PEOPLE)


class _Fitting:
    def __init__(self, log: EventLog, found: Found, people: bool) -> None:
        self.log, self.found = log, found
        self.keys = step_keys(found)
        self.seen: Walks = walks(log, found)
        self.started = log.items["start_at"].is_valid().to_numpy(zero_copy_only=False)[self.seen.row]
        self.staff: SeenPeople | None = None
        if people and shows_people(log):
            self.staff = seen_people(log, self.seen)
        if people and shows_people(log) and self.staff is None:
            self.log = _with_hours_found(log)
            self.staff = seen_people(self.log, self.seen)
        self.wait: dict[str, Distribution] = {}
        self.touch: dict[str, Distribution] = {}
        self.releases: dict[str, SeenWeeks] = {}
        self.draws = SeenDraws(self.seen)

    def fitted(self, name: str) -> Fitted:
        stream = from_found(self.log, self.found, name=name)
        for code, key in self.keys.items():
            self._step(key, np.flatnonzero(self.seen.activity == code))
            self.draws.went_past(key, np.flatnonzero(self.seen.past_activity == code))
        self.draws.ways(stream, self.found.tree)
        people = self.staff.by_unit if self.staff else {}
        units = tuple(replace(unit, staff=people.get(unit.name)) for unit in stream.units)
        setting = Setting(
            begin=int(self.log.cases["received_at"].to_numpy().min()),
            arrivals=seen_arrivals(self.log),
            touch=self.touch,
            wait=self.wait,
            timezone=self.log.facts.timezone,
            seen=self.draws.cases(),
            releases=self.releases,
        )
        return Fitted(
            replace(stream, units=units),
            setting,
            self.log.cases.num_rows,
            self.seen.cases,
            people,
            self.log.facts.last_at,
        )

    def _step(self, key: str, mine: Ints) -> None:
        if not len(mine):
            return
        enabled, start, end = self.seen.enabled[mine], self.seen.start[mine], self.seen.end[mine]
        told = self.started[mine].mean() >= KNOWN_ENOUGH
        batched = seen_weeks(self.log, enabled, start)
        waited, clock = start - enabled, CALENDAR
        if batched is not None:
            self.releases[key], waited = batched.releases, batched.ready - enabled
        elif self.staff and told:
            waited, clock = self.staff.apart[mine], WORKING
        self.wait[key] = _empirical(waited, clock)
        self.draws.ranked(key, WAIT_DRAW, mine, waited)
        if told:
            worked, clock = end - start, CALENDAR
            if self.staff:
                worked, clock = self.staff.worked[mine], WORKING
            self.touch[key] = _empirical(worked, clock)
            self.draws.ranked(key, TOUCH_DRAW, mine, worked)


def _with_hours_found(log: EventLog) -> EventLog:
    """The log with the hours in which its units were seen at work, where none were given for them."""
    found = discover_calendars(log).calendars
    hours = {name: found[name].to_dict() for name in log.units if name in found}
    return replace(log, unit_calendars={**hours, **log.unit_calendars})


def _empirical(durations: Ints, clock: Clock) -> Empirical:
    return Empirical(tuple((durations / MINUTE_US).tolist()), clock)

"""A ValueStream is run, and what happened comes out as an EventLog: what measures reality measures it too."""

from __future__ import annotations

import math
from dataclasses import dataclass

from straume.lean.errors import StraumeError
from straume.lean.events.calendar import DAY_US
from straume.lean.events.log import EventLog
from straume.lean.simulate.arrivals import Arrivals
from straume.lean.simulate.as_log import as_log
from straume.lean.simulate.building import Built, Setting, build
from straume.lean.simulate.kernel import run as run_kernel
from straume.lean.simulate.model import Happened
from straume.lean.stream.measures import measure
from straume.lean.stream.records import ValueStream

__all__ = ["Arrivals", "Run", "Setting", "run", "simulate", "simulate_log", "warm_up_days"]

WARM_UP_DAYS = 30.0, 60.0, 365.0  # least, where no lead time is known, most


@dataclass(frozen=True, eq=False)
class Run:
    """One run: the model with its people, what happened, and from when it counts."""

    built: Built
    happened: Happened
    counts_from: int  # end of the warm-up [µs]


def simulate(
    stream: ValueStream,
    *,
    seed: int,
    until: int | None = None,
    cases: int | None = None,
    setting: Setting | None = None,
) -> EventLog:
    """Lets requests come and be worked on as the stream says, and gives the log that this would leave.

    Parameters: seed – same seed, same log; until – instant [µs UTC] at which the log is drawn; cases – at
    most so many requests; setting – begin, arrivals, people, priorities, warm-up.
    Returns: EventLog of the cases received after the warm-up, open ones marked; a piece of work that had not
    ended at `until` is not in it, nor a case without any.
    Raises: WrongCall where neither `until` nor `cases` is given, or the stream lacks demand or an end.
    References: docs/methods/simulation.md.
    """
    return simulate_log(run(stream, seed=seed, until=until, cases=cases, setting=setting))


def run(
    stream: ValueStream,
    *,
    seed: int,
    until: int | None = None,
    cases: int | None = None,
    setting: Setting | None = None,
) -> Run:
    """As `simulate`, without making the log of it."""
    setting = setting or Setting()
    built = build(stream, seed=seed, until=until, cases=cases, setting=setting)
    expected = len(built.model.arrival_at) * max(1.0, sum(step.visits for step in stream.steps))
    happened = run_kernel(built.model, int(min(expected * 1.1, 1e8)) + 1024)
    return Run(built, happened, setting.begin + round(setting.warm_up_days * DAY_US))


def warm_up_days(stream: ValueStream) -> float:
    """Days to simulate before anything counts: twice the lead time that the stream tells of.

    At least a month and at most a year; two months where it tells of none.
    """
    try:
        lead_days = measure(stream, calendar=stream.calendar).lead_time_days
    except StraumeError:
        lead_days = None
    least, otherwise, most = WARM_UP_DAYS
    return otherwise if lead_days is None else min(most, max(least, float(math.ceil(2 * lead_days))))


def simulate_log(of: Run) -> EventLog:
    """The log that a run leaves."""
    return as_log(of.built, of.happened, counts_from=of.counts_from)

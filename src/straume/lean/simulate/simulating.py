"""A ValueStream is run, and what happened comes out as an EventLog: what measures reality measures it too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from straume.lean.events.calendar import DAY_US
from straume.lean.events.link import Source, link
from straume.lean.events.log import EventLog
from straume.lean.simulate.arrivals import Arrivals
from straume.lean.simulate.building import Built, Setting, build
from straume.lean.simulate.kernel import run as run_kernel
from straume.lean.simulate.model import NONE, Happened
from straume.lean.stream.records import ValueStream

__all__ = ["Arrivals", "Run", "Setting", "run", "simulate", "simulate_log"]


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


def simulate_log(of: Run) -> EventLog:
    """The log that a run leaves."""
    model, happened = of.built.model, of.happened
    counts = model.arrival_at[happened.case] >= of.counts_from
    kept = np.flatnonzero(counts & (happened.end_at <= model.until))
    cases = np.flatnonzero(model.arrival_at >= of.counts_from)
    return link(
        _items(of, kept),
        source=Source(timezone=of.built.calendar.timezone, source_format="simulation"),
        cases=pa.table(
            {
                "case": _case_names(cases),
                "received_at": model.arrival_at[cases],
                "closed": happened.answered_at[cases] <= model.until,
            }
        ),
        calendar=of.built.calendar,
        unit_calendars=of.built.unit_calendars,
    )


def _items(of: Run, kept: np.typing.NDArray[np.int64]) -> pa.Table:
    happened, steps = of.happened, of.built.steps
    place = happened.place[kept]
    between = np.array(
        [step is not None and step.touch is None and step.between is not None for step in steps]
    )
    person = happened.person[kept]
    return pa.table(
        {
            "case": _case_names(happened.case[kept]),
            "activity": _names(place, [step.name if step else "" for step in steps]),
            "unit": _names(place, [(step.unit or None) if step else None for step in steps]),
            "worker": pa.array(person, mask=person == NONE).cast(pa.string()),
            "start_at": pa.array(happened.start_at[kept], mask=between[place]),
            "end_at": happened.end_at[kept],
        }
    )


def _names(place: np.typing.NDArray[np.int64], names: list[str | None]) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(place))


def _case_names(cases: np.typing.NDArray[np.int64]) -> pa.Array:
    return pa.array(cases).cast(pa.string())

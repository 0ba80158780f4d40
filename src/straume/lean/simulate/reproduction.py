"""Is a fitted model fit for decisions? It is simulated, and must find the figures of its log again."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import DAY_US
from straume.lean.events.log import EventLog
from straume.lean.events.part import some_cases
from straume.lean.simulate.fitted import Fitted, fit, shows_people
from straume.lean.simulate.model import Floats
from straume.lean.simulate.records import Found, Of, Reproduction
from straume.lean.simulate.simulating import simulate

ENOUGH_CASES = 300_000  # simulated in all, over
FEWEST_RUNS, MOST_RUNS = 5, 150  # so many replications


@dataclass(frozen=True, eq=False)
class Trusted:
    """A fitted stream, and how well it finds its own log again."""

    fitted: Fitted
    reproduction: Reproduction


def fit_and_try(log: EventLog, *, seed: int, noise: float | None = None, name: str = "") -> Trusted:
    """The fitted stream that finds its log again: with people where the log shows them, otherwise without.

    Parameters: seed – of the simulation; noise – see `discover`.
    Returns: Trusted. With people, who can be moved in a scenario, where that is within the bounds; otherwise
    with all waiting as it was seen, and then scenarios of staff say nothing; where neither is, the nearer.
    Raises: WrongCall as `fit`, and `nothing_closed` where no case of the log is closed.
    References: docs/methods/simulation.md.
    """
    tried: list[Trusted] = []
    for people in (True, False) if shows_people(log) else (False,):
        fitted = fit(log, people=people, noise=noise, name=name)
        tried.append(Trusted(fitted, reproduce(fitted, log, seed=seed)))
        if tried[-1].reproduction.verdict == "fit":
            break
    return next(
        (each for each in tried if each.reproduction.verdict == "fit"),
        min(tried, key=lambda each: each.reproduction.within),
    )


def reproduce(fitted: Fitted, log: EventLog, *, seed: int) -> Reproduction:
    """Simulates the period of the log as often as its size asks for, and compares closed cases."""
    return _compared(fitted, _lead_days(log), seed, cases=len(log.cases), after=0, of="log", log=log)


def try_later_half(log: EventLog, *, seed: int, people: bool) -> Reproduction:
    """Fits the half of the cases that was received first, and compares the later half with what it foresees.

    The later half is not a part of the fit, except for the calendar of the log: requests go on to come as
    they did.
    """
    received = log.cases["received_at"].to_numpy()
    place = np.empty(len(received), np.int64)
    place[np.argsort(received, kind="stable")] = np.arange(len(received))
    half = len(received) // 2
    earlier, later = some_cases(log, place < half), some_cases(log, place >= half)
    fitted = fit(earlier, people=people)
    return _compared(
        fitted, _lead_days(later), seed, cases=len(received), after=half, of="later_half", log=log
    )


def _compared(
    fitted: Fitted, seen: Floats, seed: int, *, cases: int, after: int, of: Of, log: EventLog
) -> Reproduction:
    """Simulated cases from the `after`-th on against the seen ones."""
    if not len(seen):
        raise WrongCall("nothing_closed")
    until = log.facts.last_at if log.facts.open_cases else None  # open cases are cut off in both
    runs = min(max(math.ceil(ENOUGH_CASES / cases), FEWEST_RUNS), MOST_RUNS)
    simulated = np.concatenate(
        [
            _lead_days(
                simulate(fitted.stream, seed=seed + run, until=until, cases=cases, setting=fitted.setting),
                after=after,
            )
            for run in range(runs)
        ]
    )
    if not len(simulated):
        simulated = np.array([math.inf])
    median, p90 = (
        Found(float(np.quantile(seen, share)), float(np.quantile(simulated, share))) for share in (0.5, 0.9)
    )
    return Reproduction(
        median=median,
        p90=p90,
        cases=len(seen),
        simulated_cases=len(simulated),
        replications=runs,
        people=bool(fitted.people),
        of=of,
    )


def _lead_days(log: EventLog, *, after: int = 0) -> Floats:
    """From the request to the last work, of closed cases [calendar days], as flow.durations counts them."""
    closed = log.cases["closed"].to_numpy(zero_copy_only=False)
    received, last = log.cases["received_at"].to_numpy(), log.cases["last_at"].to_numpy()
    if after:
        closed = closed & (np.argsort(np.argsort(received, kind="stable")) >= after)
    days: Floats = (last - received)[closed] / DAY_US
    return days

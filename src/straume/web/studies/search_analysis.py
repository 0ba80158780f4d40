"""Searches over many scenarios, as plain values that are kept: the smallest staff, hours against days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from straume.lean.errors import StraumeError, WrongCall
from straume.lean.simulate.scenarios import Cancelled, Deadline
from straume.lean.simulate.search import MOST_TRIED, pareto_front, smallest_staff
from straume.lean.stream.changes import Plan as Changes
from straume.web.studies.analysis import plain
from straume.web.studies.scenario_analysis import SEED, Ground, Plan, carried_out

SEARCH_REPLICATIONS = 20
FRONT_REPLICATIONS = 10
MOST_PLANS = 4
Progress = Callable[[int, int], bool]

__all__ = ["Cancelled", "Progress", "find_front", "find_staff"]


def find_staff(
    ground: Ground, *, days: float, clock: str, plan: Plan | None, progress: Progress
) -> dict[str, Any]:
    """The smallest staff that answers 9 of 10 cases in time. Raises StraumeError, Cancelled."""
    stream = carried_out(ground, plan).stream if plan else ground.stream
    found = smallest_staff(
        stream,
        deadline=Deadline(days, "working" if clock == "working" else "calendar"),
        replications=SEARCH_REPLICATIONS,
        seed=SEED,
        until=ground.until,
        setting=ground.setting,
        progress=progress,
    )
    now = {unit.name: unit.staff for unit in stream.units if unit.staff is not None}
    result: dict[str, Any] = plain({**asdict(found), "now": now})
    return result


def find_front(ground: Ground, *, plans: Sequence[Plan], progress: Progress) -> dict[str, Any]:
    """Kept scenarios carried out or not, one post more or less in each unit. Raises as `find_staff`."""
    staff = {
        unit.name: levels(unit.staff, len(ground.stream.units)) for unit in ground.stream.units if unit.staff
    }
    if not staff:
        raise WrongCall("search_without_staff")
    chosen = list(plans[:MOST_PLANS])
    while chosen and _ways(chosen, staff) > MOST_TRIED:
        chosen.pop()
    carried = [(plan, carried_out(ground, plan).made) for plan in chosen]
    points = pareto_front(
        ground.stream,
        plans=[Changes(made, plan.name) for plan, made in carried],
        staff=staff,
        replications=FRONT_REPLICATIONS,
        seed=SEED,
        until=ground.until,
        setting=ground.setting,
        deadline=ground.deadline,
        progress=progress,
    )
    result: dict[str, Any] = plain(
        {"points": [asdict(point) for point in points], "plans": [plan.name for plan in chosen]}
    )
    return result


def levels(now: float, units: int) -> list[float]:
    """Numbers of posts to be tried; fewer of them where there are many units."""
    steps = (-1.0, 0.0, 1.0) if units <= 4 else (0.0, 1.0)
    return sorted({now + step for step in steps if step == 0 or now + step >= 0.5})


def _ways(plans: Sequence[Plan], staff: Mapping[str, Sequence[float]]) -> int:
    count = int(2 ** len(plans))
    for tried in staff.values():
        count *= len(tried)
    return count


def refusal_of(refused: StraumeError) -> dict[str, Any]:
    return {"code": refused.code, "params": plain(refused.params)}

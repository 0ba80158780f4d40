"""A log becomes a ValueStream: what happens in which order, in parallel, by choice, again, and how long."""

from __future__ import annotations

from straume.lean.events.log import EventLog
from straume.lean.stream.discovery import MOST_ACTIVITIES, Found, discover
from straume.lean.stream.records import Step, UnitCapacity, ValueStream
from straume.lean.stream.step_times import StepTimes, step_times
from straume.lean.stream.tree_stream import tree_to_graph

SHORTEST_PERIOD_DAYS = 28  # below, no demand of a year is drawn from the log
US_PER_DAY = 86_400_000_000


def from_log(
    log: EventLog, *, noise: float | None = None, most_activities: int = MOST_ACTIVITIES, name: str = ""
) -> ValueStream:
    """The value stream that a log shows.

    Parameters: noise [0..1) and most_activities – see `discover`; name – of the service.
    Returns: ValueStream with origin "log": steps in the order of the model with units, times on both clocks
    (10th percentile, median, 90th percentile, mean), shares of cases and occurrences as counted in the log;
    routes with shares from the aligned cases; `discovery` with method, what was left out, and replay fitness.
    Raises: WrongCall where the log is empty or the noise out of range.
    References: docs/methods/discovery.md, docs/methods/replay-fitness.md.
    """
    return from_found(log, discover(log, noise=noise, most_activities=most_activities), name=name)


def from_found(log: EventLog, found: Found, *, name: str = "") -> ValueStream:
    """The value stream of a tree that was found in a log: `from_log` without the search."""
    times = step_times(log, found.tree)
    codes = [node.activity for node in found.tree.walk() if node.operator == "activity"]
    keys = step_keys(found)
    nodes, routes = tree_to_graph(found.tree, found.runs, keys)
    steps = tuple(_step(keys[code], log.activities[code], times[code], log.cases.num_rows) for code in codes)
    units = dict.fromkeys(step.unit for step in steps if step.unit)
    return ValueStream(
        steps=steps,
        nodes=nodes,
        routes=routes,
        units=tuple(UnitCapacity(unit, None, dict(log.unit_calendars.get(unit, {}))) for unit in units),
        demand_per_year=_demand_per_year(log),
        calendar=dict(log.calendar),
        origin="log",
        method=found.discovery.method,
        name=name,
        discovery=found.discovery,
    )


def step_keys(found: Found) -> dict[int, str]:
    """Key of each step by the activity's code in the log, numbered in the order of the tree."""
    codes = [node.activity for node in found.tree.walk() if node.operator == "activity"]
    return {code: f"s{number}" for number, code in enumerate(codes, 1)}


def _step(key: str, name: str, times: StepTimes, cases: int) -> Step:
    both = {"touch": times.touch, "wait": times.wait, "between": times.between}
    return Step(
        key=key,
        name=name,
        unit=times.unit,
        touch=times.touch[0] if times.touch else None,
        wait=times.wait[0] if times.wait else None,
        between=times.between[0] if times.between else None,
        other_clock={part: spans[1] for part, spans in both.items() if spans},
        share=times.cases / cases,
        occurrences=times.items / times.cases if times.cases else 1.0,
        touch_estimated_share=times.touch_estimated_share,
        cases=times.cases,
        items=times.items,
    )


def _demand_per_year(log: EventLog) -> float | None:
    """Cases received a year; None where the log covers less than four weeks."""
    received = log.cases["received_at"].to_numpy()
    days = (received.max() - received.min()) / US_PER_DAY
    if days < SHORTEST_PERIOD_DAYS:
        return None
    return float(len(received) - 1) / float(days) * 365.25

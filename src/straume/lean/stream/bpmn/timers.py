"""How long a timer waits: durations after ISO 8601, as BPMN writes them."""

from __future__ import annotations

import re

from lxml import etree

from straume.lean.stream.bpmn.vocabulary import BPMN, q

_DURATION = re.compile(
    r"P(?:(?P<years>\d+(?:[.,]\d+)?)Y)?(?:(?P<months>\d+(?:[.,]\d+)?)M)?(?:(?P<weeks>\d+(?:[.,]\d+)?)W)?"
    r"(?:(?P<days>\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+(?:[.,]\d+)?)H)?(?:(?P<minutes>\d+(?:[.,]\d+)?)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?"
)
_DAY = 1440.0
_MINUTES = {
    "years": 365.25 * _DAY,
    "months": 365.25 / 12 * _DAY,
    "weeks": 7 * _DAY,
    "days": _DAY,
    "hours": 60.0,
    "minutes": 1.0,
    "seconds": 1 / 60,
}


def timer_minutes(event: etree._Element) -> float | None:
    """Minutes of calendar time of an event's timer; None where it names a day, a cycle or an expression."""
    said = event.find(f"{q(BPMN, 'timerEventDefinition')}/{q(BPMN, 'timeDuration')}")
    return duration_minutes("".join(map(str, said.itertext()))) if said is not None else None


def duration_minutes(text: str) -> float | None:
    """Minutes [calendar min] of an ISO 8601 duration such as P14D or PT1H30M; None for anything else."""
    found = _DURATION.fullmatch(text.strip().strip("\"'"))
    if found is None:
        return None
    parts = {name: value for name, value in found.groupdict().items() if value}
    if not parts:
        return None
    return sum(_MINUTES[name] * float(value.replace(",", ".")) for name, value in parts.items())

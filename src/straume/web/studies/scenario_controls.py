"""Switches and sliders of a scenario: which there are for a service, and the changes that they stand for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from straume.lean.stream.records import Route, Step, ValueStream
from straume.web.studies.scenario_analysis import Ground, find_step, name_of, units_of
from straume.words import format as words_format

Change = Mapping[str, Any]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DEMAND = (50, 200)  # % of the requests of now
HOURS = (-2, 3)  # so many hours a day less or more
MOST_POSTS = 20


@dataclass(frozen=True)
class Slider:
    """A figure between two ends, and what it is now."""

    name: str
    label: str
    low: float
    high: float
    step: float
    now: float
    value: float
    told: str  # the value as people read it


@dataclass(frozen=True)
class Switches:
    """What may be done with one step."""

    key: str
    name: str
    number: int
    is_out: bool
    is_automatic: bool
    with_next: bool
    is_last: bool


@dataclass(frozen=True)
class Controls:
    steps: tuple[Switches, ...]
    sliders: tuple[Slider, ...]
    hidden: int = 0  # kept changes that no control stands for


@dataclass
class Wanted:
    """What the controls say, by step key or unit; nothing: as it is now."""

    out: set[str] = field(default_factory=set)
    automatic: set[str] = field(default_factory=set)
    with_next: set[str] = field(default_factory=set)
    batch: dict[str, float] = field(default_factory=dict)
    back: dict[int, float] = field(default_factory=dict)  # which way back → share in percent
    staff: dict[str, float] = field(default_factory=dict)
    demand: float = 100.0
    hours: float = 0.0
    others: list[Change] = field(default_factory=list)


def wanted_of_form(data: Mapping[str, str], ground: Ground) -> Wanted:
    """What was posted; what cannot be read, or is beyond the ends, counts as now."""
    stream, wanted = ground.stream, Wanted()
    for step in stream.steps:
        for name, chosen in (("out", wanted.out), ("auto", wanted.automatic), ("with", wanted.with_next)):
            if data.get(f"{name}-{step.key}"):
                chosen.add(step.key)
    for slider in sliders(ground, wanted, "en"):
        value = _number(data.get(slider.name), slider)
        # a browser moves what lies between two steps of a slider to one of them: that is no change
        if value is not None and abs(value - slider.now) > slider.step / 2:
            _moved(wanted, slider.name, value, stream)
    return wanted


def _number(text: str | None, slider: Slider) -> float | None:
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return min(max(value, slider.low), slider.high) if math.isfinite(value) else None


def _moved(wanted: Wanted, name: str, value: float, stream: ValueStream) -> None:
    kind, _dash, which = name.partition("-")
    if kind == "demand":
        wanted.demand = value
    elif kind == "hours":
        wanted.hours = value
    elif kind == "batch":
        wanted.batch[which] = value
    elif kind == "back":
        wanted.back[int(which)] = value
    else:
        wanted.staff[units_of(stream)[int(which)]] = value


def changes_of(wanted: Wanted, ground: Ground) -> list[Change]:
    """The changes, in the order in which they are made: figures first, then the way of the work."""
    stream = ground.stream
    left = [step for step in stream.steps if step.key not in wanted.out]
    named = {step.key: name_of(stream, step) for step in stream.steps}
    made: list[Change] = [
        _batch(named[key], days) for key, days in wanted.batch.items() if _is_left(key, left)
    ]
    ways = returns(stream)
    made += [
        {"change": "set_share", "share": share / 100, "source": ways[at].source, "target": ways[at].target}
        for at, share in wanted.back.items()
    ]
    made += [{"change": "set_staff", "unit": unit, "staff": posts} for unit, posts in wanted.staff.items()]
    if wanted.demand != 100.0:
        made.append({"change": "set_demand", "factor": wanted.demand / 100})
    if wanted.hours:
        made.append({"change": "set_hours", "weekly": weekly(stream, wanted.hours)})
    made += [{"change": "automate", "step": named[step.key]} for step in left if step.key in wanted.automatic]
    made += [
        {"change": "take_out", "step": named[step.key]} for step in stream.steps if step.key in wanted.out
    ]
    made += [
        {"change": "in_parallel", "steps": [named[step.key] for step in group]}
        for group in _groups(left, wanted.with_next)
    ]
    return [*made, *wanted.others]


def _is_left(key: str, left: Sequence[Step]) -> bool:
    return any(step.key == key for step in left)


def _batch(step: str, days: float) -> Change:
    return {"change": "set_batch", "step": step, **({"every_days": days} if days else {})}


def _groups(steps: Sequence[Step], with_next: set[str]) -> list[list[Step]]:
    """Steps that are to be done at the same time: chains of "with the next one"."""
    groups: list[list[Step]] = []
    for before, after in pairwise(steps):
        if before.key not in with_next:
            continue
        if groups and groups[-1][-1] is before:
            groups[-1].append(after)
        else:
            groups.append([before, after])
    return groups


def wanted_of_changes(changes: Sequence[Change], ground: Ground) -> Wanted:
    """The controls of a kept scenario; what no control stands for is kept as it is."""
    wanted, stream = Wanted(), ground.stream
    for one in changes:
        if not _understood(one, wanted, stream):
            wanted.others.append(one)
    return wanted


def _understood(one: Change, wanted: Wanted, stream: ValueStream) -> bool:
    kind = one.get("change")
    steps = [find_step(stream, str(name)) for name in one.get("steps", [one.get("step", "")])]
    found = [step.key for step in steps if step is not None]
    is_whole = bool(found) and len(found) == len(steps)
    if kind == "take_out" and is_whole:
        wanted.out.add(found[0])
    elif kind == "automate" and is_whole and "touch" not in one and "wait" not in one:
        wanted.automatic.add(found[0])
    elif kind == "in_parallel" and is_whole:
        wanted.with_next.update(found[:-1])
    elif kind == "set_batch" and is_whole and "size" not in one and "weekday" not in one:
        wanted.batch[found[0]] = float(one.get("every_days", 0))
    elif kind == "set_staff" and one["unit"] in units_of(stream):
        wanted.staff[one["unit"]] = float(one["staff"])
    elif kind == "set_demand" and "factor" in one:
        wanted.demand = 100 * float(one["factor"])
    elif kind == "set_share" and (at := _way_back(one, stream)) is not None:
        wanted.back[at] = 100 * float(one["share"])
    elif kind == "set_hours" and (more := _hours_more(one, stream)) is not None:
        wanted.hours = more
    else:
        return False
    return True


def _way_back(one: Change, stream: ValueStream) -> int | None:
    for at, way in enumerate(returns(stream)):
        if (way.source, way.target) == (one.get("source"), one.get("target")):
            return at
    return None


def _hours_more(one: Change, stream: ValueStream) -> float | None:
    low, high = HOURS
    return next(
        (n / 2 for n in range(2 * low, 2 * high + 1) if weekly(stream, n / 2) == one.get("weekly")), None
    )


def returns(stream: ValueStream) -> list[Route]:
    """Ways on which cases come back, at decisions."""
    choices = {node.key for node in stream.nodes if node.kind == "xor"}
    return [route for route in stream.routes if route.is_rework and route.source in choices]


def weekly(stream: ValueStream, more: float) -> dict[str, list[list[str]]]:
    """The hours of each day, with its last interval so many hours longer; never past midnight."""
    kept = stream.calendar.get("weekly")
    now = kept if isinstance(kept, Mapping) else {day: [["08:00", "17:00"]] for day in DAYS[:5]}
    longer = {}
    for day, spans in now.items():
        if spans:
            *before, (start, stop) = [list(span) for span in spans]
            end = min(max(_minutes(stop) + round(60 * more), _minutes(start) + 30), 24 * 60 - 1)
            longer[day] = [*before, [start, f"{end // 60:02d}:{end % 60:02d}"]]
    return longer


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")[:2]
    return int(hours) * 60 + int(minutes)


def controls(ground: Ground, wanted: Wanted, lang: str) -> Controls:
    steps = ground.stream.steps
    return Controls(
        tuple(
            Switches(
                step.key,
                step.name,
                at,
                step.key in wanted.out,
                step.key in wanted.automatic,
                step.key in wanted.with_next,
                at == len(steps),
            )
            for at, step in enumerate(steps, 1)
        ),
        tuple(sliders(ground, wanted, lang)),
        len(wanted.others),
    )


def sliders(ground: Ground, wanted: Wanted, lang: str) -> list[Slider]:
    """One for the requests, and for whatever else the service has: people, hours, batches, ways back."""
    of, stream = words_format, ground.stream
    requests = {"number": of.number(stream.demand_per_year or 0.0, lang, 0)}
    label = _("Requests, %% of now (%(number)s a year)") % requests
    told = of.number(wanted.demand, lang)
    made = [Slider("demand", label, *DEMAND, 5, 100.0, wanted.demand, told)]
    if ground.queues_known:
        made += _staff(stream, wanted, lang)
    if any(unit.staff for unit in stream.units):
        label, told = _("Hours a day, more or less"), of.number(wanted.hours, lang)
        made.append(Slider("hours", label, *HOURS, 0.5, 0.0, wanted.hours, told))
    return [*made, *_batches(stream, wanted, lang), *_ways_back(stream, wanted, lang)]


def _batches(stream: ValueStream, wanted: Wanted, lang: str) -> list[Slider]:
    made = []
    for step in stream.steps:
        now = step.batch_every_days
        if now and step.batch_weekday is None:
            label = _("“%(step)s”: gathered for, working days") % {"step": step.name}
            value = wanted.batch.get(step.key, now)
            told, high = words_format.number(value, lang), max(10.0, 2 * now)
            made.append(Slider(f"batch-{step.key}", label, 0, high, 1, now, value, told))
    return made


def _ways_back(stream: ValueStream, wanted: Wanted, lang: str) -> list[Slider]:
    names, made = {step.key: step.name for step in stream.steps}, []
    for at, way in enumerate(returns(stream)):
        now = round(100 * way.share, 1)
        value = wanted.back.get(at, now)
        label = _("Cases that come back to “%(step)s”, %%") % {
            "step": names.get(_step_behind(stream, way.target), "…")
        }
        told, high = words_format.number(value, lang), min(95.0, max(50.0, 2 * now))
        made.append(Slider(f"back-{at}", label, 0, high, 0.1, now, value, told))
    return made


def _step_behind(stream: ValueStream, key: str) -> str:
    """The step that a way leads to, through the places where ways only meet."""
    onward = {route.source: route.target for route in stream.routes}
    steps, seen = {step.key for step in stream.steps}, set[str]()
    while key not in steps and key in onward and key not in seen:
        seen.add(key)
        key = onward[key]
    return key


def _staff(stream: ValueStream, wanted: Wanted, lang: str) -> list[Slider]:
    posts = {unit.name: unit.staff for unit in stream.units if unit.staff}
    found = []
    for at, unit in enumerate(units_of(stream)):
        now = posts.get(unit)
        if now is not None:
            value = wanted.staff.get(unit, now)
            label = _("“%(unit)s”: full-time posts") % {"unit": unit}
            high = min(max(2 * now, now + 2), max(MOST_POSTS, now))
            told = words_format.number(value, lang)
            low = now % 0.5 or 0.5  # so that the posts of now stand on a step of the slider
            found.append(Slider(f"staff-{at}", label, low, math.ceil(high), 0.5, now, value, told))
    return found

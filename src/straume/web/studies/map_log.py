"""What people say of a step beside what the log says; each figure with its clock and its n."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from straume.lean.assess.records import Assessment, StepFigures
from straume.lean.protect import is_small
from straume.lean.stream.records import Span, Step
from straume.web.studies.map_analysis import MapRead
from straume.web.studies.map_page import waited
from straume.web.studies.map_state import Element, MapState
from straume.words import format as words_format


@dataclass(frozen=True)
class Beside:
    """One step of the map, and the step of the log that it is."""

    id: uuid.UUID
    name: str
    work_told: str
    wait_told: str
    activity: str = ""  # "" where the log has no such step, or none that people joined
    work_seen: str = ""
    wait_seen: str = ""
    is_between: bool = False  # the log knows no starts: work and waiting in one
    count: str = ""


def steps_beside(
    read: MapRead, state: MapState, log: Assessment, names: Mapping[uuid.UUID, str], lang: str
) -> list[Beside]:
    """Steps in the order of the map. `names` are joins that people made; `log` is as a page may show it."""
    figures = {one.step: one for one in log.steps}
    told = told_steps(read, state)
    joined = joins(state, figures, names)
    return [
        beside(step, told.get(step.id), figures.get(joined[step.id]), read.day_minutes, lang)
        for step in state.steps
    ]


def told_steps(read: MapRead, state: MapState) -> dict[uuid.UUID, Step]:
    if read.assessment is None:
        return {}
    steps = state.steps
    return {steps[at].id: step for at, step in zip(read.step_rows, read.assessment.stream.steps, strict=True)}


def joins(
    state: MapState, figures: Mapping[str, StepFigures], names: Mapping[uuid.UUID, str]
) -> dict[uuid.UUID, str]:
    """Which step of the log each step of the map is: as people said, else by its name."""
    by_name = {folded(name): name for name in figures}
    return {
        step.id: names[step.id] if step.id in names else by_name.get(folded(step.values.get("step", "")), "")
        for step in state.steps
    }


def folded(name: str) -> str:
    return " ".join(name.casefold().split())


def beside(
    step: Element, told: Step | None, seen: StepFigures | None, day_minutes: float, lang: str
) -> Beside:
    of_people = Beside(
        id=step.id,
        name=step.values.get("step", ""),
        work_told=with_mean(step.values.get("touch", ""), told.touch if told else None, day_minutes, lang),
        wait_told=with_mean(step.values.get("wait", ""), told.wait if told else None, day_minutes, lang),
    )
    if seen is None:
        return of_people
    few = is_small(seen.cases)
    return Beside(
        id=of_people.id,
        name=of_people.name,
        work_told=of_people.work_told,
        wait_told=of_people.wait_told,
        activity=seen.step,
        work_seen="" if few else work_seen(seen, lang),
        wait_seen="" if few else wait_seen(seen, lang),
        is_between=seen.touch_minutes_mean is None,
        count=_("fewer than five") if few else words_format.number(seen.cases, lang, 0),
    )


def with_mean(typed: str, span: Span | None, day_minutes: float, lang: str) -> str:
    """What people said, and the mean that it was taken as, on its clock."""
    if span is None or not typed:
        return typed
    mean = waited(span, day_minutes, lang)
    clock = _("working time") if span.clock == "working" else _("calendar time")
    return _("%(typed)s (mean %(mean)s, %(clock)s)") % {"typed": typed, "mean": mean, "clock": clock}


def work_seen(seen: StepFigures, lang: str) -> str:
    if seen.touch_minutes_mean is None:
        return ""
    return _("mean %(mean)s, working time") % {"mean": words_format.minutes(seen.touch_minutes_mean, lang)}


def wait_seen(seen: StepFigures, lang: str) -> str:
    if seen.waiting_days_median is None or seen.waiting_days_p90 is None:
        return ""
    half, nine = seen.waiting_days_median, seen.waiting_days_p90
    return _("half within %(half)s, 9 of 10 within %(nine)s, calendar time") % {
        "half": words_format.days(half, lang),
        "nine": words_format.days(nine, lang),
    }


def only_in_log(rows: list[Beside], log: Assessment) -> list[str]:
    """Steps of the log that are no step of the map."""
    joined = {row.activity for row in rows}
    return [one.step for one in log.steps if one.step not in joined]

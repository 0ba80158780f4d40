"""What is known of the time of each step: said by people, or measured in a log."""

from __future__ import annotations

from dataclasses import dataclass

from straume.lean.assess.records import Assessment, StepFigures
from straume.lean.stream.records import Clock, Step
from straume.words.clocks import working_week

MINUTES_PER_DAY = 1440.0


@dataclass(frozen=True)
class StepTime:
    """Means of one step [min]; `is_between`: since the last completion, work and waiting in one."""

    touch_minutes: float | None
    wait_minutes: float | None
    wait_clock: Clock
    is_between: bool
    day_minutes: float  # of a working day in the calendar of the stream

    @property
    def known(self) -> bool:
        return self.touch_minutes is not None or self.wait_minutes is not None


def step_times(assessment: Assessment) -> dict[str, StepTime]:
    """By step key. The stream's own spans first, then the figures of the log under the step's name."""
    figures = {figure.step: figure for figure in assessment.steps}
    day = working_week(assessment).minutes_per_day
    return {step.key: _time(step, figures.get(step.name), day) for step in assessment.stream.steps}


def _time(step: Step, figure: StepFigures | None, day: float) -> StepTime:
    touch = step.touch.expected_minutes if step.touch else None
    if touch is None and figure is not None:
        touch = figure.touch_minutes_mean
    span = step.wait or step.between
    if span is not None:
        return StepTime(touch, span.expected_minutes, span.clock, step.wait is None, day)
    if figure is not None and figure.waiting_days_mean is not None:
        waiting = figure.waiting_days_mean * MINUTES_PER_DAY
        return StepTime(touch, waiting, "calendar", touch is None, day)
    return StepTime(touch, None, "calendar", is_between=False, day_minutes=day)

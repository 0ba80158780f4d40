"""Hours of work in a run: of units, of their people, of all steps; and how many cases were open."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from straume.lean.events.calendar import DAY_US
from straume.lean.simulate.model import CALENDAR, CONSTANT, NEVER, NONE, STEP, Floats, Ints, Model
from straume.lean.simulate.simulating import Run

HOUR_US = DAY_US // 24
YEAR_US = 365.25 * DAY_US


def utilisation(of: Run) -> Mapping[str, float]:
    """Work of each unit's people in the open hours after the warm-up, as a share of these hours.

    A person of several units has their work counted where it was done and their hours in equal parts.
    """
    built, model, happened = of.built, of.built.model, of.happened
    begin, end = of.counts_from, model.until
    staffed = np.flatnonzero(
        (happened.person != NONE) & (happened.start_at < end) & (happened.end_at > begin)
    )
    calendar = model.person_calendar[happened.person[staffed]]
    start = np.clip(happened.start_at[staffed], begin, end)
    stop = np.clip(happened.end_at[staffed], begin, end)
    worked = np.bincount(
        model.unit[happened.place[staffed]],
        weights=open_us(model, calendar, start, stop),
        minlength=len(built.units),
    )
    people = np.arange(len(model.person_calendar))
    ends = np.full(len(people), begin), np.full(len(people), end)
    available = open_us(model, model.person_calendar, *ends)
    hours = np.zeros(len(built.units))
    for person, units in enumerate(built.person_units):
        hours[list(units)] += available[person] / len(units)
    shares = worked / np.maximum(hours, 1.0)
    return {name: float(share) for name, share in zip(built.units, shares)}


def hours_a_year(of: Run) -> float | None:
    """Working hours of all pieces of work begun after the warm-up, as a year has them [h].

    Where a post is a part of a post work takes longer, but no more hours of it. None where of no step it is
    known how long its work takes.
    """
    built, model, happened = of.built, of.built.model, of.happened
    steps = model.touch[model.kind == STEP]
    if np.all((model.dist_kind[steps] == CONSTANT) & (model.dist_first[steps] == 0)):
        return None
    begin, end = of.counts_from, model.until
    mine = np.flatnonzero(
        (happened.start_at >= begin) & (happened.start_at < end) & (happened.end_at < NEVER)
    )
    place, person = happened.place[mine], happened.person[mine]
    start, stop = happened.start_at[mine], happened.end_at[mine]
    calendar = model.calendar[place]
    if len(model.person_calendar):
        calendar = np.where(person == NONE, calendar, model.person_calendar[np.maximum(person, 0)])
    worked = open_us(model, calendar, start, stop)
    worked = np.where(model.touch_clock[place] == CALENDAR, stop - start, worked)
    if len(built.slowness):
        slowness = np.array(built.slowness)[np.maximum(model.unit[place], 0)]
        worked = np.where(person == NONE, worked, worked / slowness)
    return float(worked.sum() / HOUR_US * (YEAR_US / max(1, end - begin)))


def open_hours_a_year(of: Run) -> float:
    """Open hours of all people as a year has them, those of part posts in part [h]."""
    built, model = of.built, of.built.model
    if not len(model.person_calendar):
        return 0.0
    ends = (
        np.full(len(model.person_calendar), of.counts_from),
        np.full(len(model.person_calendar), model.until),
    )
    available = open_us(model, model.person_calendar, *ends)
    part = [1 / built.slowness[units[0]] if units else 0.0 for units in built.person_units]
    years = max(1, model.until - of.counts_from) / YEAR_US
    return float((available * np.array(part)).sum() / HOUR_US / years)


def work_in_progress(of: Run) -> float:
    """Cases received and not yet answered, in the mean over the time after the warm-up."""
    begin, end = of.counts_from, of.built.model.until
    since = np.clip(of.built.model.arrival_at, begin, end)
    until = np.clip(of.happened.answered_at, begin, end)
    return float(np.maximum(until - since, 0).sum() / max(1, end - begin))


def open_us(model: Model, calendar: Ints, start: Ints, stop: Ints) -> Floats:
    """Open time of numbered calendars between instants [µs]."""
    return _until(model, calendar, stop) - _until(model, calendar, start)


def _until(model: Model, calendar: Ints, at: Ints) -> Floats:
    """Open time of each calendar from the begin of the model."""
    found = np.zeros(len(at))
    for number in np.unique(calendar):
        mine = np.flatnonzero(calendar == number)
        places = slice(
            int(model.open_from[number]), int(model.open_from[number + 1]) - 1
        )  # the last never ends
        opens, closes = model.open_at[places], model.close_at[places]
        before = np.concatenate([[0], np.cumsum(closes - opens)])
        place = np.searchsorted(opens, at[mine], side="right")
        inside = (
            np.minimum(at[mine], np.concatenate([[0], closes])[place]) - np.concatenate([[0], opens])[place]
        )
        found[mine] = np.where(place > 0, before[np.maximum(place - 1, 0)] + inside, 0.0)
    return found

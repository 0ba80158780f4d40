"""The setting of a fitted log after changes: what was seen holds only where nothing was changed."""

from __future__ import annotations

from dataclasses import replace

from straume.lean.errors import WrongCall
from straume.lean.simulate.building import Setting
from straume.lean.stream.records import ValueStream


def carried(setting: Setting, *, before: ValueStream, after: ValueStream) -> Setting:
    """The setting for `after`, a changed `before`.

    Seen durations and releases of a step stay while the step says of them what it said; requests come as
    many times as often as the demand has changed. Raises WrongCall `staff_not_modelled` where all waiting is
    drawn as it was seen, and a change gives a unit other people or hours.
    """
    if setting.wait and not any(unit.staff for unit in before.units) and _people(before) != _people(after):
        raise WrongCall("staff_not_modelled")
    old = {step.key: step for step in before.steps}
    same_touch = {step.key for step in after.steps if step.key in old and step.touch == old[step.key].touch}
    same_wait = {
        step.key
        for step in after.steps
        if step.key in old and (step.wait, step.between) == (old[step.key].wait, old[step.key].between)
    }
    same_batch = {
        step.key
        for step in after.steps
        if step.key in old
        and (step.batch_size, step.batch_every_days, step.batch_weekday)
        == (old[step.key].batch_size, old[step.key].batch_every_days, old[step.key].batch_weekday)
    }
    per_year = setting.arrivals.per_year
    if per_year is not None and after.demand_per_year != before.demand_per_year:
        per_year = (
            per_year * (after.demand_per_year or 0.0) / before.demand_per_year
            if before.demand_per_year
            else after.demand_per_year
        )
    return replace(
        setting,
        touch={key: seen for key, seen in setting.touch.items() if key in same_touch},
        wait={key: seen for key, seen in setting.wait.items() if key in same_wait},
        releases={key: seen for key, seen in setting.releases.items() if key in same_batch & same_wait},
        arrivals=replace(setting.arrivals, per_year=per_year),
    )


def _people(stream: ValueStream) -> list[tuple[str, float | None, object, float]]:
    return sorted((unit.name, unit.staff, str(unit.calendar), unit.away_share) for unit in stream.units)

"""From a log as it was read to a log that says why work waits: hours, starts, causes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.log import EventLog
from straume.lean.flow.causes.discovered import Discovered, discover_calendars
from straume.lean.flow.causes.split import split
from straume.lean.flow.causes.starts import Touch, estimate_starts, known_touch


@dataclass(frozen=True)
class Filled:
    """A log with its causes of waiting, and on what they rest."""

    log: EventLog
    hours: Discovered | None  # hours found in the log; None: they were given
    touch: Mapping[str, Touch]  # by step: on which estimated starts rest; empty where none was estimated


def fill_causes(
    log: EventLog,
    *,
    calendars: Mapping[str | int, WorkCalendar] | None = None,
    told: Mapping[str, float] | None = None,
    min_batch: int = 2,
) -> Filled:
    """The log with estimated starts where their touch time is known, and the causes of all waiting.

    Parameters
    ----------
    calendars : working hours as `split` takes them; None: those that the log shows, and where it shows too
        little its own calendar.
    told : touch time of steps [seconds of working time], from the workshop or entered for the step.
    min_batch : how many pieces of work make a batch.

    Raises WrongCall as `known_touch` and `split`.
    """
    hours = discover_calendars(log) if calendars is None else None
    given = hours.calendars if hours is not None else calendars
    touch = known_touch(log, told=told, calendars=given)
    estimated = estimate_starts(log, told=told, calendars=given)
    filled = split(estimated, calendars=given, min_batch=min_batch)
    return Filled(log=filled, hours=hours, touch={} if estimated is log else touch)

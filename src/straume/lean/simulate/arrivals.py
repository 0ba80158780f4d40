"""When requests come: given instants, or a Poisson process whose rate follows hour, weekday and month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import DAY_US, WorkCalendar
from straume.lean.simulate.calendars import local_hours
from straume.lean.simulate.draws import Draws
from straume.lean.simulate.model import Floats, Ints

YEAR_US = round(365.25 * DAY_US)
_CHUNK = 4096


@dataclass(frozen=True)
class Arrivals:
    """When requests come. Weights are relative; the year's sum is the demand.

    Without weights of hours and weekdays requests come in the open hours of the stream's calendar.
    """

    per_year: float | None = None  # cases; None: the stream's demand_per_year
    hours: tuple[float, ...] | None = None  # 24 weights of the local clock
    weekdays: tuple[float, ...] | None = None  # 7, Monday first
    months: tuple[float, ...] | None = None  # 12
    at: Sequence[int] | None = None  # instants [µs UTC] in place of all others

    def __post_init__(self) -> None:
        for weights, count in ((self.hours, 24), (self.weekdays, 7), (self.months, 12)):
            if weights is not None and (len(weights) != count or min(weights) < 0 or not any(weights)):
                raise WrongCall("arrival_weights_impossible", count=count)


def arrival_instants(
    asked: Arrivals,
    *,
    demand_per_year: float | None,
    calendar: WorkCalendar,
    begin: int,
    until: int | None,
    cases: int | None,
    draws: Draws,
) -> Ints:
    """Instants in order [µs]: up to `until`, at most `cases`.

    The k-th request comes where the cumulative rate reaches the sum of k exponential draws; so a scenario
    with another demand has the same requests closer together.
    Raises WrongCall `demand_unknown`, `arrivals_without_end`.
    """
    if until is None and cases is None and asked.at is None:
        raise WrongCall("arrivals_without_end")
    if asked.at is not None:
        given = np.sort(np.asarray(asked.at, np.int64))
        return given[: cases if cases is not None else len(given)]
    per_year = asked.per_year if asked.per_year is not None else demand_per_year
    if per_year is None or per_year <= 0:
        raise WrongCall("demand_unknown")
    horizon = until
    if horizon is None:
        horizon = begin + round((float(cases or 0) * 1.5 / per_year + 1.1) * YEAR_US)
    edges, expected = _expected(asked, calendar, begin, horizon, per_year)
    wanted = cases if cases is not None else 1 << 40
    sums = _sums(draws, float(expected[-1]), wanted)
    instants = np.interp(sums, expected, (edges - begin).astype(np.float64))
    return begin + np.rint(instants).astype(np.int64)


def _sums(draws: Draws, most: float, wanted: int) -> Floats:
    """Sums of exponential draws below `most`."""
    parts: list[Floats] = []
    total, count = 0.0, 0
    while total < most and count < wanted:
        size = min(max(_CHUNK, int(most) // 8), wanted - count)
        part = total + np.cumsum(-np.log1p(-draws.uniforms("arrival", first=count, count=size)))
        parts.append(part)
        total, count = float(part[-1]), count + size
    sums = np.concatenate(parts) if parts else np.zeros(0)
    return sums[sums < most]


def _expected(
    asked: Arrivals, calendar: WorkCalendar, begin: int, until: int, per_year: float
) -> tuple[Ints, Floats]:
    """Edges [µs] and the number of requests expected from the begin to each of them."""
    year_end = begin + 365 * DAY_US
    edges, hour, day = local_hours(calendar, begin, max(until, year_end))
    weight = np.ones(len(hour))
    if asked.hours is not None:
        weight *= np.array(asked.hours)[hour]
    if asked.weekdays is not None:
        weight *= np.array(asked.weekdays)[(day + 3) % 7]  # 1970-01-01 was a Thursday
    if asked.months is not None:
        months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
        weight *= np.array(asked.months)[months]
    lengths = np.diff(edges)
    if asked.hours is None and asked.weekdays is None:
        weight *= calendar.working_us(edges[:-1], edges[1:]) / np.maximum(lengths, 1)
    total = np.concatenate([[0.0], np.cumsum(weight * lengths)])
    at_begin, at_year, at_end = np.interp([begin, year_end, until], edges, total)
    if at_year <= at_begin:
        raise WrongCall("arrival_weights_impossible", count=0)
    inside = (edges > begin) & (edges < until)
    points = np.concatenate([[begin], edges[inside], [until]]).astype(np.int64)
    sums = np.concatenate([[at_begin], total[inside], [at_end]]) - at_begin
    return points, sums * (per_year * (365 * DAY_US) / YEAR_US / (at_year - at_begin))

"""What the simulator runs: a stream as arrays. Gateways and steps are numbered together as places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint64]

# kinds of places
STEP, CHOICE, ALL, ANSWER, DEAD_END = 0, 1, 2, 3, 4
# clocks of a duration
WORKING, CALENDAR = 0, 1
# kinds of distributions
CONSTANT, TABLE, EXPONENTIAL, LOGNORMAL = 0, 1, 2, 3
# purposes of draws: columns of `keys`
ROUTE_DRAW, WAIT_DRAW, TOUCH_DRAW = 0, 1, 2
PURPOSES = 3
VISITS = 16  # so many visits of a place can take after a seen case; later ones are drawn freely
SKIPPED = -1.0  # width of a draw: the seen case went past the step
NONE = -1
NEVER = 1 << 62  # an instant that no simulation reaches


class Model(NamedTuple):
    """A stream, its people, calendars and draws as arrays; lists of lists as `…_from` and one flat array."""

    start: int  # place at which cases begin
    kind: Ints  # by place
    route_from: Ints
    route_to: Ints
    route_until: Floats  # kind of case · routes + route: cumulative shares of the routes that leave a place
    case_kind: Ints  # by case; empty: all are alike
    needs: Ints  # routes that an ALL waits for
    unit: Ints  # of a step with people, otherwise NONE
    calendar: Ints  # of the step's working time
    wait: Ints  # distribution or NONE
    wait_clock: Ints
    touch: Ints
    touch_clock: Ints
    priority: Ints  # of a step: the lower goes first
    batch_size: Ints  # 0: no size that releases
    release_from: Ints
    release_at: Ints
    keys: Keys  # place × purpose
    dist_kind: Ints
    dist_first: Floats  # CONSTANT, EXPONENTIAL: mean [µs]; LOGNORMAL: μ of ln µs
    dist_second: Floats  # LOGNORMAL: σ
    dist_table: Floats  # distribution × quantile [µs]
    person_calendar: Ints
    person_unit_from: Ints
    person_unit: Ints
    unit_person_from: Ints
    unit_person: Ints
    open_from: Ints  # first interval of each calendar
    open_at: Ints
    close_at: Ints
    arrival_at: Ints  # by case
    case_class: Ints  # by case: the lower goes first
    classes: int  # of priority, step and case together
    oldest_first: int  # 1: within a class the oldest case goes first, 0: who came first
    like: Ints  # by case: the seen case that it takes after; empty: none
    seen_from: Ints  # first entry of each seen case
    seen_code: Ints  # (place · PURPOSES + purpose) · VISITS + visit
    seen_low: Floats
    seen_width: Floats
    until: int


class Happened(NamedTuple):
    """What a run did: one entry per item in the order in which the items came up, and one per case."""

    case: Ints
    place: Ints
    enabled_at: Ints
    start_at: Ints  # NEVER: not begun
    end_at: Ints  # NEVER: not ended by `until`
    person: Ints  # NONE: nobody is modelled
    answered_at: Ints  # by case; NEVER: open

"""The compiled heap of events: by time, then in the order in which they were pushed."""

from __future__ import annotations

from straume.lean.compiled import inner
from straume.lean.simulate.model import Ints

_EVENTS, _ORDER = 1, 2  # places of `n`: events waiting, events so far
_AT, _TURN_OF_EVENT, _WHAT = 0, 1, 2  # columns of `events`


@inner
def push(n: Ints, events: Ints, at: int, what: int) -> None:
    hole = n[_EVENTS]
    n[_EVENTS] += 1
    order = n[_ORDER]
    n[_ORDER] += 1
    while hole > 0:
        parent = (hole - 1) >> 1
        if events[parent, _AT] <= at:  # what was pushed earlier goes first
            break
        events[hole, _AT] = events[parent, _AT]
        events[hole, _TURN_OF_EVENT] = events[parent, _TURN_OF_EVENT]
        events[hole, _WHAT] = events[parent, _WHAT]
        hole = parent
    events[hole, _AT] = at
    events[hole, _TURN_OF_EVENT] = order
    events[hole, _WHAT] = what


@inner
def pop(n: Ints, events: Ints) -> int:
    what = events[0, _WHAT]
    n[_EVENTS] -= 1
    size = n[_EVENTS]
    at, order, last = events[size, _AT], events[size, _TURN_OF_EVENT], events[size, _WHAT]
    hole = 0
    while True:
        child = 2 * hole + 1
        if child >= size:
            break
        other = child + 1
        if other < size and (
            events[other, _AT] < events[child, _AT]
            or (
                events[other, _AT] == events[child, _AT]
                and events[other, _TURN_OF_EVENT] < events[child, _TURN_OF_EVENT]
            )
        ):
            child = other
        if at < events[child, _AT] or (at == events[child, _AT] and order < events[child, _TURN_OF_EVENT]):
            break
        events[hole, _AT] = events[child, _AT]
        events[hole, _TURN_OF_EVENT] = events[child, _TURN_OF_EVENT]
        events[hole, _WHAT] = events[child, _WHAT]
        hole = child
    events[hole, _AT], events[hole, _TURN_OF_EVENT], events[hole, _WHAT] = at, order, last
    return int(what)

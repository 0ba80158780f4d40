"""What changes while a simulation runs: a few arrays with many columns, and how they get room.

Constants stand here and in model.py for all compiled parts: to compiled code, globals are constants.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from straume.lean.compiled import compiled
from straume.lean.simulate.model import NEVER, NONE, Ints, Model

READY, DONE, WAKE, RELEASE = 0, 1, 2, 3  # kinds of events
# places of `n`
ITEMS, EVENTS, ORDER, FREE, SPARE, SPARES, CASES = range(7)
# columns of `items`, those that are under way; one that is done makes room for others
CASE, PLACE, SLOT, ENABLED_AT, PERSON, TURN, AFTER, VISIT, NUMBER = range(9)
NOT_BEGUN, NOBODY_HERE = -2, -3  # in place of a person
# columns of `out`, what happened by item in the order in which they came up
OUT_CASE, OUT_PLACE, OUT_ENABLED_AT, OUT_START_AT, OUT_END_AT, OUT_PERSON = range(6)
# columns of `events`, a heap by time and order, are named in heap.py; this is its first
AT = 0
# columns of `queues` (unit and class) and of `held` (batches by place): first and last item, and more
HEAD, TAIL, COUNT, RELEASING = 0, 1, 2, 3
# columns of `people`
IDLE, WAKING = 0, 1
# columns of `slots`, cases in progress: tokens, next free slot, then visits and branches arrived by place
LIVE, NEXT_FREE, BY_PLACE = 0, 1, 2
_SLOTS = 1024  # cases under way that there is room for to begin with


class State(NamedTuple):
    """Few arrays with many columns: each call hands all of them on."""

    # counts: items so far, events waiting, events so far, first free slot, first free row of items, free rows
    # of items, cases so far
    n: Ints
    now_in: Ints  # by calendar: first interval that ends after now
    out: Ints
    items: Ints
    events: Ints
    slots: Ints
    queues: Ints  # unit · classes + class
    held: Ints
    people: Ints
    tokens: Ints  # room for places still to be visited at this instant
    answered_at: Ints  # by case


@compiled
def beginning(m: Model, out: Ints) -> State:
    places, people = m.kind.shape[0], m.person_calendar.shape[0]
    queues = np.full(((m.unit_person_from.shape[0] - 1) * m.classes, 2), NONE)
    held = np.zeros((places, 4), np.int64)
    held[:, :2] = NONE
    of_people = np.zeros((people, 2), np.int64)
    of_people[:, IDLE] = 1
    slots = np.zeros((_SLOTS, BY_PLACE + 2 * places), np.int64)
    free_slots(slots, 0)
    tokens = 4 * m.route_to.shape[0] + 4
    items = tokens + _SLOTS
    s = State(
        np.zeros(7, np.int64),
        m.open_from[:-1].copy(),
        out,
        np.empty((items, 9), np.int64),
        np.empty((items + people + places + 1, 3), np.int64),  # one event each at most
        slots,
        queues,
        held,
        of_people,
        np.empty(tokens, np.int64),
        np.full(m.arrival_at.shape[0], NEVER),
    )
    s.n[SPARE] = NONE
    free_items(s, 0)
    return s


@compiled
def free_slots(slots: Ints, first: int) -> None:
    """Chains the slots from `first` on as free ones."""
    for slot in range(first, slots.shape[0]):
        slots[slot, NEXT_FREE] = slot + 1
    slots[slots.shape[0] - 1, NEXT_FREE] = NONE


@compiled
def free_items(s: State, first: int) -> None:
    """Chains the rows from `first` on as free ones, before those that were."""
    for item in range(first, s.items.shape[0]):
        s.items[item, PERSON] = NOBODY_HERE
        s.items[item, AFTER] = item + 1
    s.items[s.items.shape[0] - 1, AFTER] = s.n[SPARE]
    s.n[SPARE] = first
    s.n[SPARES] += s.items.shape[0] - first


@compiled
def with_room(s: State, items: int, slots: int, out: Ints) -> State:
    """The same state with room for so many items and cases under way."""
    return State(
        s.n,
        s.now_in,
        out,
        _grown(s.items, items),
        _grown(s.events, s.events.shape[0] + items - s.items.shape[0]),
        _grown(s.slots, slots),
        s.queues,
        s.held,
        s.people,
        s.tokens,
        s.answered_at,
    )


@compiled
def _grown(values: Ints, rows: int) -> Ints:
    if rows == values.shape[0]:
        return values
    grown = np.empty((rows, values.shape[1]), np.int64)
    grown[: values.shape[0]] = values
    return grown


@compiled
def longer(out: Ints) -> Ints:
    longer = np.empty((2 * out.shape[0], out.shape[1]), np.int64)
    longer[: out.shape[0]] = out
    return longer

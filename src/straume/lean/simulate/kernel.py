"""The compiled event loop. Its plain twin is in plain.py; a test holds the two to the same microsecond.

What it calls stands in state.py, working.py, drawing.py and heap.py. Machine code is looked up by the date of
this file only: `python -m straume.lean` forgets it where one of the others changed.
"""

from __future__ import annotations

import numpy as np

from straume.lean.compiled import compiled, inner
from straume.lean.simulate.heap import pop, push
from straume.lean.simulate.model import (
    ALL,
    ANSWER,
    CALENDAR,
    CHOICE,
    NEVER,
    NONE,
    ROUTE_DRAW,
    SKIPPED,
    STEP,
    WAIT_DRAW,
    Happened,
    Ints,
    Model,
)
from straume.lean.simulate.state import (
    AFTER,
    AT,
    BY_PLACE,
    CASE,
    CASES,
    DONE,
    ENABLED_AT,
    EVENTS,
    FREE,
    IDLE,
    ITEMS,
    LIVE,
    NEXT_FREE,
    NOBODY_HERE,
    NOT_BEGUN,
    NUMBER,
    PERSON,
    PLACE,
    READY,
    RELEASING,
    SLOT,
    SPARE,
    SPARES,
    VISIT,
    WAKE,
    WAKING,
    State,
    beginning,
    free_items,
    free_slots,
    longer,
    with_room,
)
from straume.lean.simulate.working import (
    after_work,
    duration,
    interval_of,
    look_for_work,
    luck,
    ready,
    release,
    seen_entry,
    write,
)

_ENDED, _MORE_OUT, _MORE_ITEMS, _MORE_SLOTS = range(4)  # why the loop stops


def run(m: Model, items: int) -> Happened:
    """Runs a model until its end; `items`: room to begin with."""
    # made here, not in compiled code: NumPy asks for large pages, which halves the time for fresh memory
    out, count, answered_at = _run(m, np.empty((max(items, 1), 6), np.int64))
    case, place, enabled_at, start_at, end_at, person = out[:count].T
    return Happened(case, place, enabled_at, start_at, end_at, person, answered_at)


@compiled
def _run(m: Model, out: Ints) -> tuple[Ints, int, Ints]:
    s = beginning(m, out)
    while True:
        wanted = _go_on(m, s)
        if wanted == _ENDED:
            break
        had, slots = s.items.shape[0], s.slots.shape[0]
        if wanted == _MORE_OUT:
            s = with_room(s, had, slots, longer(s.out))
        elif wanted == _MORE_ITEMS:
            s = with_room(s, 2 * had, slots, s.out)
            free_items(s, had)
        else:
            s = with_room(s, had, 2 * slots, s.out)
            free_slots(s.slots, slots)
            s.n[FREE] = slots
    for item in range(s.items.shape[0]):
        if s.items[item, PERSON] == NOT_BEGUN:
            write(s, item, NEVER, NEVER, NONE)
    return s.out, s.n[ITEMS], s.answered_at


@inner
def _go_on(m: Model, s: State) -> int:
    """Event after event until the end, or until more room is needed; says what for.

    Nothing is allocated here, so no array is counted in and out: that made the loop four times slower.
    """
    cases = m.arrival_at.shape[0]
    while True:
        if s.n[ITEMS] + s.tokens.shape[0] > s.out.shape[0]:
            return _MORE_OUT
        if s.n[SPARES] < s.tokens.shape[0]:
            return _MORE_ITEMS
        case = s.n[CASES]
        arrival = m.arrival_at[case] if case < cases else NEVER
        event = s.events[0, AT] if s.n[EVENTS] else NEVER
        now = min(arrival, event)
        if now > m.until or now == NEVER:
            return _ENDED
        if arrival <= event:
            if s.n[FREE] == NONE:
                return _MORE_SLOTS
            s.n[CASES] += 1
            _arrive(m, s, case, now)
            continue
        what = pop(s.n, s.events)
        kind, subject = what & 3, what >> 2
        if kind == DONE:
            _done(m, s, subject, now)
        elif kind == READY:
            ready(m, s, subject, now)
        elif kind == WAKE:
            s.people[subject, WAKING] = 0
            if s.people[subject, IDLE]:
                look_for_work(m, s, subject, now)
        else:
            s.held[subject, RELEASING] = 0
            release(m, s, subject, now)


@inner
def _arrive(m: Model, s: State, case: int, now: int) -> None:
    slot = s.n[FREE]
    s.n[FREE] = s.slots[slot, NEXT_FREE]
    s.slots[slot, LIVE] = 1
    for column in range(BY_PLACE, s.slots.shape[1]):
        s.slots[slot, column] = 0
    _move(m, s, slot, case, m.start, now)


@inner
def _move(m: Model, s: State, slot: int, case: int, place: int, now: int) -> None:
    """A token goes through gateways until it stands at steps, waits for its sisters, or the case ends."""
    s.tokens[0] = place
    waiting = 1
    while waiting:
        waiting -= 1
        place = s.tokens[waiting]
        kind = m.kind[place]
        visit = s.slots[slot, BY_PLACE + place]
        s.slots[slot, BY_PLACE + place] += 1
        if kind == STEP and not _goes_past(m, case, place, visit):
            _come_to_step(m, s, slot, case, place, visit, now)
        elif kind in (STEP, CHOICE):
            s.tokens[waiting] = _way_on(m, place, case, visit)
            waiting += 1
        elif kind == ALL:
            s.slots[slot, BY_PLACE + m.kind.shape[0] + place] += 1
            s.slots[slot, LIVE] -= 1
            if s.slots[slot, BY_PLACE + m.kind.shape[0] + place] == m.needs[place]:
                s.slots[slot, BY_PLACE + m.kind.shape[0] + place] = 0
                for at in range(m.route_from[place + 1] - 1, m.route_from[place] - 1, -1):
                    s.tokens[waiting] = m.route_to[at]
                    waiting += 1
                    s.slots[slot, LIVE] += 1
        else:
            s.slots[slot, LIVE] -= 1
            if kind == ANSWER:
                s.answered_at[case] = min(now, s.answered_at[case])
    if s.slots[slot, LIVE] == 0:
        s.slots[slot, NEXT_FREE] = s.n[FREE]
        s.n[FREE] = slot


@inner
def _goes_past(m: Model, case: int, place: int, visit: int) -> bool:
    """Whether the seen case that this one takes after left the step out."""
    if m.like.shape[0] == 0:
        return False
    entry = seen_entry(m, case, place, WAIT_DRAW, visit)
    return entry != NONE and m.seen_width[entry] == SKIPPED


@inner
def _way_on(m: Model, place: int, case: int, visit: int) -> int:
    first, last = m.route_from[place], m.route_from[place + 1]
    if last - first > 1:
        u = luck(m, case, place, ROUTE_DRAW, visit)
        row = 0
        if m.case_kind.shape[0]:
            row = m.case_kind[case] * m.route_to.shape[0]
        while first < last - 1 and u >= m.route_until[row + first]:
            first += 1
    return int(m.route_to[first])


@inner
def _come_to_step(m: Model, s: State, slot: int, case: int, place: int, visit: int, now: int) -> None:
    item = s.n[SPARE]
    s.n[SPARE] = s.items[item, AFTER]
    s.n[SPARES] -= 1
    s.items[item, NUMBER] = s.n[ITEMS]
    s.n[ITEMS] += 1
    s.items[item, CASE], s.items[item, PLACE], s.items[item, SLOT], s.items[item, VISIT] = (
        case,
        place,
        slot,
        visit,
    )
    s.items[item, ENABLED_AT] = now
    s.items[item, PERSON] = NOT_BEGUN
    dist = m.wait[place]
    wait = 0
    if dist != NONE:
        wait = duration(m, s, item, dist, WAIT_DRAW)
    if wait == 0:
        ready(m, s, item, now)
    elif m.wait_clock[place] == CALENDAR:
        push(s.n, s.events, now + wait, READY + 4 * item)
    else:
        interval = interval_of(m, s, m.calendar[place], now)
        push(s.n, s.events, after_work(m, interval, now, wait), READY + 4 * item)


@inner
def _done(m: Model, s: State, item: int, now: int) -> None:
    person = s.items[item, PERSON]
    if person != NONE:
        s.people[person, IDLE] = 1
        look_for_work(m, s, person, now)
    slot, place = s.items[item, SLOT], s.items[item, PLACE]
    case, visit = s.items[item, CASE], s.items[item, VISIT]
    s.items[item, PERSON] = NOBODY_HERE
    s.items[item, AFTER] = s.n[SPARE]
    s.n[SPARE] = item
    s.n[SPARES] += 1
    _move(m, s, slot, case, _way_on(m, place, case, visit), now)

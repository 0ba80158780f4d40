"""The compiled event loop. Its plain twin is in plain.py; a test holds the two to the same microsecond.

What it calls stands in drawing.py and heap.py. The cache of machine code looks at the date of this file only,
so who changes one of the two removes `__pycache__` (`make clean`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from straume.lean.compiled import compiled, inner
from straume.lean.simulate.drawing import drawn, uniform
from straume.lean.simulate.heap import pop, push
from straume.lean.simulate.model import Happened, Ints, Model

# globals of compiled code are constants, so they are named here again
_STEP, _CHOICE, _ALL, _ANSWER = 0, 1, 2, 3
_CALENDAR = 1
_CONSTANT, _TABLE, _EXPONENTIAL = 0, 1, 2
_ROUTE, _WAIT, _TOUCH = 0, 1, 2
_PURPOSES, _VISITS, _SKIPPED = 3, 16, -1.0
_NONE = -1
_NEVER = 1 << 62
_READY, _DONE, _WAKE, _RELEASE = 0, 1, 2, 3  # kinds of events
# places of `n`
_ITEMS, _EVENTS, _ORDER, _FREE = 0, 1, 2, 3


# columns of `items`
_CASE, _PLACE, _SLOT, _ENABLED_AT, _START_AT, _END_AT, _PERSON, _TURN, _AFTER, _VISIT = range(10)
# columns of `events`, a heap by time and order
_AT, _TURN_OF_EVENT, _WHAT = 0, 1, 2
# columns of `queues` (unit and class) and of `held` (batches by place): first and last item, and more
_HEAD, _TAIL, _COUNT, _RELEASING = 0, 1, 2, 3
# columns of `people`
_IDLE, _WAKING = 0, 1
# columns of `slots`, cases in progress: tokens, next free slot, then visits and branches arrived by place
_LIVE, _NEXT_FREE, _BY_PLACE = 0, 1, 2


class State(NamedTuple):
    """What changes while a run goes on. Few arrays with many columns: each call hands all of them on."""

    n: Ints  # counts: items, events waiting, events so far, first free slot
    now_in: Ints  # by calendar: first interval that ends after now
    items: Ints
    events: Ints
    slots: Ints
    queues: Ints  # unit · classes + class
    held: Ints
    people: Ints
    tokens: Ints  # room for places still to be visited at this instant
    answered_at: Ints  # by case


@inner
def _interval(m: Model, s: State, calendar: int, now: int) -> int:
    """First interval of the calendar that ends after now."""
    place = s.now_in[calendar]
    while m.close_at[place] <= now:
        place += 1
    s.now_in[calendar] = place
    return int(place)


@inner
def _after_work(m: Model, interval: int, at: int, work: int) -> int:
    """The instant at which `work` of working time is done, begun at `at` in or before `interval`."""
    if work <= 0:
        return at
    at = max(at, m.open_at[interval])
    while at + work > m.close_at[interval]:
        work -= m.close_at[interval] - at
        interval += 1
        at = m.open_at[interval]
    return min(at + work, _NEVER)


@inner
def _seen(m: Model, case: int, place: int, purpose: int, visit: int) -> int:
    """The entry of the seen case that this one takes after; NONE where it has none for this draw."""
    if visit >= _VISITS:
        return _NONE
    wanted = (place * _PURPOSES + purpose) * _VISITS + visit
    first, last = m.seen_from[m.like[case]], m.seen_from[m.like[case] + 1]
    beyond = last
    while first < last:
        middle = (first + last) >> 1
        if m.seen_code[middle] < wanted:
            first = middle + 1
        else:
            last = middle
    return int(first) if first < beyond and m.seen_code[first] == wanted else _NONE


@inner
def _luck(m: Model, case: int, place: int, purpose: int, visit: int) -> float:
    u = uniform(m.keys[place, purpose], case, visit)
    if m.like.shape[0]:
        entry = _seen(m, case, place, purpose, visit)
        if entry != _NONE:
            u = m.seen_low[entry] + m.seen_width[entry] * u
    return u


@inner
def _draw(m: Model, s: State, item: int, dist: int, purpose: int) -> int:
    kind = m.dist_kind[dist]
    u = 0.0
    if kind != _CONSTANT:
        u = _luck(m, s.items[item, _CASE], s.items[item, _PLACE], purpose, s.items[item, _VISIT])
    return drawn(kind, m.dist_first[dist], m.dist_second[dist], m.dist_table[dist], u)


@inner
def _begin(m: Model, s: State, item: int, person: int, now: int) -> None:
    place = s.items[item, _PLACE]
    work = _draw(m, s, item, m.touch[place], _TOUCH)
    start, end = now, now + work
    if m.touch_clock[place] != _CALENDAR:
        calendar = m.calendar[place] if person == _NONE else m.person_calendar[person]
        interval = _interval(m, s, calendar, now)
        if work > 0:
            start = max(now, m.open_at[interval])
        end = _after_work(m, interval, now, work)
    s.items[item, _START_AT] = start
    s.items[item, _END_AT] = end
    s.items[item, _PERSON] = person
    push(s.n, s.events, end, _DONE + 4 * item)


@inner
def _look_for_work(m: Model, s: State, person: int, now: int) -> None:
    """An idle person takes what goes first in the queues of all their units, or wakes when they open."""
    best, best_unit, best_class = _NONE, _NONE, m.classes
    for at in range(m.person_unit_from[person], m.person_unit_from[person + 1]):
        unit = m.person_unit[at]
        for number in range(m.classes):
            item = s.queues[unit * m.classes + number, _HEAD]
            if item != _NONE:
                earlier = number == best_class and s.items[item, _TURN] < s.items[best, _TURN]
                if number < best_class or earlier:
                    best, best_unit, best_class = item, unit, number
                break
    if best == _NONE:
        return
    interval = _interval(m, s, m.person_calendar[person], now)
    opens = m.open_at[interval]
    if opens > now:
        if not s.people[person, _WAKING]:
            s.people[person, _WAKING] = 1
            push(s.n, s.events, opens, _WAKE + 4 * person)
        return
    s.queues[best_unit * m.classes + best_class, _HEAD] = s.items[best, _AFTER]
    if s.items[best, _AFTER] == _NONE:
        s.queues[best_unit * m.classes + best_class, _TAIL] = _NONE
    s.people[person, _IDLE] = 0
    _begin(m, s, best, person, now)


@inner
def _stand_in_line(s: State, line: int, item: int) -> None:
    """Behind all whose turn is earlier; that is the end, unless older cases go first."""
    last = s.queues[line, _TAIL]
    s.items[item, _AFTER] = _NONE
    if last == _NONE:
        s.queues[line, _HEAD] = s.queues[line, _TAIL] = item
    elif s.items[last, _TURN] < s.items[item, _TURN]:
        s.items[last, _AFTER] = item
        s.queues[line, _TAIL] = item
    else:
        before, other = _NONE, s.queues[line, _HEAD]
        while s.items[other, _TURN] < s.items[item, _TURN]:
            before, other = other, s.items[other, _AFTER]
        s.items[item, _AFTER] = other
        if before == _NONE:
            s.queues[line, _HEAD] = item
        else:
            s.items[before, _AFTER] = item


@inner
def _queue(m: Model, s: State, item: int, now: int) -> None:
    """The item is ready: whoever is free of its unit begins, otherwise it stands in the queue."""
    place = s.items[item, _PLACE]
    unit = m.unit[place]
    if unit == _NONE:
        _begin(m, s, item, _NONE, now)
        return
    number = m.priority[place] + m.case_class[s.items[item, _CASE]]
    s.items[item, _TURN] = s.n[_ORDER]
    s.n[_ORDER] += 1
    if m.oldest_first:
        s.items[item, _TURN] += s.items[item, _CASE] << 36
    _stand_in_line(s, unit * m.classes + number, item)
    for at in range(m.unit_person_from[unit], m.unit_person_from[unit + 1]):
        person = m.unit_person[at]
        if s.people[person, _IDLE]:
            _look_for_work(m, s, person, now)
            if not s.people[person, _IDLE]:
                return


@inner
def _release(m: Model, s: State, place: int, now: int) -> None:
    item = s.held[place, _HEAD]
    s.held[place, _HEAD] = s.held[place, _TAIL] = _NONE
    s.held[place, _COUNT] = 0
    while item != _NONE:
        following = s.items[item, _AFTER]
        _queue(m, s, item, now)
        item = following


@inner
def _ready(m: Model, s: State, item: int, now: int) -> None:
    """The wait is over: into the batch where the step has one, otherwise to the queue."""
    place = s.items[item, _PLACE]
    size = m.batch_size[place]
    first, last = m.release_from[place], m.release_from[place + 1]
    if size == 0 and first == last:
        _queue(m, s, item, now)
        return
    s.items[item, _AFTER] = _NONE
    if s.held[place, _HEAD] == _NONE:
        s.held[place, _HEAD] = item
    else:
        s.items[s.held[place, _TAIL], _AFTER] = item
    s.held[place, _TAIL] = item
    s.held[place, _COUNT] += 1
    if size > 0 and s.held[place, _COUNT] >= size:
        _release(m, s, place, now)
    elif first < last and not s.held[place, _RELEASING]:
        at = first + np.searchsorted(m.release_at[first:last], now)
        if at < last:
            s.held[place, _RELEASING] = 1
            push(s.n, s.events, m.release_at[at], _RELEASE + 4 * place)


@inner
def _come_to_step(m: Model, s: State, slot: int, case: int, place: int, visit: int, now: int) -> None:
    item = s.n[_ITEMS]
    s.n[_ITEMS] += 1
    s.items[item, _CASE], s.items[item, _PLACE], s.items[item, _SLOT], s.items[item, _VISIT] = (
        case,
        place,
        slot,
        visit,
    )
    s.items[item, _ENABLED_AT] = now
    s.items[item, _START_AT] = s.items[item, _END_AT] = _NEVER
    s.items[item, _PERSON] = _NONE
    dist = m.wait[place]
    wait = 0
    if dist != _NONE:
        wait = _draw(m, s, item, dist, _WAIT)
    if wait == 0:
        _ready(m, s, item, now)
    elif m.wait_clock[place] == _CALENDAR:
        push(s.n, s.events, now + wait, _READY + 4 * item)
    else:
        interval = _interval(m, s, m.calendar[place], now)
        push(s.n, s.events, _after_work(m, interval, now, wait), _READY + 4 * item)


@inner
def _way_on(m: Model, place: int, case: int, visit: int) -> int:
    first, last = m.route_from[place], m.route_from[place + 1]
    if last - first > 1:
        u = _luck(m, case, place, _ROUTE, visit)
        row = 0
        if m.case_kind.shape[0]:
            row = m.case_kind[case] * m.route_to.shape[0]
        while first < last - 1 and u >= m.route_until[row + first]:
            first += 1
    return int(m.route_to[first])


@inner
def _goes_past(m: Model, case: int, place: int, visit: int) -> bool:
    """Whether the seen case that this one takes after left the step out."""
    if m.like.shape[0] == 0:
        return False
    entry = _seen(m, case, place, _WAIT, visit)
    return entry != _NONE and m.seen_width[entry] == _SKIPPED


@inner
def _move(m: Model, s: State, slot: int, case: int, place: int, now: int) -> None:
    """A token goes through gateways until it stands at steps, waits for its sisters, or the case ends."""
    s.tokens[0] = place
    waiting = 1
    while waiting:
        waiting -= 1
        place = s.tokens[waiting]
        kind = m.kind[place]
        visit = s.slots[slot, _BY_PLACE + place]
        s.slots[slot, _BY_PLACE + place] += 1
        if kind == _STEP and not _goes_past(m, case, place, visit):
            _come_to_step(m, s, slot, case, place, visit, now)
        elif kind in (_STEP, _CHOICE):
            s.tokens[waiting] = _way_on(m, place, case, visit)
            waiting += 1
        elif kind == _ALL:
            s.slots[slot, _BY_PLACE + m.kind.shape[0] + place] += 1
            s.slots[slot, _LIVE] -= 1
            if s.slots[slot, _BY_PLACE + m.kind.shape[0] + place] == m.needs[place]:
                s.slots[slot, _BY_PLACE + m.kind.shape[0] + place] = 0
                for at in range(m.route_from[place + 1] - 1, m.route_from[place] - 1, -1):
                    s.tokens[waiting] = m.route_to[at]
                    waiting += 1
                    s.slots[slot, _LIVE] += 1
        else:
            s.slots[slot, _LIVE] -= 1
            if kind == _ANSWER:
                s.answered_at[case] = min(now, s.answered_at[case])
    if s.slots[slot, _LIVE] == 0:
        s.slots[slot, _NEXT_FREE] = s.n[_FREE]
        s.n[_FREE] = slot


@inner
def _done(m: Model, s: State, item: int, now: int) -> None:
    person = s.items[item, _PERSON]
    if person != _NONE:
        s.people[person, _IDLE] = 1
        _look_for_work(m, s, person, now)
    slot, place = s.items[item, _SLOT], s.items[item, _PLACE]
    _move(
        m, s, slot, s.items[item, _CASE], _way_on(m, place, s.items[item, _CASE], s.items[item, _VISIT]), now
    )


@compiled
def _free_slots(slots: Ints, first: int) -> None:
    """Chains the slots from `first` on as free ones."""
    for slot in range(first, slots.shape[0]):
        slots[slot, _NEXT_FREE] = slot + 1
    slots[slots.shape[0] - 1, _NEXT_FREE] = _NONE


@compiled
def _grown(values: Ints, rows: int) -> Ints:
    grown = np.empty((rows, values.shape[1]), np.int64)
    grown[: values.shape[0]] = values
    return grown


@compiled
def _beginning(m: Model, items: int, slots: int) -> State:
    places, people = m.kind.shape[0], m.person_calendar.shape[0]
    queues = np.full(((m.unit_person_from.shape[0] - 1) * m.classes, 2), _NONE)
    held = np.zeros((places, 4), np.int64)
    held[:, :2] = _NONE
    of_people = np.zeros((people, 2), np.int64)
    of_people[:, _IDLE] = 1
    of_slots = np.zeros((slots, _BY_PLACE + 2 * places), np.int64)
    _free_slots(of_slots, 0)
    return State(
        np.zeros(4, np.int64),
        m.open_from[:-1].copy(),
        np.empty((items, 10), np.int64),
        np.empty((items + people + places + 1, 3), np.int64),  # one event each at most
        of_slots,
        queues,
        held,
        of_people,
        np.empty(4 * m.route_to.shape[0] + 4, np.int64),
        np.full(m.arrival_at.shape[0], _NEVER),
    )


@compiled
def _with_room(s: State, items: int, events: int, slots: int) -> State:
    """The same state with room for so many."""
    return State(
        s.n,
        s.now_in,
        _grown(s.items, items),
        _grown(s.events, events),
        _grown(s.slots, slots),
        s.queues,
        s.held,
        s.people,
        s.tokens,
        s.answered_at,
    )


@inner
def _arrive(m: Model, s: State, case: int, now: int) -> None:
    slot = s.n[_FREE]
    s.n[_FREE] = s.slots[slot, _NEXT_FREE]
    s.slots[slot, _LIVE] = 1
    for column in range(_BY_PLACE, s.slots.shape[1]):
        s.slots[slot, column] = 0
    _move(m, s, slot, case, m.start, now)


@compiled
def run(m: Model, items: int) -> Happened:
    """Runs a model until its end; `items`: room to begin with."""
    s = _beginning(m, items, 256)
    case, cases = 0, m.arrival_at.shape[0]
    while True:
        if s.n[_ITEMS] + s.tokens.shape[0] > s.items.shape[0]:
            more = s.items.shape[0]
            s = _with_room(s, 2 * more, s.events.shape[0] + more, s.slots.shape[0])
        arrival = m.arrival_at[case] if case < cases else _NEVER
        event = s.events[0, _AT] if s.n[_EVENTS] else _NEVER
        now = min(arrival, event)
        if now > m.until or now == _NEVER:
            break
        if arrival <= event:
            if s.n[_FREE] == _NONE:
                had = s.slots.shape[0]
                s = _with_room(s, s.items.shape[0], s.events.shape[0], 2 * had)
                _free_slots(s.slots, had)
                s.n[_FREE] = had
            _arrive(m, s, case, now)
            case += 1
            continue
        what = pop(s.n, s.events)
        kind, subject = what & 3, what >> 2
        if kind == _DONE:
            _done(m, s, subject, now)
        elif kind == _READY:
            _ready(m, s, subject, now)
        elif kind == _WAKE:
            s.people[subject, _WAKING] = 0
            if s.people[subject, _IDLE]:
                _look_for_work(m, s, subject, now)
        else:
            s.held[subject, _RELEASING] = 0
            _release(m, s, subject, now)
    count = s.n[_ITEMS]
    done = s.items[:count]
    return Happened(
        done[:, _CASE].copy(),
        done[:, _PLACE].copy(),
        done[:, _ENABLED_AT].copy(),
        done[:, _START_AT].copy(),
        done[:, _END_AT].copy(),
        done[:, _PERSON].copy(),
        s.answered_at,
    )

"""Compiled: work is drawn, waits for its batch, stands in the queue of its unit, is taken and done."""

from __future__ import annotations

import numpy as np

from straume.lean.compiled import inner
from straume.lean.simulate.drawing import drawn, uniform
from straume.lean.simulate.heap import push
from straume.lean.simulate.model import (
    CALENDAR,
    CONSTANT,
    NEVER,
    NONE,
    PURPOSES,
    TOUCH_DRAW,
    VISITS,
    Model,
)
from straume.lean.simulate.state import (
    AFTER,
    CASE,
    COUNT,
    DONE,
    ENABLED_AT,
    HEAD,
    IDLE,
    NUMBER,
    ORDER,
    OUT_CASE,
    OUT_ENABLED_AT,
    OUT_END_AT,
    OUT_PERSON,
    OUT_PLACE,
    OUT_START_AT,
    PERSON,
    PLACE,
    RELEASE,
    RELEASING,
    TAIL,
    TURN,
    VISIT,
    WAKE,
    WAKING,
    State,
)


@inner
def interval_of(m: Model, s: State, calendar: int, now: int) -> int:
    """First interval of the calendar that ends after now."""
    place = s.now_in[calendar]
    while m.close_at[place] <= now:
        place += 1
    s.now_in[calendar] = place
    return int(place)


@inner
def after_work(m: Model, interval: int, at: int, work: int) -> int:
    """The instant at which `work` of working time is done, begun at `at` in or before `interval`."""
    if work <= 0:
        return at
    at = max(at, m.open_at[interval])
    while at + work > m.close_at[interval]:
        work -= m.close_at[interval] - at
        interval += 1
        at = m.open_at[interval]
    return min(at + work, NEVER)


@inner
def seen_entry(m: Model, case: int, place: int, purpose: int, visit: int) -> int:
    """The entry of the seen case that this one takes after; NONE where it has none for this draw."""
    if visit >= VISITS:
        return NONE
    wanted = (place * PURPOSES + purpose) * VISITS + visit
    first, last = m.seen_from[m.like[case]], m.seen_from[m.like[case] + 1]
    beyond = last
    while first < last:
        middle = (first + last) >> 1
        if m.seen_code[middle] < wanted:
            first = middle + 1
        else:
            last = middle
    return int(first) if first < beyond and m.seen_code[first] == wanted else NONE


@inner
def luck(m: Model, case: int, place: int, purpose: int, visit: int) -> float:
    u = uniform(m.keys[place, purpose], case, visit)
    if m.like.shape[0]:
        entry = seen_entry(m, case, place, purpose, visit)
        if entry != NONE:
            u = m.seen_low[entry] + m.seen_width[entry] * u
    return u


@inner
def duration(m: Model, s: State, item: int, dist: int, purpose: int) -> int:
    kind = m.dist_kind[dist]
    u = 0.0
    if kind != CONSTANT:
        u = luck(m, s.items[item, CASE], s.items[item, PLACE], purpose, s.items[item, VISIT])
    return drawn(kind, m.dist_first[dist], m.dist_second[dist], m.dist_table[dist], u)


@inner
def write(s: State, item: int, start: int, end: int, person: int) -> None:
    number = s.items[item, NUMBER]
    s.out[number, OUT_CASE] = s.items[item, CASE]
    s.out[number, OUT_PLACE] = s.items[item, PLACE]
    s.out[number, OUT_ENABLED_AT] = s.items[item, ENABLED_AT]
    s.out[number, OUT_START_AT] = start
    s.out[number, OUT_END_AT] = end
    s.out[number, OUT_PERSON] = person


@inner
def begin(m: Model, s: State, item: int, person: int, now: int) -> None:
    place = s.items[item, PLACE]
    work = duration(m, s, item, m.touch[place], TOUCH_DRAW)
    start, end = now, now + work
    if m.touch_clock[place] != CALENDAR:
        calendar = m.calendar[place] if person == NONE else m.person_calendar[person]
        interval = interval_of(m, s, calendar, now)
        if work > 0:
            start = max(now, m.open_at[interval])
        end = after_work(m, interval, now, work)
    s.items[item, PERSON] = person
    write(s, item, start, end, person)
    push(s.n, s.events, end, DONE + 4 * item)


@inner
def look_for_work(m: Model, s: State, person: int, now: int) -> None:
    """An idle person takes what goes first in the queues of all their units, or wakes when they open."""
    best, best_unit, best_class = NONE, NONE, m.classes
    for at in range(m.person_unit_from[person], m.person_unit_from[person + 1]):
        unit = m.person_unit[at]
        for number in range(m.classes):
            item = s.queues[unit * m.classes + number, HEAD]
            if item != NONE:
                earlier = number == best_class and s.items[item, TURN] < s.items[best, TURN]
                if number < best_class or earlier:
                    best, best_unit, best_class = item, unit, number
                break
    if best == NONE:
        return
    interval = interval_of(m, s, m.person_calendar[person], now)
    opens = m.open_at[interval]
    if opens > now:
        if not s.people[person, WAKING]:
            s.people[person, WAKING] = 1
            push(s.n, s.events, opens, WAKE + 4 * person)
        return
    s.queues[best_unit * m.classes + best_class, HEAD] = s.items[best, AFTER]
    if s.items[best, AFTER] == NONE:
        s.queues[best_unit * m.classes + best_class, TAIL] = NONE
    s.people[person, IDLE] = 0
    begin(m, s, best, person, now)


@inner
def _stand_in_line(s: State, line: int, item: int) -> None:
    """Behind all whose turn is earlier; that is the end, unless older cases go first."""
    last = s.queues[line, TAIL]
    s.items[item, AFTER] = NONE
    if last == NONE:
        s.queues[line, HEAD] = s.queues[line, TAIL] = item
    elif s.items[last, TURN] < s.items[item, TURN]:
        s.items[last, AFTER] = item
        s.queues[line, TAIL] = item
    else:
        before, other = NONE, s.queues[line, HEAD]
        while s.items[other, TURN] < s.items[item, TURN]:
            before, other = other, s.items[other, AFTER]
        s.items[item, AFTER] = other
        if before == NONE:
            s.queues[line, HEAD] = item
        else:
            s.items[before, AFTER] = item


@inner
def queue(m: Model, s: State, item: int, now: int) -> None:
    """The item is ready: whoever is free of its unit begins, otherwise it stands in the queue."""
    place = s.items[item, PLACE]
    unit = m.unit[place]
    if unit == NONE:
        begin(m, s, item, NONE, now)
        return
    number = m.priority[place] + m.case_class[s.items[item, CASE]]
    s.items[item, TURN] = s.n[ORDER]
    s.n[ORDER] += 1
    if m.oldest_first:
        s.items[item, TURN] += s.items[item, CASE] << 36
    _stand_in_line(s, unit * m.classes + number, item)
    for at in range(m.unit_person_from[unit], m.unit_person_from[unit + 1]):
        person = m.unit_person[at]
        if s.people[person, IDLE]:
            look_for_work(m, s, person, now)
            if not s.people[person, IDLE]:
                return


@inner
def release(m: Model, s: State, place: int, now: int) -> None:
    item = s.held[place, HEAD]
    s.held[place, HEAD] = s.held[place, TAIL] = NONE
    s.held[place, COUNT] = 0
    while item != NONE:
        following = s.items[item, AFTER]
        queue(m, s, item, now)
        item = following


@inner
def ready(m: Model, s: State, item: int, now: int) -> None:
    """The wait is over: into the batch where the step has one, otherwise to the queue."""
    place = s.items[item, PLACE]
    size = m.batch_size[place]
    first, last = m.release_from[place], m.release_from[place + 1]
    if size == 0 and first == last:
        queue(m, s, item, now)
        return
    s.items[item, AFTER] = NONE
    if s.held[place, HEAD] == NONE:
        s.held[place, HEAD] = item
    else:
        s.items[s.held[place, TAIL], AFTER] = item
    s.held[place, TAIL] = item
    s.held[place, COUNT] += 1
    if size > 0 and s.held[place, COUNT] >= size:
        release(m, s, place, now)
    elif first < last and not s.held[place, RELEASING]:
        at = first + np.searchsorted(m.release_at[first:last], now)
        if at < last:
            s.held[place, RELEASING] = 1
            push(s.n, s.events, m.release_at[at], RELEASE + 4 * place)

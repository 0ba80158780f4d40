"""Why each candidate is in the portfolio or not: what it brings, or which limit it runs into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from straume.lean.choose.problem import Question
from straume.lean.choose.records import Chosen, Reason, Selection


def chosen_of(asked: Question, found: Selection) -> tuple[Chosen, ...]:
    numbers = [asked.numbers[code] for code in found.codes]
    whole = asked.value(numbers)
    return tuple(_chosen(asked, found, numbers, number, whole) for number in numbers)


def _chosen(asked: Question, found: Selection, numbers: Sequence[int], number: int, whole: int) -> Chosen:
    others = [other for other in numbers if other != number]
    code = asked.candidates[number].code
    meets = [need for need in asked.candidates[number].needs if _meets(asked, need, number)]
    return Chosen(
        code=code,
        begins_on=found.begins_on.get(code),
        brings=whole - asked.value(others),
        needs=tuple(sorted(meets)),
        alone=tuple(sorted(need for need in meets if _alone(asked, need, number, others))),
    )


def _meets(asked: Question, need: str, number: int) -> bool:
    return any(m in asked.reached[number] for m, weight in asked.weights.get(need, {}).items() if weight)


def _alone(asked: Question, need: str, number: int, others: Sequence[int]) -> bool:
    """Whether in some municipality nothing else of the portfolio meets the need."""
    elsewhere = {m for n in others if asked.candidates[n].needs.get(need) for m in asked.reached[n]}
    named = {m for m, weight in asked.weights.get(need, {}).items() if weight}
    return bool((named & asked.reached[number]) - elsewhere)


def cover_percent(asked: Question, numbers: Sequence[int]) -> dict[str, dict[str, int]]:
    """Need → municipality → percent met by the best activity that reaches it; 0: nothing does."""
    inside = set(numbers)
    return {
        need: {
            municipality: max(
                (percent for n, percent in asked.meeting(need, municipality) if n in inside), default=0
            )
            for municipality, weight in places.items()
            if weight
        }
        for need, places in asked.weights.items()
    }


def reasons_of(asked: Question, found: Selection) -> dict[str, tuple[Reason, ...]]:
    """Every candidate that is not in: each limit that it would break beside the chosen ones."""
    numbers = [asked.numbers[code] for code in found.codes]
    whole = asked.value(numbers)
    reasons = {}
    for number, one in enumerate(asked.candidates):
        if number in numbers:
            continue
        told = tuple(_reasons(asked, found, numbers, number, whole))
        reasons[one.code] = told or (Reason("not_proven"),)
    return reasons


def _reasons(
    asked: Question, found: Selection, numbers: Sequence[int], number: int, whole: int
) -> Iterator[Reason]:
    one, limits = asked.candidates[number], asked.limits
    if one.code in limits.locked_out:
        yield Reason("locked_out")
        return
    window = asked.window(number, within_limits=True)
    if window and window[1] < window[0]:
        yield Reason("outside_dates")
        return
    if not asked.reached[number]:
        yield Reason("reaches_nobody")
        return
    if asked.value([*numbers, number]) == whole:
        yield Reason("adds_nothing")
    yield from _money(asked, numbers, number)
    if limits.most_activities is not None and len(numbers) >= limits.most_activities:
        yield Reason("too_many", amount=limits.most_activities)
    beside = sum(1 for n in numbers if asked.candidates[n].town == one.town)
    if limits.most_in_town is not None and one.town and beside >= limits.most_in_town:
        yield Reason("town_full", one.town, limits.most_in_town)
    yield from _clashes(asked, found, number)


def _money(asked: Question, numbers: Sequence[int], number: int) -> Iterator[Reason]:
    one, limits = asked.candidates[number], asked.limits
    spent = asked.cost_cents(n for n in numbers if asked.candidates[n].line == one.line)
    over = spent + one.cost_cents - limits.lines_cents.get(one.line, 0)
    if over > 0:
        yield Reason("line_exceeded", one.line, over)
    if limits.total_cents is not None:
        over = asked.cost_cents([*numbers, number]) - limits.total_cents
        if over > 0:
            yield Reason("total_exceeded", amount=over)


def _clashes(asked: Question, found: Selection, number: int) -> Iterator[Reason]:
    """Chosen activities that leave no day for it, on the days on which they were put."""
    window = asked.window(number, within_limits=True)
    if window is None:
        return
    length = asked.candidates[number].days
    busy = [
        (code, found.begins_on[code], asked.candidates[asked.numbers[code]].days)
        for code in found.codes
        if code in found.begins_on and _share(asked, number, asked.numbers[code])
    ]
    day = window[0]
    while day <= window[1]:
        if not any(_overlap(day, length, begins, days) for _code, begins, days in busy):
            return
        day += timedelta(days=1)
    last = window[1] + timedelta(days=length - 1)
    span = (last - window[0]).days + 1
    yield from (
        Reason("clashes_with", code) for code, begins, days in busy if _overlap(window[0], span, begins, days)
    )


def _share(asked: Question, one: int, other: int) -> bool:
    return any(one in numbers and other in numbers for numbers in asked.shared.values())


def _overlap(begins: date, days: int, other_begins: date, other_days: int) -> bool:
    return begins < other_begins + timedelta(days=other_days) and other_begins < begins + timedelta(days=days)

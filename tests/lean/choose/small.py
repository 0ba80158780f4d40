"""Small questions, and every answer there is by trying them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from straume.lean.choose.records import Candidate, Limits

DAY = date(2018, 3, 5)


def candidate(code: str, euros: int, needs: dict[str, int], municipalities: str, **more: Any) -> Candidate:
    more.setdefault("line", "external")
    line = more.pop("line")
    return Candidate(code, euros * 100, line, needs, frozenset(municipalities.split()), **more)


def portfolios(candidates: list[Candidate], limits: Limits) -> Iterator[tuple[Candidate, ...]]:
    """Every set that keeps the limits."""
    for size in range(len(candidates) + 1):
        yield from (one for one in combinations(candidates, size) if keeps(one, limits))


def keeps(chosen: tuple[Candidate, ...], limits: Limits) -> bool:
    codes = {one.code for one in chosen}
    spent: dict[str, int] = {}
    for one in chosen:
        spent[one.line] = spent.get(one.line, 0) + one.cost_cents
    towns = [one.town for one in chosen if one.town]
    return (
        all(cents <= limits.lines_cents.get(line, 0) for line, cents in spent.items())
        and (limits.total_cents is None or sum(spent.values()) <= limits.total_cents)
        and all(
            sum(1 for one in chosen if place in reached(one, limits)) >= least
            for place, least in limits.least_per_municipality.items()
        )
        and all(
            sum(1 for one in chosen if spoken in one.languages) >= least
            for spoken, least in limits.least_in_language.items()
        )
        and sum(one.places for one in chosen) >= limits.least_places
        and (limits.most_activities is None or len(chosen) <= limits.most_activities)
        and (limits.most_in_town is None or all(towns.count(town) <= limits.most_in_town for town in towns))
        and limits.locked_in <= codes
        and not limits.locked_out & codes
        and days_can_be_found(chosen, limits)
    )


def days_can_be_found(chosen: tuple[Candidate, ...], limits: Limits) -> bool:
    dated = [one for one in chosen if one.earliest_on and one.latest_on]
    return any(no_clash(dated, begins) for begins in product(*(beginnings(one, limits) for one in dated)))


def beginnings(one: Candidate, limits: Limits) -> list[date]:
    first = max(one.earliest_on, limits.from_on or one.earliest_on)
    last = min(one.latest_on, limits.until_on or one.latest_on) - timedelta(days=one.days - 1)
    return [first + timedelta(days=more) for more in range((last - first).days + 1)]


def no_clash(dated: list[Candidate], begins: tuple[date, ...]) -> bool:
    for (one, a), (other, b) in combinations(zip(dated, begins, strict=True), 2):
        shared = (one.town and one.town == other.town) or one.people & other.people
        if shared and a < b + timedelta(days=other.days) and b < a + timedelta(days=one.days):
            return False
    return True


def reached(one: Candidate, limits: Limits) -> set[str]:
    return {
        place
        for place in one.municipalities
        if not limits.understands.get(place) or not one.languages or limits.understands[place] & one.languages
    }


def value(chosen: tuple[Candidate, ...], weights: Any, limits: Limits, again: int = 0) -> int:
    worth = 0
    for need, places in weights.items():
        for place, weight in places.items():
            met = sorted(
                (one.needs.get(need, 0) for one in chosen if place in reached(one, limits)), reverse=True
            )
            first, second = (*met, 0, 0)[:2]
            worth += weight * (first * 100 + second * again)
    return worth


def cost(chosen: tuple[Candidate, ...]) -> int:
    return sum(one.cost_cents for one in chosen)

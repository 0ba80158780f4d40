"""The order of a waiting list by its rule; values in, values out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from straume.web.programme.models import PlaceRule

Order = PlaceRule.Order


@dataclass(frozen=True)
class InLine:
    """Somebody who waits: what the rule asks of them, and what settles a tie."""

    pk: int
    institution_pk: int | None
    country: str
    had_place: bool  # in another activity of the cycle
    named_need: bool  # their institution named a need that the activity addresses
    tie: tuple[int, str | float, int]


def tie_of(*, rule: PlaceRule, registration_pk: int, made_at: datetime) -> tuple[int, str | float, int]:
    """Who was collected is drawn; who came after the allotment, or where none is, stands by the time."""
    if rule.allots_at is not None and made_at <= rule.allots_at:
        return 0, drawn(rule.seed, registration_pk), registration_pk
    return 1, made_at.timestamp(), registration_pk


def drawn(seed: int, registration_pk: int) -> str:
    """The lot of a registration: the same for everybody who draws again with the seed."""
    return hashlib.sha256(f"{seed}:{registration_pk}".encode()).hexdigest()


def in_order(
    waiting: Iterable[InLine], *, orders: Sequence[str], held_by_country: Mapping[str, int]
) -> list[InLine]:
    """All who wait, the next one first; each one placed counts for their country."""
    held = defaultdict(int, held_by_country)
    queues: dict[str, list[InLine]] = defaultdict(list)
    for one in sorted(waiting, key=lambda one: _key(one, orders, held), reverse=True):
        queues[one.country].append(one)  # the next of a country at the end
    line = []
    while queues:
        country = min(queues, key=lambda code: _key(queues[code][-1], orders, held))
        line.append(queues[country].pop())
        held[country] += 1
        if not queues[country]:
            del queues[country]
    return line


def _key(one: InLine, orders: Sequence[str], held: Mapping[str, int]) -> tuple[int | str | float, ...]:
    asked = {
        Order.NEW_FIRST: int(one.had_place),
        Order.NEED_FIRST: int(not one.named_need),
        Order.COUNTRY: held.get(one.country, 0),
    }
    return (*(asked[Order(order)] for order in orders if order), *one.tie)

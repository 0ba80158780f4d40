"""A choice as the library takes it, and its answer as it is stored and read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q, QuerySet

from straume.lean.choose.by_hand import Weighed, weighed
from straume.lean.choose.portfolio import portfolio
from straume.lean.choose.records import Candidate as Option
from straume.lean.choose.records import Limits
from straume.web.places.models import Institution
from straume.web.programme.models import Candidate, Choice

SECONDS = 20.0
# in which languages people of a country follow an activity; with interpretation it has both languages
UNDERSTOOD = {"lv": frozenset({"lv", "en"}), "lt": frozenset({"lt", "en"})}


@dataclass(frozen=True)
class Asked:
    """The question in the library's words; candidates, needs and municipalities by their numbers."""

    candidates: tuple[Option, ...]
    weights: dict[str, dict[str, int]]
    limits: Limits
    again_percent: int

    def fingerprint(self) -> str:
        """The same question has the same one; a stored answer belongs to it."""
        told = json.dumps(asdict(self), default=_plain, sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def asked_by(choice: Choice) -> Asked:
    places = list(municipalities_of(choice))
    options = [_option(one, {place.pk for place in places}) for one in candidates_of(choice)]
    inside = {one.code for one in options}
    locks = {"in": set[str](), "out": set[str]()}
    for lock in choice.locks.all():
        locks[lock.kind].add(str(lock.candidate_id))
    limits = Limits(
        lines_cents={str(line.budget_line_id): cents(line.amount_eur) for line in choice.lines.all()},
        least_per_municipality={str(place.pk): choice.least_per_municipality for place in places},
        least_in_language=choice.least_in_language,
        least_places=choice.least_places,
        most_in_town=choice.most_in_town,
        most_activities=choice.most_activities,
        from_on=choice.from_on,
        until_on=choice.until_on,
        understands={str(place.pk): UNDERSTOOD.get(place.country, frozenset()) for place in places},
        locked_in=frozenset(locks["in"] & inside),
        locked_out=frozenset(locks["out"] & inside),
    )
    return Asked(tuple(options), _weights(choice, places), limits, choice.again_percent)


def municipalities_of(choice: Choice) -> QuerySet[Institution]:
    """The municipalities involved on the first day of the choice, of its candidates, or of its project."""
    begins = choice.from_on or _first_day(choice) or choice.project.from_on
    return Institution.objects.filter(
        Q(from_on=None) | Q(from_on__lte=begins),
        Q(until_on=None) | Q(until_on__gte=begins),
        tier=Institution.Tier.INVOLVED,
    ).order_by("country", "slug")


def _first_day(choice: Choice) -> date | None:
    first: date | None = candidates_of(choice).aggregate(first=Min("earliest_on"))["first"]
    return first


def candidates_of(choice: Choice) -> QuerySet[Candidate]:
    """Those of the project that no other recorded choice holds."""
    taken = Q(decision_items__is_held=True) & ~Q(decision_items__decision__choice=choice)
    return (
        Candidate.objects.filter(work_package__project=choice.project)
        .exclude(pk__in=Candidate.objects.filter(taken).values("pk"))
        .select_related("budget_line__partner__institution", "work_package")
        .prefetch_related("municipalities", "need_links__need")
        .order_by("pk")
    )


def _option(one: Candidate, involved: set[int]) -> Option:
    return Option(
        code=str(one.pk),
        cost_cents=cents(one.cost_eur),
        line=str(one.budget_line_id),
        needs={str(link.need_id): link.percent for link in one.need_links.all()},
        municipalities=frozenset(str(place.pk) for place in one.municipalities.all() if place.pk in involved),
        languages=frozenset(one.languages),
        places=one.places,
        town=one.town.strip().lower(),
        earliest_on=one.earliest_on,
        latest_on=one.latest_on,
        days=one.days,
        people=frozenset({one.team.strip().lower()} - {""}),
    )


def _weights(choice: Choice, places: list[Institution]) -> dict[str, dict[str, int]]:
    """A need weighs the same wherever it was named; one that names no place was named everywhere."""
    weights = {}
    for one in choice.weights.select_related("need").prefetch_related("need__institutions"):
        named = {place.pk for place in one.need.institutions.all()}
        where = [place for place in places if place.pk in named] or places
        weights[str(one.need_id)] = {str(place.pk): one.weight for place in where}
    return weights


def cents(euros: Decimal) -> int:
    return int((euros * 100).to_integral_value())


def answer(asked: Asked, *, seconds: float = SECONDS) -> dict[str, Any]:
    """The portfolio as plain data. Raises InputProblems where the question cannot be meant."""
    found = portfolio(
        candidates=asked.candidates,
        weights=asked.weights,
        limits=asked.limits,
        again_percent=asked.again_percent,
        seconds=seconds,
    )
    told = asdict(found) | {"share": found.share, "gap": found.gap, "seconds": seconds}
    plain: dict[str, Any] = json.loads(json.dumps(told, default=_plain))
    return plain


def by_hand(asked: Asked, codes: Collection[str]) -> Weighed:
    """What people put together themselves, on the same scales."""
    return weighed(
        candidates=asked.candidates,
        weights=asked.weights,
        limits=asked.limits,
        again_percent=asked.again_percent,
        codes=codes,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(type(value))

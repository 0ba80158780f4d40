"""What an output indicator stands at: each person once, however many sessions and activities they came to.

Parts go through `straume.lean.protect`, institutions within their country, so that no hidden part can be had
by subtraction. A person belongs to the institution they stood for when they first came. Once the names are
erased, the count that was taken before stays. Page: docs/methods/participants.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from straume.lean.protect import shown, shown_parts
from straume.web.places.models import Institution
from straume.web.programme import evidence
from straume.web.programme.models import (
    Activity,
    Attendance,
    IndicatorCount,
    OutputIndicator,
    Session,
    SessionCount,
)

NOWHERE = 0  # the key of those who stand for no institution


@dataclass(frozen=True)
class Part:
    """A country or an institution, with its count; None is fewer than five, or hidden beside one that is."""

    key: str
    count: int | None


@dataclass(frozen=True)
class Proof:
    """A session that feeds the count: how many came, how many pages prove it."""

    session: Session
    people: int
    pages: int
    of_pages: int | None  # None: no sheet was made, or the names are erased


@dataclass(frozen=True)
class Count:
    value: int
    by_country: Sequence[Part]
    by_institution: Sequence[Part]  # key: the institution's, as text; "0" for none
    proofs: Sequence[Proof]
    is_final: bool  # the names behind it are erased

    @property
    def shown(self) -> int | None:
        return shown(self.value)


def count_of(indicator: OutputIndicator) -> Count:
    """The count with its parts and its evidence, from the names or from what was counted before they went."""
    final = IndicatorCount.objects.filter(indicator=indicator).first()
    proofs = proofs_of(indicator)
    if final is not None:
        return Count(
            value=final.value,
            by_country=[Part(key, count) for key, count in final.by_country],
            by_institution=[Part(key, count) for key, count in final.by_institution],
            proofs=proofs,
            is_final=True,
        )
    people = where_people_stood(indicator)
    is_people = indicator.counts == OutputIndicator.Counts.PEOPLE
    value = len(people) if is_people else len({place for place in people.values() if place != NOWHERE})
    by_country, by_institution = parts(Counter(people.values())) if is_people else ([], [])
    return Count(value, by_country, by_institution, proofs, is_final=False)


def where_people_stood(indicator: OutputIndicator) -> dict[int, int]:
    """Person → the institution they stood for when they first came; 0 where they stood for none."""
    came = Attendance.objects.filter(session__activity__in=indicator.activities.all())
    rows = came.order_by("session__starts_at", "pk").values_list(
        "registration__person", "registration__institution"
    )
    found: dict[int, int] = {}
    for person, institution in rows:
        found.setdefault(person, institution or NOWHERE)
    return found


def parts(counts: Counter[int]) -> tuple[list[Part], list[Part]]:
    """By country, then by institution within each country that is shown; small ones hidden."""
    places = {one.pk: one for one in Institution.objects.filter(pk__in=counts)}
    by_name = sorted(counts, key=lambda pk: (country(places, pk), str(places.get(pk, ""))))
    countries = sorted({country(places, pk) for pk in counts})
    within = {one: [pk for pk in by_name if country(places, pk) == one] for one in countries}
    sums = [sum(counts[pk] for pk in within[one]) for one in countries]
    by_country = [Part(one, count) for one, count in zip(countries, shown_parts(sums), strict=True)]
    by_institution = []
    for one in by_country:
        inside = [counts[pk] for pk in within[one.key]]
        told = shown_parts(inside) if one.count is not None else [None] * len(inside)
        by_institution += [Part(str(pk), count) for pk, count in zip(within[one.key], told, strict=True)]
    return by_country, by_institution


def country(places: dict[int, Institution], pk: int) -> str:
    return str(places[pk].country) if pk in places else "other"


def proofs_of(indicator: OutputIndicator) -> list[Proof]:
    activities = indicator.activities.exclude(status=Activity.Status.CANCELLED).order_by("from_on", "pk")
    return [proof for activity in activities for proof in proofs_of_activity(activity)]


def proofs_of_activity(activity: Activity) -> Iterable[Proof]:
    final = {one.session_id: one for one in SessionCount.objects.filter(session__activity=activity)}
    for one in evidence.of_activity(activity):
        counted = final.get(one.session.pk)
        if counted is not None:
            yield Proof(one.session, counted.people, counted.pages, None)
        else:
            total = one.sheet.pages if one.sheet else None
            yield Proof(one.session, one.people, len(one.scanned), total)

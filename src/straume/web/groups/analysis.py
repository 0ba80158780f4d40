"""Whom to take into a group, so that countries and municipalities are balanced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from straume.lean.choose.group_records import Person, Plan
from straume.lean.choose.groups import groups
from straume.web.groups.forms.groups import may_sit
from straume.web.groups.models import WorkingGroup
from straume.web.places.models import Membership

SECONDS = 3.0


@dataclass(frozen=True)
class Suggested:
    """A role that fits, and codes of the reasons."""

    held: Membership
    why: Sequence[str]

    @property
    def why_said(self) -> str:
        return why_said(self.why)


def why_said(codes: Sequence[str]) -> str:
    words = {
        "country": _("the country has fewer members"),
        "balance": _("both countries stay even"),
        "municipality": _("nobody of this municipality sits there yet"),
    }
    return ", ".join(str(words[code]) for code in codes if code in words)


def suggest(group: WorkingGroup, *, number: int, today: date) -> list[Suggested]:
    """`number` people for the empty seats. Who sits there already counts for the balance of countries."""
    candidates = one_each(may_sit(group, today))
    seats = list(group.members_on(today))
    seated = Counter(seat.institution.country for seat in seats)
    places = {seat.institution_id for seat in seats}
    fresh = [held for held in candidates if held.institution_id not in places]
    pool = fresh if len(fresh) >= number else candidates
    chosen: list[Suggested] = []
    for country, wanted in shares(seated, number).items():
        there = [held for held in pool if held.institution.country == country]
        fewer = seated[country] < max(seated.values(), default=0)
        for held in balanced(there, min(wanted, len(there))):
            why = ["country" if fewer else "balance"]
            chosen.append(Suggested(held, why + ([] if held.institution_id in places else ["municipality"])))
    return chosen


def shares(seated: Counter[str], number: int) -> dict[str, int]:
    """How many of the new seats each country gets, so that both have as many as can be."""
    found = {"lv": 0, "lt": 0}
    for _seat in range(number):
        poorest = min(found, key=lambda country: (seated[country] + found[country], country))
        found[poorest] += 1
    return found


def balanced(held: Sequence[Membership], number: int) -> list[Membership]:
    """Of these people as many as asked for, from as many municipalities as can be."""
    if number == 0:
        return []
    known = {str(one.pk): one for one in held}
    people = [Person(code, {"municipality": str(one.institution_id)}) for code, one in known.items()]
    found = groups(
        people=people,
        plans=[Plan("group", number, number)],
        balance={"municipality": 1},
        even=("municipality",),
        everybody=False,
        seconds=SECONDS,
    )
    return [known[code] for code in found.members.get("group", ())]


def one_each(held: Iterable[Membership]) -> list[Membership]:
    """Each person once, with the role that stands first."""
    found: dict[int, Membership] = {}
    for one in held:
        found.setdefault(one.person_id, one)
    return list(found.values())

"""Which group of an activity somebody goes to: countries and municipalities balanced by the library."""

from __future__ import annotations

from collections.abc import Sequence

from straume.lean.choose.group_records import Person, Plan
from straume.lean.choose.groups import groups
from straume.web.programme.models import Registration

SECONDS = 3.0
BALANCE = {"country": 2, "municipality": 1}  # people of both countries meet; so do those of each municipality


def divided(people: Sequence[Registration], *, number: int) -> list[list[int]]:
    """Keys of the registrations of each group; sizes differ by one at most. No name goes to the library."""
    least, more = divmod(len(people), number)
    found = groups(
        people=[
            Person(
                str(one.pk),
                {
                    "country": one.institution.country if one.institution else "",
                    "municipality": str(one.institution_id or ""),
                },
            )
            for one in people
        ],
        plans=[Plan(str(place), least, least + (1 if more else 0)) for place in range(number)],
        balance=BALANCE,
        seconds=SECONDS,
    )
    return [[int(code) for code in found.members[str(place)]] for place in range(number)]

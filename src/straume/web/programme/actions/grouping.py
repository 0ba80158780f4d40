"""Groups of an activity, balanced by country and institution; moving people by hand."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from straume.web.programme.models import Activity, ActivityGroup, Registration


@transaction.atomic
def make_groups(*, activity: Activity, number: int) -> list[ActivityGroup]:
    """So many groups anew; of each institution, then of each country, people are dealt out in turn.

    So the sizes differ by one at most, and colleagues meet others rather than each other.
    """
    activity.groups.all().delete()
    made = [
        ActivityGroup.objects.create(activity=activity, name=_("Group %(number)s") % {"number": place})
        for place in range(1, number + 1)
    ]
    people = activity.registrations.filter(status=Registration.Status.CONFIRMED).select_related("institution")
    dealt = sorted(people, key=_by_place)
    for place, registration in enumerate(dealt):
        registration.group = made[place % number]
    Registration.objects.bulk_update(dealt, ["group"])
    return made


def _by_place(registration: Registration) -> tuple[str, str, int]:
    place = registration.institution
    return (place.country, place.slug, registration.pk) if place else ("", "", registration.pk)


@transaction.atomic
def move(*, activity: Activity, wanted: Mapping[str, str]) -> int:
    """`group_<registration>`: the group that was chosen for the person; empty for none."""
    known = {str(group.pk): group for group in activity.groups.all()}
    moved = []
    for registration in activity.registrations.filter(status=Registration.Status.CONFIRMED):
        said = wanted.get(f"group_{registration.pk}")
        if said is None or (said and said not in known):
            continue
        group = known.get(said)
        if registration.group_id != (group.pk if group else None):
            registration.group = group
            moved.append(registration)
    Registration.objects.bulk_update(moved, ["group"])
    return len(moved)

"""Groups of an activity, balanced by country and institution; moving people by hand."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from straume.web.programme.analysis import grouping
from straume.web.programme.models import Activity, ActivityGroup, Registration


@transaction.atomic
def make_groups(*, activity: Activity, number: int) -> list[ActivityGroup]:
    """So many groups anew: of the same size, with both countries and all municipalities in each."""
    activity.groups.all().delete()
    made = [
        ActivityGroup.objects.create(activity=activity, name=_("Group %(number)s") % {"number": place})
        for place in range(1, number + 1)
    ]
    people = {
        one.pk: one
        for one in activity.registrations.filter(status=Registration.Status.CONFIRMED).select_related(
            "institution"
        )
    }
    if not people:
        return made
    for group, members in zip(made, grouping.divided(list(people.values()), number=number), strict=True):
        for pk in members:
            people[pk].group = group
    Registration.objects.bulk_update(people.values(), ["group"])
    return made


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

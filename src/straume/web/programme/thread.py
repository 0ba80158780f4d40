"""What the programme puts on the thread: the activity chosen because of a need, and those who took part."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from straume.lean.protect import shown
from straume.web.places import thread
from straume.web.places.permissions import Person, memberships_of
from straume.web.programme.models import Activity, ActivityNeed, Attendance, Registration
from straume.web.programme.registry import activity_sections


def register() -> None:
    thread.strands.register(
        "activity",
        thread.Strand(
            code="activity",
            label=gettext_lazy("Activities"),
            knots=activities,
            none_yet=gettext_lazy("No activity was chosen because of it yet."),
        ),
        order=20,
    )
    thread.strands.register(
        "people",
        thread.Strand(
            code="people",
            label=gettext_lazy("Who took part"),
            knots=people,
            none_yet=gettext_lazy("Nobody has taken part yet."),
        ),
        order=30,
    )
    thread.ties.register(
        "need-activity",
        thread.tie_by(ActivityNeed, earlier=("need", "need_id"), later=("activity", "activity_id")),
    )
    thread.ties.register("activity-people", thread.Tie("activity", "people", took_part, took_part))
    activity_sections.register(
        "thread",
        lambda activity, person, today: thread.section("activity", activity.pk, person=person, today=today),
        order=5,
    )


def took_part(keys: Collection[int]) -> thread.Pairs:
    """Activities somebody attended: the people of an activity go by the activity's own key."""
    attended = Attendance.objects.filter(session__activity__in=keys)
    return [(key, key) for key in attended.values_list("session__activity", flat=True).distinct()]


def activities(keys: Collection[int], person: Person, today: date) -> Iterable[thread.Knot]:
    """Activities are common to the cooperation."""
    if not memberships_of(person, today).exists():
        return
    for activity in Activity.objects.filter(pk__in=keys):
        yield thread.Knot(
            kind="activity",
            pk=activity.pk,
            title=activity.title,
            url=activity.get_absolute_url(),
            on=activity.from_on,
            note=f"{activity.get_kind_display()} · {activity.place} · {activity.get_status_display()}",
            badge=_("Simulated, not real data") if activity.is_simulated else "",
        )


def people(keys: Collection[int], person: Person, today: date) -> Iterable[thread.Knot]:
    """Each person once; fewer than five are not counted out."""
    if not memberships_of(person, today).exists():
        return
    counted = Activity.objects.filter(pk__in=keys).annotate(
        came=Count("sessions__attendances__registration__person", distinct=True),
        places_named=Count("sessions__attendances__registration__institution", distinct=True),
        made_up=Exists(Registration.objects.filter(activity=OuterRef("pk"), is_simulated=True)),
    )
    for activity in counted:
        count = shown(activity.came)
        if activity.came == 0:
            continue
        said = (
            _("fewer than five people")
            if count is None
            else ngettext("%(n)s person", "%(n)s people", count) % {"n": count}
        )
        from_where = "" if count is None else _from_where(activity.places_named)
        yield thread.Knot(
            kind="people",
            pk=activity.pk,
            title=said,
            url=activity.get_absolute_url(),
            on=activity.from_on,
            note=" · ".join(part for part in (activity.title, from_where) if part),
            badge=_("Simulated, not real data") if activity.is_simulated or activity.made_up else "",
        )


def _from_where(institutions: int) -> str:
    return ngettext("from %(n)s institution", "from %(n)s institutions", institutions) % {"n": institutions}

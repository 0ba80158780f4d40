"""Activities in the menu, on the first screen, in search, on the pages of institutions and needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.lean.protect import shown_parts
from straume.web.accounts.models import User
from straume.web.needs.models import Need
from straume.web.needs.registry import need_sections
from straume.web.places import registry
from straume.web.places.models import Institution
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.registry import (
    Action,
    Cell,
    Duty,
    Hit,
    MenuItem,
    Section,
    SubmenuItem,
    simulated_badge,
)
from straume.web.programme import permissions, said, visits
from straume.web.programme.activity_list import row_of
from straume.web.programme.models import (
    Activity,
    Attendance,
    CardReminder,
    Material,
    Registration,
    Speaker,
    StatusChange,
)

ON_HOME = 5
ON_INSTITUTION = 12
NOT_HELD = (Activity.Status.PLANNED, Activity.Status.CANCELLED)


def register() -> None:
    registry.menu.register(
        "activities",
        MenuItem(gettext_lazy("Activities"), "programme:activities", "activities", shown=has_a_role),
        order=25,
    )
    registry.submenu.register(
        "activities",
        SubmenuItem(
            gettext_lazy("Activities"), "programme:activities", "activities", "activities", shown=has_a_role
        ),
        order=10,
    )
    registry.home_sections.register("activities", coming, order=20)
    registry.searches.register("activities", search, order=40)
    registry.institution_sections.register("activities", of_institution, order=50)
    registry.kept_about.register("activities", kept_about, order=50)
    registry.duties.register("visit cards", Duty(every=timedelta(hours=6), run=visits.ask_for_cards))
    need_sections.register("activities", of_need, order=20)


def has_a_role(person: Person, today: date) -> bool:
    return memberships_of(person, today).exists()


def coming(person: Person, today: date) -> Section | None:
    """The next activities that were announced, for everybody."""
    if not has_a_role(person, today):
        return None
    announced = Activity.objects.filter(status=Activity.Status.ANNOUNCED, until_on__gte=today)
    return Section(
        code="coming-activities",
        title=_("Coming activities"),
        columns=[_("When"), _("Activity"), _("Place"), _("Places")],
        rows=[_coming_cells(one) for one in announced.select_related("host")[:ON_HOME]],
        empty=_("Nothing is coming for now."),
        action=Action(_("All activities"), reverse("programme:activities")),
    )


def _coming_cells(activity: Activity) -> list[Cell]:
    badge = simulated_badge(activity.is_simulated)
    return [
        Cell(said.days(activity)),
        Cell(activity.title, activity.get_absolute_url(), badge=badge),
        Cell(activity.place),
        Cell(said.places_left(activity), is_number=True),
    ]


def search(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    if not has_a_role(person, today):
        return []
    every = Activity.objects.select_related("host", "cycle").order_by("-from_on")
    found = [row for row in map(row_of, every) if row.holds(words)]
    return [
        Hit(
            row.activity.title,
            row.activity.get_absolute_url(),
            _("Activity"),
            f"{row.days}, {row.activity.place}",
        )
        for row in found[:at_most]
    ]


def of_institution(institution: Institution, person: Person, today: date) -> Section | None:
    """Where its people took part; how many of them as far as nobody can be made out by it."""
    took_part = Activity.objects.filter(
        registrations__institution=institution,
        registrations__status=Registration.Status.CONFIRMED,
        until_on__lt=today,
    ).exclude(status__in=NOT_HELD)
    latest = list(took_part.distinct().order_by("-from_on")[:ON_INSTITUTION])
    counted = {one.pk: counts_by_institution(one) for one in latest}
    latest = [one for one in latest if institution.pk in counted[one.pk]]
    if not latest:
        return None
    return Section(
        code="took-part",
        title=_("Activities that its people took part in"),
        columns=[_("When"), _("Activity"), _("Place"), _("People from here")],
        rows=[_institution_cells(one, counted[one.pk][institution.pk]) for one in latest],
    )


def counts_by_institution(activity: Activity) -> dict[int, int | None]:
    """Institution → how many of its people came; None where the number would tell who they were.

    The parts of one activity are looked at together, so that a small one cannot be had by subtraction.
    """
    came = activity.registrations.filter(status=Registration.Status.CONFIRMED, institution__isnull=False)
    if Attendance.objects.filter(session__activity=activity).exists():
        came = came.filter(attendances__isnull=False)
    counts = came.values("institution").annotate(people=Count("pk", distinct=True)).order_by("institution")
    rows = [(row["institution"], row["people"]) for row in counts]
    return dict(zip((pk for pk, _n in rows), shown_parts([n for _pk, n in rows]), strict=True))


def _institution_cells(activity: Activity, people: int | None) -> list[Cell]:
    badge = simulated_badge(activity.registrations.filter(is_simulated=True).exists())
    return [
        Cell(said.days(activity)),
        Cell(activity.title, activity.get_absolute_url()),
        Cell(activity.place),
        Cell(_("not shown: few people") if people is None else str(people), is_number=True, badge=badge),
    ]


def of_need(need: Need, person: Person, today: date) -> Section | None:
    """Activities that were chosen because of the need, each with its reason."""
    links = need.activity_links.select_related("activity").order_by("activity__from_on")
    choose = Action(
        _("Choose an activity because of it"), reverse("programme:choose_for_need", args=[need.pk])
    )
    return Section(
        code="chosen-activities",
        title=_("Activities chosen because of it"),
        columns=[_("When"), _("Activity"), _("Reason"), _("State")],
        rows=[
            [
                Cell(said.days(link.activity)),
                Cell(
                    link.activity.title,
                    link.activity.get_absolute_url(),
                    badge=simulated_badge(link.activity.is_simulated),
                ),
                Cell(link.reason or "–"),
                Cell(str(link.activity.get_status_display())),
            ]
            for link in links
        ],
        empty=_("No activity was chosen because of it yet."),
        action=choose if permissions.runs_programme(person, today) else None,
    )


def kept_about(person: User, today: date) -> Section | None:
    """Where the person's name or hand stands in the programme's activities."""
    spoken = Speaker.objects.filter(person=person).select_related("activity")
    rows = [
        [
            Cell(_("You are named as a speaker")),
            Cell(speaker.activity.title, speaker.activity.get_absolute_url()),
        ]
        for speaker in spoken
    ]
    counts = [
        (_("Materials that you uploaded"), Material.objects.filter(uploaded_by=person).count()),
        (_("Activities whose state you moved"), StatusChange.objects.filter(made_by=person).count()),
        (
            _("Letters that asked you for a practice card"),
            CardReminder.objects.filter(registration__person=person).count(),
        ),
    ]
    rows += [[Cell(words), Cell(str(number))] for words, number in counts if number]
    if not rows:
        return None
    return Section(code="kept-activities", title=_("Activities"), columns=[_("What"), _("Where")], rows=rows)

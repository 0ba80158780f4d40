"""What the groups add to pages below them: menu, home, search, hand-over, what is kept about a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.groups import permissions
from straume.web.groups.action_list import every_word, open_actions_of
from straume.web.groups.chase import chase
from straume.web.groups.models import (
    ActionEnd,
    Decision,
    GroupAction,
    GroupMember,
    MinuteText,
    WorkingGroup,
)
from straume.web.places import registry
from straume.web.places.models import Institution
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.registry import (
    Belonging,
    Cell,
    Duty,
    Handing,
    Hit,
    MenuItem,
    Section,
    SubmenuItem,
    simulated_badge,
)
from straume.web.places.wording import holds


def register() -> None:
    registry.menu.register(
        "groups",
        MenuItem(gettext_lazy("Working groups"), "groups:groups", "groups", shown=has_role),
        order=28,
    )
    for order, (code, label) in enumerate(PARTS.items(), 10):
        item = SubmenuItem(label, f"groups:{code}", "groups", code, shown=has_role)
        registry.submenu.register(f"groups-{code}", item, order=order)
    registry.home_sections.register("group-actions", my_open_actions, order=40)
    registry.home_sections.register("groups", my_groups, order=45)
    registry.searches.register("groups", find, order=50)
    registry.duties.register("group-actions", Duty(every=timedelta(hours=6), run=chase))
    registry.belongings.register("group-seat", Handing(owned=owned, hand_over=hand_over))
    registry.kept_about.register("groups", kept_about, order=60)


PARTS = {
    "groups": gettext_lazy("Groups"),
    "cards": gettext_lazy("Practice cards"),
    "my_actions": gettext_lazy("My actions"),
    "actions": gettext_lazy("All actions"),
    "decisions": gettext_lazy("Decisions"),
}


def has_role(person: Person, today: date) -> bool:
    return memberships_of(person, today).exists()


def my_open_actions(person: Person, today: date) -> Section | None:
    if not isinstance(person, User):
        return None
    actions = list(open_actions_of(person))
    if not actions:
        return None
    rows = [
        [
            Cell(
                date_format(one.due_on, "SHORT_DATE_FORMAT"),
                badge=_("late") if one.due_on < today else "",
            ),
            Cell(one.what, one.get_absolute_url(), badge=simulated_badge(one.is_simulated)),
            Cell(str(one.group), one.group.get_absolute_url()),
        ]
        for one in actions
    ]
    columns = [_("By when"), _("What is to be done"), _("Working group")]
    return Section("my-actions", _("My actions"), columns, rows)


def my_groups(person: Person, today: date) -> Section | None:
    groups = permissions.groups_of(person, today)
    rows = []
    for group in groups:
        coming = group.meetings.filter(status="planned", starts_at__date__gte=today)
        meeting = coming.order_by("starts_at").first()
        when = (
            date_format(timezone.localtime(meeting.starts_at), "SHORT_DATETIME_FORMAT")
            if meeting
            else _("not set")
        )
        rows.append(
            [
                Cell(str(group), group.get_absolute_url(), badge=simulated_badge(group.is_simulated)),
                Cell(group.get_state_display()),
                Cell(when, meeting.get_absolute_url() if meeting else ""),
            ]
        )
    if not rows:
        return None
    columns = [_("Working group"), _("State"), _("Next meeting")]
    return Section("my-groups", _("My working groups"), columns, rows)


def find(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    if not has_role(person, today):
        return []
    groups = [
        Hit(str(group), group.get_absolute_url(), _("Working group"), str(group.get_theme_display()))
        for group in WorkingGroup.objects.all()
        if holds(f"{every_word(group, 'name')} {every_word(group, 'purpose')}", words)
    ]
    decisions = [
        Hit(one.text, one.get_absolute_url(), _("Decision"), str(one.group))
        for one in permissions.visible_decisions(person, today)
        if holds(every_word(one, "text"), words)
    ]
    return [*groups[:at_most], *decisions[:at_most]]


def seats_in(person: User, institution: Institution) -> list[GroupMember]:
    seats = GroupMember.objects.filter(person=person, institution=institution, until_on__isnull=True)
    return list(seats.select_related("group"))


def owned(person: User, institution: Institution) -> Iterable[Belonging]:
    """Open actions and the seat itself: who takes over sits in the group from then on."""
    for seat in seats_in(person, institution):
        yield Belonging(
            "group-seat", _("Seat in a working group"), str(seat.group), seat.group.get_absolute_url()
        )
        for action in seat.actions.filter(end__isnull=True):
            yield Belonging("group-action", _("Open action"), action.what, action.get_absolute_url())


def hand_over(leaver: User, taker: User, institution: Institution) -> int:
    """The seat ends today and the taker gets one of the same post; open actions go to it."""
    today, done = timezone.localdate(), 0
    for seat in seats_in(leaver, institution):
        GroupMember.objects.filter(pk=seat.pk).update(until_on=max(today, seat.from_on))
        new, _made = GroupMember.objects.get_or_create(
            group=seat.group,
            person=taker,
            until_on=None,
            defaults={
                "institution": institution,
                "post": seat.post,
                "from_on": today,
                "takes_turns": seat.takes_turns,
            },
        )
        done += 1 + GroupAction.objects.filter(owner=seat, end__isnull=True).update(owner=new)
    return done


def kept_about(person: User, today: date) -> Section | None:
    """Seats by name; what somebody wrote only as a count, and only to themselves."""
    seats = GroupMember.objects.filter(person=person).select_related("group")
    counts = [
        (_("Actions that you own"), GroupAction.objects.filter(owner__person=person).count()),
        (_("Decisions that you wrote down"), Decision.objects.filter(made_by=person).count()),
        (_("Actions that you ended"), ActionEnd.objects.filter(recorded_by=person).count()),
        (_("Texts of minutes that you changed last"), MinuteText.objects.filter(changed_by=person).count()),
    ]
    rows = [
        [
            Cell(_("Seat in a working group: %(group)s") % {"group": seat.group}),
            Cell(date_format(seat.from_on, "SHORT_DATE_FORMAT")),
        ]
        for seat in seats
    ]
    rows += [[Cell(label), Cell(str(count))] for label, count in counts if count]
    if not rows:
        return None
    return Section("groups-about-me", _("Working groups"), [_("What"), _("Since, or how many")], rows)

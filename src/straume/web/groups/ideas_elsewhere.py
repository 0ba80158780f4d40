"""What ideas and boards add to pages below them: submenu, first screen, unit, search, duty, what is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.groups import idea_permissions as permissions
from straume.web.groups.actions.ideas import chase
from straume.web.groups.models import BoardDay, Idea, IdeaStep
from straume.web.needs.models import Need
from straume.web.needs.registry import need_sections
from straume.web.places import registry
from straume.web.places.models import Unit
from straume.web.places.permissions import Person, is_member, memberships_of
from straume.web.places.registry import Action, Cell, Duty, Hit, Section, SubmenuItem, simulated_badge
from straume.web.places.wording import holds

OPEN = (Idea.State.SUBMITTED, Idea.State.ACKNOWLEDGED)


def register() -> None:
    for order, (code, label) in enumerate(
        {"ideas": gettext_lazy("Ideas"), "boards": gettext_lazy("Boards")}.items(), 60
    ):
        registry.submenu.register(
            f"groups-{code}",
            SubmenuItem(label, f"groups:{code}", "groups", code, shown=has_role),
            order=order,
        )
    registry.home_sections.register("ideas-to-answer", to_answer, order=30)
    registry.home_sections.register("raised", raised, order=31)
    registry.home_sections.register("my-ideas", my_ideas, order=70)
    registry.unit_sections.register("board", board_of_unit, order=40)
    registry.searches.register("ideas", find, order=60)
    registry.kept_about.register("ideas", kept_about, order=65)
    registry.duties.register("ideas", Duty(every=timedelta(hours=1), run=chase))
    need_sections.register("ideas", ideas_of_need, order=60)


def has_role(person: Person, today: date) -> bool:
    return memberships_of(person, today).exists()


def _section(code: str, title: str, ideas: Iterable[Idea], **more: object) -> Section:
    rows = [
        [
            Cell(str(one), one.get_absolute_url(), badge=simulated_badge(one.is_simulated)),
            Cell(one.unit.name),
            Cell(one.get_state_display()),
        ]
        for one in ideas
    ]
    return Section(code, title, [_("Idea"), _("Unit"), _("State")], rows, **more)  # type: ignore[arg-type]


def to_answer(person: Person, today: date) -> Section | None:
    """Ideas that wait for this person, the oldest first."""
    waiting = [
        one
        for one in permissions.visible_ideas(person, today).filter(state__in=OPEN).order_by("submitted_at")
        if permissions.answers(person, one.unit, today)
    ]
    return _section("ideas-to-answer", _("Ideas that wait for your answer"), waiting) if waiting else None


def raised(person: Person, today: date) -> Section | None:
    waiting = permissions.raised_to(person, today).filter(answered_at__isnull=True)
    rows = [
        [
            Cell(
                one.problem.text,
                reverse("groups:escalation", args=[one.pk]),
                badge=simulated_badge(one.problem.is_simulated),
            ),
            Cell(f"{one.problem.unit.institution.name}, {one.problem.unit.name}"),
        ]
        for one in waiting
    ]
    columns = [_("Problem"), _("Unit")]
    return Section("raised", _("Problems that were carried to you"), columns, rows) if rows else None


def my_ideas(person: Person, today: date) -> Section | None:
    if not isinstance(person, User) or not has_role(person, today):
        return None
    mine = permissions.visible_ideas(person, today).filter(submitted_by=person)
    return _section("my-ideas", _("My ideas"), mine) if mine else None


def board_of_unit(unit: Unit, person: Person, today: date) -> Section | None:
    """Board and ideas, for members of the institution alone."""
    if not is_member(person, unit.institution, today):
        return None
    day = BoardDay.objects.filter(unit=unit).order_by("-on").first()
    waiting = Idea.objects.filter(unit=unit, state__in=OPEN).count()
    rows = [
        [
            Cell(_("Asaichi board"), reverse("groups:board", args=[unit.pk])),
            Cell(date_format(day.on, "DATE_FORMAT") if day else _("not filled yet")),
        ],
        [
            Cell(_("Ideas"), f"{reverse('groups:ideas')}?unit={unit.pk}"),
            Cell(_("waiting for an answer: %(number)s") % {"number": waiting}),
        ],
    ]
    action = Action(_("Hand in an idea"), f"{reverse('groups:add_idea')}?unit={unit.pk}")
    return Section("board", _("Every morning"), [_("What"), _("How it stands")], rows, action=action)


def find(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    found = [one for one in permissions.visible_ideas(person, today) if holds(one.text, words)]
    return [Hit(str(one), one.get_absolute_url(), _("Idea"), one.unit.name) for one in found[:at_most]]


def kept_about(person: User, today: date) -> Section | None:
    """Ideas with their name; what they answered as a count, and only to themselves."""
    mine = Idea.objects.filter(submitted_by=person).select_related("unit")
    rows = [[Cell(str(one), one.get_absolute_url()), Cell(one.unit.name)] for one in mine]
    answered = IdeaStep.objects.filter(made_by=person).count()
    if answered:
        rows.append([Cell(_("Ideas that you answered")), Cell(str(answered))])
    if not rows:
        return None
    return Section("ideas-about-me", _("Ideas"), [_("What"), _("Where, or how many")], rows)


def ideas_of_need(need: Need, person: Person, today: date) -> Section | None:
    """Ideas of one's own institution that point at the need."""
    ideas = permissions.visible_ideas(person, today).filter(need=need)
    return _section("ideas", _("Ideas"), ideas) if ideas else None

"""Evaluation in the submenu, on the pages of activities and cycles, and what is due by itself."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.places import registry as shared
from straume.web.places.models import Unit
from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Cell, Duty, Section, SubmenuItem, simulated_badge
from straume.web.programme import ladder, registry
from straume.web.programme.actions import quizzes, reactions, uses
from straume.web.programme.elsewhere.structure import has_a_role
from straume.web.programme.evaluation_permissions import visible_cards
from straume.web.programme.models import Activity, Cycle, ReactionRound, UseInvitation


def register() -> None:
    shared.submenu.register(
        "evaluation",
        SubmenuItem(
            gettext_lazy("Evaluation"), "programme:evaluation", "activities", "evaluation", shown=has_a_role
        ),
        order=60,
    )
    shared.submenu.register(
        "try_cards",
        SubmenuItem(
            gettext_lazy("“Try it” cards"),
            "programme:try_cards",
            "activities",
            "try_cards",
            shown=has_a_role,
            family="evaluation",
        ),
        order=65,
    )
    shared.duties.register("close_reactions", Duty(every=timedelta(hours=1), run=reactions.close_forgotten))
    shared.duties.register("close_tests", Duty(every=timedelta(hours=1), run=quizzes.close_forgotten))
    shared.duties.register("ask_about_use", Duty(every=timedelta(hours=1), run=uses.do_what_is_due))
    shared.unit_sections.register("try_cards", unit_section, order=45)
    shared.kept_about.register("evaluation", kept_about, order=56)
    registry.activity_sections.register("evaluation", activity_section, order=60)
    registry.evidence_gaps.register("evaluation", gaps, order=60)
    registry.cycle_sections.register("evaluation", cycle_section, order=60)


def gaps(activity: Activity) -> list[str]:
    """What the evaluation still owes before the evidence of a training is complete."""
    if activity.kind not in uses.LEARNT_IN:
        return []
    opened = ReactionRound.objects.filter(activity=activity).first()
    if opened is None:
        return [_("People were not asked on the day how it was.")]
    return [] if opened.closed_at else [_("The form about the day is still open.")]


def activity_section(activity: Activity, person: Person, today: date) -> Section | None:
    if activity.from_on > today or activity.status == Activity.Status.CANCELLED:
        return None
    url = reverse("programme:activity_evaluation", args=[activity.pk])
    return section([activity], today, url)


def cycle_section(cycle: Cycle, person: Person, today: date) -> Section | None:
    held = list(cycle.activities.exclude(status=Activity.Status.CANCELLED).filter(from_on__lte=today))
    if not held:
        return None
    return section(held, today, reverse("programme:cycle_evaluation", args=[cycle.pk]))


def section(activities: list[Activity], today: date, url: str) -> Section:
    badge = simulated_badge(ladder.is_simulated(activities))
    return Section(
        code="evaluation",
        title=_("Evaluation"),
        columns=[_("Level"), _("What"), _("n"), _("Figure")],
        rows=[
            [
                Cell(str(rung.level)),
                Cell(rung.what),
                Cell(rung.n, is_number=True),
                Cell(rung.figure or rung.missing, badge=badge if rung.figure else ""),
            ]
            for rung in ladder.ladder_of(activities, today)
        ],
        action=Action(_("Open the evaluation"), url),
    )


def unit_section(unit: Unit, person: Person, today: date) -> Section | None:
    """What the unit tries; nothing for people of other institutions."""
    cards = visible_cards(person, today).filter(unit=unit)
    if not cards.exists():
        return None
    return Section(
        code="try-cards",
        title=_("“Try it” cards"),
        columns=[_("What"), _("Lean tool"), _("By when")],
        rows=[
            [
                Cell(card.what, card.get_absolute_url(), badge=simulated_badge(card.is_simulated)),
                Cell(card.get_tool_display()),
                Cell(date_format(card.by_on, "SHORT_DATE_FORMAT")),
            ]
            for card in cards
        ],
    )


def kept_about(person: User, today: date) -> Section:
    """That somebody was written to is known; what they answered, and whether, is not."""
    letters = UseInvitation.objects.filter(registration__person=person).count()
    return Section(
        code="evaluation-about-me",
        title=_("Evaluation"),
        columns=[_("What"), _("How many")],
        rows=[
            [
                Cell(_("Letters that asked what you do differently; whether you answered is not known")),
                Cell(str(letters), is_number=True),
            ]
        ],
    )

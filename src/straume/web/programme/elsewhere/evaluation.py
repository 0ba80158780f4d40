"""Evaluation in the submenu, on the pages of activities and cycles, and what is due by itself."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places import registry as shared
from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Cell, Duty, Section, SubmenuItem
from straume.web.programme import ladder, registry
from straume.web.programme.actions.reactions import close_forgotten
from straume.web.programme.elsewhere.structure import has_a_role
from straume.web.programme.models import Activity, Cycle


def register() -> None:
    shared.submenu.register(
        "evaluation",
        SubmenuItem(
            gettext_lazy("Evaluation"), "programme:evaluation", "activities", "evaluation", shown=has_a_role
        ),
        order=60,
    )
    shared.duties.register("close_reactions", Duty(every=timedelta(hours=1), run=close_forgotten))
    registry.activity_sections.register("evaluation", activity_section, order=60)
    registry.cycle_sections.register("evaluation", cycle_section, order=60)


def activity_section(activity: Activity, person: Person, today: date) -> Section | None:
    if activity.from_on > today or activity.status == Activity.Status.CANCELLED:
        return None
    url = reverse("programme:activity_evaluation", args=[activity.pk])
    return section(ladder.ladder_of([activity], today), url)


def cycle_section(cycle: Cycle, person: Person, today: date) -> Section | None:
    held = list(cycle.activities.exclude(status=Activity.Status.CANCELLED).filter(from_on__lte=today))
    if not held:
        return None
    return section(ladder.ladder_of(held, today), reverse("programme:cycle_evaluation", args=[cycle.pk]))


def section(rungs: list[ladder.Rung], url: str) -> Section:
    return Section(
        code="evaluation",
        title=_("Evaluation"),
        columns=[_("Level"), _("What"), _("n"), _("Figure")],
        rows=[
            [
                Cell(str(rung.level)),
                Cell(rung.what),
                Cell(rung.n, is_number=True),
                Cell(rung.figure or rung.missing),
            ]
            for rung in rungs
        ],
        action=Action(_("Open the evaluation"), url),
    )

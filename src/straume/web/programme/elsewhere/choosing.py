"""Choosing below Activities; why an activity was chosen, on its page."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places import registry
from straume.web.places.permissions import Person, memberships_of
from straume.web.places.registry import Cell, Section, SubmenuItem, simulated_badge
from straume.web.programme.models import Activity, ChoiceDecision, ChoiceDecisionItem
from straume.web.programme.permissions import runs_programme
from straume.web.programme.registry import activity_sections


def register() -> None:
    registry.submenu.register(
        "choosing",
        SubmenuItem(
            gettext_lazy("Choosing"),
            "programme:choices",
            "activities",
            "choosing",
            shown=has_to_see,
            family="needs",
        ),
        order=40,
    )
    activity_sections.register("choosing", why_chosen, order=8)
    registry.kept_about.register("choosing", decided_by, order=60)


def has_to_see(person: Person, today: date) -> bool:
    """Those who run the programme; for the others once there is a recorded choice."""
    if runs_programme(person, today):
        return True
    return memberships_of(person, today).exists() and ChoiceDecision.objects.exists()


def why_chosen(activity: Activity, person: Person, today: date) -> Section | None:
    item = ChoiceDecisionItem.objects.select_related("decision__choice").filter(activity=activity).first()
    if item is None:
        return None
    decision = item.decision
    return Section(
        code="choosing",
        title=_("Why it was chosen"),
        columns=[_("Choice"), _("Reason")],
        rows=[
            [
                Cell(
                    str(decision.choice),
                    decision.choice.get_absolute_url(),
                    badge=simulated_badge(decision.choice.is_simulated),
                ),
                Cell(
                    decision.reason if item.was_best else decision.by_hand_reason,
                    badge="" if item.was_best else _("added by hand"),
                ),
            ]
        ],
    )


def decided_by(person: object, today: date) -> Section | None:
    decisions = ChoiceDecision.objects.filter(decided_by=person).select_related("choice")  # type: ignore[misc]
    if not decisions:
        return None
    return Section(
        code="choosing",
        title=_("Choices that you recorded"),
        columns=[_("Choice")],
        rows=[[Cell(str(one.choice), one.choice.get_absolute_url())] for one in decisions],
    )

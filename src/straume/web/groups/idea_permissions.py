"""Who hands in ideas, who reads them, who answers; who writes on a board.

Ideas and boards belong to an institution: its members read them, for others they are not there. A unit's head
and the head of the institution answer. The name of whoever handed an idea in is seen by them and
by the person alone.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.groups.models import BoardProblem, Escalation, Idea
from straume.web.groups.permissions import runs_groups
from straume.web.places.models import Institution, Membership, Role, Unit
from straume.web.places.permissions import Person, institutions_of, is_member, memberships_of, not_here

ANSWERS = frozenset({Role.LEADER})  # for the whole institution; heads of units for their unit
FILLS_BOARDS = frozenset({Role.UNIT_HEAD, Role.FACILITATOR, Role.LEADER, Role.ADMINISTRATOR})


def member_units(person: Person, today: date) -> QuerySet[Unit]:
    """Units of the institutions that the person belongs to."""
    return Unit.objects.filter(institution__in=institutions_of(person, today)).select_related("institution")


def find_unit_inside(person: Person, pk: int, today: date) -> Unit:
    unit = Unit.objects.select_related("institution").filter(pk=pk).first()
    if unit is None or not is_member(person, unit.institution, today):
        raise not_here()
    return unit


def visible_ideas(person: Person, today: date) -> QuerySet[Idea]:
    """Those of one's own institutions."""
    inside = Idea.objects.filter(unit__institution__in=institutions_of(person, today))
    return inside.select_related("unit__institution", "need", "card", "offer__service")


def find_idea(person: Person, pk: int, today: date) -> Idea:
    idea = visible_ideas(person, today).filter(pk=pk).first()
    if idea is None:
        raise not_here()
    return idea


def answers(person: Person, unit: Unit, today: date) -> bool:
    """Heads of the unit or of a unit above it, and the head of the institution."""
    above = [unit.pk, *(higher.pk for higher in unit.ancestors())]
    return (
        memberships_of(person, today)
        .filter(
            Q(role=Role.UNIT_HEAD, unit__in=above)
            | Q(role__in=list(ANSWERS), institution=unit.institution_id)
        )
        .exists()
    )


def find_idea_to_answer(person: Person, pk: int, today: date) -> Idea:
    idea = find_idea(person, pk, today)
    if not answers(person, idea.unit, today):
        raise PermissionDenied(_("The head of the unit and the head of the institution answer ideas."))
    return idea


def heads_of(unit: Unit, today: date) -> list[User]:
    """Who answers: heads of the unit; without one those of the unit above it, at last of the institution."""
    for one in [unit, *unit.ancestors()]:
        found = Membership.objects.on(today).filter(role=Role.UNIT_HEAD, unit=one).select_related("person")
        if found:
            return [held.person for held in found]
    leading = Membership.objects.on(today).filter(role=Role.LEADER, institution=unit.institution)
    return [held.person for held in leading.select_related("person")]


def leaders_of(institution: Institution, today: date) -> list[User]:
    leading = Membership.objects.on(today).filter(role=Role.LEADER, institution=institution)
    return [held.person for held in leading.select_related("person")]


def fills_board(person: Person, unit: Unit, today: date) -> bool:
    """The people of the unit, and those who run it or help it."""
    return (
        memberships_of(person, today)
        .filter(institution=unit.institution_id)
        .filter(Q(unit=unit) | Q(role__in=list(FILLS_BOARDS)))
        .exclude(role=Role.CONTROLLER)
        .exists()
    )


def find_board_to_fill(person: Person, pk: int, today: date) -> Unit:
    unit = find_unit_inside(person, pk, today)
    if not fills_board(person, unit, today):
        raise PermissionDenied(
            _("The people of the unit fill its board, its head and the lean practitioner.")
        )
    return unit


def find_problem(person: Person, pk: int, today: date) -> BoardProblem:
    """A problem on a board that the person fills."""
    problem = BoardProblem.objects.select_related("unit__institution").filter(pk=pk).first()
    if problem is None or not is_member(person, problem.unit.institution, today):
        raise not_here()
    if not fills_board(person, problem.unit, today):
        raise PermissionDenied(
            _("The people of the unit fill its board, its head and the lean practitioner.")
        )
    return problem


def raised_to(person: Person, today: date) -> QuerySet[Escalation]:
    """What waits for this person's answer: as head of the institution, or for the cooperation."""
    leads = memberships_of(person, today).filter(role=Role.LEADER).values("institution")
    mine = Q(level=Escalation.Level.INSTITUTION, problem__unit__institution__in=leads)
    if runs_groups(person, today):
        mine |= Q(level=Escalation.Level.COOPERATION)
    return Escalation.objects.filter(mine).select_related("problem__unit__institution")


def find_escalation_to_answer(person: Person, pk: int, today: date) -> Escalation:
    found = raised_to(person, today).filter(pk=pk).first()
    if found is None:
        raise not_here()
    return found

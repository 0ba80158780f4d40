"""Who chooses activities: those who run the programme. A recorded choice is read by everybody with a role."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from straume.web.places.permissions import Person, not_here
from straume.web.programme.models import Candidate, Choice
from straume.web.programme.permissions import may_read, require_running, runs_programme


def choices_of(person: Person, today: date) -> QuerySet[Choice]:
    """Recorded ones; for those who run the programme also those in the making."""
    may_read(person, today)
    choices = Choice.objects.select_related("project", "decision")
    return choices if runs_programme(person, today) else choices.filter(decision__isnull=False)


def find_choice(person: Person, pk: int, today: date) -> Choice:
    choice = choices_of(person, today).filter(pk=pk).first()
    if choice is None:
        raise not_here()
    return choice


def find_choice_to_change(person: Person, pk: int, today: date) -> Choice:
    choice = find_choice(person, pk, today)
    require_running(person, today)
    if choice.is_recorded:
        raise PermissionDenied(_("A recorded choice does not change. Make a new choice."))
    return choice


def find_candidate(person: Person, pk: int, today: date) -> Candidate:
    """Those who run the programme see every candidate, others those of recorded choices."""
    may_read(person, today)
    candidates = Candidate.objects.select_related("work_package__project", "budget_line__partner")
    if not runs_programme(person, today):
        candidates = candidates.filter(decision_items__isnull=False).distinct()
    candidate = candidates.filter(pk=pk).first()
    if candidate is None:
        raise not_here()
    return candidate


def find_candidate_to_change(person: Person, pk: int, today: date) -> Candidate:
    candidate = find_candidate(person, pk, today)
    require_running(person, today)
    if candidate.is_decided:
        raise PermissionDenied(_("This candidate stands in a recorded choice, so it stays as it is."))
    return candidate

"""Who asks, who reads the results, who names needs.

Surveys are common to the cooperation and run by the coordinators of the lead bodies. Results are shown to
everybody who has a role today, groups under five hidden; nobody sees a sheet of answers.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from straume.web.needs.models import Need, Questionnaire, Wave
from straume.web.places.models import Role
from straume.web.places.permissions import (
    READS_ONLY,
    Person,
    leads_the_cooperation,
    memberships_of,
    not_here,
)

RUNS = frozenset({Role.COORDINATOR})


def may_read(person: Person, today: date) -> None:
    if not memberships_of(person, today).exists():
        raise not_here()


def runs_surveys(person: Person, today: date) -> bool:
    """Whether the person coordinates at a lead body."""
    return leads_the_cooperation(person, today)


def require_running(person: Person, today: date) -> None:
    may_read(person, today)
    if not runs_surveys(person, today):
        raise PermissionDenied(_("Surveys are run by the coordinators of the lead bodies."))


def find_need(person: Person, pk: int, today: date) -> Need:
    may_read(person, today)
    need = Need.objects.filter(pk=pk).first()
    if need is None:
        raise not_here()
    return need


def find_wave(person: Person, pk: int, today: date) -> Wave:
    may_read(person, today)
    wave = Wave.objects.select_related("version__questionnaire").filter(pk=pk).first()
    if wave is None:
        raise not_here()
    return wave


def find_wave_to_run(person: Person, pk: int, today: date) -> Wave:
    wave = find_wave(person, pk, today)
    require_running(person, today)
    return wave


def find_questionnaire_to_run(person: Person, pk: int, today: date) -> Questionnaire:
    require_running(person, today)
    questionnaire = Questionnaire.objects.filter(pk=pk).first()
    if questionnaire is None:
        raise not_here()
    return questionnaire


def may_name_needs(person: Person, today: date) -> bool:
    """Whoever has a role that writes may say what is needed; a controller reads."""
    return memberships_of(person, today).exclude(role__in=[role.value for role in READS_ONLY]).exists()


def require_naming(person: Person, today: date) -> None:
    may_read(person, today)
    if not may_name_needs(person, today):
        raise PermissionDenied(_("Your role reads needs. Ask a colleague to write one down."))


def may_change_need(person: Person, need: Need, today: date) -> bool:
    """Those who run surveys; whoever named it while nobody has taken it up."""
    own = need.named_by_id is not None and need.named_by_id == person.pk
    return runs_surveys(person, today) or (
        own and need.status == Need.Status.NAMED and may_name_needs(person, today)
    )


def find_need_to_change(person: Person, pk: int, today: date) -> Need:
    need = find_need(person, pk, today)
    if not may_change_need(person, need, today):
        raise PermissionDenied(_("Needs are kept by the coordinators of the lead bodies."))
    return need


def find_need_to_run(person: Person, pk: int, today: date) -> Need:
    """Status, merging, deleting: the coordinators of the lead bodies."""
    need = find_need(person, pk, today)
    if not runs_surveys(person, today):
        raise PermissionDenied(_("Needs are kept by the coordinators of the lead bodies."))
    return need

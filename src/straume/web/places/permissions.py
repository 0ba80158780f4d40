"""Who may see and do what: functions that return, or raise with a sentence. Table: docs/operations/roles.md.

A stranger gets 404 for everything, so that not even an address tells them that a thing exists. A colleague
who lacks the role gets 403 with the reason. A controller's role is in no set that writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role, Unit
from straume.web.places.models.dates import in_force

Person = User | AnonymousUser

# roles that, held in a lead body, see that things exist in the institutions of the cooperation
SEES_THE_COOPERATION = frozenset({Role.COORDINATOR, Role.CONTROLLER})
# roles that change things of an institution; each action names the ones it takes from here
RUNS_UNITS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
# in a small unit a grade may be one person: only those see its rate who answer for costs
SEES_RATES = frozenset({Role.COORDINATOR, Role.LEADER, Role.FINANCE, Role.ADMINISTRATOR})
RUNS_MEMBERSHIPS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
READS_ONLY = frozenset({Role.CONTROLLER})


def memberships_of(person: Person, today: date) -> QuerySet[Membership]:
    """The person's memberships in force today."""
    if not person.is_authenticated:
        return Membership.objects.none()
    return Membership.objects.on(today).filter(person=person)


def roles_in(person: Person, institution: Institution, today: date) -> frozenset[str]:
    return frozenset(
        memberships_of(person, today).filter(institution=institution).values_list("role", flat=True)
    )


def institutions_of(person: Person, today: date) -> QuerySet[Institution]:
    """The institutions whose inside the person sees: those they are a member of today."""
    return Institution.objects.filter(pk__in=memberships_of(person, today).values("institution"))


def visible_institutions(person: Person, today: date) -> QuerySet[Institution]:
    """Those whose things the person may know to exist: their own; for a lead body's coordinator all."""
    if sees_the_cooperation(person, today):
        return Institution.objects.all()
    return institutions_of(person, today)


def institutions_where(person: Person, roles: Iterable[str], today: date) -> QuerySet[Institution]:
    """The institutions in which the person holds one of these roles today."""
    held = memberships_of(person, today).filter(role__in=list(roles))
    return Institution.objects.filter(pk__in=held.values("institution"))


def sees_the_cooperation(person: Person, today: date) -> bool:
    """Whether the person coordinates or controls at a lead body (tier partner)."""
    return (
        memberships_of(person, today)
        .filter(role__in=list(SEES_THE_COOPERATION), institution__tier=Institution.Tier.PARTNER)
        .exists()
    )


def leads_the_cooperation(person: Person, today: date) -> bool:
    """Whether the person coordinates at a lead body: who runs surveys, programme and catalogue."""
    return (
        memberships_of(person, today)
        .filter(role=Role.COORDINATOR, institution__tier=Institution.Tier.PARTNER)
        .exists()
    )


def is_member(person: Person, institution: Institution, today: date) -> bool:
    return memberships_of(person, today).filter(institution=institution).exists()


def is_coordinator_of(person: Person, institution: Institution, today: date) -> bool:
    """Whether the person coordinates in this very institution, not merely in a lead body."""
    return Role.COORDINATOR in roles_in(person, institution, today)


def may_see_institution(person: Person, institution: Institution, today: date) -> Institution:
    """That it exists, its units, and which services and assessments there are; not what a log holds."""
    if is_member(person, institution, today) or sees_the_cooperation(person, today):
        return institution
    raise not_here()


def may_see_inside(person: Person, institution: Institution, today: date) -> Institution:
    """Logs, maps, findings, drafts: members only."""
    if is_member(person, institution, today):
        return institution
    if sees_the_cooperation(person, today):
        raise PermissionDenied(
            _("You can see that this exists. Its inside belongs to the institution until it is published.")
        )
    raise not_here()


def require_role(person: Person, institution: Institution, roles: Iterable[str], today: date) -> Institution:
    """One of `roles` in this institution today; 404 for strangers, 403 with the reason for colleagues."""
    wanted = [Role(role) for role in roles]
    held = roles_in(person, institution, today)
    if held & {role.value for role in wanted}:
        return institution
    may_see_institution(person, institution, today)
    names = ", ".join(str(role.label) for role in sorted(wanted, key=list(Role).index))
    raise PermissionDenied(
        _("In %(institution)s this needs one of these roles: %(roles)s.")
        % {"institution": institution.name, "roles": names}
    )


def may_run_units(person: Person, institution: Institution, today: date) -> Institution:
    return require_role(person, institution, RUNS_UNITS, today)


def may_run_memberships(person: Person, institution: Institution, today: date) -> Institution:
    return require_role(person, institution, RUNS_MEMBERSHIPS, today)


def find_institution(person: Person, slug: str, today: date) -> Institution:
    """The institution at this address, if the person may see it."""
    institution = Institution.objects.filter(slug=slug).first()
    if institution is None:
        raise not_here()
    return may_see_institution(person, institution, today)


def find_unit(person: Person, pk: int, today: date) -> Unit:
    """The unit at this address, if the person may see its institution."""
    unit: Unit | None = Unit.objects.select_related("institution", "parent").filter(pk=pk).first()
    if unit is None:
        raise not_here()
    may_see_institution(person, unit.institution, today)
    return unit


def members_with(institution: Institution, roles: Iterable[str], today: date) -> QuerySet[User]:
    """People who hold one of these roles in the institution today."""
    condition = in_force(today, at="memberships__") & Q(
        memberships__institution=institution, memberships__role__in=list(roles)
    )
    return User.objects.filter(condition).distinct()


def not_here() -> Http404:
    return Http404(_("There is nothing at this address that you may see."))

"""Whether people are taken in now and by whom; what a page about places shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.places.permissions import Person, institutions_of, not_here
from straume.web.programme import permissions
from straume.web.programme.actions import waiting
from straume.web.programme.models import Activity, PlaceRule, Registration
from straume.web.programme.reasons import moment

Way = Registration.Way


def rule_of(activity: Activity) -> PlaceRule | None:
    found: PlaceRule | None = getattr(activity, "place_rule", None)
    return found


def why_closed(activity: Activity, way: str, now: datetime) -> str:
    """The sentence why nobody is taken in this way now; empty where people are."""
    rule = rule_of(activity)
    if rule is None:
        return _("How places are given is not said yet.")
    takes = {
        Way.DELEGATED: rule.takes_delegates,
        Way.APPLIED: rule.takes_applications,
        Way.PUBLIC: rule.takes_public,
    }
    if not takes[Way(way)]:
        return _("This activity does not take people in this way.")
    if activity.status != Activity.Status.ANNOUNCED:
        return _("People are taken in once the activity is announced and until it is held.")
    if rule.closes_at is not None and rule.closes_at <= now:
        return _("People were taken in until %(until)s.") % {"until": moment(rule.closes_at)}
    if activity.from_on <= localdate(now) and waiting.begins_at(activity) <= now:
        return _("The activity has begun.")
    return ""


def may_change_until(activity: Activity) -> datetime:
    """Until when people and institutions change and cancel themselves."""
    rule = rule_of(activity)
    return (rule.changes_until_at if rule else None) or waiting.begins_at(activity)


@dataclass(frozen=True)
class May:
    """What the one who looks may do with a registration."""

    is_own: bool
    runs: bool
    delegates: bool

    @property
    def sees(self) -> bool:
        return self.is_own or self.runs or self.delegates


def find_registration(person: Person, pk: int, today: date) -> tuple[Registration, May]:
    """One's own, those of one's institution for who delegates there, all for who runs the programme."""
    found = (
        Registration.objects.select_related(
            "activity__place_rule", "activity__work_package__project", "activity__host", "person",
            "institution", "quota", "group",
        )
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if found is None:
        raise not_here()
    may = May(
        is_own=found.person_id == person.pk,
        runs=permissions.runs_programme(person, today),
        delegates=found.institution in permissions.delegates_from(person, today),
    )
    if not may.sees:
        raise not_here()
    return found, may


def institutions_to_stand_for(person: User, today: date) -> list[Institution]:
    return list(institutions_of(person, today))

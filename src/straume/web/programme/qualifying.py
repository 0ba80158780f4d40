"""Who attended enough of an activity or a cycle for its certificate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from straume.web.accounts.models import User
from straume.web.programme.models import (
    Activity,
    Attendance,
    Certificate,
    CertificateRule,
    Registration,
    Session,
)


@dataclass(frozen=True)
class Candidate:
    """Somebody who has or had a place; `missed` names sessions, so that a mistake in the list is found."""

    person: User
    institution: str
    qualifies: bool
    missed: Sequence[str]
    certificate: Certificate | None  # the one that stands


def sessions_of(rule: CertificateRule) -> list[Session]:
    """Those that count: of the activity, or of all activities of the cycle that were not cancelled."""
    found = Session.objects.select_related("activity").exclude(activity__status=Activity.Status.CANCELLED)
    if rule.activity_id:
        return list(found.filter(activity=rule.activity_id))
    return list(found.filter(activity__cycle=rule.cycle_id))


def days_of(rule: CertificateRule) -> tuple[date, date]:
    if rule.activity:
        return rule.activity.from_on, rule.activity.until_on
    activities = Activity.objects.filter(cycle=rule.cycle_id).exclude(status=Activity.Status.CANCELLED)
    days = list(activities.values_list("from_on", "until_on"))
    return min(first for first, _last in days), max(last for _first, last in days)


def candidates(rule: CertificateRule) -> list[Candidate]:
    """Everybody who has a place in what counts, by name."""
    sessions = sessions_of(rule)
    came: dict[int, set[int]] = defaultdict(set)
    pairs = Attendance.objects.filter(session__in=sessions).values_list("registration__person", "session")
    for person_pk, session_pk in pairs:
        came[person_pk].add(session_pk)
    standing = {one.person_id: one for one in rule.certificates.filter(stands=True)}
    people: dict[int, Registration] = {}
    holding = Registration.objects.filter(activity__sessions__in=sessions).select_related(
        "person", "institution"
    )
    for one in holding.order_by("person__name", "person", "pk").distinct():
        if one.status in Registration.HOLDS_A_PLACE or came[one.person_id]:
            people.setdefault(one.person_id, one)
    return [
        Candidate(
            person=one.person,
            institution=str(one.institution or ""),
            qualifies=enough(rule, attended=len(came[pk]), of=len(sessions)),
            missed=missed(rule, sessions, came[pk]),
            certificate=standing.get(pk),
        )
        for pk, one in people.items()
    ]


def missed(rule: CertificateRule, sessions: Sequence[Session], came: set[int]) -> list[str]:
    """The sessions somebody was not at; within a cycle under the names of its activities."""
    away = [session for session in sessions if session.pk not in came]
    if rule.activity_id:
        return [session.title for session in away]
    said: dict[str, None] = {}  # in their order, each once
    for session in away:
        whole = all(one.pk not in came for one in sessions if one.activity_id == session.activity_id)
        title = session.activity.title
        said[title if whole else f"{title} ({session.title})"] = None
    return list(said)


def enough(rule: CertificateRule, *, attended: int, of: int) -> bool:
    """In whole numbers: 4 of 5 sessions are 80 %, to the last bit."""
    return of > 0 and attended * 100 >= rule.least_percent * of

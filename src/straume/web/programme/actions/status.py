"""The life of an activity: planned → announced → held → evidence complete → reported; or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.programme.actions.sessions import Change, all_of
from straume.web.programme.models import Activity, Registration, StatusChange
from straume.web.programme.registry import evidence_gaps, status_moves
from straume.web.programme.visits import VISITS

Status = Activity.Status
ORDER = [Status.PLANNED, Status.ANNOUNCED, Status.HELD, Status.COMPLETE, Status.REPORTED]
MAY_BE_CANCELLED = (Status.PLANNED, Status.ANNOUNCED)
# held by appointment, or among a fixed circle: without sessions or a number of places beforehand
WITHOUT_SESSIONS = (Activity.Kind.INDIVIDUAL_COACHING, Activity.Kind.GROUP_COACHING)


class Way(StrEnum):
    ON = "on"
    BACK = "back"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Step:
    """A move that an activity could make now."""

    to: str
    way: Way
    gaps: tuple[str, ...] = ()  # sentences: what is missing
    is_barred: bool = False  # whether the gaps forbid it, or only ask for a reason

    @property
    def needs_reason(self) -> bool:
        return self.way is not Way.ON or bool(self.gaps)


def steps_of(activity: Activity, today: date) -> list[Step]:
    """Every move from where it stands: on first."""
    if activity.status == Status.CANCELLED:
        return [Step(Status.PLANNED, Way.BACK)]
    at = ORDER.index(Status(activity.status))
    steps = [on(activity, ORDER[at + 1], today)] if at + 1 < len(ORDER) else []
    steps += [back(activity, earlier) for earlier in reversed(ORDER[:at])]
    if activity.status in MAY_BE_CANCELLED:
        steps.append(Step(Status.CANCELLED, Way.CANCEL))
    return steps


def on(activity: Activity, to: str, today: date) -> Step:
    if to == Status.ANNOUNCED:
        gaps = missing_to_announce(activity)
        return Step(to, Way.ON, tuple(gaps), is_barred=bool(gaps))
    if to == Status.HELD and activity.from_on > today:
        return Step(to, Way.ON, (_("It has not begun yet."),), is_barred=True)
    if to == Status.COMPLETE:
        return Step(to, Way.ON, tuple(missing_evidence(activity)))
    return Step(to, Way.ON)


def back(activity: Activity, to: str) -> Step:
    if to == Status.PLANNED and activity.registrations.filter(
        status__in=[*Registration.HOLDS_A_PLACE, Registration.Status.WAITING]
    ):
        gap = _("People hold places in it or wait for one. Cancel it instead, so that they hear of it.")
        return Step(to, Way.BACK, (gap,), is_barred=True)
    return Step(to, Way.BACK)


def missing_to_announce(activity: Activity) -> list[str]:
    """What people need to know before they can be asked to come."""
    by_appointment = activity.kind in WITHOUT_SESSIONS
    checks = [
        (
            by_appointment or activity.sessions.exists(),
            _("No session: add at least one, with its day and hours."),
        ),
        (bool(activity.place.strip()), _("No place: say where it is held.")),
        (bool(activity.languages), _("No language: say in which languages it is held.")),
        (by_appointment or activity.places > 0, _("No places: say how many people can come.")),
        (
            activity.kind not in VISITS or activity.visit_hosts.exists(),
            _("No host: say which institution receives the group."),
        ),
    ]
    lacking = [lang for lang in ("lv", "lt", "en") if not getattr(activity, f"title_{lang}")]
    if lacking:
        checks.append(
            (False, _("The title is missing in: %(languages)s.") % {"languages": ", ".join(lacking)})
        )
    return [sentence for is_there, sentence in checks if not is_there]


def missing_evidence(activity: Activity) -> list[str]:
    """What a controller will ask for and does not find yet; other subjects add theirs."""
    own = []
    if activity.kind not in WITHOUT_SESSIONS:
        if not any(session.agenda.exists() for session in activity.sessions.all()):
            own.append(_("No agenda."))
        if not activity.materials.exists():
            own.append(_("No material."))
    if not activity.need_links.exists():
        own.append(_("No need that it answers."))
    return own + [str(gap) for gaps in evidence_gaps for gap in gaps(activity)]


@transaction.atomic
def move(*, activity: Activity, step: Step, reason: str, by: User, now: datetime) -> StatusChange | None:
    """Take the step and write it down; None where somebody else moved it in the meantime."""
    if step.is_barred or (step.needs_reason and not reason.strip()):
        raise ValueError(f"{activity.pk}: {step}")
    before = activity.status
    if not Activity.objects.filter(pk=activity.pk, status=before).update(status=step.to):
        return None
    activity.status = step.to
    change = StatusChange.objects.create(
        activity=activity, before=before, after=step.to, reason=reason.strip(), made_by=by, made_at=now
    )
    if step.to == Status.CANCELLED and before == Status.ANNOUNCED:
        all_of(activity=activity, change=Change.CANCELLED)
    if step.to == Status.ANNOUNCED and was_cancelled(activity):
        all_of(activity=activity, change=Change.REVIVED)
    for hear in status_moves:
        hear(change)
    return change


def was_cancelled(activity: Activity) -> bool:
    """Whether people were told once that it would not be held."""
    return activity.status_changes.filter(before=Status.ANNOUNCED, after=Status.CANCELLED).exists()

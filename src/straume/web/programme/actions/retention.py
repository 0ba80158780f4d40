"""Erasing the names of attendance once the funder no longer asks for them; the counts stay."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from straume.web.programme import counting
from straume.web.programme.models import (
    Attendance,
    AttendanceChange,
    CheckInHelper,
    IndicatorCount,
    OutputIndicator,
    Project,
    Retention,
    ScanFile,
    Session,
    SessionCount,
    SignatureSheet,
    TicketLetter,
    WalkIn,
)


def erase_what_is_over(now: datetime) -> int:
    """Of each project whose day is past; a second run finds nothing to do."""
    today = timezone.localdate(now)
    due = Retention.objects.filter(until_on__lt=today, erased_at=None)
    return sum(erase(retention, now=now) for retention in due)


@transaction.atomic
def erase(retention: Retention, *, now: datetime) -> int:
    """Count for good, then let names, scans and corrections go. 1 where it was done, 0 where it had been."""
    if not Retention.objects.filter(pk=retention.pk, erased_at=None).update(erased_at=now):
        return 0
    project = retention.project
    for indicator in OutputIndicator.objects.filter(project=project):
        keep_count(indicator, now)
    for session in Session.objects.filter(activity__work_package__project=project):
        keep_session(session)
    forget(project)
    return 1


def keep_count(indicator: OutputIndicator, now: datetime) -> None:
    count = counting.count_of(indicator)
    IndicatorCount.objects.get_or_create(
        indicator=indicator,
        defaults={
            "value": count.value,
            "by_country": [[part.key, part.count] for part in count.by_country],
            "by_institution": [[part.key, part.count] for part in count.by_institution],
            "counted_at": now,
        },
    )


def keep_session(session: Session) -> None:
    [proof] = [one for one in counting.proofs_of_activity(session.activity) if one.session.pk == session.pk]
    SessionCount.objects.get_or_create(
        session=session, defaults={"people": proof.people, "pages": proof.pages}
    )


def forget(project: Project) -> None:
    """Whoever was there, signed, walked in or was put right; files go once all else is done."""
    of_project = {"session__activity__work_package__project": project}
    Attendance.objects.filter(**of_project).delete()
    AttendanceChange.objects.filter(**of_project).delete()
    WalkIn.objects.filter(**of_project).delete()
    TicketLetter.objects.filter(registration__activity__work_package__project=project).delete()
    CheckInHelper.objects.filter(activity__work_package__project=project).delete()
    scans = ScanFile.objects.filter(pages__sheet__session__activity__work_package__project=project)
    files = {str(scan.file.name): scan.file.storage for scan in scans}
    ScanFile.objects.filter(pk__in=[scan.pk for scan in scans]).delete()
    SignatureSheet.objects.filter(**of_project).delete()
    for name, storage in files.items():
        transaction.on_commit(partial(storage.delete, name))

"""Publishing and taking back; the check is asked in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.programme.models import Activity, Project
from straume.web.public.models import Publication
from straume.web.public.publicity import Duty, lacking


@transaction.atomic
def publish_project(*, project: Project, by: User, now: datetime) -> list[Duty]:
    """Publish, or return what the funder asks for and is not there; then nothing is published."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    missing = lacking(project)
    if not missing:
        once(
            lambda: Publication.objects.create(project=project, published_by=by, published_at=now),
            lambda: Publication.objects.filter(project=project, withdrawn_at=None).first(),
        )
    return missing


@transaction.atomic
def publish_activities(*, project: Project, chosen: Collection[int], by: User, now: datetime) -> None:
    """Exactly these activities stand on the public pages; one that is only planned never does."""
    allowed = Activity.objects.filter(work_package__project=project).exclude(status=Activity.Status.PLANNED)
    standing = Publication.objects.filter(activity__work_package__project=project, withdrawn_at=None)
    standing.exclude(activity__in=chosen).update(withdrawn_at=now)
    for activity in allowed.filter(pk__in=chosen):
        once(
            lambda one=activity: Publication.objects.create(  # type: ignore[misc]
                activity=one, published_by=by, published_at=now
            ),
            lambda one=activity: Publication.objects.filter(activity=one, withdrawn_at=None).first(),  # type: ignore[misc]
        )


def withdraw(*, publications: QuerySet[Publication], now: datetime) -> int:
    return publications.filter(withdrawn_at=None).update(withdrawn_at=now)

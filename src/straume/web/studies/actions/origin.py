"""Saying why a study was begun."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.needs.models import Need
from straume.web.programme.models import Activity
from straume.web.studies.models import Study, StudyOrigin


@transaction.atomic
def say_origins(
    *, study: Study, needs: Collection[Need], activities: Collection[Activity], by: User, now: datetime
) -> None:
    """Keep exactly these needs and activities; those that stood before keep who said so and when."""
    study.origins.exclude(need__in=needs, activity=None).exclude(activity__in=activities, need=None).delete()
    StudyOrigin.objects.bulk_create(
        [
            *(StudyOrigin(study=study, need=need, said_by=by, said_at=now) for need in needs),
            *(StudyOrigin(study=study, activity=one, said_by=by, said_at=now) for one in activities),
        ],
        ignore_conflicts=True,
    )

"""Why a study was begun: a need that somebody named, or an activity where its people learnt how."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from straume.web.needs.models import Need
from straume.web.programme.models import Activity
from straume.web.studies.models.study import Study


class StudyOrigin(models.Model):
    """One thing that led to the study: a need or an activity, not both."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="origins")
    need = models.ForeignKey(
        Need, on_delete=models.PROTECT, null=True, blank=True, related_name="study_origins"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="study_origins"
    )
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["study", "said_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "need"], condition=Q(need__isnull=False), name="study_origin_need_once"
            ),
            models.UniqueConstraint(
                fields=["study", "activity"],
                condition=Q(activity__isnull=False),
                name="study_origin_activity_once",
            ),
            models.CheckConstraint(
                condition=Q(need__isnull=False, activity__isnull=True)
                | Q(need__isnull=True, activity__isnull=False),
                name="study_origin_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need or self.activity} → {self.study}"

"""Level 4 of an evaluation: a result of a study, tied to the activity where its people learnt how."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from straume.web.programme.models import Activity
from straume.web.studies.models.kaizen import KaizenAction
from straume.web.studies.models.run import AssessmentRun
from straume.web.studies.models.study import Study


class EvaluationLink(models.Model):
    """Somebody of the study says that this result came of the activity, and why they think so."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="evaluation_links")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="evaluation_links")
    # what shows it: an assessment of the study, or an action that was agreed in it
    run = models.ForeignKey(
        AssessmentRun, on_delete=models.CASCADE, null=True, blank=True, related_name="evaluation_links"
    )
    action = models.ForeignKey(
        KaizenAction, on_delete=models.CASCADE, null=True, blank=True, related_name="evaluation_links"
    )
    why = models.CharField(max_length=400)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["activity", "said_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "run"], condition=Q(run__isnull=False), name="evaluation_link_run_once"
            ),
            models.UniqueConstraint(
                fields=["activity", "action"],
                condition=Q(action__isnull=False),
                name="evaluation_link_action_once",
            ),
            models.CheckConstraint(
                condition=Q(run__isnull=False, action__isnull=True)
                | Q(run__isnull=True, action__isnull=False),
                name="evaluation_link_is_one_result",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="evaluation_link_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.activity} → {self.study}"

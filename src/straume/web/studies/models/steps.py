"""What people in a room said: the table of steps, and how they judge each step."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StepTable(models.Model):
    """One version of a study's table of steps, as typed; reading it again gives the same stream."""

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="step_tables")
    version = models.PositiveIntegerField()
    rows = models.JSONField()
    demand_per_year = models.PositiveIntegerField(null=True, blank=True)
    from_map = models.ForeignKey(
        "studies.StreamMap", null=True, blank=True, on_delete=models.SET_NULL, related_name="step_tables"
    )  # of which map of the studio this is the state
    is_simulated = models.BooleanField(default=False)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["study", "version"], name="step_table_version_once"),
            models.UniqueConstraint(fields=["study", "idempotency_key"], name="step_table_submitted_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="step_table_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.study} · {self.version}"


class StepJudgement(models.Model):
    """People said of a step whether it gives value, is necessary, or is not needed; the newest stands."""

    class Value(models.TextChoices):
        VALUE = "value", _("Value")
        NECESSARY = "necessary", _("Necessary")
        WASTE = "waste", _("Not needed")
        NOT_JUDGED = "not_judged", _("Not yet judged")

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="judgements")
    step = models.CharField(max_length=300)
    value = models.CharField(max_length=10, choices=Value)
    is_check = models.BooleanField(default=False)  # the step checks what others did
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__in=["value", "necessary", "waste", "not_judged"]),
                name="judgement_value_known",
            ),
            models.CheckConstraint(condition=~Q(step=""), name="judgement_names_a_step"),
        ]
        indexes = [models.Index(fields=["study", "step"], name="judgement_by_step")]

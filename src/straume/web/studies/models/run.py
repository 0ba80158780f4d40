"""One assessment of a log or a step table, kept as it was computed, and the questions it asks."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssessmentRun(models.Model):
    """An assessment: from which source, with which parameters and library version, what came out."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Being computed")
        DONE = "done", pgettext_lazy("computation", "Done")
        FAILED = "failed", _("Could not be computed")
        CANCELLED = "cancelled", _("Cancelled")

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="runs")
    log = models.ForeignKey(
        "studies.CaseLog", null=True, blank=True, on_delete=models.CASCADE, related_name="runs"
    )
    step_table = models.ForeignKey(
        "studies.StepTable", null=True, blank=True, on_delete=models.CASCADE, related_name="runs"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    parameters = models.JSONField(default=dict, blank=True)
    library_version = models.CharField(max_length=20, blank=True)
    result = models.JSONField(null=True, blank=True)  # Assessment.to_dict()
    refusal = models.JSONField(null=True, blank=True)  # code and parameters, where it could not be computed
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    # last day of the log's period, or the day on which people told the steps: the latest such run stands
    covers_until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(log__isnull=False, step_table__isnull=True)
                | Q(log__isnull=True, step_table__isnull=False),
                name="run_has_one_source",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "done", "failed", "cancelled"]), name="run_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status="done")
                | (
                    Q(result__isnull=False)
                    & Q(made_at__isnull=False)
                    & Q(covers_until_on__isnull=False)
                    & ~Q(library_version="")
                ),
                name="run_done_has_its_result",
            ),
            models.UniqueConstraint(fields=["study", "idempotency_key"], name="run_submitted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.study} · {self.source_label}"

    @classmethod
    def standing(cls) -> models.QuerySet[AssessmentRun]:
        """Finished runs, the one that stands first; those of a replaced log stand no more."""
        done = cls.objects.filter(status=cls.Status.DONE).exclude(log__status="replaced")
        return done.order_by("-covers_until_on", "-pk")

    def get_absolute_url(self) -> str:
        return reverse("studies:run", args=[self.study_id, self.pk])

    @property
    def is_simulated(self) -> bool:
        source = self.log or self.step_table
        return bool(source and source.is_simulated) or self.study.is_simulated

    @property
    def source_label(self) -> str:
        if self.log:
            return self.log.label
        return f"{self.step_table.version}" if self.step_table else ""


class FindingRow(models.Model):
    """One question that a run asks; `key` is the same in every run that asks it of the same place."""

    run = models.ForeignKey(AssessmentRun, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=64)
    rank = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    step = models.CharField(max_length=300, blank=True)
    figures = models.JSONField()  # Finding.to_dict()

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["run", "key"], name="finding_once_in_a_run"),
            models.UniqueConstraint(fields=["run", "rank"], name="finding_rank_once_in_a_run"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(code=""), name="finding_has_key_and_code"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.code}"

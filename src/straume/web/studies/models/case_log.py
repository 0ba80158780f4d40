"""One uploaded table of cases: its file, what was guessed, what was found."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CaseLog(models.Model):
    """A case log of a study for one period. Its status moves by conditional UPDATE only (decision 0020)."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("Being read")
        GUESSED = "guessed", _("Columns to be confirmed")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        PROBLEMS = "problems", _("Problems found")
        CANCELLED = "cancelled", _("Cancelled")
        REPLACED = "replaced", _("Replaced")

    BUSY = (Status.UPLOADED, Status.CHECKING)
    CANCELLABLE = (Status.UPLOADED, Status.GUESSED, Status.CHECKING, Status.CHECKED)

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="logs")
    label = models.CharField(max_length=60)
    file = models.FileField(max_length=200, blank=True)
    original_name = models.CharField(max_length=200)
    bytes = models.BigIntegerField()
    keeps_original = models.BooleanField(default=False)
    timezone = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=Status, default=Status.UPLOADED)
    guess = models.JSONField(
        default=dict, blank=True
    )  # what analysis.inspect found: form, roles with reasons, ten rows
    mapping = models.JSONField(default=dict, blank=True)  # what people set: role → column
    facts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    done_share = models.FloatField(default=0)  # of the check that is running
    folder = models.CharField(max_length=60, blank=True)  # of the Parquet files, below the private folder
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    is_simulated = models.BooleanField(default=False)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "idempotency_key"], name="log_submitted_once"),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="log_has_bytes"),
            models.CheckConstraint(condition=~Q(label=""), name="log_has_a_label"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "uploaded",
                        "guessed",
                        "checking",
                        "checked",
                        "problems",
                        "cancelled",
                        "replaced",
                    ]
                ),
                name="log_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="checked") | (~Q(folder="") & Q(checked_at__isnull=False)),
                name="log_checked_has_its_table",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.original_name}"

    def moves(self, to: str, *, only_from: tuple[str, ...], **changes: object) -> bool:
        """Move to a status if the row still stands where it is expected; False where somebody was first."""
        moved = CaseLog.objects.filter(pk=self.pk, status__in=only_from).update(status=to, **changes)
        if moved:
            self.refresh_from_db()
        return bool(moved)

    @property
    def is_busy(self) -> bool:
        return self.status in self.BUSY

    @property
    def can_be_cancelled(self) -> bool:
        return self.status in self.CANCELLABLE

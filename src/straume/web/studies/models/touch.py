"""How long the work itself takes, where a log says only when it was completed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class StepTouch(models.Model):
    """People said how long the work of a step takes, as typed; the newest stands, empty withdraws it."""

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="touches")
    step = models.CharField(max_length=300)
    said = models.CharField(max_length=100, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(step=""), name="touch_names_a_step")]
        indexes = [models.Index(fields=["study", "step"], name="touch_by_step")]

    def __str__(self) -> str:
        return f"{self.step}: {self.said}"

"""A practice card stands on a study: what the study published is shown on the card, nothing else of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from straume.web.groups.models import PracticeCard
from straume.web.studies.models.study import Study


class CardEvidence(models.Model):
    """This study is why the card says what it says. Figures follow the study's publication that stands."""

    card = models.ForeignKey(PracticeCard, on_delete=models.CASCADE, related_name="evidence")
    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="card_evidence")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    said_at = models.DateTimeField(_("said"))

    class Meta:
        ordering = ["card", "said_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["card", "study"], name="card_evidence_once")]

    def __str__(self) -> str:
        return f"{self.card}: {self.study}"

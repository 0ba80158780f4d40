"""What is asked: a questionnaire and its versions; what was sent out never changes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from straume.web.places.models import Institution


class Questionnaire(models.Model):
    """A set of questions under one name, kept by one institution."""

    title = models.CharField(_("title"), max_length=200)  # in three languages, see translation.py
    owner = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="questionnaires")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """The questions as they stand; `items` is read and checked by `needs.items` alone."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    items = models.JSONField(_("questions"), default=list)
    made_at = models.DateTimeField(_("made"))
    frozen_at = models.DateTimeField(_("sent out since"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of a questionnaire")
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} ({self.number})"

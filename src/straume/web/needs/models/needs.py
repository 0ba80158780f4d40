"""What somebody named: a problem area or a training need, and the answers behind it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.needs.models.waves import Wave
from straume.web.places.models import Institution


class Need(models.Model):
    """The first link of the thread: activities and studies point at it."""

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("problem area")
        TRAINING = "training", _("training need")

    class Status(models.TextChoices):
        NAMED = "named", pgettext_lazy("need", "named")
        AGREED = "agreed", pgettext_lazy("need", "agreed on")
        ADDRESSED = "addressed", pgettext_lazy("need", "being worked on")
        MET = "met", pgettext_lazy("need", "met")
        DROPPED = "dropped", pgettext_lazy("need", "not taken up")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title = models.CharField(_("what"), max_length=200)  # in three languages, see translation.py
    description = models.TextField(_("description"), blank=True)  # in three languages
    whom = models.CharField(_("whom it touches"), max_length=200, blank=True)  # in three languages
    institutions = models.ManyToManyField(
        Institution, blank=True, related_name="needs", verbose_name=_("named in")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.NAMED)
    status_reason = models.CharField(_("reason"), max_length=400, blank=True)
    named_on = models.DateField(_("named on"))
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["-named_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["problem", "training"]), name="need_kind_is_known"),
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(status_reason=""), name="need_dropped_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("needs:need", args=[self.pk])


class NeedEvidence(models.Model):
    """Which answers show the need: the item of a wave and how many answered it, as they stood that day."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="evidence")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="evidence")
    item = models.CharField(_("question"), max_length=120)  # name of the item
    row = models.CharField(_("row"), max_length=120, blank=True)  # row of a matrix
    answers = models.PositiveIntegerField(_("answers"))  # n; what is shown goes through protect
    figure = models.JSONField(_("figure"), default=dict)  # what the analysis said: value, low, high, method
    noted_on = models.DateField(_("noted on"))

    class Meta:
        verbose_name = _("evidence of a need")
        verbose_name_plural = _("evidence of needs")
        ordering = ["need", "wave", "item"]
        constraints = [
            models.UniqueConstraint(fields=["need", "wave", "item", "row"], name="need_evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.item}"

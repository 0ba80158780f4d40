"""When it is asked, and of how many: a wave of a questionnaire. It can stand before there is a project."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.needs.models.questionnaires import QuestionnaireVersion
from straume.web.places.models import Institution


class Wave(models.Model):
    """One round of asking; a follow-up asks the same items as its baseline."""

    class Kind(models.TextChoices):
        BASELINE = "baseline", pgettext_lazy("wave", "baseline")
        FOLLOW_UP = "follow_up", pgettext_lazy("wave", "follow-up")

    class Source(models.TextChoices):
        ASKED_HERE = "here", _("asked here")
        IMPORTED = "imported", _("results of a survey made elsewhere")

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(_("name"), max_length=200)  # in three languages, see translation.py
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.BASELINE)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.ASKED_HERE)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    is_simulated = models.BooleanField(_("simulated"), default=False)
    made_at = models.DateTimeField(_("made"))
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)
    # asking: by letters, by an open link, or both
    link_code = models.CharField(_("code of the open link"), max_length=20, blank=True)
    site = models.CharField(_("address that the letters lead to"), max_length=200, blank=True)
    letters_from_on = models.DateField(_("letters go out from"), null=True, blank=True)
    reminders_most = models.PositiveSmallIntegerField(_("reminders at most"), default=2)
    reminder_days = models.PositiveSmallIntegerField(_("days between letters"), default=5)
    # from this day on the sheets can be read, and who answered cannot (actions/closing.py)
    settled_on = models.DateField(_("answers opened on"), null=True, blank=True)

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="wave_days_in_order"),
            models.CheckConstraint(
                condition=Q(kind="follow_up") | Q(follows__isnull=True), name="wave_only_a_follow_up_follows"
            ),
            models.CheckConstraint(condition=Q(reminder_days__gte=3), name="wave_reminds_seldom"),
            models.CheckConstraint(condition=Q(reminders_most__lte=5), name="wave_reminds_few_times"),
            models.UniqueConstraint(
                fields=["link_code"], condition=~Q(link_code=""), name="wave_link_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("needs:wave", args=[self.pk])

    def is_open(self, today: date) -> bool:
        """Whether somebody can answer today."""
        asked_here = self.source == self.Source.ASKED_HERE
        return asked_here and self.settled_on is None and self.opens_on <= today <= self.closes_on


class Staff(models.Model):
    """How many people work in an institution when the wave is asked: what answers are weighted to."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="staff")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField(_("people employed"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("staff number")
        verbose_name_plural = _("staff numbers")
        ordering = ["wave", "institution"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "institution"], name="staff_once_per_wave"),
            models.CheckConstraint(condition=Q(people__gte=1), name="staff_is_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.people}"

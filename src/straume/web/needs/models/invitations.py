"""Who was asked: whether somebody answered, never what; those who did are erased after the closing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.needs.models.waves import Wave
from straume.web.places.models import Institution


class Invitation(models.Model):
    """One address that is asked in a wave. `has_answered` has no day, so that no order can be read off."""

    class Stopped(models.TextChoices):
        NOT = "", pgettext_lazy("letters", "no")
        UNDELIVERABLE = "undeliverable", _("the letter came back")
        OPTED_OUT = "opted_out", _("wants no letters")

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    has_answered = models.BooleanField(_("answered"), default=False)
    letters = models.PositiveSmallIntegerField(_("letters sent"), default=0)
    last_letter_on = models.DateField(_("last letter"), null=True, blank=True)
    stopped = models.CharField(
        _("letters stopped"), max_length=14, choices=Stopped.choices, default="", blank=True
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["wave", "institution", "email"]
        constraints = [
            models.UniqueConstraint("wave", Lower("email"), name="invitation_once_per_wave"),
            models.CheckConstraint(
                condition=Q(letters=0, last_letter_on=None) | Q(letters__gt=0, last_letter_on__isnull=False),
                name="invitation_letter_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class InvitationCode(models.Model):
    """The fingerprint of a code that was sent; the code itself stands in the letter alone."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="codes")
    fingerprint = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.fingerprint[:8]


class NoLetters(models.Model):
    """An address, as a keyed fingerprint, that wants no letters about surveys."""

    fingerprint = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.fingerprint[:8]


class Turnout(models.Model):
    """What is left of erased invitations: how many there were; and how many sheets came from a place."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="turnout")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    answered = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)
    sheets = models.PositiveIntegerField(default=0)  # by letter or link; a sheet itself may not say its place

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "institution"], name="turnout_once_per_place")]

    def __str__(self) -> str:
        return f"{self.institution}: {self.answered}"


class WaveChange(models.Model):
    """That a wave was closed early or opened again, why, and by whom."""

    class Kind(models.TextChoices):
        CLOSED = "closed", _("closed before its day")
        REOPENED = "reopened", _("opened again")

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=400)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="wave_change_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.wave}: {self.get_kind_display()}"

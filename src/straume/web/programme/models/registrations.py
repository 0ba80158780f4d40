"""Who has a place, who waits for one, and who came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models import Institution
from straume.web.programme.models.activities import Activity, Session
from straume.web.programme.models.nomination import ActivityGroup, Quota


class Registration(models.Model):
    """A person's place, or wish for one, in an activity; delegated by an institution or asked for."""

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("registration", "has a place")
        WAITING = "waiting", pgettext_lazy("registration", "on the waiting list")
        OFFERED = "offered", pgettext_lazy("registration", "place offered")
        CANCELLED = "cancelled", pgettext_lazy("registration", "cancelled")
        EXPIRED = "expired", pgettext_lazy("registration", "offer ran out")
        DECLINED = "declined", pgettext_lazy("registration", "declined")

    class Way(models.TextChoices):
        DELEGATED = "delegated", _("delegated by the institution")
        APPLIED = "applied", _("applied by the person")
        PUBLIC = "public", _("public sign-up")

    # statuses that hold a place, so that `Activity.taken` counts them
    HOLDS_A_PLACE = ("confirmed", "offered")

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registrations"
    )
    # whom the person stands for on that day, whatever they do later
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    post = models.CharField(_("post"), max_length=160, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Way.choices)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    reason = models.CharField(
        _("reason"), max_length=400, blank=True
    )  # a code of the rule, or said by a person
    diet = models.CharField(_("dietary needs"), max_length=200, blank=True)
    access = models.CharField(_("access needs"), max_length=200, blank=True)
    # the quota whose place it holds, if it holds one of a quota
    quota = models.ForeignKey(
        Quota, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    group = models.ForeignKey(
        ActivityGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    # how often this person was invited anew or called off: a part of SEQUENCE of iCalendar
    revision = models.PositiveIntegerField(_("changes"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    offer_ends_at = models.DateTimeField(_("offer ends"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["activity", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="registration_once_per_activity"),
            models.CheckConstraint(
                condition=~Q(status="offered") | Q(offer_ends_at__isnull=False),
                name="registration_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(quota=None) | Q(status__in=["confirmed", "offered"]),
                name="registration_of_a_quota_holds_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.person}"


class Attendance(models.Model):
    """This person was in this session."""

    class How(models.TextChoices):
        SIGNED = "signed", _("signature sheet")
        QR = "qr", _("QR code")
        BY_HAND = "hand", _("ticked by the organiser")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="attendances")
    how = models.CharField(_("how"), max_length=8, choices=How.choices)
    came_at = models.DateTimeField(_("came"))
    # made on the phone before it is sent, so that sending twice writes once
    key = models.UUIDField(unique=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["session", "came_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "registration"], name="attendance_once_per_session"),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.registration.person}"

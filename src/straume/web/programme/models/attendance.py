"""Who may check people in, who came without a registration, and what was put right by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from straume.web.programme.models.activities import Activity, Session
from straume.web.programme.models.registrations import Registration


class CheckInHelper(models.Model):
    """A person named to check people in at one activity, besides those who run the programme."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="check_in_helpers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="checks_in_at"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    named_at = models.DateTimeField(_("named"))

    class Meta:
        verbose_name = _("helper at the check-in")
        verbose_name_plural = _("helpers at the check-in")
        ordering = ["activity", "named_at"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "person"], name="check_in_helper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.person}"


class WalkIn(models.Model):
    """Somebody who came without a registration: noted at the door, completed later, then nameless here."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="walk_ins")
    name = models.CharField(_("person's name"), max_length=120, blank=True)
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    # made on the phone before it is sent, so that sending twice writes once
    key = models.UUIDField(unique=True)
    came_at = models.DateTimeField(_("came"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("completed or set aside"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.SET_NULL, null=True, blank=True, related_name="walk_ins"
    )
    set_aside_because = models.CharField(_("why set aside"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("person without a registration")
        verbose_name_plural = _("people without a registration")
        ordering = ["session", "came_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") | Q(settled_at__isnull=False), name="walk_in_has_a_name_until_settled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.name or '–'}"


class AttendanceChange(models.Model):
    """Attendance put right by hand: what it is now, and why. The newest of a session and person stands."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance_changes")
    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="attendance_changes"
    )
    came = models.BooleanField(_("was there"))
    reason = models.CharField(_("reason"), max_length=200)
    # of the attendance that was taken back: a phone that sends it again writes nothing
    removed_key = models.UUIDField(null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("correction of attendance")
        verbose_name_plural = _("corrections of attendance")
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="attendance_change_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.registration.person} {self.reason}"


class TicketLetter(models.Model):
    """The person was sent the ticket for an activity; so it is sent once."""

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="ticket_letter")
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("ticket sent")
        verbose_name_plural = _("tickets sent")
        ordering = ["sent_at"]

    def __str__(self) -> str:
        return str(self.registration)

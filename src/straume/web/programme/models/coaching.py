"""Coaching: hours of a municipality, a coach's free times, bookings. What is said never enters the system.

Afterwards a session is a date, a duration and a municipality: everything else of it is erased, and a
constraint keeps it so (docs/decisions/0087-evaluation-and-coaching.md). There is no field for notes.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models import Institution
from straume.web.programme.models.project import Project

SESSION_MINUTES = 90
HOURS_A_DAY = 8
TOPIC_AHEAD = timedelta(days=3)


class CoachingEntitlement(models.Model):
    """How much coaching a municipality has. Scarce: `booked_minutes` changes by conditional UPDATE alone."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="coaching_entitlements")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="coaching_entitlements"
    )
    minutes = models.PositiveIntegerField(_("minutes"))
    booked_minutes = models.PositiveIntegerField(_("minutes booked"), default=0)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("hours of coaching")
        verbose_name_plural = _("hours of coaching")
        ordering = ["project", "institution"]
        constraints = [
            models.UniqueConstraint(fields=["project", "institution"], name="coaching_entitlement_once"),
            models.CheckConstraint(
                condition=Q(booked_minutes__lte=F("minutes")), name="coaching_entitlement_not_overdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.code}: {self.institution}"


class CoachingAgreement(models.Model):
    """Coach, client and sponsor agree on what is shared. Ended, it is deleted, and the names with it."""

    class Shares(models.TextChoices):
        NOTHING = "nothing", _("nothing but the hours of the municipality")
        SENTENCE = "sentence", _("also sentences that the client writes and agrees to share")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="coaching_agreements")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coaching_given"
    )
    client = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coaching_had"
    )
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coaching_sponsored"
    )
    shares = models.CharField(_("what is shared"), max_length=10, choices=Shares.choices)
    client_agreed_on = models.DateField(_("client agreed"), null=True, blank=True)
    coach_agreed_on = models.DateField(_("coach agreed"), null=True, blank=True)
    sponsor_agreed_on = models.DateField(_("sponsor agreed"), null=True, blank=True)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("coaching agreement")
        verbose_name_plural = _("coaching agreements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "coach", "client"], name="coaching_agreement_once"
            ),
            models.CheckConstraint(
                condition=~Q(coach=F("client")) & ~Q(client=F("sponsor")) & ~Q(coach=F("sponsor")),
                name="coaching_agreement_of_three_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}"

    def get_absolute_url(self) -> str:
        return reverse("programme:coaching_agreement", args=[self.pk])

    @property
    def is_complete(self) -> bool:
        return all((self.client_agreed_on, self.coach_agreed_on, self.sponsor_agreed_on))


class CoachingSlot(models.Model):
    """Ninety minutes that a coach has free, or has given away."""

    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coaching_slots"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_taken = models.BooleanField(_("taken"), default=False)

    class Meta:
        verbose_name = _("free time of a coach")
        verbose_name_plural = _("free times of coaches")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="coaching_slot_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class CoachingHalfHour(models.Model):
    """A half-hour of a coach: being unique, it keeps two slots from overlapping on every database."""

    slot = models.ForeignKey(CoachingSlot, on_delete=models.CASCADE, related_name="half_hours")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    begins_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coach", "begins_at"], name="coach_in_one_place_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.begins_at:%Y-%m-%d %H:%M}"


class CoachingSession(models.Model):
    """A booked slot; once it is over, a date and a duration of a municipality."""

    class Form(models.TextChoices):
        INDIVIDUAL = "individual", pgettext_lazy("coaching", "individual")
        GROUP = "group", pgettext_lazy("coaching", "group")

    entitlement = models.ForeignKey(CoachingEntitlement, on_delete=models.PROTECT, related_name="sessions")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="coaching_sessions"
    )
    on = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=SESSION_MINUTES)
    # cancelled too late: the hours are used up, nobody was coached
    is_lost = models.BooleanField(_("cancelled too late"), default=False)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)
    is_erased = models.BooleanField(_("erased but for date and duration"), default=False)
    # until it is over
    slot = models.OneToOneField(
        CoachingSlot, on_delete=models.PROTECT, null=True, blank=True, related_name="session"
    )
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, blank=True)
    agreement = models.ForeignKey(
        CoachingAgreement, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    room = models.CharField(_("room"), max_length=160, blank=True)
    topic = models.CharField(_("topic"), max_length=300, blank=True)
    topic_on = models.DateField(_("topic sent"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=0)
    taken = models.PositiveSmallIntegerField(_("places taken"), default=0)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_reminded = models.BooleanField(_("asked for the topic"), default=False)
    sequence = models.PositiveSmallIntegerField(_("changes"), default=0)  # SEQUENCE of iCalendar

    class Meta:
        verbose_name = _("coaching session")
        verbose_name_plural = _("coaching sessions")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_erased=False)
                | Q(
                    slot__isnull=True,
                    form="",
                    agreement__isnull=True,
                    room="",
                    topic="",
                    topic_on__isnull=True,
                    places=0,
                    taken=0,
                    booked_by__isnull=True,
                ),
                name="coaching_kept_is_date_and_duration",
            ),
            models.CheckConstraint(
                condition=Q(is_erased=True)
                | Q(slot__isnull=False, form="individual", agreement__isnull=False, places=0)
                | Q(slot__isnull=False, form="group", agreement__isnull=True, places__gte=2),
                name="coaching_booking_is_whole",
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="coaching_group_not_overbooked"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="coaching_session_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.entitlement.institution}"

    def get_absolute_url(self) -> str:
        return reverse("programme:coaching_session", args=[self.pk])

    def topic_is_late(self) -> bool:
        """Said to the coach, not refused: a late topic is better than none."""
        return self.topic_on is not None and self.topic_on > self.on - TOPIC_AHEAD


class CoachingPlace(models.Model):
    """A place in a group; only the coach sees whose. Erased with the session."""

    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="group")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coaching_places"
    )

    class Meta:
        verbose_name = _("place in a group")
        verbose_name_plural = _("places in groups")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="coaching_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session}"


class CoachingOutcome(models.Model):
    """A sentence that a client agreed to share; taken back, it is gone."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="coaching_outcomes")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coaching_outcomes"
    )
    sentence = models.CharField(_("sentence"), max_length=240, blank=True)
    agreed_on = models.DateField(_("agreed to share"))
    taken_back_on = models.DateField(_("taken back"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("shared sentence")
        verbose_name_plural = _("shared sentences")
        ordering = ["-agreed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_on__isnull=True) & ~Q(sentence="")
                | Q(taken_back_on__isnull=False, sentence=""),
                name="coaching_sentence_gone_when_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

"""Ideas (kaizen suggestions): handed in within half a minute, answered within a week, tried, adopted."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.groups.models.cards import PracticeCard
from straume.web.needs.models import Need
from straume.web.places.models import Unit
from straume.web.services.models import Offer

ACKNOWLEDGED_WITHIN = timedelta(hours=48)
ANSWERED_WITHIN = timedelta(days=7)


class IdeaBox(models.Model):
    """The open link of a unit, also as a QR code: whoever has it hands in ideas without a name."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="idea_box")
    token = models.CharField(max_length=43, unique=True)
    opened_at = models.DateTimeField(_("opened"))

    class Meta:
        verbose_name = _("box for ideas")
        verbose_name_plural = _("boxes for ideas")

    def __str__(self) -> str:
        return str(self.unit)


class Idea(models.Model):
    """One suggestion. Of an anonymous one nothing is kept that leads to a person: no name, no address of the
    network, the hour instead of the minute, of its tracking link a hash alone."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("idea", "handed in")
        ACKNOWLEDGED = "acknowledged", pgettext_lazy("idea", "seen")
        ACCEPTED = "accepted", pgettext_lazy("idea", "accepted")
        DECLINED = "declined", pgettext_lazy("idea", "declined")
        TRYING = "trying", pgettext_lazy("idea", "being tried")
        ADOPTED = "adopted", pgettext_lazy("idea", "adopted")
        ABANDONED = "abandoned", pgettext_lazy("idea", "given up")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ideas", verbose_name=_("unit"))
    text = models.TextField(_("idea"), max_length=1000)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.SUBMITTED)
    submitted_at = models.DateTimeField(_("handed in"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas"
    )
    tracking_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    need = models.ForeignKey(
        Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="ideas", verbose_name=_("need")
    )
    offer = models.ForeignKey(
        Offer,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("service"),
    )
    card = models.ForeignKey(
        PracticeCard,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("practice card"),
    )
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="idea_says_something"),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True) | Q(tracking_hash__isnull=True),
                name="idea_with_a_name_needs_no_tracking_link",
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("groups:idea", args=[self.pk])

    @property
    def acknowledge_by(self) -> datetime:
        return self.submitted_at + ACKNOWLEDGED_WITHIN

    @property
    def answer_by(self) -> datetime:
        return self.submitted_at + ANSWERED_WITHIN

    def due(self) -> datetime | None:
        """Until when the unit has to say something; None once it has answered."""
        if self.state == Idea.State.SUBMITTED:
            return self.acknowledge_by
        return self.answer_by if self.state == Idea.State.ACKNOWLEDGED else None

    def is_late(self, now: datetime) -> bool:
        due = self.due()
        return due is not None and now > due


# where an idea can go from where it is
NEXT: dict[str, tuple[str, ...]] = {
    "submitted": ("acknowledged", "accepted", "declined"),
    "acknowledged": ("accepted", "declined"),
    "accepted": ("trying",),
    "trying": ("adopted", "abandoned"),
}
# where the unit says why, or what it learnt
WITH_WORDS = ("declined", "adopted", "abandoned")


class IdeaStep(models.Model):
    """An idea went on: when, and what the unit said to it."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=12, choices=Idea.State.choices)
    text = models.TextField(_("what the unit says"), blank=True, max_length=1000)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("step of an idea")
        verbose_name_plural = _("steps of ideas")
        ordering = ["idea", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "state"], name="idea_in_a_state_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "adopted", "abandoned"]) | ~Q(text=""),
                name="idea_step_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea}: {self.get_state_display()}"


class IdeaChase(models.Model):
    """The head of the unit was reminded: once that an idea is not seen, once that it is not answered."""

    class About(models.TextChoices):
        ACKNOWLEDGE = "acknowledge", pgettext_lazy("idea", "not seen in time")
        ANSWER = "answer", pgettext_lazy("idea", "not answered in time")

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="chases")
    about = models.CharField(max_length=11, choices=About.choices)
    chased_at = models.DateTimeField(_("reminded"))

    class Meta:
        verbose_name = _("reminder of an idea")
        verbose_name_plural = _("reminders of ideas")
        ordering = ["idea", "chased_at"]
        constraints = [models.UniqueConstraint(fields=["idea", "about"], name="idea_chased_once")]

    def __str__(self) -> str:
        return f"{self.idea}: {self.get_about_display()}"

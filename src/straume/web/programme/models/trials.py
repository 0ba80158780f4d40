"""What is tried afterwards: a unit's card, what became of it, and what people say after months (level 3)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.needs.models import Need
from straume.web.places.lean_tools import LeanTool
from straume.web.places.models import Institution, Unit
from straume.web.programme.models.activities import Activity
from straume.web.programme.models.registrations import Registration


class TryCard(models.Model):
    """What a unit will try after a training. It belongs to the unit and names nobody."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="try_cards")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="try_cards")
    # of its unit; kept here too, because a unit may move to another institution
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="try_cards")
    what = models.CharField(_("what we will try"), max_length=300)
    tool = models.CharField(_("lean tool"), max_length=16, choices=LeanTool.choices)
    by_on = models.DateField(_("by when"))
    need = models.ForeignKey(Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="try_cards")
    made_on = models.DateField(_("written on"))
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("“try it” card")
        verbose_name_plural = _("“try it” cards")
        ordering = ["by_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="try_card_says_what"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("programme:try_card", args=[self.pk])


class TryOutcome(models.Model):
    """What became of a card, as told on a day; the newest word stands."""

    class Became(models.TextChoices):
        TRIED = "tried", pgettext_lazy("try it card", "tried")
        NOT_TRIED = "not_tried", pgettext_lazy("try it card", "not tried")
        STANDARD = "standard", pgettext_lazy("try it card", "became the standard")

    card = models.ForeignKey(TryCard, on_delete=models.CASCADE, related_name="outcomes")
    became = models.CharField(_("what became of it"), max_length=10, choices=Became.choices)
    why = models.CharField(_("why"), max_length=400, blank=True)
    evidence_url = models.URLField(_("link to the evidence"), blank=True)
    said_on = models.DateField(_("said on"))
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("outcome of a card")
        verbose_name_plural = _("outcomes of cards")
        ordering = ["card", "said_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(became="not_tried") | ~Q(why=""), name="try_outcome_not_tried_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(became="standard") | ~Q(evidence_url="") | ~Q(why=""),
                name="try_outcome_standard_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(became__in=["tried", "not_tried", "standard"]), name="try_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card}: {self.get_became_display()}"


class UseRound(models.Model):
    """Those who attended are asked, so many months later, what they do differently."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="use_rounds")
    months = models.PositiveSmallIntegerField(_("months later"))
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("round about the use")
        verbose_name_plural = _("rounds about the use")
        ordering = ["activity", "months"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "months"], name="use_round_once"),
            models.CheckConstraint(condition=Q(months__in=[3, 6]), name="use_round_after_3_or_6_months"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(salt=""), name="use_round_closed_without_salt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.months}"


class UseInvitation(models.Model):
    """This person was written to. Whether they answered is kept nowhere."""

    round = models.ForeignKey(UseRound, on_delete=models.CASCADE, related_name="invitations")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="use_invitations")
    is_reminded = models.BooleanField(_("reminded"), default=False)

    class Meta:
        verbose_name = _("question about the use")
        verbose_name_plural = _("questions about the use")
        ordering = ["round", "registration"]
        constraints = [
            models.UniqueConstraint(fields=["round", "registration"], name="use_invitation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round}"


class UseSheet(models.Model):
    """What somebody does differently since; no person, no time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(UseRound, on_delete=models.CASCADE, related_name="sheets")
    mark = models.CharField(max_length=64)
    answers = models.JSONField(_("answers"), default=dict)  # use: a code; hindered: codes
    words = models.CharField(_("in own words"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("answer about the use")
        verbose_name_plural = _("answers about the use")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "mark"], name="use_sheet_once_per_mark")]

    def __str__(self) -> str:
        return f"{self.round}"

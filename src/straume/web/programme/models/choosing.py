"""What could be held, a choice among it within limits, and the record of what was decided and why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country
from straume.web.programme.models.activities import Activity, WorkPackage
from straume.web.programme.models.project import BudgetLine, Project


class Candidate(models.Model):
    """An activity that could be held; it becomes one when a choice is recorded."""

    work_package = models.ForeignKey(
        WorkPackage, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("work package")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Activity.Kind.choices)
    title = models.CharField(_("title"), max_length=200)  # in three languages, see translation.py
    summary = models.TextField(_("what it is about"), blank=True)  # in three languages
    budget_line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, related_name="candidates", verbose_name=_("budget line")
    )
    cost_eur = models.DecimalField(_("cost, EUR"), max_digits=12, decimal_places=2)
    places = models.PositiveIntegerField(_("places"))
    town = models.CharField(_("town"), max_length=200)
    country = models.CharField(_("country of the place"), max_length=2, choices=Country, blank=True)
    languages = models.JSONField(_("languages"), default=list)  # codes: lv, lt, en, ru
    earliest_on = models.DateField(_("not before"))
    latest_on = models.DateField(_("not after"))
    days = models.PositiveSmallIntegerField(pgettext_lazy("how many", "days"), default=1)
    team = models.CharField(_("team that can be at one place at a time"), max_length=120, blank=True)
    municipalities = models.ManyToManyField(
        Institution, related_name="candidates", verbose_name=_("whom it serves")
    )
    needs = models.ManyToManyField(Need, through="CandidateNeed", related_name="candidates")
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["earliest_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latest_on__gte=F("earliest_on")), name="candidate_days_in_order"
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="candidate_takes_a_day"),
            models.CheckConstraint(condition=Q(cost_eur__gte=Decimal(0)), name="candidate_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:candidate", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        """What stands in a recorded choice no longer changes."""
        return self.decision_items.exists()


class CandidateNeed(models.Model):
    """How much of a need the activity would meet for whoever it reaches."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="need_links")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="candidate_links")
    percent = models.PositiveSmallIntegerField(_("how much of it, %"), default=100)

    class Meta:
        verbose_name = _("need that a candidate meets")
        verbose_name_plural = _("needs that candidates meet")
        ordering = ["candidate", "need"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "need"], name="candidate_need_once"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="candidate_need_percent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.need} {self.percent} %"


class Choice(models.Model):
    """A question: which candidates, within these limits; and the answer as it was computed last."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="choices")
    name = models.CharField(_("name"), max_length=200)  # in three languages
    least_per_municipality = models.PositiveSmallIntegerField(
        _("activities for each municipality, at least"), default=1
    )
    least_places = models.PositiveIntegerField(_("places in all, at least"), default=0)
    least_in_language = models.JSONField(_("activities in each language, at least"), default=dict)
    most_in_town = models.PositiveSmallIntegerField(
        _("activities in one town, at most"), null=True, blank=True
    )
    most_activities = models.PositiveSmallIntegerField(_("activities in all, at most"), null=True, blank=True)
    from_on = models.DateField(_("not before"), null=True, blank=True)
    until_on = models.DateField(_("not after"), null=True, blank=True)
    again_percent = models.PositiveSmallIntegerField(
        _("what a second activity for the same need counts, %"), default=0
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    result = models.JSONField(null=True, blank=True)  # what the analysis said
    result_of = models.CharField(max_length=64, blank=True)  # fingerprint of the question that it answers
    solved_at = models.DateTimeField(_("computed"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="choice_days_in_order",
            ),
            models.CheckConstraint(condition=Q(again_percent__lte=100), name="choice_again_percent"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme:choice", args=[self.pk])

    @property
    def is_recorded(self) -> bool:
        return ChoiceDecision.objects.filter(choice=self).exists()


class ChoiceWeight(models.Model):
    """How much a need weighs in a choice: as its evidence says, or changed for a reason."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="weights")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="weights")
    weight = models.PositiveIntegerField(_("weight"))
    from_evidence = models.PositiveIntegerField(_("weight by the evidence"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("weight of a need")
        verbose_name_plural = _("weights of needs")
        ordering = ["choice", "-weight", "need"]
        constraints = [
            models.UniqueConstraint(fields=["choice", "need"], name="choice_weight_once"),
            models.CheckConstraint(
                condition=Q(from_evidence__isnull=True) | Q(weight=F("from_evidence")) | ~Q(reason=""),
                name="choice_weight_changed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.weight}"


class ChoiceLine(models.Model):
    """How much of a budget line the choice may spend."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="lines")
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="choice_lines")
    amount_eur = models.DecimalField(_("at most, EUR"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("limit of a budget line")
        verbose_name_plural = _("limits of budget lines")
        ordering = ["choice", "budget_line"]
        constraints = [
            models.UniqueConstraint(fields=["choice", "budget_line"], name="choice_line_once"),
            models.CheckConstraint(condition=Q(amount_eur__gte=Decimal(0)), name="choice_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.budget_line}: {self.amount_eur}"


class ChoiceLock(models.Model):
    """A candidate that is in, or out, whatever the computation would say."""

    class Kind(models.TextChoices):
        IN = "in", pgettext_lazy("choosing", "always in")
        OUT = "out", pgettext_lazy("choosing", "left out")

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="locks")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="locks")
    kind = models.CharField(_("kind"), max_length=3, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        ordering = ["choice", "candidate"]
        constraints = [models.UniqueConstraint(fields=["choice", "candidate"], name="choice_lock_once")]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.get_kind_display()}"


class Recorded(models.Model):
    """What is written once: a second save or a deletion is refused."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError(_("A recorded choice does not change. Make a new choice."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("A recorded choice does not change. Make a new choice."))


class ChoiceDecision(Recorded):
    """Who decided what and why; what was changed by hand against the computed best stands in the items."""

    choice = models.OneToOneField(Choice, on_delete=models.PROTECT, related_name="decision")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"))
    reason = models.TextField(_("why this is held"))
    by_hand_reason = models.TextField(_("why it differs from the computed best"), blank=True)
    value = models.PositiveBigIntegerField()
    best_value = models.PositiveBigIntegerField()
    best_thinkable = models.PositiveBigIntegerField()
    broken = models.JSONField(default=list)  # limits that the decision does not keep
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("recorded choice")
        verbose_name_plural = _("recorded choices")
        ordering = ["-decided_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_of_a_choice_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.choice}, {self.decided_at:%Y-%m-%d}"


class ChoiceDecisionItem(Recorded):
    """One candidate in a recorded choice, and the activity that came of it."""

    decision = models.ForeignKey(ChoiceDecision, on_delete=models.PROTECT, related_name="items")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="decision_items")
    is_held = models.BooleanField(_("held"))
    was_best = models.BooleanField(_("in the computed best"))
    activity = models.OneToOneField(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="chosen_as"
    )

    class Meta:
        verbose_name = _("candidate of a recorded choice")
        verbose_name_plural = _("candidates of recorded choices")
        ordering = ["decision", "candidate"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "candidate"], name="decision_item_once"),
            models.CheckConstraint(
                condition=Q(is_held=True) | Q(activity__isnull=True), name="decision_item_activity_is_held"
            ),
        ]

    def __str__(self) -> str:
        return str(self.candidate)

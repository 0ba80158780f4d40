"""The asaichi board of a unit, day by day. Figures of the unit alone; people means capacity and learning."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models import Unit


class BoardDay(models.Model):
    """What stood on the board on a day."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="board_days")
    on = models.DateField(_("day"))
    oldest_days = models.PositiveIntegerField(_("oldest open case, days"), null=True, blank=True)
    oldest_what = models.CharField(_("what it waits for"), max_length=160, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("day of a board")
        verbose_name_plural = _("days of boards")
        ordering = ["unit", "-on"]
        constraints = [models.UniqueConstraint(fields=["unit", "on"], name="board_day_once")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.on:%Y-%m-%d}"


class BoardEntry(models.Model):
    """One of the four columns on a day: a figure or a sentence, and how it stands."""

    class Column(models.TextChoices):
        TIME = "time", pgettext_lazy("board", "Time")
        QUALITY = "quality", pgettext_lazy("board", "Quality")
        PEOPLE = "people", pgettext_lazy("board", "People")
        COST = "cost", pgettext_lazy("board", "Cost")

    class Light(models.TextChoices):
        GREEN = "green", pgettext_lazy("board", "as agreed")
        AMBER = "amber", pgettext_lazy("board", "watch it")
        RED = "red", pgettext_lazy("board", "act now")

    day = models.ForeignKey(BoardDay, on_delete=models.CASCADE, related_name="entries")
    column = models.CharField(_("column"), max_length=7, choices=Column.choices)
    text = models.CharField(_("figure or sentence"), max_length=120)
    light = models.CharField(_("how it stands"), max_length=5, choices=Light.choices)

    class Meta:
        verbose_name = _("column of a board")
        verbose_name_plural = _("columns of boards")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["day", "column"], name="board_column_once_a_day"),
            models.CheckConstraint(condition=~Q(text=""), name="board_entry_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_column_display()}: {self.text}"


class BoardProblem(models.Model):
    """One of the three problems that the unit works on; solved ones stay in the history."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="board_problems")
    place = models.PositiveSmallIntegerField(_("place"))  # 1 to 3
    text = models.CharField(_("problem"), max_length=200)
    opened_on = models.DateField(_("since"))
    solved_on = models.DateField(_("solved on"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("problem of a unit")
        verbose_name_plural = _("problems of units")
        ordering = ["unit", "place", "-opened_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "place"], condition=Q(solved_on__isnull=True), name="board_three_problems"
            ),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=3), name="board_problem_place"),
            models.CheckConstraint(
                condition=Q(solved_on__isnull=True) | Q(solved_on__gte=F("opened_on")),
                name="board_problem_days_in_order",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="board_problem_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Escalation(models.Model):
    """A problem that the unit cannot solve alone was carried on; what came of it is written down."""

    class Level(models.TextChoices):
        INSTITUTION = "institution", pgettext_lazy("escalation", "head of the institution")
        COOPERATION = "cooperation", pgettext_lazy("escalation", "the cooperation")

    problem = models.ForeignKey(BoardProblem, on_delete=models.CASCADE, related_name="escalations")
    level = models.CharField(_("carried to"), max_length=11, choices=Level.choices)
    raised_at = models.DateTimeField(_("carried on"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    outcome = models.CharField(_("what came of it"), max_length=400, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["problem", "raised_at"]
        constraints = [
            models.UniqueConstraint(fields=["problem", "level"], name="escalation_once_per_level"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="escalation_answered_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.problem} → {self.get_level_display()}"


class BoardAction(models.Model):
    """What the unit does about it: by which post, until when."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="board_actions")
    what = models.CharField(_("what is to be done"), max_length=200)
    owner_post = models.CharField(_("post that does it"), max_length=120)
    due_on = models.DateField(_("by when"))
    agreed_on = models.DateField(_("agreed on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("action of a board")
        verbose_name_plural = _("actions of boards")
        ordering = ["unit", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="board_action_says_something"),
            models.CheckConstraint(condition=~Q(owner_post=""), name="board_action_has_a_post"),
        ]

    def __str__(self) -> str:
        return self.what

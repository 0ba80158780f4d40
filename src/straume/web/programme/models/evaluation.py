"""What people said on the day (level 1), what a group knew before and after (level 2). No sheet has a name.

Sheets have a random key, no time and no person. `salt` makes the marks that keep a device, a slip or a code
from being counted twice; it is erased when the round closes, and from then on nobody can try a guess
against a mark (docs/decisions/0087-evaluation-and-coaching.md).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.programme.models.activities import Activity


class ReactionRound(models.Model):
    """The room is asked on the day: one link, opened once and closed once."""

    class Way(models.TextChoices):
        DEVICE = "device", _("one answer from each phone")
        SLIP = "slip", _("one answer with each printed slip")

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="reaction")
    token = models.CharField(_("address"), max_length=40, unique=True)
    way = models.CharField(_("how it is counted"), max_length=8, choices=Way.choices, default=Way.DEVICE)
    salt = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("reaction on the day")
        verbose_name_plural = _("reactions on the day")
        ordering = ["opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(salt=""), name="reaction_closed_without_salt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}"


class ReactionSlip(models.Model):
    """A printed slip with a code, drawn by hand: nobody knows who drew which."""

    round = models.ForeignKey(ReactionRound, on_delete=models.CASCADE, related_name="slips")
    code = models.CharField(_("code"), max_length=12)

    class Meta:
        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="slip_code_once")]

    def __str__(self) -> str:
        return self.code


class ReactionSheet(models.Model):
    """One person's reaction: scale name → 1–5, and what they wrote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ReactionRound, on_delete=models.CASCADE, related_name="sheets")
    mark = models.CharField(max_length=64)
    answers = models.JSONField(_("answers"), default=dict)
    words = models.CharField(_("in own words"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "mark"], name="reaction_once_per_mark")]

    def __str__(self) -> str:
        return f"{self.round}"


class Quiz(models.Model):
    """The trainer's questions of one module, the same before and after."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="quiz")
    made_at = models.DateTimeField(_("made"))
    salt = models.CharField(max_length=64, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("test before and after")
        verbose_name_plural = _("tests before and after")
        ordering = ["activity"]

    def __str__(self) -> str:
        return f"{self.activity}"

    def is_frozen(self) -> bool:
        """Once it was asked its questions stay: before and after are the same test."""
        return self.rounds.exists()


class QuizQuestion(models.Model):
    class Kind(models.TextChoices):
        ONE = "one", _("one answer is right")
        MANY = "many", _("several answers are right")

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.ONE)
    text = models.CharField(_("question"), max_length=300)  # in three languages, see translation.py

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["quiz", "number"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "number"], name="quiz_question_number_once"),
        ]

    def __str__(self) -> str:
        return self.text


class QuizChoice(models.Model):
    question = models.ForeignKey(QuizQuestion, on_delete=models.CASCADE, related_name="choices")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("answer"), max_length=200)  # in three languages
    is_right = models.BooleanField(_("right"), default=False)

    class Meta:
        verbose_name = _("possible answer")
        verbose_name_plural = _("possible answers")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="quiz_choice_number_once"),
        ]

    def __str__(self) -> str:
        return self.text


class QuizRound(models.Model):
    """The test is open to the room, before or after."""

    class Moment(models.TextChoices):
        BEFORE = "before", pgettext_lazy("test", "before")
        AFTER = "after", pgettext_lazy("test", "after")

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="rounds")
    moment = models.CharField(_("when"), max_length=6, choices=Moment.choices)
    token = models.CharField(_("address"), max_length=40, unique=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("round of a test")
        verbose_name_plural = _("rounds of a test")
        ordering = ["quiz", "opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "moment"], name="quiz_moment_once"),
            models.CheckConstraint(condition=Q(moment__in=["before", "after"]), name="quiz_moment_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz} {self.get_moment_display()}"


class QuizSheet(models.Model):
    """Somebody's answers: question → choices, by number. `pair` joins before and after, nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(QuizRound, on_delete=models.CASCADE, related_name="sheets")
    pair = models.CharField(max_length=64, null=True, blank=True)
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("sheet of a test")
        verbose_name_plural = _("sheets of a test")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "pair"], name="quiz_pair_once_per_round")]

    def __str__(self) -> str:
        return f"{self.round}"

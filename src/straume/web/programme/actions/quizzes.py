"""Tests before and after: questions written, rounds opened and closed, sheets taken without a name."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from straume.web.places.once import once
from straume.web.programme import marks
from straume.web.programme.models import (
    Activity,
    Quiz,
    QuizChoice,
    QuizQuestion,
    QuizRound,
    QuizSheet,
)

CLOSES_AFTER = timedelta(days=14)  # a round that nobody closed
LANGUAGES = ("lv", "lt", "en")


class Refused(Exception):
    """Why it did not go, in a sentence."""


@dataclass(frozen=True)
class Written:
    """A question as its writer gave it: texts by language, and its answers in the order of the page."""

    kind: str
    texts: Mapping[str, str]
    choices: Sequence[tuple[Mapping[str, str], bool]]  # (texts by language, is right)


def quiz_of(*, activity: Activity, now: datetime) -> Quiz:
    return once(
        lambda: Quiz.objects.create(activity=activity, made_at=now),
        lambda: Quiz.objects.filter(activity=activity).first(),
    )


@transaction.atomic
def write_question(*, quiz: Quiz, written: Written, question: QuizQuestion | None = None) -> QuizQuestion:
    """Add a question, or write one anew; refused once the test was asked."""
    _require_unasked(quiz)
    if question is None:
        last = quiz.questions.order_by("-number").values_list("number", flat=True).first() or 0
        question = QuizQuestion(quiz=quiz, number=last + 1)
    question.kind = written.kind
    for code, text in written.texts.items():
        setattr(question, f"text_{code}", text)
    question.save()
    question.choices.all().delete()
    for number, (texts, is_right) in enumerate(written.choices, start=1):
        said = {f"text_{code}": text for code, text in texts.items()}
        QuizChoice.objects.create(question=question, number=number, is_right=is_right, **said)
    return question


@transaction.atomic
def remove_question(*, question: QuizQuestion) -> None:
    _require_unasked(question.quiz)
    question.delete()


def _require_unasked(quiz: Quiz) -> None:
    if QuizRound.objects.select_for_update().filter(quiz=quiz).exists():
        raise Refused(_("The test has been asked: its questions stay, so that before and after compare."))


@transaction.atomic
def open_round(*, quiz: Quiz, moment: str, now: datetime) -> QuizRound:
    """Before, then after. Opening the second closes the first."""
    if not quiz.questions.exists():
        raise Refused(_("Write at least one question first."))
    if moment == QuizRound.Moment.AFTER:
        if not quiz.rounds.filter(moment=QuizRound.Moment.BEFORE).exists():
            raise Refused(_("First ask before the training: there would be nothing to compare with."))
        quiz.rounds.filter(moment=QuizRound.Moment.BEFORE, closed_at=None).update(closed_at=now)
    elif not quiz.rounds.exists():
        Quiz.objects.filter(pk=quiz.pk, salt="").update(salt=marks.new_salt())
    return once(
        lambda: QuizRound.objects.create(quiz=quiz, moment=moment, token=marks.new_token(), opened_at=now),
        lambda: QuizRound.objects.filter(quiz=quiz, moment=moment).first(),
    )


@transaction.atomic
def close_round(*, opened: QuizRound, now: datetime) -> bool:
    """Close for good; with the second round the salt goes, and no code can be tried any more."""
    closed = QuizRound.objects.filter(pk=opened.pk, closed_at=None).update(closed_at=now)
    if opened.moment == QuizRound.Moment.AFTER:
        Quiz.objects.filter(pk=opened.quiz_id).update(salt="")
    return bool(closed)


def close_forgotten(now: datetime) -> int:
    """A duty: an “after” that nobody closed. A “before” stays open until its “after” opens."""
    forgotten = QuizRound.objects.filter(
        closed_at=None, moment=QuizRound.Moment.AFTER, opened_at__lte=now - CLOSES_AFTER
    )
    return sum(close_round(opened=one, now=now) for one in forgotten)


def take_sheet(*, token: str, key: uuid.UUID, code: str, answers: Mapping[str, Sequence[int]]) -> QuizSheet:
    """Keep a sheet, once for each form; the key of the form is its own, drawn by chance."""
    try:
        with transaction.atomic():
            opened = QuizRound.objects.select_for_update().filter(token=token, closed_at=None).first()
            if opened is None:
                raise Refused(_("The test is closed."))
            given = {question: list(chosen) for question, chosen in answers.items()}
            pair = marks.mark(salt=opened.quiz.salt, what=marks.plain(code)) if code else None
            return once(
                lambda: QuizSheet.objects.create(id=key, round=opened, pair=pair, answers=given),
                lambda: QuizSheet.objects.filter(pk=key, round=opened).first(),
            )
    except IntegrityError:
        raise Refused(
            _("With this code the test was already done. Take another code, or leave it empty.")
        ) from None

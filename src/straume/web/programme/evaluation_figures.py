"""What was answered in activities, gathered for the ladder; small groups are left out of every sum.

Only closed rounds count: figures that move with each answer would tell who said what. An activity with fewer
than five answers stands in no sum either, so that nobody gets it by subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from straume.lean.protect import SMALLEST_GROUP
from straume.web.programme import evaluation_analysis as analysis
from straume.web.programme.evaluation_analysis import Difference, Share
from straume.web.programme.models import (
    QuizChoice,
    QuizQuestion,
    QuizRound,
    QuizSheet,
    ReactionSheet,
    TryCard,
    TryOutcome,
    UseSheet,
)
from straume.web.programme.questions import AGREES_FROM, HINDERED, IN_USE, SCALES

Sheet = Mapping[str, int]
Sheets = list[tuple[str | None, dict[str, list[int]]]]  # (pair, number of a question → numbers chosen)


@dataclass(frozen=True)
class Reactions:
    """Of some activities: n answers of those with five or more, and per question the share that agrees."""

    n: int
    left_out: bool  # some activity has answers, but fewer than five
    shares: Mapping[str, Share | None]
    activities: int  # that stand in it


@dataclass(frozen=True)
class Tested:
    """Of some activities: the change, and each question's share of right answers before and after."""

    change: Difference | None
    questions: Sequence[tuple[str, Share | None, Share | None]]
    activities: int


def reactions_of(activity_pks: Iterable[int]) -> Reactions:
    by_activity: dict[int, list[Sheet]] = {}
    rows = ReactionSheet.objects.filter(
        round__activity__in=list(activity_pks), round__closed_at__isnull=False
    )
    for activity_pk, answers in rows.values_list("round__activity", "answers"):
        by_activity.setdefault(activity_pk, []).append(answers)
    large = {pk: sheets for pk, sheets in by_activity.items() if len(sheets) >= SMALLEST_GROUP}
    shares = {}
    for name in SCALES:
        told = [[sheet[name] for sheet in sheets if name in sheet] for sheets in large.values()]
        # a question that few of one activity answered is left out there for the same reason
        values = [value for values in told if len(values) >= SMALLEST_GROUP for value in values]
        shares[name] = analysis.agreeing(values, from_step=AGREES_FROM)
    return Reactions(
        n=sum(map(len, large.values())),
        left_out=len(large) < len(by_activity),
        shares=shares,
        activities=len(large),
    )


def tests_of(activity_pks: Iterable[int]) -> Tested:
    """The change of one activity, or pooled over those that each have five pairs."""
    pks = list(activity_pks)
    changes, pairs = [], []
    questions: list[tuple[str, Share | None, Share | None]] = []
    for quiz_pk in closed_quizzes(pks):
        right = right_answers(quiz_pk)
        before, after = (sheets_of(quiz_pk, moment) for moment in QuizRound.Moment.values)
        scored = [
            [(pair, analysis.score(answers=a, right=right)) for pair, a in part] for part in (before, after)
        ]
        coded = [{pair: value for pair, value in part if pair} for part in scored]
        alone = [[value for pair, value in part if not pair] for part in scored]
        found = analysis.change(before=coded[0], after=coded[1], alone=(alone[0], alone[1]))
        if found is None:
            continue
        changes.append(found)
        if found.method == "paired":
            pairs += [(coded[0][pair], coded[1][pair]) for pair in coded[0].keys() & coded[1].keys()]
        questions = question_shares(quiz_pk, right, before, after)
    if len(pks) == 1 or len(changes) == 1:
        return Tested(changes[0] if changes else None, questions, len(changes))
    return Tested(analysis.pooled(pairs), [], sum(one.method == "paired" for one in changes))


def closed_quizzes(activity_pks: Sequence[int]) -> list[int]:
    """Tests whose both rounds are closed."""
    rounds = QuizRound.objects.filter(quiz__activity__in=activity_pks, closed_at__isnull=False)
    closed = rounds.filter(moment=QuizRound.Moment.AFTER).values("quiz")
    return list(
        rounds.filter(moment=QuizRound.Moment.BEFORE, quiz__in=closed)
        .order_by("quiz")
        .values_list("quiz", flat=True)
    )


def right_answers(quiz_pk: int) -> dict[str, list[int]]:
    """Number of a question → numbers of its right answers."""
    right: dict[str, list[int]] = {}
    rows = QuizChoice.objects.filter(question__quiz=quiz_pk).order_by("question__number", "number")
    for question, choice, is_right in rows.values_list("question__number", "number", "is_right"):
        right.setdefault(str(question), [])
        if is_right:
            right[str(question)].append(choice)
    return right


def sheets_of(quiz_pk: int, moment: str) -> Sheets:
    rows = QuizSheet.objects.filter(round__quiz=quiz_pk, round__moment=moment)
    return list(rows.values_list("pair", "answers"))


def question_shares(
    quiz_pk: int, right: Mapping[str, list[int]], before: Sheets, after: Sheets
) -> list[tuple[str, Share | None, Share | None]]:
    shares = []
    for question in QuizQuestion.objects.filter(quiz=quiz_pk):
        key = str(question.number)
        hits = [
            [set(answers.get(key, ())) == set(right.get(key, ())) for _pair, answers in part]
            for part in (before, after)
        ]
        first, second = (analysis.share_of(count=sum(part), n=len(part)) for part in hits)
        shares.append((str(question), first, second))
    return shares


@dataclass(frozen=True)
class Use:
    """After so many months: how many answered, and the share of them that uses it."""

    months: int
    n: int
    left_out: bool
    share: Share | None
    activities: int


def use_of(activity_pks: Iterable[int], months: int) -> Use:
    by_activity: dict[int, list[bool]] = {}
    rows = UseSheet.objects.filter(
        round__activity__in=list(activity_pks), round__months=months, round__closed_at__isnull=False
    )
    for activity_pk, answers in rows.values_list("round__activity", "answers"):
        by_activity.setdefault(activity_pk, []).append(answers.get("use") in IN_USE)
    large = [told for told in by_activity.values() if len(told) >= SMALLEST_GROUP]
    said = [use for told in large for use in told]
    return Use(
        months=months,
        n=len(said),
        left_out=len(large) < len(by_activity),
        share=analysis.share_of(count=sum(said), n=len(said)),
        activities=len(large),
    )


def cards_tried(activity_pks: Iterable[int]) -> Share | None:
    """Of the cards of these activities the share that was tried, also where it became the standard."""
    cards = TryCard.objects.filter(activity__in=list(activity_pks)).annotate(
        newest=Subquery(
            TryOutcome.objects.filter(card=OuterRef("pk")).order_by("-said_on", "-pk").values("became")[:1]
        )
    )
    states = list(cards.values_list("newest", flat=True))
    tried = sum(state in (TryOutcome.Became.TRIED, TryOutcome.Became.STANDARD) for state in states)
    return analysis.share_of(count=tried, n=len(states))


def hindrances_of(activity_pk: int, months: int) -> list[tuple[str, Share | None]]:
    """Of one activity's closed round: each hindrance and the share that named it; none under five answers."""
    sheets = UseSheet.objects.filter(
        round__activity=activity_pk, round__months=months, round__closed_at__isnull=False
    )
    named = [set(answers.get("hindered", ())) for answers in sheets.values_list("answers", flat=True)]
    if len(named) < SMALLEST_GROUP:
        return []
    return [
        (code, analysis.share_of(count=sum(code in one for one in named), n=len(named))) for code in HINDERED
    ]

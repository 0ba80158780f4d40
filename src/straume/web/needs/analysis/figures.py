"""The figures of each question for everybody who answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from straume.lean.ask.estimates import AskedMean, AskedShare, mean, share
from straume.lean.ask.weights import design_effect
from straume.lean.protect import SMALLEST_GROUP, is_small, shown, shown_parts
from straume.web.needs.analysis.sheets import Flags, Floats, Question, Read

# a mean to one decimal says nothing of a hidden choice when so many answered (docs/methods/survey-hidden.md)
MEAN_BESIDE_HIDDEN = 100


@dataclass(frozen=True)
class ChoiceFigure:
    """A choice: its share, or None where fewer than five chose it (or it would give such a one away)."""

    name: str
    label: str
    share: AskedShare | None = None
    mean_place: AskedMean | None = None  # of a ranking


@dataclass(frozen=True)
class QuestionFigure:
    """What everybody said. `few`: fewer than five answered, nothing is shown."""

    question: Question
    n: int
    few: bool
    choices: tuple[ChoiceFigure, ...] = ()
    mean: AskedMean | None = None
    cannot_say: int | None = None  # answers without a value, where they are five or more


def figures(data: Read) -> tuple[QuestionFigure, ...]:
    return tuple(figure(data, question) for question in data.questions)


def figure(data: Read, question: Question) -> QuestionFigure:
    kind = question.item.type
    if kind == "many":
        return _several(data, question)
    if kind == "rank":
        return _ranking(data, question)
    if kind == "number":
        return _number(data, question)
    return _one(data, question)


def mean_of(
    data: Read, values: Floats, within: Flags, bounds: tuple[float, float] | None
) -> AskedMean | None:
    weighting = data.weighting
    return mean(
        values=values[within],
        weights=weighting.weights[within],
        strata=weighting.of[within],
        fractions=weighting.fractions[within],
        bounds=bounds,
    )


def share_of(data: Read, chosen: Flags, within: Flags) -> AskedShare | None:
    weighting = data.weighting
    return share(
        chosen=chosen[within], weights=weighting.weights[within], fractions=weighting.fractions[within]
    )


def _one(data: Read, question: Question) -> QuestionFigure:
    at = data.chosen(question)
    answered = at >= 0
    n = int(answered.sum())
    if n < SMALLEST_GROUP:
        return QuestionFigure(question, n, few=True)
    counts = np.bincount(at[answered], minlength=len(question.cells))
    parts = shown_parts(counts.tolist())
    if question.is_scale and None in parts and n < MEAN_BESIDE_HIDDEN:
        parts = (None,) * len(parts)  # the mean is shown, so that choices would tell of each other
    choices = tuple(
        ChoiceFigure(
            choice.name,
            choice.said(),
            None if parts[number] is None else share_of(data, at == number, answered),
        )
        for number, choice in enumerate(question.cells)
    )
    value = mean_of(data, data.values(question), answered, question.ends) if question.is_scale else None
    without = shown(int((at == -2).sum()))
    return QuestionFigure(question, n, few=False, choices=choices, mean=value, cannot_say=without or None)


def _several(data: Read, question: Question) -> QuestionFigure:
    chosen, answered = data.several(question)
    n = int(answered.sum())
    if n < SMALLEST_GROUP:
        return QuestionFigure(question, n, few=True)
    choices = []
    for number, choice in enumerate(question.cells):
        count = int(chosen[answered, number].sum())
        hidden = is_small(count) or is_small(n - count)
        told = None if hidden else share_of(data, chosen[:, number], answered)
        choices.append(ChoiceFigure(choice.name, choice.said(), told))
    return QuestionFigure(question, n, few=False, choices=tuple(choices))


def _ranking(data: Read, question: Question) -> QuestionFigure:
    places = data.orders(question)
    answered = ~np.isnan(places).all(axis=1)
    n = int(answered.sum())
    if n < SMALLEST_GROUP:
        return QuestionFigure(question, n, few=True)
    choices = []
    for number, choice in enumerate(question.cells):
        there = ~np.isnan(places[:, number])
        told = mean_of(data, places[:, number], there, (1, len(question.cells)))
        choices.append(
            ChoiceFigure(
                choice.name, choice.said(), mean_place=told if there.sum() >= SMALLEST_GROUP else None
            )
        )
    return QuestionFigure(question, n, few=False, choices=tuple(choices))


def _number(data: Read, question: Question) -> QuestionFigure:
    values = data.values(question)
    answered = ~np.isnan(values)
    n = int(answered.sum())
    if n < SMALLEST_GROUP:
        return QuestionFigure(question, n, few=True)
    return QuestionFigure(question, n, few=False, mean=mean_of(data, values, answered, None))


def weight_effect(data: Read) -> float:
    """By how much the weights widen every interval (Kish's design effect)."""
    return design_effect(data.weighting.weights)

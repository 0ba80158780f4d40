"""Needs: importance × gap of each topic, problem areas and training needs apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from straume.lean.ask.needs import NeedEstimate, needs
from straume.web.needs.analysis.breakdown import shown_groups
from straume.web.needs.analysis.sheets import Flags, Group, Question, Read
from straume.web.needs.models import Need

SEED = 1980  # the same answers give the same figures
FIRST = 3
POINTS = 100.0


@dataclass(frozen=True)
class Ranked:
    """A topic with its need [points: −100 to 100]; importance and present on the scale of the question."""

    kind: str
    label: str
    about: Question  # the question of importance
    present_about: Question
    importance: float
    present: float
    scale: tuple[float, float]
    need: float
    low: float
    high: float
    rank_low: int
    rank_high: int
    among_first: float
    of: int  # topics of its kind
    n: int

    @property
    def gap(self) -> float:
        return self.importance - self.present


@dataclass(frozen=True)
class _Topic:
    importance: Question
    present: Question


def ranked(data: Read) -> dict[str, tuple[Ranked, ...]]:
    """Kind of need → its topics, the greatest need first."""
    return _ranked(data, data.groups[0])


def ranked_in(data: Read, group: Group) -> dict[str, tuple[Ranked, ...]]:
    """The same for one group; topics on which the group may not be shown are left out."""
    return _ranked(data, group)


def _ranked(data: Read, group: Group) -> dict[str, tuple[Ranked, ...]]:
    return {kind: _of_kind(data, kind, group) for kind in Need.Kind.values}


def topics(data: Read, kind: str) -> list[_Topic]:
    asked: dict[str, dict[str, Question]] = {}
    kinds: dict[str, str] = {}
    for question in data.questions:
        if not question.item.measures:
            continue
        topic = question.row or question.item.topic
        asked.setdefault(topic, {})[question.item.measures] = question
        kinds[topic] = kinds.get(topic) or question.item.need_kind
    return [
        _Topic(both["importance"], both["present"])
        for topic, both in asked.items()
        if len(both) == 2 and (kinds[topic] or Need.Kind.PROBLEM.value) == kind
    ]


def _of_kind(data: Read, kind: str, group: Group) -> tuple[Ranked, ...]:
    found = [one for one in topics(data, kind) if _may_be_shown(data, one, group)]
    within = group.members
    if not found or not within.any():
        return ()
    weighting = data.weighting
    estimates = needs(
        importance=_columns(data, [one.importance for one in found])[within],
        present=_columns(data, [one.present for one in found])[within],
        weights=weighting.weights[within],
        strata=weighting.of[within],
        fractions=weighting.fractions[within],
        seed=SEED,
        first=FIRST,
    )
    return tuple(_said(estimate, found, kind, len(estimates)) for estimate in estimates)


def _may_be_shown(data: Read, topic: _Topic, group: Group) -> bool:
    if group.code == "all":
        return True
    return shown_groups(data, pairs(data, topic))[group.code]


def pairs(data: Read, topic: _Topic) -> Flags:
    """Who answered both questions of the topic."""
    return ~(np.isnan(data.values(topic.importance)) | np.isnan(data.values(topic.present)))


def _columns(data: Read, questions: list[Question]) -> np.ndarray:
    """Answers from nought (the scale's lower end) to one (its upper end)."""
    columns = []
    for question in questions:
        low, high = question.ends
        columns.append((data.values(question) - low) / (high - low))
    return np.stack(columns, axis=1)


def _said(estimate: NeedEstimate, found: list[_Topic], kind: str, of: int) -> Ranked:
    topic = found[estimate.topic]
    low, high = topic.importance.ends
    return Ranked(
        kind=kind,
        label=topic.importance.label,
        about=topic.importance,
        present_about=topic.present,
        importance=low + estimate.importance * (high - low),
        present=low + estimate.present * (high - low),
        scale=(low, high),
        need=estimate.need * POINTS,
        low=estimate.low * POINTS,
        high=estimate.high * POINTS,
        rank_low=estimate.rank_low,
        rank_high=estimate.rank_high,
        among_first=estimate.among_first,
        of=of,
        n=estimate.n,
    )

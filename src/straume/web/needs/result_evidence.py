"""A result as the evidence of a need: question, n, figure of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from straume.web.needs import analysis
from straume.web.needs.actions.records import Evidence
from straume.web.needs.analysis import Ranked, Read
from straume.web.needs.models import Need


@dataclass(frozen=True)
class Found:
    kind: str
    label: Mapping[str, str]
    evidence: Evidence


def evidence_of(data: Read, key: str, choice: str = "") -> Found | None:
    """Of a topic (its question of importance), or of one choice; None where nothing may be shown."""
    if choice:
        return _of_choice(data, key, choice)
    for found in analysis.ranked(data).values():
        for one in found:
            if one.about.key == key:
                return of_topic(one)
    return None


def of_topic(one: Ranked) -> Found:
    question = one.about
    row = question.item.row(question.row) if question.row else None
    figure = {
        "method": "need",
        "value": one.need,
        "low": one.low,
        "high": one.high,
        "importance": one.importance,
        "present": one.present,
        "scale_high": one.scale[1],
        "rank_low": one.rank_low,
        "rank_high": one.rank_high,
        "of": one.of,
    }
    label = row.label if row else question.item.label
    return Found(one.kind, label, Evidence(question.item.name, question.row, one.n, figure))


def _of_choice(data: Read, key: str, choice: str) -> Found | None:
    question = data.question(key)
    if question is None or question.row or question.item.type not in ("one", "many"):
        return None
    figure = analysis.figure(data, question)
    chosen = next((one for one in figure.choices if one.name == choice and one.share), None)
    known = question.item.choice(choice)
    if chosen is None or chosen.share is None or known is None:
        return None
    share = chosen.share
    said = {"method": "share", "value": share.value, "low": share.low, "high": share.high}
    kind = question.item.need_kind or Need.Kind.PROBLEM.value
    return Found(kind, known.label, Evidence(question.item.name, choice, share.n, said))

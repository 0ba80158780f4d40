"""The A3 sheet: one landscape page, the problem on the left, the plan on the right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from straume.lean.assess.records import Assessment, Finding
from straume.lean.stream.records import ValueStream
from straume.web.reports import render
from straume.web.reports.pictures import fitted_form, fitted_scale, paper, stream_map, thinned, time_bar
from straume.words import a3 as words
from straume.words import assessment as assessment_words
from straume.words import clocks, map_limits
from straume.words import findings as finding_words
from straume.words import reports as report_words
from straume.words import waiting as waiting_words
from straume.words.format import date as date_said
from straume.words.format import hours_per_year

QUESTIONS = 5
BAR_WIDTH = 1120.0
LEAST_BAR_HEIGHT_PT = 61.0
WAITS_PT = 17.0  # the line under the bar that says why it waits; it takes from the map's room
MAP_FRAME_PT = (555.0, 425.0)  # the frame of the map on the sheet; pages/a3.typ gives it that room
WARNING_HEIGHT_PT = 20.0  # of the sentence above a map that is not to be trusted
LARGEST_MAP_SCALE = 0.9
LEAST_SCALE_OF_ALL = 0.4  # below it rare steps are left out, which the sheet says
LEAST_MAP_SCALE = 0.45  # below it names on a map with lanes would stand under 5.4 pt
FOLLOW_UP_MONTHS = (1, 3, 6)


@dataclass(frozen=True)
class VerdictLine:
    """What people decided about one question, as the sheet prints it. `rank` is the finding's, from 1."""

    rank: int
    choice: str  # eliminate, combine, rearrange, simplify, automate, keep
    reason: str = ""
    law: str = ""  # asks, silent, unknown
    legal_basis: str = ""
    document: str = ""
    decided_by: str = ""  # a post, never a name
    due_on: date | None = None

    @property
    def is_change(self) -> bool:
        return self.choice != "keep"


def a3_pdf(
    assessment: Assessment,
    *,
    title: str,
    institution: str,
    unit: str = "",
    period: str = "",
    lang: str,
    verdicts: Sequence[VerdictLine] = (),
    simulated: bool = False,
    made_on: date,
    promise: str | None = None,
    background: str = "",
    goal: str = "",
    disclaimer: str = "",
) -> bytes:
    """The sheet as PDF/UA-1.

    `period` is said by the caller ("2018. gads") or taken from the assessment; `promise` is the pledge of the
    institution; `disclaimer` follows ours, such as a funder’s. What nobody filled in stays as empty lines.
    """
    values = {
        "lang": lang,
        "title": title,
        "where": " · ".join(part for part in (institution, unit, period) if part),
        "simulated": simulated,
        "words": words.headings(lang),
        "background": [
            line
            for line in (
                background,
                words.origin(assessment, lang),
                words.legal_promise(assessment, lang),
                promise,
            )
            if line
        ],
        "condition": assessment_words.lead(assessment, lang),
        "figures": words.figures(assessment, lang),
        "no_questions": words.no_questions(lang),
        "questions": _questions(assessment, verdicts, lang),
        "goal": goal,
        "changes": _changes(assessment, verdicts, lang),
        "follow_up": [words.after_months(months, lang) for months in FOLLOW_UP_MONTHS],
        "made": report_words.made_with(assessment, made_on.isoformat(), lang),
        "disclaimer": " ".join(part for part in (words.disclaimer(lang), disclaimer) if part),
        "alt": {},
    }
    bar_height = _bar_height_pt(time_bar(assessment, lang=lang, ink=paper(), width=BAR_WIDTH))
    values["clock"] = clocks.bar_note(assessment, lang)
    values["warning"] = map_limits.warning(assessment, lang)
    values["waits"] = waiting_words.sheet_line(assessment, lang)
    map_height = MAP_FRAME_PT[1] - (bar_height - LEAST_BAR_HEIGHT_PT) - (WAITS_PT if values["waits"] else 0)
    map_height -= WARNING_HEIGHT_PT if values["warning"] else 0.0
    shown = thinned(assessment.stream, fits=partial(_is_legible, height=map_height))
    drawn = [step.name for step in shown.steps]
    values["key"] = words.map_key(map_limits.limits(assessment, lang, drawn=drawn), lang)
    pictures = _pictures(replace(assessment, stream=shown), lang, map_height)
    values["alt"] = {name: alt for name, (_, alt) in pictures.items()}
    values["bar_height"] = bar_height
    values["map_height"] = map_height
    values["map_size"] = _size_pt(pictures["map"][0], map_height) if "map" in pictures else None
    return render.pdf(
        "a3", values, pictures={name: svg for name, (svg, _) in pictures.items()}, made_on=made_on.isoformat()
    )


def _bar_height_pt(svg: str) -> float:
    """What the bar takes on the sheet; where its parts are told by step it takes from the map's room."""
    return (
        max(LEAST_BAR_HEIGHT_PT, _box(svg)[1] * MAP_FRAME_PT[0] / BAR_WIDTH) if svg else LEAST_BAR_HEIGHT_PT
    )


def _is_legible(stream: ValueStream, *, height: float) -> bool:
    return fitted_scale(stream, width=MAP_FRAME_PT[0], height=height) >= LEAST_SCALE_OF_ALL


def _pictures(assessment: Assessment, lang: str, height: float) -> dict[str, tuple[str, str]]:
    """Pictures that there is something to draw in, each with its words for those who do not see it."""
    ink = paper()
    form = fitted_form(assessment.stream, width=MAP_FRAME_PT[0], height=height, least_scale=LEAST_MAP_SCALE)
    drawn = {
        "bar": time_bar(assessment, lang=lang, ink=ink, width=BAR_WIDTH),
        "map": stream_map(assessment, lang=lang, ink=ink, form=form),
    }
    return {name: (svg, report_words.told(svg)) for name, svg in drawn.items() if svg}


def _size_pt(svg: str, frame_height: float) -> list[float]:
    """Width and height at which the map stands in its frame, not blown up where it is small."""
    width, height = _box(svg)
    scale = min(MAP_FRAME_PT[0] / width, frame_height / height, LARGEST_MAP_SCALE)
    return [width * scale, height * scale]


def _box(svg: str) -> tuple[float, float]:
    box = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    assert box is not None
    return float(box[1]), float(box[2])


def _questions(assessment: Assessment, verdicts: Sequence[VerdictLine], lang: str) -> list[dict[str, Any]]:
    by_rank = {verdict.rank: verdict for verdict in verdicts}
    shown = list(enumerate(assessment.findings, start=1))[:QUESTIONS]
    shown += [
        (rank, assessment.findings[rank - 1])
        for rank in sorted(by_rank)
        if QUESTIONS < rank <= len(assessment.findings)
    ]
    return [_question(rank, finding, by_rank.get(rank), lang) for rank, finding in shown[: QUESTIONS + 2]]


def _question(rank: int, finding: Finding, verdict: VerdictLine | None, lang: str) -> dict[str, Any]:
    figures = [finding_words.effect(finding, lang), finding_words.certainty(finding.certainty, lang)]
    return {
        "number": str(rank),
        "question": finding_words.question(finding, lang),
        "evidence": finding_words.evidence(finding, lang),
        "figures": "; ".join(part for part in figures if part),
        "choice": words.verdict_choice(verdict.choice, lang) if verdict else "",
        "reason": verdict.reason if verdict else "",
        "law": words.law_said(verdict.law, verdict.legal_basis, lang) if verdict else "",
    }


def _changes(assessment: Assessment, verdicts: Sequence[VerdictLine], lang: str) -> list[dict[str, str]]:
    changes = []
    for verdict in sorted(verdicts, key=lambda verdict: verdict.rank):
        if not verdict.is_change or not 0 < verdict.rank <= len(assessment.findings):
            continue
        finding = assessment.findings[verdict.rank - 1]
        about = finding.step or finding.unit or finding_words.title(finding.code, lang)
        hours = finding.hours_per_year
        changes.append(
            {
                "number": str(verdict.rank),
                "what": f"{words.verdict_choice(verdict.choice, lang)}: {about}",
                "hours": hours_per_year(hours, lang) if hours is not None else "",
                "document": verdict.document,
                "decides": verdict.decided_by,
                "by_when": date_said(verdict.due_on, lang) if verdict.due_on else "",
            }
        )
    return changes

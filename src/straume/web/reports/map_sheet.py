"""The value stream map on paper: A3, A1 or A0, as PDF/UA-1 or SVG, with the map as a table beside it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from straume.lean.assess.records import Assessment
from straume.lean.stream.layout import lay_out
from straume.lean.stream.records import ValueStream
from straume.web.reports import render
from straume.web.reports.pictures import (
    Form,
    fitted_form,
    fitted_scale,
    paper,
    step_numbers,
    stream_map,
    thinned,
)
from straume.web.reports.pictures.ink import element
from straume.web.reports.pictures.map_poster import Poster, map_poster, map_room
from straume.words import a3 as a3_words
from straume.words import map_limits, terms
from straume.words import map_sheet as words
from straume.words import reports as report_words
from straume.words.format import date as date_said

Paper = Literal["a3", "a1", "a0"]
WIDTH_MM: dict[str, float] = {"a3": 420.0, "a1": 841.0, "a0": 1189.0}
# the smallest names in the boxes [pt]: A3 is read at a table, A1 and A0 at arm's length or from further off
LEAST_TYPE_PT = {"a3": 5.8, "a1": 10.0, "a0": 13.0}
ENOUGH = 0.85  # of the size of a map on a page: from here on fewer bands are better than larger type
NAME_PT = 12.0  # of a name at scale 1 on A3
FONTS = Path(__file__).resolve().parents[1] / "static" / "fonts"
EMBEDDED = {
    "source-sans-3-latin-wght-normal.woff2": "U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212",
    "source-sans-3-latin-ext-wght-normal.woff2": "U+0100-02AF,U+1E00-1EFF,U+20A0-20AB",
}


@dataclass(frozen=True)
class Burst:
    """An idea on the map. `step` is the key of its step, or "" for the map as a whole."""

    text: str
    step: str = ""
    owner: str = ""  # a post, never a name
    due_on: date | None = None
    is_done: bool = False


@dataclass(frozen=True)
class SheetHead:
    """The title block. `state` is a code of `straume.words.map_sheet.state`; `people`: how many told it."""

    title: str
    made_on: date
    institution: str = ""
    unit: str = ""
    state: str = "draft"
    version: str = ""
    people: int | None = None
    simulated: bool = False
    disclaimer: str = ""


def map_sheet_svg(
    assessment: Assessment,
    *,
    head: SheetHead,
    lang: str,
    size: Paper = "a3",
    bursts: Sequence[Burst] = (),
    with_fonts: bool = True,
) -> str:
    """The sheet as one SVG of the size of its paper.

    Parameters: assessment – of a log or of a stream; bursts – ideas, numbered in their order; with_fonts –
    put our fonts into it, so that it looks alike everywhere; needless where they are at hand.
    Returns: SVG with a title and the map in words. Steps that could not be read on this paper are left out,
    the rarest first, which the sheet says.
    """
    shown, form = _shown(assessment, size, head, bursts, lang)
    poster = _poster(shown, form, assessment, head, bursts, lang)
    drawn = stream_map(shown, lang=lang, ink=paper("m"), form=form)
    style = _font_faces() if with_fonts else ""
    return map_poster(poster, drawn, ink=paper("s"), width_mm=WIDTH_MM[size], style=style)


def map_sheet_pdf(
    assessment: Assessment,
    *,
    head: SheetHead,
    lang: str,
    size: Paper = "a3",
    bursts: Sequence[Burst] = (),
) -> bytes:
    """The sheet as PDF/UA-1: the map on its paper, then on A4 the map as a table and the list of ideas."""
    svg = map_sheet_svg(assessment, head=head, lang=lang, size=size, bursts=bursts, with_fonts=False)
    shown, _ = _shown(assessment, size, head, bursts, lang)
    numbers = step_numbers(shown.stream)
    table = words.table(assessment, numbers, _ways(assessment.stream), lang)
    values: dict[str, Any] = {
        "lang": lang,
        "title": head.title,
        "kind": words.kind(lang),
        "where": _where(head),
        "words": words.headings(lang),
        "facts": " · ".join((words.state(head.state, lang), *_facts(assessment, head, lang))),
        "width": WIDTH_MM[size],
        "height": WIDTH_MM[size] / 420.0 * 297.0,
        "alt": report_words.told(svg),
        "columns": table.columns,
        "rows": table.rows,
        "path": words.path(assessment, numbers, lang),
        "ideas": [[str(number), text] for number, text in _ideas(bursts, lang)],
        "strip": words.strip(assessment, lang),
        "made": report_words.made_with(assessment, head.made_on.isoformat(), lang),
    }
    return render.pdf("map_sheet", values, pictures={"sheet": svg}, made_on=head.made_on.isoformat())


def map_table(assessment: Assessment, *, lang: str) -> words.Table:
    """The map as a table: a row for each step, under the numbers that the map gives them."""
    return words.table(assessment, step_numbers(assessment.stream), _ways(assessment.stream), lang)


def map_lines(assessment: Assessment, *, lang: str) -> list[str]:
    """The map as a list of sentences, one for each step, for those who do not see it."""
    return words.lines(assessment, step_numbers(assessment.stream), _ways(assessment.stream), lang)


def _shown(
    assessment: Assessment, size: Paper, head: SheetHead, bursts: Sequence[Burst], lang: str
) -> tuple[Assessment, Form]:
    """What of the stream can be read on this paper, and how it is drawn there."""
    larger = WIDTH_MM[size] / WIDTH_MM["a3"]
    decided = words.decides(assessment.measures)
    form = Form(
        facts=True,
        critical=frozenset(assessment.measures.critical_path) if decided else frozenset(),
        bursts=_by_step(bursts),
    )
    room = map_room(_poster(assessment, form, assessment, head, bursts, lang))

    def fits(stream: ValueStream) -> bool:
        scale = fitted_scale(stream, width=room[0], height=room[1], form=form)
        return scale * NAME_PT * larger >= LEAST_TYPE_PT[size]

    shown = replace(assessment, stream=thinned(assessment.stream, fits=fits))
    least = LEAST_TYPE_PT[size] / (NAME_PT * larger)
    fitted = fitted_form(
        shown.stream, width=room[0], height=room[1], least_scale=least, form=form, enough=ENOUGH
    )
    return shown, fitted


def _poster(
    shown: Assessment, form: Form, whole: Assessment, head: SheetHead, bursts: Sequence[Burst], lang: str
) -> Poster:
    said = words.headings(lang)
    numbers = step_numbers(shown.stream)
    left_out = map_limits.left_out(whole, lang, drawn=[step.name for step in shown.stream.steps])
    made = report_words.made_with(whole, head.made_on.isoformat(), lang)
    key = [(code, terms.value_class(code, lang, agreed=False)) for code in ("value", "necessary", "waste")]
    key.append(("not_judged", terms.value_class(None, lang)))
    key.append(("hand", said["hand_off"]))
    if any(arrow.back for arrow in lay_out(shown.stream).arrows):
        key.append(("back", said["back"]))
    if form.critical:
        key.append(("critical", said["critical"]))
    if bursts:
        key.append(("burst", said["burst"]))
    return Poster(
        kind=words.kind(lang),
        title=head.title,
        where=_where(head),
        state=words.state(head.state, lang),
        facts=tuple(_facts(whole, head, lang)),
        badge=said["simulated"] if head.simulated else "",
        strip=tuple(words.strip(whole, lang)),
        key=tuple(key),
        path=tuple(words.path(whole, numbers, lang)),
        ideas_title=said["bursts"],
        ideas=tuple(_ideas(bursts, lang)),
        more_ideas=partial(words.more_ideas, lang=lang),
        foot=(
            " ".join(part for part in (left_out, made) if part),
            " ".join(part for part in (a3_words.disclaimer(lang), head.disclaimer) if part),
        ),
        told=" ".join(map_lines(shown, lang=lang)),
    )


def _where(head: SheetHead) -> str:
    return " · ".join(part for part in (head.institution, head.unit) if part)


def _facts(assessment: Assessment, head: SheetHead, lang: str) -> list[str]:
    day = date_said(head.made_on, lang)
    first = " · ".join(part for part in (day, head.version) if part)
    return [first, words.basis(assessment, people=head.people, lang=lang)]


def _by_step(bursts: Sequence[Burst]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, one in enumerate(bursts, 1):
        if one.step:
            found[one.step] = (*found.get(one.step, ()), number)
    return found


def _ideas(bursts: Sequence[Burst], lang: str) -> list[tuple[int, str]]:
    """Each idea with its post and its day."""
    told = []
    for number, one in enumerate(bursts, 1):
        day = date_said(one.due_on, lang) if one.due_on else ""
        state = words.headings(lang)["done"] if one.is_done else ""
        more = ", ".join(part for part in (one.owner, day, state) if part)
        told.append((number, f"{one.text} ({more})" if more else one.text))
    return told


def _ways(stream: ValueStream) -> dict[str, list[tuple[str, float]]]:
    """Where each step leads on the map: to steps, or to the answer."""
    layout = lay_out(stream)
    kinds = {box.key: box.kind for box in layout.boxes}
    ahead: dict[str, list[tuple[str, float]]] = {}
    for arrow in layout.arrows:
        ahead.setdefault(arrow.source, []).append((arrow.target, arrow.share))
    return {
        step.key: [
            (key if kinds.get(key) == "step" else "", share) for key, share in _onward(step.key, ahead, kinds)
        ]
        for step in stream.steps
    }


def _onward(
    key: str, ahead: dict[str, list[tuple[str, float]]], kinds: dict[str, Any]
) -> list[tuple[str, float]]:
    """The next steps or ends, through the gateways that stand between."""
    found: list[tuple[str, float]] = []
    stack, seen = [(target, share) for target, share in ahead.get(key, ())], {key}
    while stack:
        target, share = stack.pop(0)
        if kinds.get(target) in ("step", "end"):
            found.append((target, share))
        elif target not in seen:
            seen.add(target)
            stack += [(after, share * part) for after, part in ahead.get(target, ())]
    return found


@cache
def _font_faces() -> str:
    """The fonts of the product inside the picture: a file that is sent on looks as it looked here."""
    faces = []
    for name, letters in EMBEDDED.items():
        data = base64.b64encode((FONTS / name).read_bytes()).decode()
        faces.append(
            "@font-face{font-family:'Source Sans 3';font-weight:200 900;"
            f"src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{letters}}}"
        )
    return element("style", None, "".join(faces))

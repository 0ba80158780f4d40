"""The value stream as people walk it: lanes, steps, hand-offs, loops, and the time under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape

from straume.lean.assess.records import Assessment
from straume.lean.stream.layout import Layout, lay_out
from straume.lean.stream.records import Step, ValueStream
from straume.web.reports.pictures.ink import Ink, arrow, element, filled, picture, text
from straume.web.reports.pictures.map_arrows import drawn_arrows
from straume.web.reports.pictures.map_bands import (
    LANE_LABEL,
    NAME_SIZE,
    NAME_WIDTH,
    Band,
    LaneStrip,
    Place,
    Sheet,
    cut_into_bands,
    name_lines,
)
from straume.web.reports.pictures.map_facts import FACTS, burst_signs, facts_box
from straume.web.reports.pictures.map_times import StepTime, step_times
from straume.web.reports.pictures.widths import cut, text_width, wrapped
from straume.words import reports as words
from straume.words.format import percent

SMALL = 11.5
LANE = 14.0
STRIPE = 7.0
LARGE_ENOUGH = 0.6  # names at 7.2 pt where a frame is measured in points


@dataclass(frozen=True)
class Form:
    """How a map is drawn: in bands of at most this width (None: one), with lanes or with who in each box.

    `facts` – work, wait and yield stand in each box; `critical` – steps that decide how long it takes;
    `bursts` – numbers of ideas by the key of their step.
    """

    max_width: float | None = None
    with_lanes: bool = True
    facts: bool = False
    critical: frozenset[str] = frozenset()
    bursts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def more_height(self) -> float:
        return FACTS if self.facts else 0.0


def stream_map(assessment: Assessment, *, lang: str, ink: Ink, form: Form | None = None) -> str:
    """The map as SVG; in one band with lanes, as wide as it needs, unless a form says otherwise."""
    form = form or Form()
    stream = assessment.stream
    if not stream.steps:
        return ""
    layout = lay_out(stream, with_lanes=form.with_lanes)
    times = step_times(assessment)
    with_times = any(time.known for time in times.values())
    lines = name_lines(step.name for step in stream.steps)
    sheet = cut_into_bands(
        layout, lines=lines, max_width=form.max_width, timeline=with_times, more_height=form.more_height
    )
    steps = {step.key: step for step in stream.steps}
    inside = [
        _lane(strip, sheet, ink, shaded=n % 2 == 0)
        for band in sheet.bands
        for n, strip in enumerate(band.lanes)
    ]
    inside += drawn_arrows(layout, sheet, lang=lang, ink=ink)
    for place in sheet.places.values():
        if place.box.kind == "step":
            inside.append(_step(place, steps[place.box.key], times[place.box.key], form, lang, ink))
        else:
            inside.append(_gate(place, ink))
    if with_times:
        critical = set(assessment.measures.critical_path)
        for band in sheet.bands:
            inside += _timeline(band, sheet, steps, times, critical, lang, ink)
    return picture(
        ink,
        name="map",
        width=sheet.width,
        height=sheet.height,
        title=words.map_title(len(stream.steps), len({box.who for box in layout.boxes if box.who}), lang),
        desc=_told(layout, steps, times, lang),
        inside=inside,
        extra=arrow(ink, "flow", "ink-soft")
        + arrow(ink, "hand", "lake-700")
        + arrow(ink, "back", "lake-500"),
    )


def fitted_form(
    stream: ValueStream,
    *,
    width: float,
    height: float,
    least_scale: float,
    form: Form | None = None,
    enough: float = LARGE_ENOUGH,
) -> Form:
    """The form that stands largest in a frame; without lanes where they would be too small."""
    form = form or Form()
    with_lanes = _largest(stream, form, width, height, enough)
    if with_lanes[0] >= least_scale:
        return replace(form, max_width=with_lanes[1])
    without = _largest(stream, replace(form, with_lanes=False), width, height, enough)
    if without[0] > with_lanes[0]:
        return replace(form, max_width=without[1], with_lanes=False)
    return replace(form, max_width=with_lanes[1])


def fitted_scale(stream: ValueStream, *, width: float, height: float, form: Form | None = None) -> float:
    """How large the map without lanes can stand in a frame at most."""
    return _largest(stream, replace(form or Form(), with_lanes=False), width, height, LARGE_ENOUGH)[0]


def _largest(
    stream: ValueStream, form: Form, width: float, height: float, enough: float
) -> tuple[float, float | None]:
    """Scale and `max_width` of the fewest bands that stand large enough, else of those that stand largest."""
    layout = lay_out(stream, with_lanes=form.with_lanes)
    lines = name_lines(step.name for step in stream.steps)
    more = form.more_height
    whole = cut_into_bands(layout, lines=lines, max_width=None, timeline=True, more_height=more)
    if not whole.bands:
        return 1.0, None
    best, choice = min(width / whole.width, height / whole.height), None
    for pieces in range(2, layout.columns + 1):
        if best >= enough:
            break
        tried = whole.width / pieces + LANE_LABEL
        sheet = cut_into_bands(layout, lines=lines, max_width=tried, timeline=True, more_height=more)
        scale = min(width / sheet.width, height / sheet.height)
        if scale > best:
            best, choice = scale, tried
    return best, choice


def _lane(strip: LaneStrip, sheet: Sheet, ink: Ink, *, shaded: bool) -> str:
    top, height, name = strip.top, strip.height, strip.name
    ground = element(
        "rect",
        {"y": top, "width": sheet.width, "height": height, "fill": ink("mist" if shaded else "paper")},
    )
    lines = wrapped(name, width=LANE_LABEL - 20, size=LANE, lines=4) if name else ()
    first = top + height / 2 - (len(lines) - 1) * 8.5 + 4
    shown = [text(10, first + 17 * n, line, ink, size=LANE) for n, line in enumerate(lines)]
    return element("g", None, element("title", None, escape(name)), ground, *shown) if name else ground


def _step(place: Place, step: Step, time: StepTime, form: Form, lang: str, ink: Ink) -> str:
    x, y = place.x, place.top
    kind = step.value_class or "not_judged"
    box = {"x": x, "y": y, "width": place.width, "height": place.height, "rx": 5}
    stripe = {"x": x + 0.5, "y": y + 0.5, "width": STRIPE, "height": place.height - 1, "rx": 3}
    inside = [
        element("title", None, escape(words.step_told(step, time.touch_minutes, lang))),
        element("rect", {**box, "fill": ink("paper"), **_outline(step, form, ink)}),
        filled(kind, ink, stripe),
    ]
    left = x + STRIPE + 5
    marks = " ".join(
        [*(["§"] if step.legal_basis else []), *([percent(step.share, lang)] if step.share < 0.995 else [])]
    )
    number = f"{place.box.number}"
    inside.append(text(left, y + 13, number, ink, size=SMALL, colour="ink-soft", font_weight=600))
    if place.box.who != place.box.lane:
        begins, ends = left + text_width(number, SMALL) + 6, place.right - 8 - text_width(marks, SMALL)
        who = cut(place.box.who, width=ends - begins, size=10)
        inside.append(text(begins, y + 13, who, ink, size=10, colour="lake-700"))
    if marks:
        inside.append(
            text(place.right - 5, y + 13, marks, ink, size=SMALL, colour="ink-soft", text_anchor="end")
        )
    facts = "" if form.facts else _facts(step, time, lang)
    room = int((place.height - form.more_height - 27 - (18 if facts else 4)) // 13.5) + 1
    lines = wrapped(step.name, width=NAME_WIDTH, size=NAME_SIZE, lines=room)
    inside += [text(left, y + 27 + 13.5 * n, line, ink, size=NAME_SIZE) for n, line in enumerate(lines)]
    if facts:
        shown = cut(facts, width=place.right - left - 3, size=SMALL)
        inside.append(text(left, y + place.height - 7, shown, ink, size=SMALL, colour="ink-soft"))
    if form.facts:
        inside += facts_box(place, step, time, lang, ink, left=left)
    inside += burst_signs(place, form.bursts.get(step.key, ()), ink)
    return element("g", None, *inside)


def _outline(step: Step, form: Form, ink: Ink) -> dict[str, object]:
    """A heavy line around a step that decides how long it takes."""
    if step.key in form.critical:
        return {"stroke": ink("lake-900"), "stroke-width": 3}
    return {"stroke": ink("ink-soft"), "stroke-width": 0.8}


def _facts(step: Step, time: StepTime, lang: str) -> str:
    touch = words.short_minutes(time.touch_minutes, lang) if time.touch_minutes is not None else ""
    right = f"{percent(step.complete_accurate, lang)} C&A" if step.complete_accurate is not None else ""
    return " · ".join(fact for fact in (touch, right) if fact)


def _gate(place: Place, ink: Ink) -> str:
    x, y, half = place.middle, place.y, place.width / 2
    line = {"fill": ink("paper"), "stroke": ink("ink-soft"), "stroke-width": 1.4}
    kind = place.box.kind
    if kind in ("start", "end"):
        line["stroke-width"] = 1.4 if kind == "start" else 3.2
        return element("circle", {"cx": x, "cy": y, "r": half - 2, **line})
    sign = f"M{x - 3.5:.2f} {y:.2f}h7M{x:.2f} {y - 3.5:.2f}v7" if kind == "and" else ""
    diamond = f"M{x:.2f} {y - half:.2f}l{half} {half}l{-half} {half}l{-half} {-half}z"
    return element("path", {"d": diamond, **line}) + (
        element("path", {"d": sign, "stroke": ink("ink-soft"), "stroke-width": 1.4}) if sign else ""
    )


def _timeline(
    band: Band,
    sheet: Sheet,
    steps: Mapping[str, Step],
    times: Mapping[str, StepTime],
    critical: set[str],
    lang: str,
    ink: Ink,
) -> list[str]:
    """The castle: waiting above, work below, for the step of each column that most cases wait for.

    What runs beside the longest way makes no case longer: a column of such steps alone stays flat.
    """
    by_column: dict[int, list[Place]] = defaultdict(list)
    for place in sheet.places.values():
        counts = place.box.key in critical or not critical
        if place.box.kind == "step" and counts and band.first_column <= place.box.column <= band.last_column:
            by_column[place.box.column].append(place)
    high, low = band.timeline_top + 24, band.timeline_top + 40
    path, inside = [f"M{sheet.left:.2f} {high}"], []
    for column in sorted(by_column):
        place = max(
            by_column[column],
            key=lambda place: (steps[place.box.key].visits, -place.box.row),
        )
        time = times[place.box.key]
        path.append(f"H{place.x:.2f}V{low}H{place.right:.2f}V{high}")
        wait = words.short_wait(time.wait_minutes, time.wait_clock, lang, day_minutes=time.day_minutes)
        if wait:
            colour = "lake-900" if time.is_between else "ink-soft"
            x = max(place.x - 11, text_width(wait, 12) / 2 + 2)
            inside.append(text(x, high - 6, wait, ink, size=12, colour=colour, text_anchor="middle"))
        if time.touch_minutes is not None:
            touch = words.short_minutes(time.touch_minutes, lang)
            inside.append(
                text(place.middle, low + 15, touch, ink, size=12, colour="ink-soft", text_anchor="middle")
            )
    path.append(f"H{band.width - 6:.2f}")
    line = {"d": "".join(path), "fill": "none", "stroke": ink("lake-500"), "stroke-width": 1.6}
    if sheet.left:
        between = any(times[key].is_between for key in times)
        above = words.said(words.BETWEEN if between else words.WAITING, lang)
        width = sheet.left - 14
        inside.append(text(10, high - 6, cut(above, width=width, size=12), ink, size=12, colour="ink-soft"))
        if any(time.touch_minutes is not None for time in times.values()):
            work = cut(words.said(words.WORK, lang), width=width, size=12)
            inside.append(text(10, low + 15, work, ink, size=12, colour="ink-soft"))
    return [element("path", line), *inside]


def _told(layout: Layout, steps: Mapping[str, Step], times: Mapping[str, StepTime], lang: str) -> str:
    """The map in words, step by step, for those who do not see it."""
    lines = [
        f"{box.number}. {words.step_told(steps[box.key], times[box.key].touch_minutes, lang)}"
        for box in layout.boxes
        if box.number
    ]
    return " ".join(lines)

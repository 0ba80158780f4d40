"""Over time: cases that arrived and ended above, cases in progress below, election days across both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Literal, Protocol

from straume.lean.protect import SMALLEST_GROUP
from straume.web.reports.pictures.charts import SMALL, cases_axis, named_chart, rendered
from straume.web.reports.pictures.ink import Ink
from straume.words import periods as words
from straume.words import reports as report_words

HIGHEST_STUB = SMALLEST_GROUP - 1
LABEL_ROOM = 0.8  # an election in the last fifth is named on its left


class DrawnPeriod(words.ShownPeriod, Protocol):
    """A period with the day on which it begins."""

    @property
    def from_on(self) -> date: ...


def arrivals_chart(
    periods: Sequence[DrawnPeriod],
    *,
    unit: words.Unit,
    lang: str,
    ink: Ink,
    width: float = 1120,
    elections: Sequence[date] = (),
) -> str:
    """One axis of weeks, months or quarters for both panels; "" under two of them.

    A number of None is one that is too small to be shown: the line has a gap there, and a stub as high as
    the most that it can be. Elections outside the period are left out.
    """
    if len(periods) < 2:
        return ""
    import altair as alt

    named, axes = report_words.series(lang), words.axis(unit, lang)
    flows, stock = {"arrived": named["arrived"], "ended": named["ended"]}, named["in_progress"]
    colours = alt.Scale(domain=list(flows.values()), range=[ink("lake-700"), ink("ink-soft")])
    legend = alt.Legend(orient="top", title=None, symbolSize=500, symbolStrokeWidth=2, symbolType="stroke")
    rows = [
        {"position": position, "what": name, "cases": getattr(period, what)}
        for position, period in enumerate(periods)
        for what, name in {**flows, "in_progress": stock}.items()
    ]
    inner = width - 70
    marks = _marks(periods, elections, lang)
    no_axis, axis = alt.X("position:Q", axis=None), _axis(periods, axes["period"])
    flow_y, stock_y = cases_axis(axes["cases"]), cases_axis(stock)
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=no_axis)
    lines = (
        base.transform_filter(alt.FieldOneOfPredicate(field="what", oneOf=list(flows.values())))
        .mark_line(strokeWidth=2, point={"size": 16, "filled": True})
        .encode(
            y=flow_y,
            color=alt.Color("what:N", scale=colours, legend=legend),
            strokeDash=alt.StrokeDash(
                "what:N", scale=alt.Scale(domain=list(flows.values()), range=[[1, 0], [7, 4]])
            ),
        )
    )
    upper = [
        _stubs(periods, "arrived", (-0.42, 0.0), ink("lake-700"), no_axis, flow_y),
        _stubs(periods, "ended", (0.0, 0.42), ink("ink-soft"), no_axis, flow_y),
        lines,
        *_drawn_marks(marks, ink, no_axis, named=True),
    ]
    below = base.transform_filter(alt.FieldEqualPredicate(field="what", equal=stock))
    area = below.mark_area(
        fill=ink("lake-100"), fillOpacity=1, line={"color": ink("lake-500"), "strokeWidth": 2}
    ).encode(x=axis, y=stock_y)
    lower = [
        area,
        _stubs(periods, "in_progress", (-0.42, 0.42), ink("lake-500"), axis, stock_y),
        *_drawn_marks(marks, ink, axis, named=False),
    ]
    chart = alt.vconcat(
        alt.layer(*[one for one in upper if one is not None]).properties(width=inner, height=150),
        alt.layer(*[one for one in lower if one is not None]).properties(width=inner, height=110),
        spacing=14,
    ).resolve_scale(x="shared")
    return named_chart(
        rendered(chart, ink),
        ink,
        name="weeks",
        title=words.title(periods, unit, lang),
        desc=" ".join([words.told(periods, lang), *(f"{mark['name']}." for mark in marks)]),
    )


def _stubs(
    periods: Sequence[DrawnPeriod], what: str, ends: tuple[float, float], colour: str, x: Any, y: Any
) -> Any | None:
    """Dotted outlines up to four cases where the number is not shown; None where every one is."""
    import altair as alt

    last = len(periods) - 1
    rows = [
        {"position": max(0, at + ends[0]), "to": min(last, at + ends[1]), "cases": 0, "high": HIGHEST_STUB}
        for at, period in enumerate(periods)
        if getattr(period, what) is None
    ]
    if not rows:
        return None
    mark = alt.Chart(alt.InlineData(values=rows)).mark_rect(
        fill=colour, fillOpacity=0.18, stroke=colour, strokeWidth=1, strokeDash=[2, 2]
    )
    return mark.encode(x=x, x2="to:Q", y=y, y2="high:Q")


def _marks(periods: Sequence[DrawnPeriod], elections: Sequence[date], lang: str) -> list[dict[str, Any]]:
    """Elections within the periods: where on the axis, and what they are called."""
    last = len(periods) - 1
    placed = [(_place(periods, day), day) for day in sorted(elections)]
    return [
        {"position": at, "name": report_words.election(day, lang), "to_left": at > LABEL_ROOM * last}
        for at, day in placed
        if at is not None
    ]


def _place(periods: Sequence[DrawnPeriod], day: date) -> float | None:
    """Between the points of two periods, by the days from one to the other; None outside."""
    for at, (period, after) in enumerate(pairwise(periods)):
        if period.from_on <= day <= after.from_on:
            return at + (day - period.from_on).days / (after.from_on - period.from_on).days
    return None


def _drawn_marks(marks: Sequence[dict[str, Any]], ink: Ink, x: Any, *, named: bool) -> list[Any]:
    import altair as alt

    if not marks:
        return []
    rule = alt.Chart(alt.InlineData(values=list(marks))).mark_rule(color=ink("ink"), strokeWidth=1.5)
    drawn = [rule.encode(x=x)]
    if not named:
        return drawn
    return drawn + [_name(mark, row, ink, x) for row, mark in enumerate(marks)]


def _name(mark: dict[str, Any], row: int, ink: Ink, x: Any) -> Any:
    import altair as alt

    align: Literal["left", "right"] = "right" if mark["to_left"] else "left"
    dx = -5 if mark["to_left"] else 5
    text = alt.Chart(alt.InlineData(values=[mark])).mark_text(
        align=align, baseline="bottom", dx=dx, dy=-3 - 16 * row, fontSize=SMALL, color=ink("ink")
    )
    return text.encode(x=x, y=alt.value(0), text="name:N")


def _axis(periods: Sequence[DrawnPeriod], title: str) -> Any:
    import altair as alt

    every = max(1, len(periods) // 8)
    values = list(range(0, len(periods), every))
    labels = ",".join(f"'{period.name}'" for period in periods)
    return alt.X(
        "position:Q",
        title=title,
        scale=alt.Scale(domain=[0, len(periods) - 1], nice=False),
        axis=alt.Axis(values=values, labelExpr=f"[{labels}][datum.value]", grid=False),
    )

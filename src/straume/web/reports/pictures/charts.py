"""Charts that are drawn from one Vega-Lite specification for page and PDF; here: how long cases took."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from straume.web.reports.pictures.ink import FONT, Ink
from straume.words import reports as words
from straume.words.format import number, percent

FONTS = Path(__file__).resolve().parents[1] / "fonts"
SMALL = 13


def lead_times_chart(
    days: Sequence[float],
    *,
    lang: str,
    ink: Ink,
    deadline_days: float | None = None,
    median_days: float | None = None,
    p90_days: float | None = None,
    width: float = 1120,
) -> str:
    """How many cases took how long, with deadline, median and ninth decile. "" under five cases."""
    if len(days) < 5:
        return ""
    import altair as alt

    named = words.series(lang)
    bins = _bins(days)
    lines = [
        {"at": at, "what": named[what]}
        for what, at in (("half", median_days), ("ninety", p90_days), ("deadline", deadline_days))
        if at is not None and at <= bins[-1]["end"] * 1.5
    ]
    x = alt.X(
        "start:Q",
        title=named["days"],
        scale=alt.Scale(
            domainMin=0, domainMax=max([bins[-1]["end"], *(line["at"] for line in lines)]), nice=False
        ),
        axis=alt.Axis(grid=False, tickMinStep=1),
    )
    bars = alt.Chart(alt.InlineData(values=bins)).mark_bar(color=ink("lake-500"), binSpacing=1)
    bars = bars.encode(x=x, x2="end:Q", y=cases_axis(named["cases"]), y2=alt.Y2Datum(0))
    rules = alt.Chart(alt.InlineData(values=lines)).mark_rule(
        color=ink("ink"), strokeWidth=1.6, strokeDash=[5, 3]
    )
    names = [_rule_name(line, row, ink) for row, line in enumerate(lines)]
    chart = alt.layer(bars, rules.encode(x="at:Q"), *names).properties(width=width - 70, height=190)
    told = _told(days, deadline_days, lang)
    return named_chart(
        rendered(chart, ink),
        ink,
        name="lead-times",
        title=words.lead_times_title(len(days), lang),
        desc=told,
    )


def _rule_name(line: dict[str, Any], row: int, ink: Ink) -> Any:
    import altair as alt

    name = alt.Chart(alt.InlineData(values=[line])).mark_text(
        align="left", baseline="bottom", dx=5, dy=-3 - 16 * row, fontSize=SMALL, color=ink("ink")
    )
    return name.encode(x="at:Q", y=alt.value(0), text="what:N")


def _told(days: Sequence[float], deadline_days: float | None, lang: str) -> str:
    ordered = sorted(days)
    middle = ordered[len(ordered) // 2]
    told = words.said(words.HALF_WITHIN, lang, days=number(middle, lang))
    if deadline_days is None:
        return told
    kept = sum(1 for value in days if value <= deadline_days) / len(days)
    return f"{told} " + words.said(
        words.KEPT_DEADLINE,
        lang,
        share=percent(kept, lang),
        days=number(deadline_days, lang),
    )


def _bins(days: Sequence[float]) -> list[dict[str, Any]]:
    """About thirty bars of equal width; the longest fiftieth of all cases stands in the last."""
    ordered = sorted(days)
    far = ordered[min(len(ordered) - 1, int(len(ordered) * 0.98))]
    step = next(
        s for s in (1 / 24, 0.25, 1, 2, 5, 7, 10, 14, 28, 50, 100, 250, 500, 1000, 1e9) if far / s <= 36
    )
    bars = int(far // step) + 1
    counts = [0] * bars
    for value in ordered:
        counts[min(bars - 1, int(value // step))] += 1
    return [{"start": n * step, "end": (n + 1) * step, "cases": count} for n, count in enumerate(counts)]


def cases_axis(title: str) -> Any:
    import altair as alt

    return alt.Y(
        "cases:Q", title=title, axis=alt.Axis(tickMinStep=1, tickCount=4), scale=alt.Scale(zero=True)
    )


def rendered(chart: Any, ink: Ink) -> str:
    specification = chart.to_dict()
    specification["background"] = None
    specification["config"] = _config(ink)
    return str(_converter().vegalite_to_svg(specification, allowed_base_urls=[]))


def _config(ink: Ink) -> dict[str, Any]:
    axis = {
        "labelColor": ink("ink-soft"),
        "titleColor": ink("ink-soft"),
        "domainColor": ink("line"),
        "tickColor": ink("line"),
        "gridColor": ink("line"),
        "labelFontSize": SMALL,
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "titleFont": FONT,
        "labelFont": FONT,
    }
    return {
        "font": FONT,
        "axis": axis,
        "view": {"stroke": None},
        "legend": {"labelColor": ink("ink"), "labelFontSize": SMALL, "labelFont": FONT},
        "aria": False,
        "text": {"font": FONT},
    }


@cache
def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def named_chart(svg: str, ink: Ink, *, name: str, title: str, desc: str) -> str:
    """The chart with our own name and description, in the place of Vega's."""
    box = re.search(r'viewBox="([^"]+)"', svg)
    ids = f"{ink.prefix}-{name}-title", f"{ink.prefix}-{name}-desc"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture picture-{name}" '
        f'viewBox="{box[1] if box else ""}" role="img" aria-labelledby="{ids[0]} {ids[1]}">'
        f'<title id="{ids[0]}">{escape(title)}</title><desc id="{ids[1]}">{escape(desc)}</desc>'
    )
    inside = re.sub(r"^\s*<svg[^>]*>", "", svg)
    inside = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", inside)  # marks are not pictures of their own
    inside = inside.replace(f'font-family="{FONT}"', f'font-family="{ink.font}"')
    return head + inside

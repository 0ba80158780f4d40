"""What a search found: a sentence, a picture and a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from straume.lean.errors import Problem
from straume.web.reports.pictures.front_chart import Dot, front_chart
from straume.web.reports.pictures.ink import page as page_ink
from straume.web.studies import scenario_page
from straume.web.studies.figures import Column, Table
from straume.web.studies.models import ScenarioSearch
from straume.words import scenarios as scenario_words
from straume.words import what_if as words

MOST_ROWS = 60


@dataclass(frozen=True)
class Shown:
    """Nothing of it while the job is at it."""

    sentences: tuple[str, ...] = ()
    picture: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    refusal: str = ""


def shown(search: ScenarioSearch, lang: str) -> Shown:
    if search.refusal:
        problem = Problem(search.refusal["code"], search.refusal.get("params", {}))
        return Shown(refusal=scenario_page.problem_told(problem, lang))
    if not search.result:
        return Shown()
    table = as_table(search, lang)
    rows = tuple(tuple(row) for row in table.texts(lang)[:MOST_ROWS])
    if search.kind == ScenarioSearch.Kind.STAFF:
        return Shown(staff_sentences(search, lang), "", table.columns, rows)
    points = search.result["points"]
    told = words.front(sum(1 for point in points if point["is_best"]), len(points), lang)
    return Shown((told,), chart(points, told, lang), table.columns, rows)


def staff_sentences(search: ScenarioSearch, lang: str) -> tuple[str, ...]:
    found, asked = search.result or {}, search.parameters
    staff = [(unit, float(posts)) for unit, posts in found["staff"].items()]
    return (
        scenario_words.staff_found(staff, lang),
        words.staff_search(asked["days"], asked["clock"], found["proven"], lang),
    )


def chart(points: list[dict[str, Any]], told: str, lang: str) -> SafeString:
    """Every word in it is escaped where it is drawn."""
    dots = [
        Dot(
            point["hours_a_year"],
            point["p90_days"]["mean"],
            point["p90_days"]["low"],
            point["p90_days"]["high"],
            point["is_best"],
            number,
        )
        for point, number in zip(points, numbers(points), strict=True)
    ]
    svg = front_chart(
        dots,
        title=str(ScenarioSearch.Kind.FRONT.label),
        desc=told,
        across=words.label("hours_of_people", lang),
        upward=words.label("p90", lang),
        lang=lang,
        ink=page_ink("front"),
    )
    return mark_safe(svg)  # noqa: S308


def numbers(points: list[dict[str, Any]]) -> list[int]:
    """The best are numbered by their hours; the others bear no number."""
    found, at = [], 0
    for point in points:
        at += bool(point["is_best"])
        found.append(at if point["is_best"] else 0)
    return found


def as_table(search: ScenarioSearch, lang: str) -> Table:
    """Figures as they are kept, best first for a front."""
    if search.kind == ScenarioSearch.Kind.STAFF:
        return staff_table(search, lang)
    return front_table(search, lang)


def staff_table(search: ScenarioSearch, lang: str) -> Table:
    found = search.result or {}
    columns = (
        Column("unit", _("Unit"), "text"),
        Column("now", _("Full-time posts now"), "number"),
        Column("least", _("Full-time posts that suffice"), "number"),
    )
    rows = [(unit, found["now"].get(unit), float(posts)) for unit, posts in found["staff"].items()]
    return Table("staff", str(ScenarioSearch.Kind.STAFF.label), columns, tuple(rows))


def front_table(search: ScenarioSearch, lang: str) -> Table:
    found = search.result or {}
    points, plans = found["points"], found["plans"]
    units = list(points[0]["staff"]) if points else []
    columns = (
        Column("number", "#", "text"),
        Column("plans", _("Scenarios carried out"), "text"),
        *(Column(f"unit-{at}", unit, "number") for at, unit in enumerate(units)),
        Column("hours", words.label("hours_of_people", lang), "count"),
        Column("days", words.label("p90", lang), "number"),
        Column("low", _("from"), "number"),
        Column("high", pgettext("range", "to"), "number"),
    )
    rows = []
    for point, number in zip(points, numbers(points), strict=True):
        carried = "; ".join(plans[at] for at in point["switches"]) or scenario_words.heading("base", lang)
        days = point["p90_days"]
        rows.append(
            (
                str(number or ""),
                carried,
                *(point["staff"].get(unit) for unit in units),
                round(point["hours_a_year"]),
                days["mean"],
                days["low"],
                days["high"],
            )
        )
    rows.sort(key=lambda row: (not row[0], row[-4]))
    return Table("front", str(ScenarioSearch.Kind.FRONT.label), columns, tuple(rows))

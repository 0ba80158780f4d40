"""What the page of a map shows beside its fields and under them: what was understood, figures, words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from straume.lean.assess.records import Assessment
from straume.lean.errors import Problem
from straume.lean.stream.records import ParallelChoice, Span, Step
from straume.web.reports import pictures
from straume.web.studies import sentences
from straume.web.studies.map_analysis import MapRead
from straume.web.studies.map_state import STEP_NUMBER, Rows
from straume.words import format as words_format
from straume.words import reports as report_words
from straume.words import terms

MAP_WIDTH = 1120.0  # that of the page; longer ways stand in bands


@dataclass(frozen=True)
class Figure:
    """One figure of the strip; without a value it says what is missing."""

    key: str
    label: str
    value: str
    support: str = ""


@dataclass(frozen=True)
class ToldStep:
    """One step as a line of words."""

    name: str
    told: str


@dataclass(frozen=True)
class Drawn:
    """Everything that changes with each key."""

    cells: dict[str, dict[str, dict[str, str]]]  # step → field → {"told"} or {"problem"}
    figures: list[Figure]
    picture: SafeString
    steps: list[ToldStep]
    path: list[str]
    left_out: str = ""
    loose: list[str] = field(default_factory=list)


def drawn(read: MapRead, rows: Rows, lang: str) -> Drawn:
    """The drawn part of a map and what stands beside its fields."""
    cells, loose = beside_fields(read, rows, lang)
    made = read.assessment
    if made is None:
        return Drawn(cells, [], mark_safe(""), [], [], loose=loose)
    problems = len(read.problems)
    left_out = ngettext(
        "%(count)s field is not understood yet; the figures leave it out.",
        "%(count)s fields are not understood yet; the figures leave them out.",
        problems,
    ) % {"count": problems}
    return Drawn(
        cells=cells,
        figures=figures(made, lang),
        picture=picture(made, lang),
        steps=told_steps(made, read.day_minutes, lang),
        path=path_told(made, read.day_minutes, lang),
        left_out=left_out if problems else "",
        loose=loose,
    )


def beside_fields(
    read: MapRead, rows: Rows, lang: str
) -> tuple[dict[str, dict[str, dict[str, str]]], list[str]]:
    """What was understood of each field, or what is wrong with it; and what belongs to no field."""
    cells: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    loose = []
    if read.assessment is not None:
        for at, step in zip(read.step_rows, read.assessment.stream.steps, strict=True):
            cells[rows.ids[at]] = understood(step, rows, at, read.day_minutes, lang)
    for problem in (*read.notices, *read.problems):
        told = sentences.problem(problem, lang)
        text, at = f"{told.sentence} {told.advice}".strip(), (problem.place.row or 0) - 1
        if not 0 <= at < len(rows.ids):
            loose.append(text)
            continue
        name = field_of(problem, rows.rows[at])
        kind = "problem" if problem in read.problems else "told"
        cells[rows.ids[at]][name] = {kind: text}
    return dict(cells), loose


def field_of(problem: Problem, row: dict[str, str]) -> str:
    role = problem.place.column or ""
    return role if role in row and role != "number" else "step"


def understood(step: Step, rows: Rows, at: int, day_minutes: float, lang: str) -> dict[str, dict[str, str]]:
    """Short words for what cannot be seen from what was typed."""
    told: dict[str, str] = {}
    row = rows.rows[at]
    if step.touch is not None:
        told["touch"] = report_words.short_minutes(step.touch.expected_minutes, lang)
    if step.wait is not None:
        told["wait"] = waited(step.wait, day_minutes, lang)
    if step.share < 0.995 and not row.get("share"):
        told["share"] = _("%(share)s of cases come here") % {"share": words_format.percent(step.share, lang)}
    if row.get("goes_to"):
        told["goes_to"] = "; ".join(targets(row["goes_to"], rows))
    return {
        name: {"told": text}
        for name, text in told.items()
        if text and plain(text) != plain(row.get(name, ""))
    }


def waited(wait: Span, day_minutes: float, lang: str) -> str:
    """The mean wait in the days of its clock; below a day in hours and minutes."""
    minutes = wait.expected_minutes
    day = 1440.0 if wait.clock == "calendar" else day_minutes
    if minutes < day:
        return words_format.minutes(minutes, lang)
    say = words_format.days if wait.clock == "calendar" else words_format.working_days
    return say(minutes / day, lang)


def targets(text: str, rows: Rows) -> list[str]:
    """The steps that "goes to" names by number, with their names."""
    numbers = [int(found[1]) for found in STEP_NUMBER.finditer(text)]
    known = [number for number in numbers if 1 <= number <= len(rows.rows)]
    return [f"{number}. {rows.rows[number - 1].get('step', '')}" for number in known]


def plain(text: str) -> str:
    return re.sub(r"[\s.]", "", text).casefold()


def figures(made: Assessment, lang: str) -> list[Figure]:
    """The strip under the map, in the order in which a room asks."""
    of, m = words_format, made.measures
    said = {
        "lead_time_days": None if m.lead_time_days is None else of.days(m.lead_time_days, lang),
        "process_minutes": None if m.process_minutes is None else of.minutes(m.process_minutes, lang),
        "activity_ratio": None if m.activity_ratio is None else of.percent(m.activity_ratio, lang),
        "process_cycle_efficiency": None
        if m.process_cycle_efficiency is None
        else of.percent(m.process_cycle_efficiency, lang),
        "rolled_yield": None if m.rolled_yield is None else of.percent(m.rolled_yield, lang),
        "handoffs": of.number(m.handoffs, lang, 0),
        "direct_cost_eur_per_case": None
        if m.direct_cost_eur_per_case is None
        else f"{of.number(m.direct_cost_eur_per_case, lang, 2)} EUR",
        "required_fte": None if m.required_fte is None else of.number(m.required_fte, lang, 2),
    }
    missing = dict(m.missing)
    if "required_hours_per_year" in missing:
        missing.setdefault("required_fte", missing["required_hours_per_year"])
    notes = {"activity_ratio": clock_note(made), "required_fte": load_note(made, lang)}
    return [
        Figure(
            key,
            terms.measure(key, lang),
            value or "–",
            notes.get(key, "") if value else terms.why_missing(missing[key], lang) if key in missing else "",
        )
        for key, value in said.items()
    ]


def clock_note(made: Assessment) -> str:
    if made.measures.clock == "working":
        return _("in working time, on the critical path")
    return _("in calendar time, on the critical path")


def load_note(made: Assessment, lang: str) -> str:
    hours = made.measures.required_hours_per_year
    return words_format.hours_per_year(hours, lang) if hours else ""


def picture(made: Assessment, lang: str) -> SafeString:
    """The map with its castle; every word in it is escaped where it is drawn."""
    measures = made.measures
    critical = frozenset(measures.critical_path) if measures.parallel else frozenset[str]()
    form = pictures.Form(max_width=MAP_WIDTH, critical=critical)
    svg = pictures.stream_map(made, lang=lang, ink=pictures.page("map"), form=form)
    return mark_safe(svg)  # noqa: S308


def told_steps(made: Assessment, day_minutes: float, lang: str) -> list[ToldStep]:
    """The map as a list of words, for those who do not see it and for narrow screens."""
    told = []
    for step in made.stream.steps:
        touch = step.touch.expected_minutes if step.touch else None
        words = report_words.step_told(step, touch, lang).removeprefix(f"{step.name}, ")
        wait = ""
        if step.wait is not None and step.wait.expected_minutes:
            wait = _("Waits before it: %(time)s.") % {"time": waited(step.wait, day_minutes, lang)}
        told.append(ToldStep(step.name, f"{words} {wait}".strip()))
    return told


def path_told(made: Assessment, day_minutes: float, lang: str) -> list[str]:
    """Which steps make up the lead time, and why the others do not."""
    measures = made.measures
    numbers = {step.key: f"{at}. {step.name}" for at, step in enumerate(made.stream.steps, 1)}
    if measures.lead_time_days is None or not measures.parallel:
        return []

    def time(minutes: float) -> str:
        return waited(Span(minutes, minutes, minutes, measures.clock), day_minutes, lang)

    told = [choice_told(choice, numbers, time) for choice in measures.parallel]
    way = ", ".join(numbers[key] for key in measures.critical_path)
    return [_("The steps that make up the lead time: %(steps)s.") % {"steps": way}, *filter(None, told)]


def choice_told(choice: ParallelChoice, numbers: dict[str, str], time: Callable[[float], str]) -> str:
    """Why the critical path goes where it goes at one place where work goes on side by side."""
    chosen = next((branch for branch in choice.branches if branch.chosen), None)
    if chosen is None:
        return ""

    def steps(keys: tuple[str, ...]) -> str:
        return ", ".join(numbers[key] for key in keys) or _("nothing further")

    others = [branch for branch in choice.branches if not branch.chosen]
    told = [
        _("Side by side: the answer waits for %(steps)s (%(time)s).")
        % {"steps": steps(chosen.steps), "time": time(chosen.minutes)}
    ]
    for branch in others:
        values = {"steps": steps(branch.steps), "time": time(branch.minutes)}
        if branch.dead_end:
            told.append(_("It does not wait for %(steps)s.") % values)
        else:
            told.append(_("%(steps)s take less (%(time)s) and do not lengthen it.") % values)
    return " ".join(told)

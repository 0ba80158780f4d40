"""The only door from an assessment to a page, a file or the A3: every count passes `lean.protect` here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from straume.lean.assess.records import (
    Assessment,
    EdgeFigures,
    PartKind,
    StepFigures,
    TimePart,
)
from straume.lean.protect import is_small, shown_parts
from straume.words import assessment as assessment_words
from straume.words import clocks
from straume.words import format as words_format

# duration: days that a page tells in hours and minutes under a day
Kind = Literal["text", "count", "days", "duration", "working_days", "minutes", "share", "number"]
FEW = "few"  # stands in a cell for 1 to 4 cases and for every figure that rests on so few


@dataclass(frozen=True)
class Column:
    """One column: its name on the page, what is in it, and on what (its unit)."""

    key: str
    label: Any
    kind: Kind


@dataclass(frozen=True)
class Table:
    """A table behind a figure. Cells are values (None: unknown) or FEW; `texts` are what people read."""

    key: str
    title: Any
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: Any = ""

    def texts(self, lang: str) -> list[list[str]]:
        return [
            [cell_text(cell, column.kind, lang) for cell, column in zip(row, self.columns, strict=True)]
            for row in self.rows
        ]


def cell_text(cell: Any, kind: Kind, lang: str) -> str:
    """A cell as people read it, in the reader's language."""
    if cell is None:
        return "–"
    if cell == FEW:
        return _("fewer than five")
    if kind == "text":
        return str(cell)
    write = {
        "count": lambda value: words_format.number(value, lang, 0),
        "days": lambda value: words_format.days(value, lang),
        "duration": lambda value: assessment_words.duration(value, lang),
        "working_days": lambda value: words_format.working_days(value, lang),
        "minutes": lambda value: words_format.minutes(value, lang),
        "share": lambda value: words_format.percent(value, lang),
        "number": lambda value: words_format.number(value, lang),
    }[kind]
    return write(cell)


def timed(columns: tuple[Column, ...], assessment: Assessment) -> tuple[Column, ...]:
    """Days as durations, where the source knows hours; half an hour is not "less than 0.1 days" then."""
    if not assessment_words.knows_hours(assessment):
        return columns
    return tuple(replace(column, kind="duration") if column.kind == "days" else column for column in columns)


STEP_COLUMNS = (
    Column("step", gettext_lazy("Step"), "text"),
    Column("unit", gettext_lazy("Unit"), "text"),
    Column("on_map", gettext_lazy("On the map"), "text"),
    Column("cases", gettext_lazy("Cases"), "count"),
    Column("share_of_cases", gettext_lazy("Share of cases"), "share"),
    Column("repeated", gettext_lazy("Done again"), "count"),
    Column("touch", gettext_lazy("Work each time, mean"), "minutes"),
    Column("waiting_mean", gettext_lazy("Waiting before, mean"), "days"),
    Column("waiting_median", gettext_lazy("Waiting before, half of them up to"), "days"),
    Column("waiting_p90", gettext_lazy("Waiting before, nine of ten up to"), "days"),
)


def steps_table(assessment: Assessment, lang: str) -> Table:
    """Each step; the figures of a step that fewer than five cases took are hidden."""
    if assessment.entrance == "steps":
        return told_steps_table(assessment, lang)
    no_start = any(step.touch_minutes_mean is None for step in assessment.steps)
    note = _("Where no start is known, waiting is the time between completions.") if no_start else ""
    drawn = {step.name for step in assessment.stream.steps}
    rows = tuple(step_row(step, on_map=step.step in drawn) for step in assessment.steps)
    return Table("steps", gettext_lazy("Steps"), timed(STEP_COLUMNS, assessment), rows, note)


def step_row(step: StepFigures, *, on_map: bool) -> tuple[Any, ...]:
    where = _("yes") if on_map else _("left out")
    if is_small(step.cases):
        return (step.step, step.unit, where, FEW, FEW, FEW, FEW, FEW, FEW, FEW)
    return (
        step.step,
        step.unit,
        where,
        step.cases,
        step.share_of_cases,
        FEW if is_small(step.repeated) else step.repeated,
        step.touch_minutes_mean,
        step.waiting_days_mean,
        step.waiting_days_median,
        step.waiting_days_p90,
    )


TOLD_STEP_COLUMNS = (
    *(column for column in STEP_COLUMNS if column.key in {"step", "unit", "share_of_cases", "touch"}),
    Column("waiting_told", gettext_lazy("Waiting before, as told"), "text"),
    Column("waiting_mean", gettext_lazy("Waiting before, by the calendar"), "days"),
)


def told_steps_table(assessment: Assessment, lang: str) -> Table:
    """Steps as people told them: no cases stand behind them, so nothing is hidden."""
    figures = {step.step: step for step in assessment.steps}
    rows = tuple(
        (
            step.name,
            step.unit or step.lane or None,
            step.share,
            figures[step.name].touch_minutes_mean,
            clocks.wait_told(step, assessment, lang) or None,
            figures[step.name].waiting_days_mean,
        )
        for step in assessment.stream.steps
    )
    note = _("As people told it; no log stands behind these times.")
    return Table("steps", gettext_lazy("Steps"), timed(TOLD_STEP_COLUMNS, assessment), rows, note)


EDGE_COLUMNS = (
    Column("source", gettext_lazy("From step"), "text"),
    Column("target", gettext_lazy("To step"), "text"),
    Column("count", gettext_lazy("Times"), "count"),
    Column("cases", gettext_lazy("Cases"), "count"),
    Column("mean", gettext_lazy("Between them, mean"), "days"),
    Column("median", gettext_lazy("Half of them up to"), "days"),
    Column("p90", gettext_lazy("Nine of ten up to"), "days"),
    Column("mean_working", gettext_lazy("Working time, mean"), "working_days"),
)


def edges_table(assessment: Assessment) -> Table:
    """Each hand-on from step to step; of the routes out of one step none can be had by subtraction."""
    by_source: dict[str, list[EdgeFigures]] = {}
    for edge in assessment.edges:
        by_source.setdefault(edge.source, []).append(edge)
    hidden = {
        (edge.source, edge.target)
        for edges in by_source.values()
        for edge, seen in zip(edges, shown_parts([edge.count for edge in edges]), strict=True)
        if seen is None or is_small(edge.cases)
    }
    rows = tuple(
        (edge.source, edge.target, *([FEW] * 6))
        if (edge.source, edge.target) in hidden
        else (
            edge.source,
            edge.target,
            edge.count,
            edge.cases,
            edge.mean_days,
            edge.median_days,
            edge.p90_days,
            edge.mean_working_days,
        )
        for edge in assessment.edges
    )
    columns = timed(EDGE_COLUMNS, assessment)
    return Table("edges", gettext_lazy("From step to step"), columns, rows, few_note(bool(hidden)))


PART_LABELS = {
    "value": pgettext_lazy("kind of time", "value"),
    "necessary": pgettext_lazy("kind of time", "necessary"),
    "waste": pgettext_lazy("kind of time", "not needed"),
    "not_judged": pgettext_lazy("kind of time", "not yet judged"),
    "closed": pgettext_lazy("kind of time", "nights and weekends"),
    "waiting": pgettext_lazy("kind of time", "waiting"),
    "between": pgettext_lazy("kind of time", "between completions"),
}

TIME_COLUMNS = (
    Column("kind", gettext_lazy("Kind of time"), "text"),
    Column("step", gettext_lazy("Step"), "text"),
    Column("days", gettext_lazy("Of the mean case"), "days"),
    Column("share", gettext_lazy("Share of the whole"), "share"),
)


def time_table(assessment: Assessment) -> Table:
    """The parts of the mean case, to scale on the page's bar."""
    small = {step.step for step in assessment.steps if assessment.entrance == "log" and is_small(step.cases)}
    rows = tuple(
        (PART_LABELS[part.kind], part.step, FEW, FEW)
        if part.step in small
        else (PART_LABELS[part.kind], part.step, part.days, part.share)
        for part in assessment.time_parts
    )
    return Table("time", gettext_lazy("Where the time goes"), timed(TIME_COLUMNS, assessment), rows)


VARIANT_COLUMNS = (
    Column("way", gettext_lazy("Way through the steps"), "text"),
    Column("cases", gettext_lazy("Cases"), "count"),
    Column("share", gettext_lazy("Share of cases"), "share"),
)


@dataclass(frozen=True)
class Way:
    """One way that cases took through the steps."""

    steps: tuple[str, ...]
    cases: int


def ways_table(ways: Sequence[Way]) -> Table:
    """Variants; those of fewer than five cases are one row together (hidden itself where that is too few)."""
    total = sum(way.cases for way in ways) or 1
    large = [way for way in ways if not is_small(way.cases)]
    rest = [way for way in ways if is_small(way.cases)]
    rest_cases = sum(way.cases for way in rest)
    if (
        is_small(rest_cases) and large
    ):  # "all others" would be known by subtraction: the rarest known way joins them
        rest.append(large.pop())
        rest_cases = sum(way.cases for way in rest)
    rows: list[tuple[Any, ...]] = [(" → ".join(way.steps), way.cases, way.cases / total) for way in large]
    if rest:
        sentence = _("All other ways together, each taken by few cases (ways: {count})").format(
            count=len(rest)
        )
        rows.append((sentence, FEW if is_small(rest_cases) else rest_cases, rest_cases / total))
    return Table("variants", gettext_lazy("Ways through the steps"), VARIANT_COLUMNS, tuple(rows))


def few(count: int | None) -> int | str:
    return FEW if count is None else count


def few_note(hidden: bool) -> str:
    return _("Groups of fewer than five cases are not shown.") if hidden else ""


def small_steps(assessment: Assessment) -> frozenset[str]:
    """Steps whose figures no page shows."""
    if assessment.entrance == "steps":
        return frozenset()
    return frozenset(step.step for step in assessment.steps if is_small(step.cases))


def protected(assessment: Assessment) -> Assessment:
    """The assessment as pages, pictures and the A3 may show it, without what rests on one to four cases."""
    if assessment.entrance == "steps":
        return assessment
    small = small_steps(assessment)
    shown_edges = {(row[0], row[1]) for row in edges_table(assessment).rows if FEW not in row}
    return replace(
        assessment,
        steps=tuple(bare(step) if step.step in small else step for step in assessment.steps),
        edges=tuple(edge for edge in assessment.edges if (edge.source, edge.target) in shown_edges),
        weeks=(),  # they are shown by `shown_periods`: a number that is hidden is not nought
        time_parts=without_small(assessment.time_parts, small),
        findings=tuple(one for one in assessment.findings if not is_small(one.cases_touched)),
        stream=replace(
            assessment.stream,
            steps=tuple(
                replace(step, touch=None, wait=None, between=None, cases=None, items=None)
                if step.name in small
                else step
                for step in assessment.stream.steps
            ),
        ),
    )


def bare(step: StepFigures) -> StepFigures:
    """A step's name without its figures."""
    return replace(
        step,
        touch_minutes_mean=None,
        waiting_days_mean=None,
        waiting_days_median=None,
        waiting_days_p90=None,
        waiting_working_days_mean=None,
    )


def without_small(parts: Sequence[TimePart], small: frozenset[str]) -> tuple[TimePart, ...]:
    """The parts of small steps go together, without their names, so that the whole stays the whole."""
    kept = [part for part in parts if part.step not in small]
    by_kind: dict[PartKind, list[TimePart]] = {}
    for part in parts:
        if part.step in small:
            by_kind.setdefault(part.kind, []).append(part)
    rest = [
        TimePart(kind, None, sum(part.days for part in found), sum(part.share for part in found))
        for kind, found in by_kind.items()
    ]
    return (*kept, *rest)


def judged(assessment: Assessment, judgements: Mapping[str, str]) -> Assessment:
    """The assessment as people judged its steps: the bar and the map take the colour that they gave."""

    def value(step: str | None) -> Any:
        given = judgements.get(step or "")
        return given if given in ("value", "necessary", "waste") else None

    parts = tuple(
        replace(part, kind=value(part.step) or "not_judged")
        if part.kind in ("value", "necessary", "waste", "not_judged") and (part.step or "") in judgements
        else part
        for part in assessment.time_parts
    )
    return replace(
        assessment,
        time_parts=parts,
        steps=tuple(
            replace(step, value_class=value(step.step)) if step.step in judgements else step
            for step in assessment.steps
        ),
        stream=replace(
            assessment.stream,
            steps=tuple(
                replace(step, value_class=value(step.name)) if step.name in judgements else step
                for step in assessment.stream.steps
            ),
        ),
    )

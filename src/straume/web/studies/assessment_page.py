"""What the page of an assessment says, in the order in which a head of department asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from straume.lean.assess.records import Assessment, Estimate, Finding
from straume.lean.protect import is_small
from straume.web.reports import pictures
from straume.web.reports.pictures.map_times import step_times
from straume.web.studies import analysis, sentences
from straume.web.studies.figures import Table, protected
from straume.web.studies.how_computed import how_computed
from straume.web.studies.models import AssessmentRun, FindingRow, Verdict
from straume.web.studies.periods import shown_periods
from straume.words import a3 as a3_words
from straume.words import assessment as assessment_words
from straume.words import clocks, finding_figures, map_limits
from straume.words import findings as finding_words
from straume.words import format as words_format
from straume.words import periods as period_words
from straume.words import reports as report_words
from straume.words.assessment_figures import right_note

QUESTIONS = 5
MAP_WIDTH = 1120.0  # that of the page: names stand at their own size, long ways in bands
DOTS = {"high": "●●●", "medium": "●●○", "low": "●○○"}


@dataclass(frozen=True)
class Figure:
    """One of the four figures on top."""

    label: str
    value: str
    support: str = ""


@dataclass(frozen=True)
class Part:
    """One kind of time, for the list that stands in the bar's place on a phone."""

    kind: str
    label: str
    days: str
    width: str  # of its little bar, 0 to 100, as SVG writes numbers


@dataclass(frozen=True)
class Question:
    """One finding as a question, with what people decided about it."""

    key: str
    text: str
    evidence: str
    effect: str
    hours: str
    certainty: str
    dots: str
    figures: list[tuple[str, str]]
    verdict: Verdict | None = None


@dataclass(frozen=True)
class ToldStep:
    """One step of the map as a line of words."""

    name: str
    kind: str
    told: str


@dataclass(frozen=True)
class Page:
    """Everything that the template of an assessment prints."""

    period: str
    cases: str
    lead: str
    figures: list[Figure]
    parts: list[Part]
    bar: SafeString
    clock: str
    not_judged: bool
    questions: list[Question]
    questions_title: str
    more_questions: list[Question]
    gone: list[Verdict]
    withheld: list[str]
    map: SafeString
    map_warning: str
    map_limits: str
    steps: list[ToldStep]
    ways: str
    from_log: bool
    measures: list[tuple[str, str]]
    weeks: SafeString
    weeks_heading: str
    weeks_note: str
    littles_law: str
    origin: str
    how: Mapping[str, list[str]]
    is_old: bool = False
    assessment: Assessment | None = field(default=None, repr=False)


def page_of(
    run: AssessmentRun,
    *,
    judgements: Mapping[str, str],
    verdicts: Mapping[str, Verdict],
    elections: Sequence[date] = (),
    lang: str,
) -> Page:
    """The page of a run, as people have judged and decided until now."""
    whole = analysis.stored(run, judgements)
    shown, weeks = protected(whole), shown_periods(whole)
    questions = questions_of(shown, verdicts, lang)
    asked = {question.key for question in questions}
    return Page(
        period=period(shown, lang),
        cases=cases(shown, lang),
        lead=assessment_words.lead(shown, lang),
        figures=[
            Figure(one["label"], one["value"], one.get("note", "")) for one in a3_words.figures(shown, lang)
        ],
        parts=parts_of(shown, lang),
        bar=drawn(pictures.time_bar(shown, lang=lang, ink=pictures.page("bar"))),
        clock=clocks.bar_note(shown, lang),
        not_judged=any(part.kind == "not_judged" for part in shown.time_parts),
        questions=questions[:QUESTIONS],
        questions_title=questions_title(min(len(questions), QUESTIONS)),
        more_questions=questions[QUESTIONS:],
        gone=[verdict for key, verdict in verdicts.items() if key not in asked],
        withheld=[finding_words.withheld(one, lang) for one in shown.withheld],
        map=drawn(
            pictures.stream_map(
                shown, lang=lang, ink=pictures.page("map"), form=pictures.Form(max_width=MAP_WIDTH)
            )
        ),
        map_warning=map_limits.warning(whole, lang),
        map_limits=map_limits.limits(whole, lang),
        steps=told_steps(shown, lang),
        ways=ways_sentence(whole, lang),
        from_log=shown.entrance == "log",
        measures=measures(shown, lang),
        weeks=drawn(
            pictures.arrivals_chart(
                weeks.rows, unit=weeks.unit, lang=lang, ink=pictures.page("weeks"), elections=elections
            )
        ),
        weeks_heading=period_words.heading(weeks.unit, lang),
        weeks_note=period_words.gaps(lang) if weeks.hides else "",
        littles_law=assessment_words.littles_law(shown, lang),
        origin=report_words.made_with(shown, made_on(run), lang),
        how=how_computed(shown, weeks.unit, lang),
        assessment=shown,
    )


def drawn(svg: str) -> SafeString:
    """Our own pictures; every word in them is escaped where they are drawn (reports/pictures/ink.py)."""
    return mark_safe(svg)  # noqa: S308


def made_on(run: AssessmentRun) -> str:
    assert run.made_at is not None
    return run.made_at.date().isoformat()


def period(assessment: Assessment, lang: str) -> str:
    if not assessment.first_on or not assessment.last_on:
        return ""
    return words_format.period(assessment.first_on, assessment.last_on, lang)


def cases(assessment: Assessment, lang: str) -> str:
    if assessment.facts is None:
        return ""
    return sentences.cases_sentence(assessment.facts.cases, lang)


def parts_of(assessment: Assessment, lang: str) -> list[Part]:
    """The bar's parts; where they are told by step, their kind with its whole comes first."""
    parts, hours = pictures.kinds_of_time(assessment), assessment_words.knows_hours(assessment)
    by_step = [part for part in parts if part.is_by_step]
    told = [part_told(part, pictures.part_name(part, lang), lang, hours) for part in parts]
    if by_step:
        kind, share = by_step[0].kind, sum(part.share for part in by_step)
        whole = pictures.KindOfTime(kind, sum(part.days for part in by_step), share)
        at = parts.index(by_step[0])
        told.insert(at, part_told(whole, report_words.time_kind(kind, lang), lang, hours))
    return told


def part_told(part: pictures.KindOfTime, name: str, lang: str, hours: bool) -> Part:
    said = assessment_words.duration(part.days, lang, hours=hours)
    return Part(part.kind, name, said, f"{max(0.5, part.share * 100):.1f}")


def questions_of(assessment: Assessment, verdicts: Mapping[str, Verdict], lang: str) -> list[Question]:
    keyed = [(analysis.key_of(finding), finding) for finding in assessment.findings]
    return [told_question(key, finding, lang, verdicts.get(key)) for key, finding in keyed]


def told_question(key: str, finding: Finding, lang: str, verdict: Verdict | None = None) -> Question:
    hours = finding.hours_per_year
    return Question(
        key=key,
        text=finding_words.question(finding, lang),
        evidence=finding_words.evidence(finding, lang),
        effect=finding_words.effect(finding, lang),
        hours=words_format.number(hours, lang) if hours is not None else "",
        certainty=finding_words.certainty(finding.certainty, lang),
        dots=DOTS[finding.certainty],
        figures=finding_figures.figures(finding, lang),
        verdict=verdict,
    )


def question(row: FindingRow, lang: str) -> Question | None:
    """The question of a stored finding; None where it touches too few cases to be shown."""
    kept = row.figures
    finding = Finding(
        **{
            **kept,
            "edge": tuple(kept["edge"]) if kept.get("edge") else None,
            "days_per_case": Estimate(**kept["days_per_case"]) if kept.get("days_per_case") else None,
        }
    )
    if is_small(finding.cases_touched):
        return None
    return told_question(row.key, finding, lang)


def questions_title(count: int) -> str:
    """ "Five questions for the team", or fewer; a whole sentence for each number."""
    return {
        0: _("Questions for the team"),
        1: _("One question for the team"),
        2: _("Two questions for the team"),
        3: _("Three questions for the team"),
        4: _("Four questions for the team"),
        5: _("Five questions for the team"),
    }[count]


def told_steps(assessment: Assessment, lang: str) -> list[ToldStep]:
    times = step_times(assessment)
    told = []
    for step in assessment.stream.steps:
        known = times[step.key]
        kind = report_words.time_kind(step.value_class, lang) if step.value_class else ""
        waiting = report_words.waiting_told(
            known.wait_minutes,
            known.wait_clock,
            lang,
            day_minutes=known.day_minutes,
            between=known.is_between,
        )
        words = report_words.step_told(step, known.touch_minutes, lang, waiting=waiting)
        told.append(ToldStep(step.name, kind, words.removeprefix(f"{step.name}, ")))
    return told


def judgeable_steps(run: AssessmentRun) -> list[str]:
    """The steps that people can judge: all that the assessment knows, in its order."""
    made = analysis.stored(run, {})
    return list(dict.fromkeys([step.name for step in made.stream.steps] + [step.step for step in made.steps]))


def ways_sentence(assessment: Assessment, lang: str) -> str:
    number = words_format.number(assessment.variants, lang, 0)
    return _("Ways that cases took: %(number)s") % {"number": number}


def measures(assessment: Assessment, lang: str) -> list[tuple[str, str]]:
    """Further figures, each only where it is known."""
    found, of = assessment.measures, words_format
    hours, takt = found.required_hours_per_year, found.takt_minutes
    from_log = assessment.entrance == "log"
    has_units = assessment.facts is not None and assessment.facts.units > 1
    facts: list[tuple[str, str | None]] = [
        ("activity_ratio", ratio(assessment, found.activity_ratio, lang)),
        ("process_cycle_efficiency", ratio(assessment, found.process_cycle_efficiency, lang)),
        ("first_time_right", right_first_time(assessment, lang)),
        ("rolled_yield", percent(found.rolled_yield, lang)),
        ("on_time_statutory", statutory(assessment, lang)),
        ("steps", of.number(len(assessment.steps) if from_log else found.steps, lang, 0)),
        ("handoffs", of.number(found.handoffs, lang)),
        ("cases_with_rework", count_of(assessment, assessment.cases_with_rework, lang)),
        ("ping_pong_cases", count_of(assessment, assessment.ping_pong_cases, lang) if has_units else None),
        ("open_cases", count_of(assessment, assessment.facts.open_cases if assessment.facts else 0, lang)),
        ("required_hours_per_year", of.hours(hours, lang) if hours else None),
        ("takt_minutes", of.minutes(takt, lang) if takt else None),
        ("replay_fitness", percent(assessment.replay_fitness, lang) if from_log else None),
    ]
    return [(assessment_words.label(key, lang), value) for key, value in facts if value]


def ratio(assessment: Assessment, value: float | None, lang: str) -> str | None:
    """A ratio with the clock on which it stands: the bar above it runs by the calendar."""
    clock = clocks.ratio_note(assessment, lang)
    return percent(value, lang) if value is None or not clock else f"{percent(value, lang)} ({clock})"


def statutory(assessment: Assessment, lang: str) -> str | None:
    return share_of(assessment.promise.on_time_statutory, lang) if assessment.promise else None


def percent(value: float | None, lang: str) -> str | None:
    return None if value is None else words_format.percent(value, lang)


def share_of(estimate: Estimate | None, lang: str) -> str | None:
    if estimate is None:
        return None
    support = assessment_words.interval_note(estimate, lang, as_percent=True)
    said = words_format.percent(estimate.value, lang)
    return f"{said} ({support})" if support else said


def right_first_time(assessment: Assessment, lang: str) -> str | None:
    """The share, and where nearly every case stops the clock, that this was not taken for a return."""
    right = assessment.first_time_right
    if right is None or not assessment.stops_are_routine:
        return share_of(right, lang)
    return f"{words_format.percent(right.value, lang)} ({right_note(assessment, right, lang)})"


def count_of(assessment: Assessment, count: int, lang: str) -> str | None:
    if assessment.entrance == "steps":
        return None
    return _("fewer than five") if is_small(count) else words_format.number(count, lang, 0)


def findings_table(assessment: Assessment, lang: str) -> Table:
    """All questions with their figures as a table."""
    from straume.web.studies.figures import Column

    columns = (
        Column("question", _("Question"), "text"),
        Column("seen", _("What was seen"), "text"),
        Column("cases", _("Cases touched"), "count"),
        Column("days", _("Days per case touched, half of them up to"), "days"),
        Column("low", _("at least (95 %)"), "days"),
        Column("high", _("at most (95 %)"), "days"),
        Column("hours", _("Working hours a year"), "number"),
        Column("certainty", _("Certainty"), "text"),
    )
    rows = tuple(
        (
            finding_words.question(finding, lang),
            finding_words.evidence(finding, lang),
            finding.cases_touched,
            finding.days_per_case.value if finding.days_per_case else None,
            finding.days_per_case.low if finding.days_per_case else None,
            finding.days_per_case.high if finding.days_per_case else None,
            finding.hours_per_year,
            finding_words.certainty(finding.certainty, lang),
        )
        for finding in assessment.findings
    )
    return Table("findings", _("Questions for the team"), columns, rows)


def as_old(page: Page) -> Page:
    return replace(page, is_old=True)

"""The figures of an assessment, each with its label and what stands small under it: interval, n, basis."""

from __future__ import annotations

from collections.abc import Iterator

from straume.lean.assess.records import Assessment, Estimate
from straume.words import clocks
from straume.words import format as fmt
from straume.words.assessment import duration, interval_note, knows_hours, label
from straume.words.catalog import catalog

Row = tuple[str, str, str]  # label, value, note ("" where there is none)


def figure_rows(assessment: Assessment, lang: str) -> list[Row]:
    """What is known, in the order in which a department head asks; nothing for what the input cannot show."""
    return [
        *_times(assessment, lang),
        *_promise(assessment, lang),
        *_work(assessment, lang),
        *_way(assessment, lang),
    ]


def _times(assessment: Assessment, lang: str) -> Iterator[Row]:
    found, hours = assessment.lead_time, knows_hours(assessment)
    if found is None:
        return
    for key, estimate in (("median", found.median_days), ("p80", found.p80_days), ("p90", found.p90_days)):
        if estimate is not None:
            yield (
                label(key, lang),
                duration(estimate.value, lang, hours=hours),
                days_note(estimate, lang, hours),
            )
    if found.mean_days is not None:
        of_all = "mean_estimate" if assessment.entrance == "steps" else "mean"
        yield (
            label("mean_closed" if found.open_cases else of_all, lang),
            duration(found.mean_days, lang, hours=hours),
            "",
        )
    if found.median_working_days is not None:
        yield label("median_working", lang), fmt.number(found.median_working_days, lang), ""
    if found.open_cases:
        yield label("open_cases", lang), fmt.number(found.open_cases, lang, 0), ""


def _promise(assessment: Assessment, lang: str) -> Iterator[Row]:
    promise = assessment.promise
    if promise is None:
        return
    for key, share in (
        ("on_time", promise.on_time_citizen),
        ("on_time_statutory", promise.on_time_statutory),
    ):
        if share is not None:
            note = interval_note(share, lang, as_percent=True)
            yield label(key, lang), fmt.percent(share.value, lang), note


def _work(assessment: Assessment, lang: str) -> Iterator[Row]:
    work, measures = assessment.work_minutes_per_case, assessment.measures
    if work is not None:
        note = _minutes_note(work, lang) or clocks.path_note(assessment, lang)
        yield label("work", lang), fmt.minutes(work.value, lang), note
    if measures.required_hours_per_year is not None:
        yield label("required_hours_per_year", lang), fmt.number(measures.required_hours_per_year, lang), ""
    for key in ("activity_ratio", "process_cycle_efficiency", "rolled_yield"):
        share = getattr(measures, key)
        if share is not None:
            note = clocks.ratio_note(assessment, lang) if key != "rolled_yield" else ""
            yield label(key, lang), fmt.percent(share, lang), note
    if measures.takt_minutes is not None:
        yield label("takt_minutes", lang), fmt.minutes(measures.takt_minutes, lang), ""
    if measures.direct_cost_eur_per_case is not None:
        yield (
            label("direct_cost_eur_per_case", lang),
            fmt.number(measures.direct_cost_eur_per_case, lang, 2) + " EUR",
            "",
        )


def _way(assessment: Assessment, lang: str) -> Iterator[Row]:
    if assessment.entrance == "steps":
        for key in ("steps", "handoffs", "loops"):
            yield label(key, lang), fmt.number(getattr(assessment.measures, key), lang, 0), ""
        return
    right = assessment.first_time_right
    if right is not None:
        yield (
            label("first_time_right", lang),
            fmt.percent(right.value, lang),
            right_note(assessment, right, lang),
        )
    counts = {
        "variants": assessment.variants,
        "cases_with_rework": assessment.cases_with_rework,
        "repeated_items": assessment.repeated_items,
    }
    if assessment.facts is not None and assessment.facts.units > 1:
        counts |= {
            "handoffs_between_units": assessment.handoffs_between_units,
            "ping_pong_cases": assessment.ping_pong_cases,
        }
    for key, count in counts.items():
        yield label(key, lang), fmt.number(count, lang, 0), ""
    if assessment.replay_fitness is not None:
        yield label("replay_fitness", lang), fmt.percent(assessment.replay_fitness, lang), ""


def right_note(assessment: Assessment, right: Estimate, lang: str) -> str:
    """Interval and n; where nearly every case stops the clock, that this was not taken for a return."""
    note = interval_note(right, lang, as_percent=True)
    if not assessment.stops_are_routine:
        return note
    left_out = catalog("assessment", lang).gettext(
        "stops of the clock not counted: nearly every case has one"
    )
    return f"{note}; {left_out}"


def days_note(estimate: Estimate, lang: str, hours: bool = True) -> str:
    """Interval and n of a duration; in hours and minutes where the duration is said in them."""
    if estimate.n == 0:
        return ""
    if not hours or estimate.value >= 1 or estimate.low is None or estimate.high is None:
        return interval_note(estimate, lang)
    ends = f"{duration(estimate.low, lang)} – {duration(estimate.high, lang)}"
    return f"{ends}; {fmt.sample(estimate.n, lang)}"


def _minutes_note(work: Estimate, lang: str) -> str:
    if work.n == 0 or work.low is None or work.high is None:
        return ""
    return f"{fmt.minutes(work.low, lang)} – {fmt.minutes(work.high, lang)}; {fmt.sample(work.n, lang)}"

"""What stands behind "How is this computed?" in plain words; formulas and sources are in docs/methods."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from straume.lean.assess.records import Assessment
from straume.words import assessment as assessment_words
from straume.words import clocks, periods
from straume.words import format as words_format


def how_computed(assessment: Assessment, unit: periods.Unit, lang: str) -> Mapping[str, list[str]]:
    """Section of the page → sentences."""
    return {
        "time": time(assessment, lang),
        "questions": questions(assessment),
        "map": way(assessment, lang),
        "measures": ratios(assessment, lang),
        "weeks": [
            periods.explained(unit, lang),
            _(
                "Little's law: cases in progress = cases a day × days per case. A difference of more than 30 "
                "% is said."
            ),
        ],
    }


def ratios(assessment: Assessment, lang: str) -> list[str]:
    told = [
        _(
            "Activity ratio: working time divided by the whole time from request to answer, both on one "
            "clock."
        ),
        clocks.two_clocks(assessment, lang),
        clocks.longest_way(assessment, lang),
        _(
            "Process cycle efficiency: the time that gives value to the client, divided by the whole "
            "time; it is "
            "known only once the steps are judged."
        ),
        _("Right the first time: cases in which no step was done again."),
        _("Takt time: working time available divided by demand."),
    ]
    return [sentence for sentence in told if sentence]


def time(assessment: Assessment, lang: str) -> list[str]:
    told = [_("The bar is the mean case from request to answer, to scale, in calendar days.")]
    on_clocks = [
        clocks.around_work(assessment, lang),
        clocks.two_clocks(assessment, lang),
        clocks.longest_way(assessment, lang),
    ]
    if assessment.entrance == "steps":
        told.append(
            _("Work and waiting are as people told them; a range counts as (least + 4 × usual + most) ÷ 6.")
        )
        return [sentence for sentence in (*told, *on_clocks) if sentence]
    told.append(
        _(
            "Half of the cases and nine of ten: Kaplan–Meier, so that cases that are not yet ended count for "
            "as long "
            "as they have been open. The interval is that of 95 %."
        )
    )
    told += on_clocks
    told += [assessment_words.how_sure(assessment, lang), assessment_words.not_judged(assessment, lang)]
    if assessment.lead_time is not None:
        told.append(assessment_words.open_cases(assessment.lead_time, lang))
    return [sentence for sentence in told if sentence]


def questions(assessment: Assessment) -> list[str]:
    told = [
        _(
            "A question is asked where cases wait long, are handed on, come back, or are checked without "
            "consequence. "
            "Whether something is needed only people can say."
        ),
        _("Order: days that a case touched loses × share of cases touched."),
    ]
    if assessment.entrance == "log":
        told.append(
            _(
                "Hours a year: working time of the step or of the repeats, from the cases of this period, "
                "for a "
                "whole year."
            )
        )
        told.append(
            _("Certainty follows the number of cases behind the question and the width of the interval.")
        )
    return told


def way(assessment: Assessment, lang: str) -> list[str]:
    if assessment.entrance == "steps":
        return [_("The map is drawn from the list of steps.")]
    told = [
        _(
            "The map is found in the table with the inductive miner: choices, loops and work at the same "
            "time. Steps that fewer than 5 of 100 cases take are left out, and rare ways may be; the lists "
            "hold everything."
        )
    ]
    if assessment.replay_fitness is not None:
        share = words_format.percent(assessment.replay_fitness, lang)
        told.append(_("It replays %(share)s of what the table holds.") % {"share": share})
    return told

"""Two assessments of one study beside each other: figures, differences, questions that came and went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from straume.lean.assess.records import Assessment, Estimate
from straume.web.reports import pictures
from straume.web.studies import analysis, assessment_page
from straume.web.studies.figures import protected
from straume.web.studies.models import AssessmentRun
from straume.words import assessment as assessment_words
from straume.words import findings as finding_words
from straume.words import format as words_format

Say = Callable[[float, str], str]


@dataclass(frozen=True)
class Kind:
    """How a figure of one kind is said: itself, its interval, and a difference of two of them."""

    say: Say
    differ: Say
    is_share: bool = False


def points(share: float, lang: str) -> str:
    """A difference of shares is in percentage points, not in per cent."""
    return _("%(points)s pp") % {"points": words_format.number(share * 100, lang)}


DAYS = Kind(words_format.days, words_format.days)
MINUTES = Kind(words_format.minutes, words_format.minutes)
SHARE = Kind(words_format.percent, points, is_share=True)


@dataclass(frozen=True)
class Row:
    """One figure of both, and what lies between them."""

    label: str
    before: str
    after: str
    before_support: str = ""
    after_support: str = ""
    difference: str = ""
    difference_support: str = ""
    sure: str = ""


def in_order(one: AssessmentRun, other: AssessmentRun) -> tuple[AssessmentRun, AssessmentRun]:
    """The earlier period first; where the periods are the same the older run."""

    def begins(run: AssessmentRun) -> tuple[str, int]:
        return (analysis.stored(run, {}).first_on or "", run.pk)

    return (one, other) if begins(one) <= begins(other) else (other, one)


def compare(
    before: AssessmentRun, after: AssessmentRun, *, judgements: Mapping[str, str], lang: str
) -> dict[str, Any]:
    """What the page of two assessments shows."""
    was, now = (protected(analysis.stored(run, judgements)) for run in (before, after))
    # by their words: a wait before a step stays the same question where another step now precedes it
    asked_then, asked_now = (
        list(dict.fromkeys(finding_words.question(finding, lang) for finding in made.findings))
        for made in (was, now)
    )
    return {
        "rows": rows(was, now, lang),
        "drawn": [
            (run.source_label, assessment_page.drawn(svg), assessment_page.parts_of(made, lang))
            for number, (run, made) in enumerate(((before, was), (after, now)))
            if (svg := pictures.time_bar(made, lang=lang, ink=pictures.page(f"bar{number}")))
        ],
        "both": [question for question in asked_now if question in asked_then],
        "gone": [question for question in asked_then if question not in asked_now],
        "fresh": [question for question in asked_now if question not in asked_then],
        "how": [
            _(
                "The difference is the later figure minus the earlier one; its interval joins the two "
                "intervals "
                "(Newcombe's method). “Clearly” is said only where the interval leaves out nought."
            ),
            _("A clear difference does not say what caused it."),
        ],
    }


def rows(was: Assessment, now: Assessment, lang: str) -> list[Row]:
    lead_was, lead_now = was.lead_time, now.lead_time
    pairs: list[tuple[str, Estimate | None, Estimate | None, Kind]] = [
        ("median", part(lead_was, "median_days"), part(lead_now, "median_days"), DAYS),
        ("p90", part(lead_was, "p90_days"), part(lead_now, "p90_days"), DAYS),
        ("on_time", part(was.promise, "on_time_citizen"), part(now.promise, "on_time_citizen"), SHARE),
        ("first_time_right", was.first_time_right, now.first_time_right, SHARE),
        ("work", was.work_minutes_per_case, now.work_minutes_per_case, MINUTES),
    ]
    found = [
        row(assessment_words.label(key, lang), before, after, kind, lang)
        for key, before, after, kind in pairs
        if before is not None and after is not None
    ]
    found.append(plain(assessment_words.label("steps", lang), len(was.steps), len(now.steps), lang))
    if (
        was.measures.lead_time_days is not None
        and now.measures.lead_time_days is not None
        and lead_was is None
    ):
        found.insert(0, told_days(was.measures.lead_time_days, now.measures.lead_time_days, lang))
    return found


def part(record: Any, name: str) -> Estimate | None:
    return getattr(record, name) if record is not None else None


def row(label: str, was: Estimate, now: Estimate, kind: Kind, lang: str) -> Row:
    found = analysis.difference(before=was, after=now)
    return Row(
        label=label,
        before=kind.say(was.value, lang),
        after=kind.say(now.value, lang),
        before_support=support(was, kind, lang),
        after_support=support(now, kind, lang),
        difference=signed(found.value, kind.differ, lang),
        difference_support=between(found.low, found.high, kind.differ, lang),
        sure=sureness(found, kind.is_share),
    )


def support(estimate: Estimate, kind: Kind, lang: str) -> str:
    if kind is MINUTES and estimate.low is not None and estimate.high is not None:
        ends = f"{kind.say(estimate.low, lang)} – {kind.say(estimate.high, lang)}"
        return f"{ends}; {words_format.sample(estimate.n, lang)}"
    return assessment_words.interval_note(estimate, lang, as_percent=kind.is_share)


def signed(value: float, say: Say, lang: str) -> str:
    said = say(abs(value), lang)
    sign = "" if not value else ("+" if value > 0 else "\N{MINUS SIGN}")
    return f"{sign}{said}"


def between(low: float | None, high: float | None, say: Say, lang: str) -> str:
    if low is None or high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": signed(low, say, lang), "high": signed(high, say, lang)}


def sureness(found: Any, is_share: bool) -> str:
    if found.low is None:
        return _("no interval: too few cases have ended")
    if not found.is_clear:
        return _("may be chance")
    if is_share:
        return _("clearly more") if found.value > 0 else _("clearly less")
    return _("clearly longer") if found.value > 0 else _("clearly shorter")


def plain(label: str, was: int, now: int, lang: str) -> Row:
    said = [words_format.number(value, lang, 0) for value in (was, now)]
    return Row(label, said[0], said[1], difference=signed(now - was, count, lang))


def count(value: float, lang: str) -> str:
    return words_format.number(value, lang, 0)


def told_days(was: float, now: float, lang: str) -> Row:
    """Times that people told have no interval."""
    return Row(
        _("From request to answer"),
        words_format.days(was, lang),
        words_format.days(now, lang),
        difference=signed(now - was, words_format.days, lang),
        sure=_("as told, without an interval"),
    )

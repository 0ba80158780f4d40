"""What the library found, in the reader's language: problems, facts, reasons of a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from straume.lean.errors import Problem
from straume.lean.protect import is_small
from straume.words import format as words_format
from straume.words import problems as words_problems


@dataclass(frozen=True)
class Told:
    """One problem or notice as people read it."""

    sentence: str
    place: str
    advice: str


def problems(found: Iterable[Mapping[str, Any]], lang: str) -> list[Told]:
    """Problems as a log or a job keeps them."""
    return [problem(Problem.from_dict(one), lang) for one in found]


def problem(one: Problem, lang: str) -> Told:
    own = OWN.get(one.code)
    if own is not None:
        sentence, advice = own()
        return Told(sentence, "", advice)
    return Told(
        words_problems.sentence(one, lang), words_problems.place(one, lang), words_problems.advice(one, lang)
    )


def refusal(kept: Mapping[str, Any], lang: str) -> str:
    """Why there is no assessment, in one line."""
    told = problem(Problem(kept["code"], kept.get("params", {})), lang)
    return f"{told.sentence} {told.advice}".strip()


# refusals that only the web knows
OWN = {
    "check_broke_off": lambda: (
        _("The check broke off."),
        _("Try again. If it happens again, tell the administrator when it was."),
    ),
    "check_interrupted": lambda: (
        _("The check was interrupted twice because the computer or the worker stopped."),
        _("Upload the table again. If it happens again, upload a shorter period."),
    ),
    "assessment_interrupted": lambda: (
        _("The computation was interrupted twice because the computer or the worker stopped."),
        _("Try again. If it happens again, upload a shorter period."),
    ),
    "assessment_broke_off": lambda: (
        _("The computation broke off."),
        _("Try again. If it happens again, tell the administrator when it was."),
    ),
    "too_few_cases_to_show": lambda: (
        _("The table holds fewer than five cases; figures of so few would be figures of people."),
        _("Upload a longer period."),
    ),
}


def facts(kept: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    """What is in a log, as a list of label and value."""
    if not kept:
        return []

    def count(name: str) -> str:
        return _("fewer than five") if is_small(kept[name]) else words_format.number(kept[name], lang, 0)

    rows = [
        (_("Cases"), count("cases")),
        (_("of them not yet ended"), count("open_cases")),
        (_("Period"), period(kept, lang)),
        (_("Rows or events read"), words_format.number(kept["raw_events"], lang, 0)),
        (_("Pieces of work"), words_format.number(kept["work_items"], lang, 0)),
        (_("Different steps"), words_format.number(kept["activities"], lang, 0)),
        (_("Units"), words_format.number(kept["units"], lang, 0)),
        (_("Start times"), starts(kept, lang)),
    ]
    if kept.get("ties"):
        rows.append(
            (
                _("Equal times in one case (order of the table kept)"),
                words_format.number(kept["ties"], lang, 0),
            )
        )
    if kept.get("date_only"):
        rows.append((_("Dates without a time"), words_format.number(kept["date_only"], lang, 0)))
    return rows


def starts(kept: Mapping[str, Any], lang: str) -> str:
    """How the start of each piece of work is known."""
    total = kept["work_items"] or 1
    known = kept["start_recorded"] + kept["start_paired"]
    if not known and not kept["start_estimated"]:
        return _("not in the table: work and waiting cannot be told apart")
    share = words_format.percent(known / total, lang)
    estimated = words_format.percent(kept["start_estimated"] / total, lang)
    if kept["start_estimated"]:
        return _("%(share)s recorded, %(estimated)s estimated") % {"share": share, "estimated": estimated}
    return _("%(share)s recorded") % {"share": share}


def period(kept: Mapping[str, Any], lang: str) -> str:
    import datetime as dt
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(kept["timezone"])
    first, last = (
        dt.datetime.fromtimestamp(kept[name] / 1_000_000, tz=zone).date() for name in ("first_at", "last_at")
    )
    return words_format.period(first, last, lang)


def guess_reasons(guess: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Role → why this column was taken for it."""
    told: dict[str, str] = {}
    for choice in guess.get("choices", []):
        role = "steps" if choice["role"].startswith("step") else choice["role"]
        told.setdefault(role, words_problems.reason(choice["reason"], lang))
    return told


def cases_sentence(cases: int, lang: str) -> str:
    """ "412 cases", or that they are fewer than five."""
    if is_small(cases):
        return _("fewer than five cases")
    return ngettext("%(number)s case", "%(number)s cases", cases) % {
        "number": words_format.number(cases, lang, 0)
    }

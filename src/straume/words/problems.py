"""What is wrong with an input, where, and what to do about it: sentences for the codes of
`straume.lean.errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from straume.lean.errors import Problem
from straume.words import bpmn, model_problems, steps
from straume.words import format as fmt
from straume.words.catalog import catalog, known
from straume.words.problem_text import Text
from straume.words.problem_text import marked as _
from straume.words.problem_text_calls import CALLS
from straume.words.problem_text_cluster import CLUSTER
from straume.words.problem_text_files import FILES
from straume.words.problem_text_markup import MARKUP
from straume.words.problem_text_notices import NOTICES
from straume.words.problem_text_values import VALUES

TEXTS: Mapping[str, Text] = {**FILES, **MARKUP, **VALUES, **NOTICES, **CALLS, **CLUSTER}
CODES = (*TEXTS, *bpmn.CODES)

_UNKNOWN = Text(
    _("Something is wrong with the input ({code})."), _("Export the data again and try once more.")
)
_ROLES = {
    "case": _("case"),
    "activity": _("step"),
    "start": _("start"),
    "end": _("end"),
    "worker": _("worker"),
    "unit": _("unit"),
    "outcome": _("outcome"),
    "channel": _("channel"),
    "received": _("received"),
    "due": _("due date"),
    "closed": _("date of closing"),
    "status": _("status of the case"),
    "stop_from": _("clock stopped from"),
    "stop_to": _("clock stopped until"),
    "transition": _("state of the work"),
    "instance": _("number of the piece of work"),
    "step": _("step"),
    "steps": _("step"),
}
_REASONS = {
    "name_exact": _("The column is called so."),
    "name_part": _("The name of the column speaks of it."),
    "content_dates": _("There are dates in the column."),
    "content_ids": _("The values look like numbers of cases."),
    "content_words": _("The same few words come back in the column."),
}


class Coded(Protocol):
    """A Problem, or a StraumeError."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


def knows(code: str) -> bool:
    """Whether there is a sentence for the code, here or in a module of its own."""
    return any(code in codes for codes in (CODES, steps.CODES, model_problems.CODES))


def sentence(problem: Coded, lang: str) -> str:
    """What is wrong."""
    if problem.code in bpmn.CODES:
        return bpmn.sentence(problem, lang)
    if problem.code not in TEXTS and problem.code in steps.CODES:
        return steps.sentence(problem, lang)
    if problem.code in model_problems.CODES:
        return model_problems.sentence(problem, lang)
    return _filled(TEXTS.get(problem.code, _UNKNOWN).sentence, problem, lang)


def advice(problem: Coded, lang: str) -> str:
    """What to do about it."""
    if problem.code in bpmn.CODES:
        return bpmn.advice(problem, lang)
    if problem.code not in TEXTS and problem.code in steps.CODES:
        return steps.advice(problem, lang)
    if problem.code in model_problems.CODES:
        return model_problems.advice(problem, lang)
    return _filled(TEXTS.get(problem.code, _UNKNOWN).advice, problem, lang)


def place(problem: Problem, lang: str) -> str:
    """Where it stands, as a list; empty where the whole file is meant."""
    if problem.code in model_problems.CODES:
        return model_problems.place(problem, lang)
    translate = catalog("problems", known(lang)).gettext
    where = problem.place
    parts = []
    if where.sheet is not None:
        parts.append(translate("sheet “{sheet}”").format(sheet=where.sheet))
    if where.row is not None:
        parts.append(translate("row {row}").format(row=where.row))
    if where.column is not None:
        parts.append(translate("column “{column}”").format(column=where.column))
    if where.line is not None:
        parts.append(translate("line {line}").format(line=where.line))
    return ", ".join(parts)


def role(name: str, lang: str) -> str:
    """Name of a role of a column; of `step:…` the word for a step."""
    own = _ROLES.get(name.partition(":")[0])
    return catalog("problems", known(lang)).gettext(own) if own else name


def reason(code: str, lang: str) -> str:
    """Why a column was guessed for a role."""
    return catalog("problems", known(lang)).gettext(_REASONS[code])


def _filled(text: str, problem: Coded, lang: str) -> str:
    lang = known(lang)
    shown = {name: _shown(name, value, lang) for name, value in problem.params.items()}
    return catalog("problems", lang).gettext(text).format_map(_Given({**shown, "code": problem.code}))


_PLAIN = frozenset({"first", "second", "position", "first_year", "last_year", "version"})


def _shown(name: str, value: Any, lang: str) -> str:
    if name in ("role", "other"):
        return role(str(value), lang)
    if isinstance(value, (int, float)) and not isinstance(value, bool) and name not in _PLAIN:
        return fmt.number(value, lang)
    return str(value)


class _Given(dict[str, str]):
    """Parameters; one that a problem does not carry shows as a dash, not as a brace."""

    def __missing__(self, key: str) -> str:
        return "–"

"""A BPMN file in words: what is wrong with it, what a value stream cannot hold of it, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from straume.lean.errors import Problem
from straume.words import format as fmt
from straume.words.bpmn_text import FAULTS, KINDS, NOTICES
from straume.words.catalog import catalog, known

TEXTS = {**FAULTS, **NOTICES}
CODES = tuple(TEXTS)
BETWEEN_QUOTED = {"en": "”, “", "lv": "”, „", "lt": "“, „"}
UNSAID = ("id", "name", "trigger", "calls")  # in them notices may differ and be told together


class Coded(Protocol):
    """A Problem, or a StraumeError."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Told:
    """What is said of several elements at once, and which they are."""

    sentence: str
    advice: str
    elements: tuple[tuple[str, int | None], ...]  # name or id, line


def sentence(problem: Coded, lang: str) -> str:
    """What is wrong, or cannot be held. Raises KeyError for a code that is not of a BPMN file."""
    return _filled(TEXTS[problem.code].sentence, problem, known(lang))


def advice(problem: Coded, lang: str) -> str:
    """What to do about it."""
    return _filled(TEXTS[problem.code].advice, problem, known(lang))


def kind(element: str, lang: str) -> str:
    """What an element of BPMN is called, to stand at the beginning of a line."""
    name = KINDS.get(element)
    return catalog("bpmn", known(lang)).gettext(name) if name else element


def told_together(notices: Sequence[Problem], lang: str) -> list[Told]:
    """Notices of a file, what is alike told once: what changes the meaning first, what is carried last."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for notice in notices:
        alike = {name: value for name, value in notice.params.items() if name not in UNSAID}
        groups.setdefault((notice.code, repr(sorted(alike.items()))), []).append(notice)
    order = {code: number for number, code in enumerate(NOTICES)}
    together = sorted(groups.items(), key=lambda item: order.get(item[0][0], -1))
    return [_together(found, known(lang)) for _, found in together]


def _together(found: list[Problem], lang: str) -> Told:
    elements = tuple((_called(one), one.place.line) for one in found)
    if len(found) == 1:
        return Told(sentence(found[0], lang), advice(found[0], lang), elements)
    names = BETWEEN_QUOTED[lang].join(dict.fromkeys(name for name, _ in elements))
    many = Problem(found[0].code, {**found[0].params, "name": names})
    return Told(sentence(many, lang), advice(many, lang), elements)


def _called(problem: Coded) -> str:
    return str(problem.params.get("name") or problem.params.get("id") or "–")


def _length(minutes: float, lang: str) -> str:
    """A time of the calendar: from a day on in days."""
    return fmt.days(minutes / 1440, lang) if minutes >= 1440 else fmt.minutes(minutes, lang)


def _filled(text: str, problem: Coded, lang: str) -> str:
    said = dict(problem.params)
    said["kind"] = kind(str(said.get("element", "")), lang)
    said["called"] = _called(problem)
    if isinstance(said.get("percent"), (int, float)):
        said["percent"] = fmt.percent(said["percent"] / 100, lang)
    if isinstance(said.get("minutes"), (int, float)):
        said["time"] = _length(said["minutes"], lang)
    if isinstance(said.get("times"), (int, float)):
        said["times"] = fmt.number(said["times"], lang)
    return catalog("bpmn", lang).gettext(text).format_map(said)

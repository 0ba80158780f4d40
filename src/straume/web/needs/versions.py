"""What changed between two versions of a questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from straume.web.needs.items import LANGUAGES, Choice, Item
from straume.web.needs.models import Questionnaire


@dataclass(frozen=True)
class Change:
    """One question that is new, gone, or asked otherwise."""

    name: str
    label: str
    kind: str  # new, gone, changed
    said: tuple[str, ...]


def compared(first: Sequence[Item], second: Sequence[Item]) -> list[Change]:
    """Changes in the order of the second version; what is gone stands last."""
    before = {item.name: item for item in first}
    after = {item.name: item for item in second}
    changes = []
    for item in second:
        if item.name not in before:
            changes.append(Change(item.name, item.said(), "new", ()))
        elif said := _differences(before[item.name], item, before, after):
            changes.append(Change(item.name, item.said(), "changed", tuple(said)))
    gone = [Change(item.name, item.said(), "gone", ()) for item in first if item.name not in after]
    return changes + gone


def _differences(first: Item, second: Item, before: dict[str, Item], after: dict[str, Item]) -> list[str]:
    said = []
    if first.type != second.type:
        said.append(_("another type of question"))
    for code in LANGUAGES:
        if first.label.get(code) != second.label.get(code):
            said.append(
                _("words (%(language)s): “%(before)s” → “%(after)s”")
                % {"language": code, "before": first.label.get(code, ""), "after": second.label.get(code, "")}
            )
    if dict(first.hint) != dict(second.hint):
        said.append(_("the hint"))
    if first.required != second.required:
        said.append(_("must be answered now") if second.required else _("need not be answered now"))
    if first.relevant != second.relevant:
        said.append(
            _("asked only if: “%(before)s” → “%(after)s”")
            % {"before": first.relevant or "–", "after": second.relevant or "–"}
        )
    said += _lines(first.choices, second.choices) + _lines(first.rows, second.rows)
    measured = (first.measures, first.topic, first.need_kind, first.stratum)
    if measured != (second.measures, second.topic, second.need_kind, second.stratum):
        said.append(_("what it measures"))
    if _place(first.name, before, after) != _place(first.name, after, before):
        said.append(_("its place"))
    return said


def _lines(first: Sequence[Choice], second: Sequence[Choice]) -> list[str]:
    before, after = {one.name: one for one in first}, {one.name: one for one in second}
    said = [_("new: “%(name)s”") % {"name": one.said()} for one in second if one.name not in before]
    said += [_("gone: “%(name)s”") % {"name": one.said()} for one in first if one.name not in after]
    said += [
        _("changed: “%(name)s”") % {"name": one.said()}
        for one in second
        if one.name in before and before[one.name] != one
    ]
    return said


def _place(name: str, here: dict[str, Item], there: dict[str, Item]) -> int:
    """Its place among the questions that both versions have."""
    return [one for one in here if one in there].index(name)


def titles_of(questionnaire: Questionnaire, key: str = "title") -> dict[str, str]:
    """Its titles as fields of `key` in each language."""
    return {f"{key}_{lang}": getattr(questionnaire, f"title_{lang}") or "" for lang in LANGUAGES}

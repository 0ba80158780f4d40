"""The words of the studio: headings and hints of its fields, and what its scripts say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from straume.web.studies.forms.steps import WORDS
from straume.web.studies.views.reader import language
from straume.words import terms

MAIN = ("step", "lane", "touch", "wait", "complete_accurate")
MORE = (
    "unit",
    "goes_to",
    "share",
    "occurrences",
    "value_class",
    "medium",
    "legal_basis",
    "legal_from",
    "legal_until",
    "batch_days",
    "batch_size",
    "system",
    "is_check",
    "notes",
)
SHORT = {  # headings of the grid, where there is little room
    "step": gettext_lazy("What is done?"),
    "lane": gettext_lazy("Who does it?"),
    "touch": gettext_lazy("Work"),
    "wait": gettext_lazy("Waits before it"),
    "complete_accurate": gettext_lazy("Usable as it is, %"),
}
HINTS = {
    "step": gettext_lazy("verb and noun"),
    "lane": gettext_lazy("post or unit, no name"),
    "touch": gettext_lazy("15–40 min"),
    "wait": gettext_lazy("2 weeks, 3 working days"),
    "complete_accurate": "90",
}


@dataclass(frozen=True)
class Column:
    """One field of a step."""

    field: str
    label: Any
    hint: Any = ""
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_tick(self) -> bool:
        return self.field == "is_check"


def columns() -> dict[str, list[Column]]:
    """The fields of the first line of a step, and those that open below it."""
    return {
        "main": [Column(name, SHORT[name], HINTS[name]) for name in MAIN],
        "more": [more(name) for name in MORE],
    }


def more(name: str) -> Column:
    lang = language()
    if name == "value_class":
        values = [(code, terms.value_class(code, lang)) for code in ("value", "necessary", "waste")]
        return Column(name, _("Does it give value?"), "", (("", terms.value_class(None, lang)), *values))
    if name == "medium":
        media = [(code, terms.medium(code, lang)) for code in ("paper", "email", "system", "phone", "person")]
        return Column(name, _("How does the case come here?"), "", (("", "–"), *media))
    if name in WORDS:
        return Column(name, *WORDS[name])
    return Column(name, terms.column(name, lang))


def label_of(field: str) -> str:
    """What a field is called in a sentence, a diff or a conflict."""
    if field in SHORT:
        return str(SHORT[field])
    own = {
        "place": _("Place in the order"),
        "demand": _("Cases a year"),
        "rate": _("Cost of an hour of work, EUR"),
        "text": pgettext("map", "Idea"),
        "burst_of": _("Step"),
    }
    return own[field] if field in own else str(more(field).label)


def words() -> dict[str, Any]:
    """What the scripts say; {n} and the like are filled in there."""
    fields = (*MAIN, *MORE, "place", "demand", "rate", "text")
    return {
        "fields": {name: label_of(name) for name in fields},
        "step": _("Step {n}"),
        "named": _("Step {n}: {name}"),
        "saved": _("Saved"),
        "saving": _("Saving …"),
        "offline": _("No connection. Changes kept in this browser: {n}"),
        "offline_none": _("No connection. Everything is saved."),
        "signed_out": _("You are signed out. Sign in in another tab; changes kept in this browser: {n}"),
        "locked": _("The map is locked. Changes that were not taken: {n}"),
        "refused": _("The server does not take these changes. Kept in this browser: {n}"),
        "added": _("Step added."),
        "moved": _("The step is now number {n}."),
        "removed": _("Step taken out. “Undo” brings it back."),
        "undone": _("Undone."),
        "redone": _("Done again."),
        "changed_since": _("Somebody changed this since, so it was left as it is."),
        "nothing_to_undo": _("There is nothing to undo."),
        "nothing_to_redo": _("There is nothing to do again."),
        "conflict": _("{step}, “{field}”: two people wrote different things without seeing each other."),
        "conflict_place": _("{step}: two people moved it to different places."),
        "conflict_removed": _("{step}: one person took it out, another changed it."),
        "take": _("“{value}” it is"),
        "empty": _("Leave it empty"),
        "keep": _("Keep the step"),
        "take_out": _("Take it out"),
        "as_number": _("Make it number {n}"),
        "third": _("Write something else"),
        "new_conflict": _("Two people wrote different things. Please choose."),
        "not_understood": _("not understood yet"),
    }

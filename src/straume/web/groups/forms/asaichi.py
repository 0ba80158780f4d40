"""The board of a day on one page, an action, what came of what was carried on."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.groups.models import BoardDay, BoardEntry, BoardProblem
from straume.web.places.forms.units import day_field
from straume.web.places.models import Unit

HINTS = {
    "time": gettext_lazy("Such as: 31 of 34 requests answered in time."),
    "quality": gettext_lazy("Such as: 3 of 40 came back incomplete."),
    "people": gettext_lazy(
        "Capacity and learning of the unit, such as: 2 of 5 posts at the counter; 5S learnt. Never a person."
    ),
    "cost": gettext_lazy("Such as: 12 letters on paper, 5 fewer than last week."),
}


class BoardForm(forms.Form):
    """Four columns, the oldest case, three problems: what a stand-up of a quarter of an hour writes down."""

    oldest_days = forms.IntegerField(
        label=gettext_lazy("Oldest open case, days"), required=False, min_value=0, max_value=10_000
    )
    oldest_what = forms.CharField(
        label=gettext_lazy("What it waits for"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("No name of a client or a colleague."),
    )

    def __init__(self, *args: Any, unit: Unit, day: BoardDay | None, **kwargs: Any) -> None:
        entries = {one.column: one for one in day.entries.all()} if day else {}
        problems = {one.place: one.text for one in standing(unit)}
        kwargs["initial"] = {
            "oldest_days": day.oldest_days if day else None,
            "oldest_what": day.oldest_what if day else "",
            **{f"problem_{place}": text for place, text in problems.items()},
            **{f"{column}_text": one.text for column, one in entries.items()},
            **{f"{column}_light": one.light for column, one in entries.items()},
        }
        super().__init__(*args, **kwargs)
        for column, label in BoardEntry.Column.choices:
            self.fields[f"{column}_text"] = forms.CharField(
                label=label, required=False, max_length=120, help_text=HINTS[column]
            )
            self.fields[f"{column}_light"] = forms.ChoiceField(
                label=_("%(column)s: how it stands") % {"column": label},
                required=False,
                choices=BoardEntry.Light.choices,
                widget=forms.RadioSelect,
            )
        for place in (1, 2, 3):
            self.fields[f"problem_{place}"] = forms.CharField(
                label=_("Problem %(number)s") % {"number": place},
                required=False,
                max_length=200,
                help_text=_("Empty it when it is solved.") if place == 1 else "",
            )

    def columns(self) -> list[tuple[Any, Any]]:
        return [(self[f"{column}_text"], self[f"{column}_light"]) for column in BoardEntry.Column.values]

    def rest(self) -> list[Any]:
        return [self[name] for name in ("oldest_days", "oldest_what", "problem_1", "problem_2", "problem_3")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for column in BoardEntry.Column.values:
            if cleaned.get(f"{column}_text") and not cleaned.get(f"{column}_light"):
                self.add_error(f"{column}_light", _("Say how it stands."))
        return cleaned


def standing(unit: Unit) -> list[BoardProblem]:
    """The problems that are open, in their order."""
    return list(unit.board_problems.filter(solved_on__isnull=True).order_by("place"))


class BoardActionForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.CharField(label=gettext_lazy("What is to be done"), max_length=200)
    owner_post = forms.CharField(
        label=gettext_lazy("Which post does it"),
        max_length=120,
        help_text=gettext_lazy("A post, not a person."),
    )
    due_on = day_field(gettext_lazy("By when"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands on the board of the unit."),
        error_messages={"required": gettext_lazy("Say in a sentence what came of it.")},
    )

"""How many posts each unit has for the service, and what a search is to find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from straume.web.studies.models import ScenarioSearch, StaffSaid

MOST_POSTS = 64


class StaffForm(forms.Form):
    """One field for each unit; empty: not known, then nobody queues there."""

    queue_only = forms.BooleanField(
        label=_("What people told as waiting is the queue for these people: do not count it on top"),
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Sequence[str], said: StaffSaid | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        kept = said.staff if said else {}
        for at, unit in enumerate(self.units):
            self.fields[f"unit-{at}"] = forms.FloatField(
                label=unit,
                required=False,
                min_value=0.1,
                max_value=MOST_POSTS,
                initial=kept.get(unit),
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
                error_messages={
                    "invalid": _("Write a number of posts, such as 1.5, or leave it empty."),
                    "min_value": _("Write more than nought, or leave it empty."),
                    "max_value": _("Write at most 64 posts."),
                },
            )
        self.fields["queue_only"].initial = bool(said and said.queue_only)
        self.order_fields([*(f"unit-{at}" for at in range(len(self.units))), "queue_only"])

    def staff(self) -> dict[str, float]:
        said = {unit: self.cleaned_data.get(f"unit-{at}") for at, unit in enumerate(self.units)}
        return {unit: float(posts) for unit, posts in said.items() if posts}


class SearchForm(forms.Form):
    """What is looked for."""

    kind = forms.ChoiceField(
        label=_("What are you looking for?"),
        choices=ScenarioSearch.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you are looking for.")},
    )
    days = forms.FloatField(
        label=_("Within how many days are 9 of 10 cases to be answered?"),
        help_text=_("For the smallest staff. Filled in from the service's deadline where it has one."),
        required=False,
        min_value=0.5,
        max_value=3650,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
        error_messages={
            "invalid": _("Write a number of days, such as 20."),
            "min_value": _("Write at least half a day."),
            "max_value": _("Write at most ten years."),
        },
    )
    clock = forms.ChoiceField(
        label=_("Which days?"),
        choices=(("calendar", _("Calendar days")), ("working", _("Working days"))),
        required=False,
    )
    scenario = forms.ChoiceField(label=_("With which scenario?"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scenarios: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scenario"].choices = [("", _("As it is now")), *scenarios]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if (
            said.get("kind") == ScenarioSearch.Kind.STAFF
            and not said.get("days")
            and "days" not in self.errors
        ):
            self.add_error("days", _("Write within how many days."))
        return said


class PoolForm(forms.Form):
    """Whose unit works as one with ours, and how many posts both have for the service."""

    partner = forms.ChoiceField(label=_("With which municipality?"))
    our_unit = forms.ChoiceField(label=_("Our unit"))
    our_posts = forms.FloatField(
        label=_("Our full-time posts for this service"), min_value=0.1, max_value=MOST_POSTS, localize=True
    )
    their_unit = forms.CharField(label=_("Their unit"), max_length=200)
    their_posts = forms.FloatField(
        label=_("Their full-time posts for this service"), min_value=0.1, max_value=MOST_POSTS, localize=True
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        partners: Sequence[tuple[str, str]],
        units: Sequence[str],
        their_units: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("our_posts", "their_posts"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6})
            self.fields[name].error_messages.update(
                {
                    "required": _("Write a number of posts, such as 1.5."),
                    "invalid": _("Write a number of posts, such as 1.5."),
                    "min_value": _("Write more than nought."),
                    "max_value": _("Write at most 64 posts."),
                }
            )
        self.fields["partner"].choices = list(partners)  # type: ignore[attr-defined]
        self.fields["our_unit"].choices = [(unit, unit) for unit in units]  # type: ignore[attr-defined]
        if their_units:
            self.fields["their_unit"] = forms.ChoiceField(
                label=_("Their unit"), choices=[(unit, unit) for unit in their_units]
            )
        self.order_fields(["partner", "our_unit", "our_posts", "their_unit", "their_posts"])

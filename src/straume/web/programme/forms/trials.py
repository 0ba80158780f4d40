"""A “try it” card, what became of it, and what people do differently after months."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from straume.web.needs.models import Need
from straume.web.places.lean_tools import LeanTool
from straume.web.places.models import Unit
from straume.web.programme.models import Activity, TryOutcome
from straume.web.programme.questions import HINDERED, USES


class _Unit(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.institution.name}"


class TryCardForm(forms.Form):
    """Five answers; no names."""

    what = forms.CharField(
        label=_("What will we try?"),
        max_length=300,
        help_text=_("One thing, small enough for a month. Please no names."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    unit = _Unit(queryset=Unit.objects.none(), label=_("In which unit?"))
    tool = forms.ChoiceField(label=_("With which lean tool?"), choices=LeanTool.choices)
    by_on = forms.DateField(
        label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    need: forms.ModelChoiceField[Need] = forms.ModelChoiceField(
        queryset=Need.objects.none(), label=_("Which need does it answer?"), required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: Activity, units: QuerySet[Unit], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        units = units.select_related("institution").order_by("institution__name", "name")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["need"].queryset = Need.objects.filter(activity_links__activity=activity)  # type: ignore[attr-defined]


class BecameForm(forms.Form):
    became = forms.ChoiceField(
        label=_("What became of it?"), choices=TryOutcome.Became.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why, and what did you see?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where it was not tried. Please no names."),
    )
    evidence_url = forms.URLField(
        label=_("Link to the evidence"),
        required=False,
        assume_scheme="https",
        help_text=_("A picture of the board, a new form, a standard."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("became") == TryOutcome.Became.NOT_TRIED and not said.get("why"):
            self.add_error("why", _("Say why it was not tried; that helps the next one."))
        if said.get("became") == TryOutcome.Became.STANDARD and not (
            said.get("why") or said.get("evidence_url")
        ):
            self.add_error("why", _("Say by what one sees that it is the standard now, or give a link."))
        return said


class UseForm(forms.Form):
    use = forms.ChoiceField(
        label=_("Do you do something differently since?"),
        choices=list(USES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    hindered = forms.MultipleChoiceField(
        label=_("What stands in the way?"),
        choices=list(HINDERED.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("What do you do differently?"),
        help_text=_("Please no names. Those who run the programme read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

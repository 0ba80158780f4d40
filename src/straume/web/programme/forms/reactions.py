"""Asking the room, and answering on a phone."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from straume.web.programme.actions.reactions import MOST_SLIPS, slip_of
from straume.web.programme.models import ReactionRound
from straume.web.programme.questions import SCALES, STEPS


class OpenReactionForm(forms.Form):
    """How an answer is kept from being counted twice."""

    way = forms.ChoiceField(
        label=_("How shall it be counted?"),
        choices=ReactionRound.Way.choices,
        initial=ReactionRound.Way.DEVICE,
        widget=forms.RadioSelect,
        help_text=_("Slips are drawn from a box by hand: then also two people with one phone both answer."),
    )
    slips = forms.IntegerField(
        label=_("How many slips?"), min_value=5, max_value=MOST_SLIPS, required=False, initial=30
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("way") == ReactionRound.Way.SLIP and not said.get("slips"):
            self.add_error("slips", _("Say how many slips are to be printed."))
        return said


class ReactionForm(forms.Form):
    """Four scales and one question in own words; nothing has to be answered, but something."""

    def __init__(self, *args: Any, opened: ReactionRound, slip: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened = opened
        for name, label in SCALES.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=list(STEPS.items()),
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["words"] = forms.CharField(
            label=_("What shall we keep, what change?"),
            help_text=_("Please no names. Those who run the programme read it."),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        if opened.way == ReactionRound.Way.SLIP:
            self.fields["slip"] = forms.CharField(
                label=_("Code of your slip"), max_length=20, initial=slip, help_text=_("Such as k7mq-3xfa.")
            )
        # where a browser keeps no cookie at all, sending twice is still one answer
        self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_slip(self) -> str:
        slip = slip_of(opened=self.opened, code=self.cleaned_data["slip"])
        if slip is None:
            raise forms.ValidationError(_("There is no slip with this code. Please look once more."))
        return slip.code

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not self.answers() and not said.get("words"):
            raise forms.ValidationError(_("Please answer at least one question."))
        return said

    def answers(self) -> dict[str, int]:
        given = ((name, self.cleaned_data.get(name)) for name in SCALES)
        return {name: step for name, step in given if step}


def so_far(count: int) -> Any:
    """How many answered, for the one who waits for it in the room."""
    return ngettext_lazy("%(count)s answer so far", "%(count)s answers so far", count) % {"count": count}

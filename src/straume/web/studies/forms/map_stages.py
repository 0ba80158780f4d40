"""When a map came to a stage, and which post answers for it; an action that comes of a burst, and its end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from straume.web.studies.actions.map_stages import NEXT
from straume.web.studies.models import MapStage, StreamMap

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class StageForm(forms.Form):
    """The next stage of a map."""

    stage = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    on = forms.DateField(
        label=_("On which day?"),
        widget=DAY,
        error_messages={"required": _("Give the day on which it happened.")},
    )
    post = forms.CharField(
        label=_("Which post answers for it?"),
        help_text=_("A post, without a name. For example: head of the unit."),
        max_length=120,
        error_messages={"required": _("Name the post that answers for it.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, staged: StreamMap, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = NEXT[staged.stage()]
        choices = [(stage, label) for stage, label in MapStage.Stage.choices if stage in following]
        self.fields["stage"].choices = choices  # type: ignore[attr-defined]


class ActionForm(forms.Form):
    """Who does by when what a burst asks for."""

    owner_post = forms.CharField(
        label=_("Which post sees to it?"),
        help_text=_("A post, without a name. For example: head of the unit."),
        max_length=120,
        error_messages={"required": _("Name the post that sees to it.")},
    )
    due_on = forms.DateField(
        label=_("By when?"),
        widget=DAY,
        error_messages={"required": _("Give the day by which it is to be done.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


class DoneForm(forms.Form):
    """Since when an action is done, and by what one sees it."""

    on = forms.DateField(
        label=_("On which day was it done?"),
        widget=DAY,
        error_messages={"required": _("Give the day on which it was done.")},
    )
    evidence = forms.CharField(
        label=_("By what does one see it?"),
        help_text=_("For example: the new form is in use; the order of 12 March."),
        max_length=500,
        error_messages={"required": _("Say by what one sees that it is done.")},
    )

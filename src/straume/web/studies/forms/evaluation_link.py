"""Which result of which of one's own studies came of an activity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class EvaluationLinkForm(forms.Form):
    """One list of results: assessments and actions of the studies that one works on."""

    result = forms.ChoiceField(
        label=_("Which result?"),
        error_messages={"required": _("Choose a result.")},
    )
    why = forms.CharField(
        label=_("Why do you think that it came of this activity?"),
        max_length=400,
        help_text=_("For example: we drew this map on the second day and did it again at home."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, results: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [("", "–"), *results]  # type: ignore[attr-defined]

"""Which assessments show what a practice card tells."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from straume.web.studies.models import Study


class CardEvidenceForm(forms.Form):
    studies: forms.ModelMultipleChoiceField[Study] = forms.ModelMultipleChoiceField(
        queryset=Study.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Which assessments of the institution does the card stand on?"),
        help_text=_("The card shows what they published, as long as it is published."),
    )

    def __init__(self, *args: Any, studies: QuerySet[Study], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["studies"].queryset = studies  # type: ignore[attr-defined]

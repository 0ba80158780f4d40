"""One text of the minutes as the page sends it."""

from __future__ import annotations

from typing import Any

from django import forms

from straume.web.groups.minutes_page import languages_of
from straume.web.groups.models import AgendaPoint, Meeting, MinuteText, TextLanguage

LONGEST = 20_000  # characters of one point in one language


class TextForm(forms.Form):
    point: forms.ModelChoiceField[AgendaPoint] = forms.ModelChoiceField(queryset=AgendaPoint.objects.none())
    language = forms.ChoiceField()
    text = forms.CharField(required=False, max_length=LONGEST, strip=False)
    state = forms.ChoiceField(choices=MinuteText.State.choices)
    base = forms.IntegerField(min_value=0)
    key = forms.UUIDField()

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = meeting.agenda.all()  # type: ignore[attr-defined]
        labels = dict(TextLanguage.choices)
        self.fields["language"].choices = [(code, labels[code]) for code in languages_of(meeting)]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """As browsers send it and as it was typed: one kind of line end."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

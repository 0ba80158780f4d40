"""The results of a survey made elsewhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.needs import imported_file
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution

LARGEST = 5 * 1024 * 1024


class ImportForm(forms.Form):
    """Read as a whole: either it is taken in, or every row that is wrong is named."""

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name of the survey"), max_length=200)
    source = forms.CharField(
        label=gettext_lazy("Who made the survey"),
        max_length=200,
        help_text=gettext_lazy("An institution or a company, and where the results are published."),
    )
    owner: forms.ModelChoiceField[Institution] = forms.ModelChoiceField(
        queryset=Institution.objects.none(), label=gettext_lazy("Kept by"), empty_label=None
    )
    opens_on = day_field(gettext_lazy("Asked from"))
    closes_on = day_field(gettext_lazy("Asked until"))
    file = forms.FileField(
        label=gettext_lazy("File with the results (XLSX)"),
        help_text=gettext_lazy("One row per question and place. The template has the headings."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    reading: imported_file.Reading

    def __init__(self, *args: Any, owners: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        if uploaded.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        self.reading = imported_file.read(uploaded)
        if self.reading.problems:
            raise forms.ValidationError(self.reading.problems[: imported_file.MOST_ERRORS])
        return uploaded

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The end lies before the beginning. Set a later day."))
        return cleaned

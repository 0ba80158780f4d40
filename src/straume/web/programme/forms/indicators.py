"""Output indicators as the funder words them, and until when names are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.forms.units import day_field
from straume.web.programme.models import Activity, OutputIndicator, Retention
from straume.web.services.forms.texts import TextsForm, in_languages


class IndicatorForm(TextsForm):
    texts = ("title", "how_counted")
    one_needed = ("title",)

    class Meta:
        model = OutputIndicator
        fields = [
            "code",
            *in_languages("title"),
            "counts",
            "target",
            *in_languages("how_counted"),
            "activities",
        ]
        widgets = {"activities": forms.CheckboxSelectMultiple}
        help_texts = {"code": gettext_lazy("As it stands in the application, such as O4.1.2.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
        found = Activity.objects.filter(work_package__project=self.instance.project_id)
        self.fields["activities"].queryset = found.order_by("from_on", "pk")  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        same = OutputIndicator.objects.filter(project=self.instance.project_id, code__iexact=code)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("The project has an indicator with this code. Change that one."))
        return code


class RetentionForm(forms.ModelForm[Retention]):
    until_on = day_field(
        gettext_lazy("Kept until"), help_text=gettext_lazy("The day after it names are erased.")
    )

    class Meta:
        model = Retention
        fields = ["until_on", "rule"]
        help_texts = {"rule": gettext_lazy("Such as: programme manual, five years after the last payment.")}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until_on(self) -> date:
        until_on: date = self.cleaned_data["until_on"]
        if until_on < self.today:
            raise forms.ValidationError(
                _("This day is over: names would be erased at once. Set a later day.")
            )
        return until_on

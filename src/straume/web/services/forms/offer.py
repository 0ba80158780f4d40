"""An offer of a service in one's own institution, and how much it is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution, Unit
from straume.web.services.forms.service import at_least_one, check_deadline
from straume.web.services.forms.texts import say_what_empty_means
from straume.web.services.models import Offer, YearlyDemand


class NewOfferForm(forms.Form):
    """In which of one's own institutions the service is offered."""

    institution: forms.ModelChoiceField[Institution] = forms.ModelChoiceField(
        queryset=Institution.objects.none(),
        label=gettext_lazy("Which institution offers it?"),
        error_messages={"required": gettext_lazy("Choose the institution.")},
    )

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]
        if institutions.count() == 1:
            self.fields["institution"].initial = institutions.get()


class OfferForm(forms.ModelForm[Offer]):
    from_on = day_field(gettext_lazy("Offered from"), required=False)
    until_on = day_field(
        gettext_lazy("Offered until"), required=False, help_text=gettext_lazy("Empty while it is offered.")
    )

    class Meta:
        model = Offer
        fields = ["unit", "holder", "provider", "deadline_days", "deadline_clock", "from_on", "until_on"]
        help_texts = {
            "holder": gettext_lazy("Who answers for the service: a body or a post, never a person’s name."),
            "provider": gettext_lazy("Who gives it to the client: a body or a post, never a person’s name."),
            "deadline_days": gettext_lazy("Only where this place has promised less than the law asks for."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(institution=self.instance.institution)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("Not yet known")  # type: ignore[attr-defined]
        say_what_empty_means(self)

    def clean_deadline_days(self) -> int | None:
        return at_least_one(self.cleaned_data["deadline_days"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_deadline(self, cleaned)
        if cleaned.get("from_on") and cleaned.get("until_on") and cleaned["until_on"] < cleaned["from_on"]:
            self.add_error("until_on", _("The end lies before the beginning. Set a later day."))
        return cleaned


class DemandForm(forms.ModelForm[YearlyDemand]):
    class Meta:
        model = YearlyDemand
        fields = ["year", "cases", "source", "is_simulated"]
        help_texts = {"source": gettext_lazy("Such as: document-management system, 31 December 2018.")}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 1990 <= year <= self.today.year:
            raise forms.ValidationError(_("Write a year from 1990 to %(year)s.") % {"year": self.today.year})
        same = YearlyDemand.objects.filter(offer=self.instance.offer, year=year).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("This year has its figure already. Change that one."))
        return year

"""A service of the catalogue, and its parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.forms.units import day_field
from straume.web.services.forms.texts import TextsForm, in_languages, say_what_empty_means
from straume.web.services.models import (
    Channel,
    Cost,
    CountryDeadline,
    Evidence,
    LegalResource,
    Output,
    PublicService,
)
from straume.web.services.models.parts import Part


def check_deadline(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """Days and clock stand together or not at all."""
    days, clock = cleaned.get("deadline_days"), cleaned.get("deadline_clock")
    if days is not None and not clock and "deadline_clock" not in form.errors:
        form.add_error("deadline_clock", _("Say whether the deadline counts calendar days or working days."))
    if clock and days is None and "deadline_days" not in form.errors:
        form.add_error("deadline_days", _("Say how many days the deadline has."))


class ServiceForm(TextsForm):
    texts = ("name", "description", "keywords")
    one_needed = ("name",)

    class Meta:
        model = PublicService
        fields = [
            *in_languages("name", "description"),
            "identifier",
            "theme",
            "status",
            *in_languages("keywords"),
            "cofog",
            "life_events",
            "processing_time",
            "deadline_days",
            "deadline_clock",
            "lv_catalogue_id",
            "lt_pasis_id",
        ]
        widgets = {"life_events": forms.CheckboxSelectMultiple}
        help_texts = {
            "identifier": gettext_lazy("A short name that stays, such as tree-felling-permit."),
            "processing_time": gettext_lazy("As P30D for 30 days, P1M for a month."),
            "deadline_days": gettext_lazy(
                "Where countries have deadlines of their own, add those on the page of the service."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for lang in ("lv", "lt", "en"):
            self.fields[f"keywords_{lang}"].help_text = _("Separated by commas.")
        self.fields["deadline_days"].min_value = 1  # type: ignore[attr-defined]

    def clean_identifier(self) -> str:
        identifier: str = self.cleaned_data["identifier"]
        same = PublicService.objects.filter(identifier__iexact=identifier).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("Another service has this identifier. Choose a different one."))
        return identifier

    def clean_deadline_days(self) -> int | None:
        return at_least_one(self.cleaned_data["deadline_days"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_deadline(self, cleaned)
        return cleaned


def at_least_one(days: int | None) -> int | None:
    if days == 0:
        raise forms.ValidationError(_("A deadline has one day at least."))
    return days


class CountryDeadlineForm(forms.ModelForm[CountryDeadline]):
    class Meta:
        model = CountryDeadline
        fields = ["country", "days", "clock", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_empty_means(self)

    def clean_days(self) -> int | None:
        return at_least_one(self.cleaned_data["days"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        same = CountryDeadline.objects.filter(
            service=self.instance.service, country=cleaned.get("country", "")
        ).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("country", _("This country has its deadline already. Change that one."))
        return cleaned


class PartForm(TextsForm):
    """A part keeps the identifier that it has or gets one; nobody has to invent it."""

    instance: Part


class LawForm(PartForm):
    texts = ("title",)
    one_needed = ("title",)
    uri = forms.URLField(
        label=gettext_lazy("Address of the act"), required=False, max_length=500, assume_scheme="https"
    )
    in_force_from_on = day_field(gettext_lazy("In force from"), required=False)
    in_force_until_on = day_field(
        gettext_lazy("In force until"), required=False, help_text=gettext_lazy("Empty while it is in force.")
    )
    checked_by_lawyer_on = day_field(gettext_lazy("Checked by a lawyer on"), required=False)

    class Meta:
        model = LegalResource
        fields = [
            *in_languages("title"), "country", "uri", "in_force_from_on", "in_force_until_on", "is_unsure",
            "checked_by_lawyer_on",
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begin, end = cleaned.get("in_force_from_on"), cleaned.get("in_force_until_on")
        if begin and end and end < begin:
            self.add_error("in_force_until_on", _("The end lies before the beginning. Set a later day."))
        if cleaned.get("is_unsure") and cleaned.get("checked_by_lawyer_on"):
            self.add_error("is_unsure", _("An act that a lawyer checked is not unsure. Keep one of the two."))
        return cleaned


class ChannelForm(PartForm):
    texts = ("description",)

    class Meta:
        model = Channel
        fields = ["kind", *in_languages("description"), "processing_time"]


class CostForm(PartForm):
    texts = ("description",)

    class Meta:
        model = Cost
        fields = ["amount", "currency", *in_languages("description"), "channel"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = Channel.objects.filter(service=self.instance.service)  # type: ignore[attr-defined]
        self.fields["channel"].queryset = channels  # type: ignore[attr-defined]
        self.fields["channel"].empty_label = _("Any channel")  # type: ignore[attr-defined]


class EvidenceForm(PartForm):
    texts = ("name", "description")
    one_needed = ("name",)

    class Meta:
        model = Evidence
        fields = in_languages("name", "description")


class OutputForm(PartForm):
    texts = ("name", "description")
    one_needed = ("name",)

    class Meta:
        model = Output
        fields = ["kind", *in_languages("name", "description")]

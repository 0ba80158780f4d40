"""Hosts and stops of a visit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution
from straume.web.programme.forms.activity import ProgrammeTextsForm, not_below_nought
from straume.web.programme.forms.parts import time_field
from straume.web.programme.models import VisitHost, VisitStop
from straume.web.services.forms.texts import in_languages


class HostForm(ProgrammeTextsForm):
    class Meta:
        model = VisitHost
        fields = ["institution", "name", "country", "contact_post"]
        labels = {"institution": gettext_lazy("Institution")}
        help_texts = {"contact_post": gettext_lazy("The post, never the name of who holds it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Institution.objects.exclude(tier=Institution.Tier.NONE).order_by("name")
        self.fields["institution"].queryset = known  # type: ignore[attr-defined]
        self.fields["institution"].empty_label = _("It is not in Straume")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        institution, name = cleaned.get("institution"), (cleaned.get("name") or "").strip()
        if institution and name:
            self.add_error("name", _("Choose the institution or write its name, not both."))
        if not institution and not name and not self.errors:
            self.add_error("institution", _("Choose the institution, or write its name below."))
        same = VisitHost.objects.filter(activity=self.instance.activity, institution=institution)
        if institution and same.exclude(pk=self.instance.pk).exists():
            self.add_error("institution", _("This host is written down already. Change that entry."))
        return cleaned


class StopForm(ProgrammeTextsForm):
    texts = ("what",)
    on = day_field(gettext_lazy("Day"))
    starts = time_field(gettext_lazy("From"))
    ends = time_field(gettext_lazy("Until"), required=False)

    class Meta:
        model = VisitStop
        fields = ["on", "starts", "ends", "place", *in_languages("what"), "host", "planned_eur"]
        labels = {"host": gettext_lazy("Host")}

    def __init__(self, *args: Any, instance: VisitStop, **kwargs: Any) -> None:
        last = None if instance.pk else instance.activity.stops.last()
        initial: dict[str, Any] = (
            {} if instance.pk else {"on": last.on if last else instance.activity.from_on}
        )
        if last and last.ends:
            initial["starts"] = last.ends
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        hosts = VisitHost.objects.filter(activity=instance.activity)
        self.fields["host"].queryset = hosts.select_related("institution")  # type: ignore[attr-defined]
        self.fields["host"].empty_label = _("On the way")  # type: ignore[attr-defined]

    def clean_on(self) -> Any:
        day, activity = self.cleaned_data["on"], self.instance.activity
        if not activity.from_on <= day <= activity.until_on:
            raise forms.ValidationError(_("The activity is not held on this day. Change its days first."))
        return day

    def clean_planned_eur(self) -> Decimal:
        return not_below_nought(self.cleaned_data["planned_eur"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end lies before the beginning. Set a later time."))
        return cleaned

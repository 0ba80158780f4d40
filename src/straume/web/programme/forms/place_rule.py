"""The rule for places, quotas and groups, as those who run the programme set them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country
from straume.web.programme.forms.activity import ProgrammeTextsForm
from straume.web.programme.models import Activity, PlaceRule, Quota
from straume.web.services.forms.texts import in_languages


def moment_field(label: Any, **kwargs: Any) -> forms.DateTimeField:
    """A day and an hour, with the browser's own picker."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, required=False, **kwargs)


class PlaceRuleForm(ProgrammeTextsForm):
    texts = ("note",)
    one_needed = ()
    places = forms.IntegerField(
        label=gettext_lazy("Places"), min_value=1, max_value=5000, help_text=gettext_lazy("All together.")
    )
    closes_at = moment_field(
        gettext_lazy("People are taken until"), help_text=gettext_lazy("Empty: until the activity begins.")
    )
    allots_at = moment_field(
        gettext_lazy("Places are allotted on"),
        help_text=gettext_lazy("Only where people are collected first."),
    )
    changes_until_at = moment_field(
        gettext_lazy("People change and cancel until"),
        help_text=gettext_lazy("Empty: until the activity begins."),
    )

    class Meta:
        model = PlaceRule
        fields = [
            "way", "first_by", "then_by", *in_languages("note"), "takes_delegates", "takes_applications",
            "takes_public", "closes_at", "allots_at", "changes_until_at", "offer_hours", "seed",
            "keeps_needs_days",
        ]  # fmt: skip
        widgets = {"way": forms.RadioSelect}
        help_texts = {
            "first_by": gettext_lazy("Quotas always come before; this orders the line for the free places."),
            "then_by": gettext_lazy("Where that does not decide."),
            "offer_hours": gettext_lazy("From 1 to 336; an offer never runs beyond the beginning."),
            "seed": gettext_lazy("Any number. It is shown, and settles ties where places are allotted."),
            "note": gettext_lazy("In each language in which people read it."),
        }

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        kwargs["initial"] = {"places": activity.places or None} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.order_fields(["places", *self.fields])
        field: Any = self.fields["way"]
        field.choices = PlaceRule.Way.choices

    def clean_places(self) -> int:
        places: int = self.cleaned_data["places"]
        needed = self.activity.taken + self.activity.held
        if places < needed:
            raise forms.ValidationError(
                _("%(needed)s places are taken or held by quotas. There cannot be fewer.")
                % {"needed": needed}
            )
        return places

    def clean_offer_hours(self) -> int:
        hours: int = self.cleaned_data["offer_hours"]
        if not 1 <= hours <= 336:
            raise forms.ValidationError(_("Write from 1 to 336 hours."))
        return hours

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        collected = cleaned.get("way") == PlaceRule.Way.COLLECTED
        closes, allots = cleaned.get("closes_at"), cleaned.get("allots_at")
        if collected and not allots and "allots_at" not in self.errors:
            self.add_error("allots_at", _("Say on which day the places are allotted."))
        if not collected:
            cleaned["allots_at"] = None
        elif isinstance(closes, datetime) and isinstance(allots, datetime) and allots < closes:
            self.add_error(
                "allots_at", _("Places are allotted after people were collected. Set a later day.")
            )
        first, then = cleaned.get("first_by"), cleaned.get("then_by")
        if then and (not first or first == then):
            self.add_error("then_by", _("Choose another order here, or nothing more."))
        return cleaned


class QuotaForm(forms.Form):
    """One more quota: for an institution or for a country."""

    holder = forms.ChoiceField(label=gettext_lazy("For whom"))
    places = forms.IntegerField(label=gettext_lazy("Places"), min_value=1, max_value=500)
    held_until_on = day_field(
        gettext_lazy("Held until"),
        help_text=gettext_lazy("From the next day on, what is left is free for all."),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        there = {(quota.institution_id, quota.country) for quota in activity.quotas.all()}
        countries = [
            (code, label)
            for code, label in Country.choices
            if code in ("lv", "lt") and (None, code) not in there
        ]
        places = Institution.objects.exclude(tier=Institution.Tier.NONE)
        institutions = sorted(
            ((str(one.pk), one.name) for one in places if (one.pk, "") not in there), key=lambda pair: pair[1]
        )
        field: Any = self.fields["holder"]
        field.choices = [
            ("", _("Choose …")), (_("Countries"), countries), (_("Institutions"), institutions)
        ]  # fmt: skip

    def clean_places(self) -> int:
        places: int = self.cleaned_data["places"]
        free = self.activity.places - self.activity.taken - self.activity.held
        if places > free:
            raise forms.ValidationError(
                _("Only %(free)s places are free and not held. Take fewer, or give the activity more places.")
                % {"free": free}
            )
        return places

    def quota(self) -> Quota:
        holder = self.cleaned_data["holder"]
        is_country = holder in Country.values
        return Quota(
            activity=self.activity,
            institution_id=None if is_country else int(holder),
            country=holder if is_country else "",
            places=self.cleaned_data["places"],
            held_until_on=self.cleaned_data["held_until_on"],
            is_simulated=self.activity.is_simulated,
        )


class GroupsForm(forms.Form):
    number = forms.IntegerField(
        label=gettext_lazy("Number of groups"),
        min_value=2,
        max_value=20,
        help_text=gettext_lazy("Groups that exist are made anew; people of one institution are spread."),
    )

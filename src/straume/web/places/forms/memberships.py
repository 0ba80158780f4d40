"""Adding people, ending their roles, handing over what they owned."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from straume.web.accounts.models import User
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution, Membership, Role, Unit
from straume.web.places.permissions import RUNS_MEMBERSHIPS


class AddForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The code for signing in goes there."))
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("The whole institution"),
        help_text=_("A head of unit needs one."),
    )
    from_on = day_field(_("From"))
    until_on = day_field(
        _("Until"),
        required=False,
        help_text=_("The last day. Somebody from outside, such as a lean practitioner, needs one."),
    )

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        self.fields["unit"].queryset = institution.units.all()  # type: ignore[attr-defined]
        self.fields["language"].initial = institution.country

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.UNIT_HEAD and not cleaned.get("unit"):
            self.add_error("unit", _("Choose the unit that this person heads."))
        if cleaned.get("from_on") and cleaned.get("until_on") and cleaned["until_on"] < cleaned["from_on"]:
            self.add_error("until_on", _("The end lies before the beginning. Set a later day."))
        if not self.errors and self.is_held(cleaned):
            self.add_error("role", _("This person has this role here already."))
        return cleaned

    def is_held(self, cleaned: dict[str, Any]) -> bool:
        return Membership.objects.filter(
            person__email__iexact=cleaned["email"],
            institution=self.institution,
            role=cleaned["role"],
            unit=cleaned["unit"],
            until_on__isnull=True,
        ).exists()


class EndForm(forms.Form):
    until_on = day_field(_("Last day"))

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership

    def clean_until_on(self) -> date:
        until_on: date = self.cleaned_data["until_on"]
        if until_on < self.membership.from_on:
            raise forms.ValidationError(_("The end lies before the beginning. Set a later day."))
        if self.membership.role in RUNS_MEMBERSHIPS and not self.others_run(until_on):
            raise forms.ValidationError(
                _("Then nobody could add people here any more. Give the role to somebody else first.")
            )
        return until_on

    def others_run(self, day: date) -> bool:
        """Whether somebody else still runs memberships after `day`."""
        others = Membership.objects.filter(
            institution=self.membership.institution,
            role__in=list(RUNS_MEMBERSHIPS),
            from_on__lte=day,
            person__is_active=True,
        ).exclude(pk=self.membership.pk)
        return others.filter(until_on__isnull=True).exists() or others.filter(until_on__gt=day).exists()


class HandOverForm(forms.Form):
    to_person = forms.ModelChoiceField(label=_("To whom"), queryset=User.objects.none())

    def __init__(
        self, *args: Any, institution: Institution, leaver: User, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.on(today).filter(institution=institution).exclude(person=leaver)
        colleagues = User.objects.filter(pk__in=members.exclude(role=Role.CONTROLLER).values("person"))
        self.fields["to_person"].queryset = colleagues.order_by("name")  # type: ignore[attr-defined]

"""Delegating people, applying oneself, replacing, cancelling, saying what one needs."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.programme.models import Registration

NEW_PEOPLE = 3
DIET = gettext_lazy("Dietary needs")
ACCESS = gettext_lazy("What you need to be able to take part")


@dataclass(frozen=True)
class NewPerson:
    """Somebody without an account yet."""

    name: str
    email: str
    language: str


class KeyedForm(forms.Form):
    """Carries a key, so that submitting twice does it once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class NewPeopleForm(KeyedForm):
    """Rows of name and address for people who have no account here."""

    rows = NEW_PEOPLE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.rows + 1):
            self.fields[f"name_{number}"] = forms.CharField(
                label=_("New person %(number)s: name and surname") % {"number": number},
                max_length=120,
                required=False,
            )
            self.fields[f"email_{number}"] = forms.EmailField(
                label=_("New person %(number)s: e-mail address at work") % {"number": number}, required=False
            )
            self.fields[f"language_{number}"] = forms.ChoiceField(
                label=_("New person %(number)s: language of the letters") % {"number": number},
                choices=settings.LANGUAGES,
                required=False,
            )

    def new_people(self) -> list[NewPerson]:
        told = [
            NewPerson(
                self.cleaned_data[f"name_{number}"].strip(),
                self.cleaned_data[f"email_{number}"].strip().lower(),
                self.cleaned_data[f"language_{number}"] or "en",
            )
            for number in range(1, self.rows + 1)
        ]
        return [one for one in told if one.email]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in range(1, self.rows + 1):
            name, email = cleaned.get(f"name_{number}", "").strip(), cleaned.get(f"email_{number}")
            if name and not email and f"email_{number}" not in self.errors:
                self.add_error(f"email_{number}", _("Write the e-mail address: the invitation goes there."))
            if email and not name and not User.objects.filter(email__iexact=email).exists():
                self.add_error(f"name_{number}", _("Write the name and surname."))
        return cleaned


class DelegateForm(NewPeopleForm):
    """Colleagues with an account are ticked, others are written down."""

    colleagues = forms.MultipleChoiceField(
        label=gettext_lazy("Colleagues"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Sequence[tuple[User, str]], language: str, **kwargs: Any) -> None:
        kwargs["initial"] = {f"language_{number}": language for number in range(1, NEW_PEOPLE + 1)}
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _label in people}
        field: Any = self.fields["colleagues"]
        field.choices = [(str(person.pk), label) for person, label in people]
        if not people:
            del self.fields["colleagues"]

    def chosen(self) -> list[User]:
        return [self.people[pk] for pk in self.cleaned_data.get("colleagues", [])]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("colleagues") and not self.new_people():
            raise forms.ValidationError(_("Tick a colleague or write down a person."))
        return cleaned


class ReplaceForm(NewPeopleForm):
    rows = 1
    colleague = forms.ChoiceField(label=gettext_lazy("Who comes instead?"), required=False)

    def __init__(self, *args: Any, people: Sequence[tuple[User, str]], language: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"language_1": language}
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person, _label in people}
        field: Any = self.fields["colleague"]
        field.choices = [("", _("Somebody without an account, see below"))] + [
            (str(person.pk), label) for person, label in people
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("colleague")) == bool(self.new_people()):
            raise forms.ValidationError(_("Choose one colleague, or write down one person."))
        return cleaned


class NeedsForm(forms.ModelForm[Registration]):
    """What one eats and needs; only the person says it, and it is erased after the activity."""

    class Meta:
        model = Registration
        fields = ["diet", "access"]
        labels = {"diet": DIET, "access": ACCESS}
        help_texts = {
            "diet": gettext_lazy(
                "For example vegetarian, no nuts. The organisers see how many need what, without names."
            ),
            "access": gettext_lazy("For example step-free access, sign language, a seat near the front."),
        }


class ApplyForm(KeyedForm):
    """Asking for a place oneself; whom one stands for is asked where there are several."""

    institution = forms.ChoiceField(label=gettext_lazy("For which institution do you come?"))
    diet = forms.CharField(label=DIET, max_length=200, required=False)
    access = forms.CharField(label=ACCESS, max_length=200, required=False)

    def __init__(self, *args: Any, institutions: Sequence[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institutions = {str(one.pk): one for one in institutions}
        field: Any = self.fields["institution"]
        field.choices = [(pk, one.name) for pk, one in self.institutions.items()]

    def chosen(self) -> Institution:
        return self.institutions[self.cleaned_data["institution"]]


class CancelForm(forms.Form):
    """An organiser who calls somebody off says why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, which the person reads"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why: the person reads it.")},
    )

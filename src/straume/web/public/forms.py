"""Publicity of a project, results in plain words, and a place at a public activity."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution, Unit
from straume.web.programme.models import Project
from straume.web.public.models import Publicity, ResultStory, ToolUse
from straume.web.services.forms.texts import TextsForm, in_languages


class HttpsField(forms.URLField):
    """An address that is written without its scheme is meant as https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"assume_scheme": "https"})


class PublicityForm(TextsForm):
    texts = ("co_financing", "disclaimer")
    programme_url = HttpsField(label=_("Site of the programme"), required=False)

    class Meta:
        model = Publicity
        fields = [*in_languages("co_financing", "disclaimer"), "eu_url", "contact_post", "contact_email"]
        field_classes = {"eu_url": HttpsField}

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project = project
        self.fields["programme_url"].initial = project.programme_url
        self.order_fields([*in_languages("co_financing", "disclaimer"), "programme_url", "eu_url"])

    def save(self, commit: bool = True) -> Publicity:
        saved: Publicity = super().save(commit=commit)
        self.project.programme_url = self.cleaned_data["programme_url"]
        if commit:
            self.project.save(update_fields=["programme_url"])
        return saved


class StoryForm(TextsForm):
    texts = ("title", "text")
    one_needed = ("title", "text")

    class Meta:
        model = ResultStory
        fields = [*in_languages("title", "text"), "told_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_on"] = day_field(label=_("When did it happen?"))


class SignUpForm(forms.Form):
    """A place at a public activity: name and address, nothing that is not needed."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, error_messages={"required": _("Write your name.")}
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send a letter there; its link confirms the request."),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write the address as name@example.org."),
        },
    )
    post = forms.CharField(label=_("Institution and post"), max_length=160, required=False)
    language = forms.ChoiceField(label=_("Language of letters"), choices=settings.LANGUAGES)
    diet = forms.CharField(
        label=_("What you cannot eat"),
        max_length=200,
        required=False,
        help_text=_("Only where there is a meal; erased after the activity."),
    )
    access = forms.CharField(
        label=_("What you need to take part"),
        max_length=200,
        required=False,
        help_text=_("For example a ramp, a seat in front, sign language; erased after the activity."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4(), "language": get_language()})
        super().__init__(*args, **kwargs)


class ToolUseForm(forms.ModelForm[ToolUse]):
    """That a place works with a tool, and whom others may ask there."""

    class Meta:
        model = ToolUse
        fields = ["institution", "unit", "since_on", "contact_post", "contact_email"]
        help_texts = {
            "unit": _("Leave it empty where the whole institution works so."),
            "contact_post": _("A post or an office, no name. Everybody can read it."),
        }

    def __init__(self, *args: Any, places: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = places  # type: ignore[attr-defined]
        self.fields["unit"].queryset = (  # type: ignore[attr-defined]
            Unit.objects.filter(institution__in=places).order_by("institution__name", "name")
        )
        self.fields["since_on"] = day_field(label=_("Since when?"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unit, institution = cleaned.get("unit"), cleaned.get("institution")
        if unit and institution and unit.institution_id != institution.pk:
            self.add_error("unit", _("This unit belongs to another institution. Choose one of its own."))
        same = ToolUse.objects.filter(tool=self.instance.tool, institution=institution, unit=unit)
        if institution and same.exists():
            self.add_error("institution", _("This is said already."))
        return cleaned

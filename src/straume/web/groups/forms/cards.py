"""A practice card in three languages; taking one up, and telling what came of it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.lean.protect import SMALLEST_GROUP
from straume.web.groups.models import Adoption, PracticeCard
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution, Unit
from straume.web.services.forms.texts import TextsForm, in_languages

FIGURES = ["before", "before_n", "after", "after_n", "source"]


def choose_the_only_one(form: Any, places: QuerySet[Institution]) -> None:
    """Who writes for one institution need not choose it."""
    if places.count() == 1 and not form.instance.institution_id:
        form.initial["institution"] = places.get().pk


class FiguresForm(TextsForm):
    """Before and after as people tell them: all of it with n and source, or nothing."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [name for name in FIGURES[:4] if cleaned.get(name) is not None]
        if not given:
            cleaned["source"] = ""
            for lang in ("lv", "lt", "en"):
                cleaned[f"measure_{lang}"] = ""
            return cleaned
        for name in FIGURES:
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Figures need before and after, of how many cases, and their source."))
        if not any(cleaned.get(f"measure_{lang}") for lang in ("lv", "lt", "en")):
            self.add_error("measure_lv", _("Write what was counted and in which unit."))
        for name in ("before_n", "after_n"):
            if cleaned.get(name) is not None and cleaned[name] < SMALLEST_GROUP:
                self.add_error(name, _("Figures of fewer than five cases are not shown. Leave them out."))
        return cleaned


class CardForm(FiguresForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    texts = ("title", "problem", "done", "works_when", "requires", "measure")
    one_needed = ("title", "problem", "done")

    class Meta:
        model = PracticeCard
        fields = [
            "institution", "unit", "written_in", *in_languages("title", "problem", "done"),
            *in_languages("works_when", "requires"), *in_languages("measure"), *FIGURES, "contact_post",
            "contact_email", "theme", "tool", "group", "needs", "activity",
        ]  # fmt: skip
        labels = {
            "institution": gettext_lazy("Which institution"),
            "unit": gettext_lazy("Unit"),
            "group": gettext_lazy("Working group"),
            "activity": gettext_lazy("Activity where it was seen"),
        }
        help_texts = {
            "contact_post": gettext_lazy("A post, not a person."),
            "contact_email": gettext_lazy("The office’s address, not a person’s."),
            "source": gettext_lazy("Such as: case register, January–June 2019."),
        }
        widgets = {"needs": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, places: QuerySet[Institution], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = places  # type: ignore[attr-defined]
        choose_the_only_one(self, places)
        units = Unit.objects.filter(institution__in=places).select_related("institution")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        for name in ("unit", "group", "activity"):
            self.fields[name].empty_label = _("Not said")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        return check_unit(self, cleaned)


def check_unit(form: Any, cleaned: dict[str, Any]) -> dict[str, Any]:
    unit = cleaned.get("unit")
    if unit and cleaned.get("institution") and unit.institution_id != cleaned["institution"].pk:
        form.add_error("unit", _("This unit belongs to another institution. Choose one of the same."))
    return cleaned


class AdoptForm(forms.ModelForm[Adoption]):
    """Who tries the practice, and since when."""

    began_on = day_field(gettext_lazy("Tried since"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Adoption
        fields = ["institution", "unit", "began_on", "contact_post"]
        labels = {"institution": gettext_lazy("Which institution"), "unit": gettext_lazy("Unit")}
        help_texts = {
            "unit": gettext_lazy("Leave it empty where the institution as a whole tries it."),
            "contact_post": gettext_lazy("Whom others may ask: a post, not a person."),
        }

    def __init__(self, *args: Any, places: QuerySet[Institution], today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"began_on": today}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["institution"].queryset = places  # type: ignore[attr-defined]
        choose_the_only_one(self, places)
        units = Unit.objects.filter(institution__in=places).select_related("institution")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = _("The institution as a whole")  # type: ignore[attr-defined]

    def clean_began_on(self) -> date:
        began: date = self.cleaned_data["began_on"]
        if began > self.today:
            raise forms.ValidationError(_("This day has not come yet. Set today or an earlier day."))
        return began

    def clean(self) -> dict[str, Any]:
        cleaned = check_unit(self, super().clean() or {})
        card = self.instance.card
        if cleaned.get("institution") == card.institution and cleaned.get("unit") == card.unit:
            raise forms.ValidationError(_("The card comes from there. Another unit can take it up."))
        return cleaned


class ResultForm(FiguresForm):
    """Being tried, adopted or stopped; what was learnt, and the place's own figures."""

    on = day_field(gettext_lazy("Since when is it so?"), required=False)
    texts = ("learnt", "measure")

    class Meta:
        model = Adoption
        fields = ["state", *in_languages("learnt"), *in_languages("measure"), *FIGURES, "contact_post"]
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = self.instance.ended_on or today
        self.order_fields(["state", "on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on = cleaned.get("on") or self.today
        if cleaned.get("state") == Adoption.State.TRYING:
            self.instance.ended_on = None
            return cleaned
        if on < self.instance.began_on or on > self.today:
            self.add_error("on", _("Set a day from the first day of trying until today."))
        if not any(cleaned.get(f"learnt_{lang}") for lang in ("lv", "lt", "en")):
            self.add_error("learnt_lv", _("Write what came of it and what was learnt, in one language."))
        self.instance.ended_on = on
        return cleaned

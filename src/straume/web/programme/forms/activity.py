"""An activity as those who run the programme write it down."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution
from straume.web.programme.actions.sessions import later
from straume.web.programme.models import Activity, BudgetLine, Cycle, Language, WorkPackage
from straume.web.services.forms.texts import LANGUAGES, TextsForm, in_languages


class ProgrammeTextsForm(TextsForm):
    """Labels begin with a capital; hidden, a key by which a second submit is known."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # texts whose word alone means something else elsewhere ("title" is that of a post in places)
    words: Mapping[str, Any] = {"title": pgettext_lazy("of an activity", "Title")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
        for name in self.texts:
            if name in self.words:
                for lang, language in LANGUAGES.items():
                    self.fields[f"{name}_{lang}"].label = f"{self.words[name]} – {language}"

    def clean_key(self) -> uuid.UUID:
        """Who sends none is taken at their word: each submit stands for itself."""
        return self.cleaned_data["key"] or uuid.uuid4()


class ActivityForm(ProgrammeTextsForm):
    texts = ("title", "summary")
    one_needed = ("title",)
    from_on = day_field(gettext_lazy("First day"))
    until_on = day_field(gettext_lazy("Last day"), help_text=gettext_lazy("The same day, if it is one day."))
    move_sessions = forms.BooleanField(
        label=gettext_lazy("Move the sessions by as many days"),
        required=False,
        initial=True,
        help_text=gettext_lazy("When the first day changes. Those who were invited get the new times."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Activity
        fields = [
            "work_package", "cycle", "kind", *in_languages("title"), *in_languages("summary"), "from_on",
            "until_on", "place", "country", "host", "languages", "interpretation", "places", "budget_line",
            "planned_eur",
        ]  # fmt: skip
        labels = {
            "work_package": gettext_lazy("Work package"),
            "cycle": gettext_lazy("Cycle"),
            "host": gettext_lazy("Host"),
            "budget_line": gettext_lazy("Budget line"),
        }
        help_texts = {
            "place": gettext_lazy("The town; rooms are said for each session."),
            "host": gettext_lazy("The institution that receives people."),
            "interpretation": gettext_lazy("Between which languages, for example LV–LT."),
            "places": gettext_lazy("How many people can come. 0 where it is held by appointment."),
            "planned_eur": gettext_lazy("Shown to those who answer for money."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, Any] = {
            "work_package": WorkPackage.objects.select_related("project").order_by("project", "number"),
            "cycle": Cycle.objects.select_related("work_package"),
            "host": Institution.objects.exclude(tier=Institution.Tier.NONE).order_by("name"),
            "budget_line": BudgetLine.objects.select_related("partner__project", "partner__institution"),
        }
        for name, rows in chosen.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name in ("cycle", "host", "budget_line"):
            self.fields[name].empty_label = _("None")  # type: ignore[attr-defined]
        self.fields["work_package"].empty_label = _("Choose …")  # type: ignore[attr-defined]
        self.fields["work_package"].label_from_instance = package_said  # type: ignore[attr-defined]
        self.fields["budget_line"].label_from_instance = line_said  # type: ignore[attr-defined]
        if not (self.instance.pk and self.instance.sessions.exists()):
            del self.fields["move_sessions"]

    def clean_places(self) -> int:
        places: int = self.cleaned_data["places"]
        needed = self.instance.taken + self.instance.held
        if places < needed:
            raise forms.ValidationError(
                _("%(needed)s places are taken or held by quotas. There cannot be fewer.")
                % {"needed": needed}
            )
        return places

    def clean_planned_eur(self) -> Decimal:
        return not_below_nought(self.cleaned_data["planned_eur"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day lies before the first. Set a later day."))
        elif first and last:
            self.check_sessions(first, last)
        package = cleaned.get("work_package")
        if package and (cycle := cleaned.get("cycle")) and cycle.work_package_id != package.pk:
            self.add_error(
                "cycle", _("This cycle belongs to another work package. Choose one of the two anew.")
            )
        line = cleaned.get("budget_line")
        if package and line and line.partner.project_id != package.project_id:
            self.add_error("budget_line", _("This budget line belongs to another project."))
        return cleaned

    def check_sessions(self, first: Any, last: Any) -> None:
        """Sessions lie within the days; moved along they may."""
        if not self.instance.pk:
            return
        for session in self.instance.sessions.all():
            day = timezone.localdate(later(session.starts_at, self.move_by(first)))
            if not first <= day <= last:
                self.add_error(
                    "from_on",
                    _("The session “%(session)s” would lie outside these days. Move it first, or move all.")
                    % {"session": session.title},
                )
                return

    def move_by(self, first: Any) -> timedelta:
        before = Activity.objects.values_list("from_on", flat=True).get(pk=self.instance.pk)
        return first - before if self.cleaned_data.get("move_sessions") else timedelta()


def not_below_nought(amount: Decimal) -> Decimal:
    if amount < 0:
        raise forms.ValidationError(_("A cost is not below nought. Write 0 or more."))
    return amount


def package_said(package: WorkPackage) -> str:
    return f"{package.project.code}: {package}"


def line_said(line: BudgetLine) -> str:
    """Without its sum."""
    partner = line.partner
    return f"{partner.project.code}, {partner.institution.name}: {line.get_category_display()}"


class CopyForm(forms.Form):
    first_on = day_field(gettext_lazy("First day of the copy"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class StepForm(forms.Form):
    """Why the state moves; asked where the step needs a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why. It stays in the record of this activity.")},
    )

    def __init__(self, *args: Any, required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required

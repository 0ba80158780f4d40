"""A choice: its name, its limits, the weights of needs, what is decided."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.forms.units import day_field
from straume.web.programme.choosing_words import line_name
from straume.web.programme.models import Candidate, Choice, ChoiceLine, ChoiceWeight, Language, Project
from straume.web.services.forms.texts import TextsForm, in_languages


class NewChoiceForm(TextsForm):
    texts = ("name",)
    one_needed = ("name",)
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Choice
        fields = ["project", *in_languages("name")]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        projects = Project.objects.order_by("from_on")
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        if projects.count() == 1:
            self.fields["project"].initial = projects.get()


class LimitsForm(forms.ModelForm[Choice]):
    from_on = day_field(gettext_lazy("Not before"), required=False)
    until_on = day_field(gettext_lazy("Not after"), required=False)

    class Meta:
        model = Choice
        fields = [
            "least_per_municipality",
            "least_places",
            "most_in_town",
            "most_activities",
            "from_on",
            "until_on",
            "again_percent",
        ]
        help_texts = {
            "again_percent": gettext_lazy("0: a need that is met once gains nothing from a second activity."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(
            self.instance.lines.select_related("budget_line__partner__institution", "budget_line__partner")
        )
        for line in self.lines:
            self.fields[f"line_{line.pk}"] = forms.DecimalField(
                label=_("%(line)s, at most EUR") % {"line": line_name(line.budget_line)},
                min_value=0,
                max_digits=14,
                decimal_places=2,
                initial=line.amount_eur,
            )
        for code in ("lv", "lt", "en"):
            self.fields[f"language_{code}"] = forms.IntegerField(
                label=_("Activities in the language %(language)s, at least")
                % {"language": Language(code).label},
                min_value=0,
                required=False,
                initial=self.instance.least_in_language.get(code, 0),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("from_on") and cleaned.get("until_on") and cleaned["until_on"] < cleaned["from_on"]:
            self.add_error("until_on", _("The end lies before the beginning. Set a later day."))
        if (cleaned.get("again_percent") or 0) > 100:
            self.add_error("again_percent", _("Write a number from 0 to 100."))
        return cleaned

    def save(self, commit: bool = True) -> Choice:
        wanted = {code: self.cleaned_data.get(f"language_{code}") or 0 for code in ("lv", "lt", "en")}
        self.instance.least_in_language = {code: least for code, least in wanted.items() if least}
        saved: Choice = super().save(commit)
        for line in self.lines:
            ChoiceLine.objects.filter(pk=line.pk).update(amount_eur=self.cleaned_data[f"line_{line.pk}"])
        return saved


class WeightForm(forms.ModelForm[ChoiceWeight]):
    class Meta:
        model = ChoiceWeight
        fields = ["weight", "reason"]
        help_texts = {
            "weight": gettext_lazy("0: the need does not count in this choice."),
            "reason": gettext_lazy("Asked for where the weight differs from what the evidence says."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        by_evidence = self.instance.from_evidence
        changed = by_evidence is not None and cleaned.get("weight") not in (None, by_evidence)
        if changed and not cleaned.get("reason"):
            self.add_error(
                "reason",
                _("The evidence says %(weight)s. Say why it is another number.") % {"weight": by_evidence},
            )
        return cleaned


class RecordForm(forms.Form):
    """What is held in the end, and why."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    held: forms.TypedMultipleChoiceField = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What is held"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one activity.")},
        help_text=gettext_lazy(
            "The computed best is ticked. What you change is recorded as changed by hand."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this is held"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the record and is read by the controller and the next mayor."),
        error_messages={"required": gettext_lazy("Say in a sentence why this is held.")},
    )
    by_hand_reason = forms.CharField(
        label=gettext_lazy("Why it differs from the computed best"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, candidates: Sequence[Candidate], best: frozenset[int], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), "held": sorted(best)}
        super().__init__(*args, **kwargs)
        self.best = best
        self.fields["held"].choices = [(one.pk, str(one)) for one in candidates]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        differs = "held" in cleaned and frozenset(cleaned["held"]) != self.best
        if differs and not cleaned.get("by_hand_reason"):
            self.add_error(
                "by_hand_reason", _("You changed the computed best by hand. Say why; it is recorded.")
            )
        return cleaned

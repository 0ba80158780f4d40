"""Needs, written by hand; their status; merging."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.services.forms.texts import TextsForm, in_languages


class NeedForm(TextsForm):
    texts = ("title", "description", "whom")
    one_needed = ("title",)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Need
        fields = ["kind", *in_languages("title", "description", "whom"), "institutions"]
        widgets = {"institutions": forms.CheckboxSelectMultiple}
        help_texts = {
            "kind": gettext_lazy(
                "A problem area is what does not go well; a training need is what people want to learn."
            ),
            "institutions": gettext_lazy("Where it was named. None chosen: in the whole cooperation."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tiers = [Institution.Tier.PARTNER, Institution.Tier.INVOLVED]
        self.fields["institutions"].queryset = Institution.objects.filter(tier__in=tiers)  # type: ignore[attr-defined]
        self.fields["institutions"].required = False
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
        for lang in ("lv", "lt", "en"):
            self.fields[f"whom_{lang}"].help_text = _(
                "A group, such as: all who answer letters. Never a person."
            )


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Need.Status.choices)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=400,
        required=False,
        help_text=gettext_lazy("Needed where it is not taken up; useful always."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("status") == Need.Status.DROPPED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it is not taken up."))
        return cleaned


class EvidenceForm(forms.Form):
    need: forms.ModelChoiceField[Need] = forms.ModelChoiceField(
        queryset=Need.objects.none(),
        label=gettext_lazy("Which need do they show?"),
        empty_label=gettext_lazy("Choose …"),
        error_messages={"required": gettext_lazy("Choose the need.")},
    )

    def __init__(self, *args: Any, needs: QuerySet[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].queryset = needs  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    kept: forms.ModelChoiceField[Need] = forms.ModelChoiceField(
        queryset=Need.objects.none(),
        label=gettext_lazy("Which need is the same?"),
        help_text=gettext_lazy("That one stays; this one is shown with it. It can be undone."),
        empty_label=gettext_lazy("Choose …"),
        error_messages={"required": gettext_lazy("Choose the need that stays.")},
    )

    def __init__(self, *args: Any, needs: QuerySet[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = needs  # type: ignore[attr-defined]

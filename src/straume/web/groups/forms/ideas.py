"""An idea, and what the unit says to it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.groups.models import Idea, PracticeCard
from straume.web.groups.models.ideas import NEXT, WITH_WORDS
from straume.web.needs.models import Need
from straume.web.places.models import Unit
from straume.web.services.models import Offer


class OpenIdeaForm(forms.Form):
    """From the open link: the idea and nothing else."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("What could be simpler?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=gettext_lazy("A sentence is enough. Write about the work, not about a person."),
        error_messages={"required": gettext_lazy("Write your idea in a sentence.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)


class IdeaForm(OpenIdeaForm):
    """Signed in: for which unit, and whether the name goes with it."""

    unit: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=gettext_lazy("For which unit?"), empty_label=None
    )
    without_name = forms.BooleanField(
        label=gettext_lazy("Without my name"),
        required=False,
        help_text=gettext_lazy(
            "Then nothing is kept that leads to you; you get a private link to follow it."
        ),
    )
    field_order = ["key", "text", "unit", "without_name"]

    def __init__(self, *args: Any, units: QuerySet[Unit], own: Unit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units.order_by("institution", "name")  # type: ignore[attr-defined]
        self.fields["unit"].initial = own


class StepForm(forms.Form):
    """Where the idea goes from here, and what the unit says."""

    state = forms.ChoiceField(label=gettext_lazy("What the unit says"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("In a sentence"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when it is declined (why), adopted or given up (what was learnt)."),
    )

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Idea.State.choices)
        choices = [(code, labels[code]) for code in NEXT.get(idea.state, ())]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]
        if choices:
            self.fields["state"].initial = choices[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") in WITH_WORDS and not cleaned.get("text"):
            self.add_error("text", _("Say why, or what was learnt: whoever had the idea reads it."))
        return cleaned


class TiesForm(forms.ModelForm[Idea]):
    """What the idea is about, and the practice card that came of it."""

    class Meta:
        model = Idea
        fields = ["need", "offer", "card"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        institution = self.instance.unit.institution
        self.fields["need"].queryset = Need.objects.exclude(status="dropped")  # type: ignore[attr-defined]
        offers = Offer.objects.filter(institution=institution).select_related("service")
        self.fields["offer"].queryset = offers  # type: ignore[attr-defined]
        self.fields["offer"].label_from_instance = lambda offer: str(offer.service)  # type: ignore[attr-defined]
        cards = PracticeCard.objects.filter(institution=institution)
        self.fields["card"].queryset = cards  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.empty_label = _("None")  # type: ignore[attr-defined]

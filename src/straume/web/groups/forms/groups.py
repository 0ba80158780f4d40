"""Setting up a group: its charter, who sits in it, its state."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.groups.models import GroupMember, WorkingGroup
from straume.web.groups.models.texts import LANGUAGES
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution, Membership, Role
from straume.web.services.forms.texts import TextsForm, in_languages

CHARTER = ("name", "purpose", "in_scope", "out_of_scope", "deliverables")


class GroupForm(TextsForm):
    """Theme, name and charter in three languages."""

    deliver_by = day_field(gettext_lazy("Until when will it be delivered?"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    texts = CHARTER
    one_needed = ("name", "purpose")

    class Meta:
        model = WorkingGroup
        fields = ["theme", *in_languages(*CHARTER), "deliver_by"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)


class StateForm(forms.Form):
    """Where the group goes on to, and why; a group that closes says what stays."""

    after = forms.ChoiceField(label=gettext_lazy("New state"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write why the state changes.")},
    )
    legacy = forms.CharField(
        label=gettext_lazy("What stays, and who looks after it"),
        help_text=gettext_lazy("Only when the group closes. Name posts, not people."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, group: WorkingGroup, language: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"legacy": group.legacy})
        super().__init__(*args, **kwargs)
        self.language = language if language in LANGUAGES else "en"
        ways = WorkingGroup.WAYS_ON[group.state]
        self.fields["after"].choices = [(code, WorkingGroup.State(code).label) for code in ways]  # type: ignore[attr-defined]
        if "closed" not in ways:
            del self.fields["legacy"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("after") == WorkingGroup.State.CLOSED and not cleaned.get("legacy"):
            self.add_error("legacy", _("Write what stays of the group and which post looks after it."))
        return cleaned

    def legacy_said(self) -> dict[str, str]:
        """The legacy in the language in which it was written; other states leave it as it is."""
        if self.cleaned_data["after"] != WorkingGroup.State.CLOSED:
            return {}
        return {f"legacy_{self.language}": self.cleaned_data["legacy"]}


class SeatChoice(forms.ModelChoiceField):
    """A role of somebody: name, institution and what they do there."""

    def label_from_instance(self, held: Any) -> str:
        unit = f", {held.unit.name}" if held.unit else ""
        return f"{held.person.name} – {held.institution.name}{unit} ({held.get_role_display()})"


class MemberForm(forms.Form):
    """Whom to take in, for which institution, in which post."""

    held = SeatChoice(
        queryset=Membership.objects.none(),
        label=gettext_lazy("Who"),
        error_messages={"required": gettext_lazy("Choose a person.")},
    )
    post = forms.CharField(
        label=gettext_lazy("Post"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("What those outside the group read instead of the name."),
    )
    takes_turns = forms.BooleanField(
        label=gettext_lazy("Takes a turn as chair and rapporteur"), required=False, initial=True
    )

    def __init__(self, *args: Any, group: WorkingGroup, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held"].queryset = may_sit(group, today)  # type: ignore[attr-defined]
        self.fields["held"].empty_label = _("Choose …")  # type: ignore[attr-defined]


def may_sit(group: WorkingGroup, today: date) -> QuerySet[Membership]:
    """Roles in the institutions of the cooperation, of people who have no seat yet; controllers only read."""
    seated = group.members_on(today).values("person")
    held = Membership.objects.on(today).exclude(role=Role.CONTROLLER).exclude(person__in=seated)
    held = held.exclude(institution__tier=Institution.Tier.NONE).filter(person__is_active=True)
    return held.select_related("person", "institution", "unit").order_by(
        "institution__country", "institution__name", "person__name", "role"
    )


class SeatForm(forms.ModelForm[GroupMember]):
    """Post and turns of somebody who sits in the group; or the last day of the seat."""

    until_on = day_field(
        gettext_lazy("Last day in the group"),
        required=False,
        help_text=gettext_lazy("Leave it empty while the person stays."),
    )

    class Meta:
        model = GroupMember
        fields = ["post", "takes_turns", "until_on"]

    def clean_until_on(self) -> date | None:
        until: date | None = self.cleaned_data["until_on"]
        if until and until < self.instance.from_on:
            raise forms.ValidationError(_("The last day lies before the first one. Set a later day."))
        return until

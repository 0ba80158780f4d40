"""A decision, an action with its owner, and how an action ended."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.groups.forms.meetings import MemberChoice
from straume.web.groups.models import ActionEnd, AgendaPoint, Decision, GroupAction, GroupMember, Meeting
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution
from straume.web.services.forms.texts import TextsForm, in_languages


class DecisionForm(TextsForm):
    """What was decided, in three languages; one is enough to begin with."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    texts = ("text",)
    one_needed = ("text",)

    class Meta:
        model = Decision
        fields = [*in_languages("text"), "point"]
        labels = {"point": gettext_lazy("Point of the agenda")}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = AgendaPoint.objects.filter(meeting=meeting)  # type: ignore[attr-defined]
        self.fields["point"].empty_label = _("Not said")  # type: ignore[attr-defined]


class ActionForm(TextsForm):
    """What is to be done, by whom and by when. The owner is a member, else a post."""

    owner = MemberChoice(
        queryset=GroupMember.objects.none(),
        required=False,
        label=gettext_lazy("Owner: member of the group"),
    )
    due_on = day_field(
        gettext_lazy("By when"), error_messages={"required": gettext_lazy("Set the day by which it is done.")}
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    texts = ("what",)
    one_needed = ("what",)

    class Meta:
        model = GroupAction
        fields = [*in_languages("what"), "owner", "owner_post", "owner_institution", "due_on", "decision"]
        labels = {
            "owner_post": gettext_lazy("Or: post of somebody else"),
            "owner_institution": gettext_lazy("Of which institution"),
            "decision": gettext_lazy("Which decision it follows from"),
        }

    def __init__(
        self, *args: Any, members: QuerySet[GroupMember], decisions: QuerySet[Decision], **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = _("Nobody of the group")  # type: ignore[attr-defined]
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]
        self.fields["owner_institution"].queryset = Institution.objects.exclude(tier="none")  # type: ignore[attr-defined]
        for name in ("decision", "owner_institution"):
            self.fields[name].empty_label = _("Not said")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("owner")) == bool(cleaned.get("owner_post")):
            self.add_error("owner", _("Choose a member, or write the post of somebody else: one of the two."))
        if cleaned.get("owner"):
            cleaned["owner_institution"] = None
        return cleaned


class EndForm(forms.Form):
    """Done, and by what one sees it; or dropped, and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How did it end?"),
        choices=ActionEnd.Kind.choices,
        initial=ActionEnd.Kind.DONE,
        widget=forms.RadioSelect,
    )
    on = day_field(gettext_lazy("On"))
    seen_by = forms.CharField(
        label=gettext_lazy("By what one sees it, or why it was dropped"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write by what others can see it, or why it was dropped.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": today, "kind": ActionEnd.Kind.DONE})
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day has not come yet. Set today or an earlier day."))
        return on

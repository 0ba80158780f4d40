"""Meetings: when and where, once or again and again; agenda; who chairs; which languages."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from straume.web.groups.models import (
    AgendaPoint,
    GroupMember,
    Meeting,
    MeetingSeries,
    TextLanguage,
    WorkingGroup,
)
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution
from straume.web.programme.models import Activity
from straume.web.services.forms.texts import TextsForm, in_languages

WEEKDAYS = [
    (0, gettext_lazy("Monday")),
    (1, gettext_lazy("Tuesday")),
    (2, gettext_lazy("Wednesday")),
    (3, gettext_lazy("Thursday")),
    (4, gettext_lazy("Friday")),
    (5, gettext_lazy("Saturday")),
    (6, gettext_lazy("Sunday")),
]
NTH = [
    (1, pgettext_lazy("weekday of a month", "first")),
    (2, pgettext_lazy("weekday of a month", "second")),
    (3, pgettext_lazy("weekday of a month", "third")),
    (4, pgettext_lazy("weekday of a month", "fourth")),
    (-1, pgettext_lazy("weekday of a month", "last")),
]


def clock_field(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class MeetingForm(TextsForm):
    """Day, clock times, place; what it is about in three languages."""

    on = day_field(gettext_lazy("Day"))
    starts = clock_field(gettext_lazy("From"))
    ends = clock_field(gettext_lazy("Until"))
    link = forms.URLField(
        label=gettext_lazy("Link to take part online"),
        help_text=gettext_lazy("Such as https://… of the video call."),
        required=False,
        max_length=400,
        assume_scheme="https",
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    texts = ("title",)
    field_order = ["on", "starts", "ends", "host", "room", "link"]

    class Meta:
        model = Meeting
        fields = [*in_languages("title"), "host", "room", "link", "activity"]
        labels = {
            "host": gettext_lazy("Who receives the group"),
            "activity": gettext_lazy("Activity of the programme"),
        }
        help_texts = {
            "activity": gettext_lazy("Then who attends is counted there."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.setdefault("initial", {})
        initial.setdefault("key", uuid.uuid4())
        meeting = kwargs.get("instance")
        if meeting and meeting.starts_at:
            starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
            initial |= {"on": starts.date(), "starts": starts.time(), "ends": ends.time()}
        super().__init__(*args, **kwargs)
        hosts = Institution.objects.exclude(tier=Institution.Tier.NONE)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        meetings = Activity.objects.filter(kind=Activity.Kind.GROUP_MEETING)
        for name in {"host", "activity"} & set(self.fields):
            self.fields[name].empty_label = _("Not said")  # type: ignore[attr-defined]
        if "activity" in self.fields:  # a series has none
            self.fields["activity"].queryset = meetings  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on, starts, ends = (cleaned.get(name) for name in ("on", "starts", "ends"))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The meeting ends before it begins. Set a later time."))
        elif on and starts and ends:
            self.instance.starts_at = timezone.make_aware(dt.datetime.combine(on, starts))
            self.instance.ends_at = timezone.make_aware(dt.datetime.combine(on, ends))
        return cleaned


class SeriesForm(MeetingForm):
    """A meeting that comes again: the first possible day, every how often, until when."""

    on = day_field(gettext_lazy("From this day on"))
    until_on = day_field(gettext_lazy("Until this day"))
    every = forms.IntegerField(label=gettext_lazy("Every how many"), min_value=1, max_value=12, initial=1)
    step = forms.ChoiceField(
        label=gettext_lazy("Weeks or months"), choices=MeetingSeries.Step.choices, initial="months"
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("On which weekday"), choices=WEEKDAYS, coerce=int, initial=2
    )
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Which of the month"),
        choices=NTH,
        coerce=int,
        initial=1,
        help_text=gettext_lazy("Only where it comes every so many months."),
    )
    field_order = ["on", "until_on", "every", "step", "weekday", "nth", "starts", "ends", "host", "room"]

    class Meta(MeetingForm.Meta):
        fields = [*in_languages("title"), "host", "room", "link"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        on, until = cleaned.get("on"), cleaned.get("until_on")
        if on and until and until < on:
            self.add_error("until_on", _("The end lies before the beginning. Set a later day."))
        return cleaned

    def series(self, group: WorkingGroup) -> MeetingSeries:
        said = {name: self.cleaned_data[name] for name in ("every", "step", "weekday", "nth", "until_on")}
        return MeetingSeries(group=group, from_on=self.cleaned_data["on"], **said)


class PointForm(TextsForm):
    """A point of the agenda."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    texts = ("title",)
    one_needed = ("title",)

    class Meta:
        model = AgendaPoint
        fields = [*in_languages("title"), "minutes", "brought_by", "institution"]
        labels = {"institution": gettext_lazy("Of which institution")}
        help_texts = {"brought_by": gettext_lazy("A post, not a person.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.exclude(tier="none")  # type: ignore[attr-defined]
        self.fields["institution"].empty_label = _("Not said")  # type: ignore[attr-defined]


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, member: Any) -> str:
        return f"{member.person.name} – {member.said_post}"


class TurnForm(forms.ModelForm[Meeting]):
    """Who chairs and who writes, where it is not as the rule has it."""

    chair = MemberChoice(queryset=GroupMember.objects.none(), required=False, label=gettext_lazy("Chair"))
    rapporteur = MemberChoice(
        queryset=GroupMember.objects.none(), required=False, label=gettext_lazy("Rapporteur")
    )

    class Meta:
        model = Meeting
        fields = ["chair", "rapporteur"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = self.instance.group.members_on(timezone.localdate(self.instance.starts_at))
        for name in ("chair", "rapporteur"):
            self.fields[name].queryset = members  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("As the rule has it")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("chair") and cleaned.get("chair") == cleaned.get("rapporteur"):
            self.add_error("rapporteur", _("Who chairs does not write the minutes. Choose somebody else."))
        return cleaned


class ReasonForm(forms.Form):
    """Something is cancelled or taken back, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write why, so that the others know.")},
    )


class LanguagesForm(forms.Form):
    """In which languages there will be minutes; one at least."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the minutes"),
        widget=forms.CheckboxSelectMultiple,
        choices=TextLanguage.choices,
        error_messages={"required": gettext_lazy("Choose one language at least.")},
    )

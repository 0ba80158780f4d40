"""Opening times, booking them, topics, agreements and sentences."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.programme.models import CoachingAgreement, CoachingSlot


class OpenSlotForm(forms.Form):
    """A day and a time; ninety minutes from then."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.ChoiceField(
        label=_("Begins at"),
        choices=[(f"{hour:02d}:{minute:02d}",) * 2 for hour in range(7, 20) for minute in (0, 30)],
        initial="09:00",
        help_text=_("Ninety minutes."),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("on") and said.get("at"):
            hour, minute = map(int, said["at"].split(":"))
            day = said["on"]
            starts_at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.now.tzinfo)
            if starts_at <= self.now:
                self.add_error("on", _("Choose a time that is still to come."))
            said["starts_at"] = starts_at
        return said


class _Named(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class _Agreed(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.coach.name}, {obj.institution.name}"


class BookIndividualForm(forms.Form):
    """The client books: the room that the municipality gives, and the topic if it is known already."""

    agreement = _Agreed(queryset=CoachingAgreement.objects.none(), label=_("Agreement"))
    room = forms.CharField(
        label=_("Room"), max_length=160, help_text=_("The municipality gives it: building and number.")
    )
    topic = forms.CharField(
        label=pgettext_lazy("coaching", "Topic"),
        max_length=300,
        required=False,
        help_text=_("One sentence, no later than three days ahead. Only the coach sees it."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreements: QuerySet[CoachingAgreement], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = agreements  # type: ignore[attr-defined]
        if agreements.count() == 1:
            self.fields["agreement"].initial = agreements.first()


class BookGroupForm(forms.Form):
    """Those who delegate book for a group; people of the institution then take places themselves."""

    institution = _Named(queryset=Institution.objects.none(), label=_("Municipality"))
    places = forms.IntegerField(label=_("How many places?"), min_value=2, max_value=20, initial=8)
    room = forms.CharField(
        label=_("Room"), max_length=160, help_text=_("The municipality gives it: building and number.")
    )
    topic = forms.CharField(
        label=pgettext_lazy("coaching", "Topic"),
        max_length=300,
        required=False,
        help_text=_("One sentence, no later than three days ahead. Colleagues see it before they join."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]
        if institutions.count() == 1:
            self.fields["institution"].initial = institutions.first()


class TopicForm(forms.Form):
    topic = forms.CharField(
        label=pgettext_lazy("coaching", "Topic"), max_length=300, required=False, help_text=_("One sentence.")
    )


class SlotChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return date_format(timezone.localtime(obj.starts_at), "DATETIME_FORMAT")


class MoveForm(forms.Form):
    slot = SlotChoice(queryset=CoachingSlot.objects.none(), label=_("New time"))

    def __init__(self, *args: Any, slots: QuerySet[CoachingSlot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset = slots  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    """The client begins it; coach and sponsor then agree on their own pages."""

    institution = _Named(queryset=Institution.objects.none(), label=_("Municipality"))
    coach = _Named(queryset=User.objects.none(), label=_("Coach"))
    sponsor = _Named(
        queryset=User.objects.none(),
        label=_("Sponsor"),
        help_text=_(
            "Who answers for it in the municipality: learns that there is coaching, not what is said."
        ),
    )
    shares = forms.ChoiceField(
        label=_("What may others learn of it?"),
        choices=CoachingAgreement.Shares.choices,
        initial=CoachingAgreement.Shares.NOTHING,
        widget=forms.RadioSelect,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        institutions: QuerySet[Institution],
        coaches: QuerySet[User],
        sponsors: QuerySet[User],
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        found = {"institution": institutions, "coach": coaches, "sponsor": sponsors}
        for name, queryset in found.items():
            self.fields[name].queryset = queryset.order_by("name")  # type: ignore[attr-defined]
            if queryset.count() == 1:
                self.fields[name].initial = queryset.first()


class SentenceForm(forms.Form):
    agreement = _Agreed(queryset=CoachingAgreement.objects.none(), label=_("Agreement"))
    sentence = forms.CharField(
        label=_("What changed for you? One sentence."),
        max_length=240,
        help_text=_(
            "Your sponsor and the lead bodies read it, without your name beside it. "
            "Where few are coached people may guess who wrote it."
        ),
    )
    agrees = forms.BooleanField(
        label=_("I agree that this sentence is shared. I can take it back at any time."),
        error_messages={"required": _("Without your consent the sentence is not kept.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreements: QuerySet[CoachingAgreement], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = agreements  # type: ignore[attr-defined]
        if agreements.count() == 1:
            self.fields["agreement"].initial = agreements.first()

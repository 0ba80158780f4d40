"""Beginning a study: which service in which place, and by which entrance."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Role
from straume.web.places.permissions import members_with
from straume.web.services.models import Offer
from straume.web.studies.models import Study

TEAM_ROLES = [Role.FACILITATOR, Role.UNIT_HEAD, Role.EMPLOYEE, Role.LEADER]


class OfferChoice(forms.ModelChoiceField):
    """One's own places' services; the place is named where there is more than one."""

    def label_from_instance(self, offer: Any) -> str:
        return f"{offer.service} – {offer.institution}"


class NewStudyForm(forms.Form):
    """Which service is studied, and what of it."""

    offer = OfferChoice(
        queryset=Offer.objects.none(),
        label=_("Which service do you want to look at?"),
        error_messages={
            "required": _("Choose the service that you want to look at."),
            "invalid_choice": _("This service is not offered in a place where you may begin an assessment."),
        },
    )
    scope = forms.CharField(
        label=_("Which part of it?"),
        help_text=_("For example: from the request to the answer, without appeals."),
        max_length=300,
        required=False,
    )
    entrance = forms.ChoiceField(
        label=_("How do you want to begin?"),
        choices=Study.Entrance.choices,
        initial=Study.Entrance.LOG,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to begin.")},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)
        self.fields["offer"].queryset = (  # type: ignore[attr-defined]
            Offer.objects.filter(institution__in=institutions)
            .select_related("service", "institution", "unit")
            .order_by("institution__name", "service__name")
        )


class TeamForm(forms.Form):
    """Who works on the study beside its owner."""

    team = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Who works on it with you?"),
        help_text=_("They may upload, write steps and give verdicts. Nothing is measured about them."),
    )

    def __init__(self, *args: Any, study: Study, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"team": study.team.all()})
        super().__init__(*args, **kwargs)
        people = members_with(study.institution, TEAM_ROLES, today).exclude(pk=study.owner_id)
        self.fields["team"].queryset = people.order_by("name")  # type: ignore[attr-defined]

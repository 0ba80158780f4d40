"""Why was this study begun?"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from straume.web.needs.models import Need
from straume.web.programme.models import Activity
from straume.web.studies.models import Study


class NeedChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, need: Need) -> str:
        return f"{need.title} ({need.get_kind_display()})"


class ActivityChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, activity: Activity) -> str:
        return f"{activity.title} ({activity.from_on.year})"


class OriginForm(forms.Form):
    needs = NeedChoice(
        queryset=Need.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Which needs does it answer?"),
        help_text=_("Needs that people named in a survey or at work."),
    )
    activities = ActivityChoice(
        queryset=Activity.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("At which activities did its people learn how?"),
        help_text=_("Trainings, workshops and visits that were held before the study or during it."),
    )

    def __init__(self, *args: Any, study: Study, today: dt.date, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "needs": list(study.origins.exclude(need=None).values_list("need", flat=True)),
            "activities": list(study.origins.exclude(activity=None).values_list("activity", flat=True)),
        }
        super().__init__(*args, **kwargs)
        chosen = Q(study_origins__study=study)
        open_needs = ~Q(status__in=[Need.Status.DROPPED])
        held = Q(from_on__lte=today) & ~Q(status=Activity.Status.CANCELLED)
        self.fields["needs"].queryset = (  # type: ignore[attr-defined]
            Need.objects.filter(open_needs | chosen).distinct().order_by("kind", "title")
        )
        self.fields["activities"].queryset = (  # type: ignore[attr-defined]
            Activity.objects.filter(held | chosen).distinct().order_by("-from_on", "pk")
        )

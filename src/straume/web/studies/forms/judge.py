"""Judging each step: does it give the client value, is it necessary, or is it not needed?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from straume.web.studies.actions.runs import Judged
from straume.web.studies.models import StepJudgement


class JudgeForm(forms.Form):
    """One choice per step, and where a log stands behind it whether the step is a check."""

    def __init__(
        self,
        *args: Any,
        steps: Sequence[str],
        standing: Mapping[str, str],
        checks: Sequence[str],
        asks_for_checks: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.steps = list(steps)
        for number, step in enumerate(self.steps):
            self.fields[f"step-{number}"] = forms.ChoiceField(
                label=step,
                choices=StepJudgement.Value.choices,
                initial=standing.get(step, StepJudgement.Value.NOT_JUDGED),
                widget=forms.RadioSelect,
            )
            if asks_for_checks:
                self.fields[f"check-{number}"] = forms.BooleanField(
                    label=format_lazy(_("“{step}” is a check"), step=step),
                    initial=step in checks,
                    required=False,
                )

    def said(self) -> dict[str, Judged]:
        data = self.cleaned_data
        return {
            step: Judged(data[f"step-{number}"], bool(data.get(f"check-{number}")))
            for number, step in enumerate(self.steps)
        }

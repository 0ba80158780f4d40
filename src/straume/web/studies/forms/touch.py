"""How long the work of each step takes, as people say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from straume.web.studies import analysis
from straume.words import waiting as words


class TouchForm(forms.Form):
    """One field per step; empty where nobody knows."""

    def __init__(
        self, *args: Any, steps: Sequence[str], standing: Mapping[str, str], lang: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.steps, self.lang = list(steps), lang
        for number, step in enumerate(self.steps):
            name = f"step-{number}"
            self.fields[name] = forms.CharField(
                label=step,
                initial=standing.get(step, ""),
                required=False,
                max_length=100,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]  # said once for all
            setattr(self, f"clean_{name}", self._reader(name))

    def _reader(self, name: str) -> Callable[[], str]:
        def read() -> str:
            said = str(self.cleaned_data[name]).strip()
            if said and analysis.touch_seconds(said) is None:
                raise ValidationError(words.touch("unreadable", self.lang))
            return said

        return read

    def said(self) -> dict[str, str]:
        return {step: self.cleaned_data[f"step-{number}"] for number, step in enumerate(self.steps)}

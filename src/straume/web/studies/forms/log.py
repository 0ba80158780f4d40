"""Uploading a table of cases, and saying what its columns mean."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from straume.web.studies.models import CaseLog

ZONES = ["Europe/Riga", "Europe/Vilnius", "Europe/Tallinn", "Europe/Warsaw", "Europe/Amsterdam", "UTC"]

# role → label, hint; in the order in which people think of them
ROLE_WORDS: dict[str, tuple[Any, Any]] = {
    "case": (_("Case"), _("The number of the case, document or request.")),
    "activity": (_("Step"), _("What was done: the name of the work or of its state.")),
    "end": (_("Done at"), _("When the piece of work was finished.")),
    "start": (
        _("Begun at"),
        _("When somebody began to work on it. Without it work and waiting cannot be told apart."),
    ),
    "unit": (_("Unit"), _("The department that did it.")),
    "worker": (_("Worker"), _("Turned into a number at once; no page and no file shows it.")),
    "received": (_("Request received"), _("When the citizen asked, if the table says it.")),
    "due": (_("Due"), ""),
    "closed": (_("Case closed"), ""),
    "status": (_("State of the case"), _("A word that says whether the case is closed.")),
    "outcome": (_("Outcome"), _("Granted, refused, corrected … Needed to see which checks change anything.")),
    "channel": (_("Channel"), _("Counter, e-mail, post, portal …")),
    "stop_from": (
        _("Clock stopped from"),
        _("Waiting for the citizen: the legal clock stops, the citizen's does not."),
    ),
    "stop_to": (_("Clock stopped until"), ""),
    "transition": (_("Begin or end of the work"), _("A word such as start, complete.")),
    "instance": (_("Number of the piece of work"), ""),
}
DAY_FIRST = [
    ("", _("As guessed")),
    ("yes", _("Day first: 01.02. is 1 February")),
    ("no", _("Month first: 01/02 is 2 January")),
]


class UploadForm(forms.Form):
    """One file, for one period."""

    file = forms.FileField(
        label=_("Table of cases"),
        help_text=_(
            "One row for each piece of work, or one row per document with a date for each step. "
            "XLSX, CSV, TSV, XES, Parquet or OCEL; also packed (.gz, .zip)."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose the file that holds the cases."),
        },
    )
    label = forms.CharField(
        label=_("Which period is it?"),
        help_text=_("For example: 2018, or first half of 2018."),
        max_length=60,
        error_messages={"required": _("Say which period the table covers, for example 2018.")},
    )
    keeps_original = forms.BooleanField(
        label=_("Keep the original file"),
        help_text=_("Otherwise it is deleted once it is checked. What stays holds no names."),
        required=False,
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)


class ColumnsForm(forms.Form):
    """What each column means, as guessed; every one can be set. A wide table names its date columns."""

    def __init__(self, *args: Any, log: CaseLog, **kwargs: Any) -> None:
        self.log = log
        guess = log.guess
        guessed = log.mapping or guess.get("mapping", {})
        initial = {role: guessed.get(role, "") for role in ROLE_WORDS}
        steps = guessed.get("steps", [])
        initial |= {"steps": steps, "timezone": log.timezone, "layout": "wide" if steps else "long"}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        columns = guess.get("columns", [])
        choices = [("", _("– no column –"))] + [(name, name) for name in columns]
        self.fields["layout"] = forms.ChoiceField(
            label=_("What is one row of the table?"),
            choices=[
                ("long", _("One piece of work: a case has several rows")),
                ("wide", _("One case: each step has its own column with a date")),
            ],
            widget=forms.RadioSelect,
        )
        for role, (label, hint) in ROLE_WORDS.items():
            self.fields[role] = forms.ChoiceField(
                label=label, help_text=hint, choices=choices, required=False
            )
            self.fields[role].is_conditional = True  # type: ignore[attr-defined]  # the layout says which
        self.fields["steps"] = forms.MultipleChoiceField(
            label=_("Which columns are steps?"),
            help_text=_("Each holds the date on which the step was done."),
            choices=[(name, name) for name in columns],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["day_first"] = forms.ChoiceField(
            label=_("How are dates written?"), choices=DAY_FIRST, required=False
        )
        for name in ("steps", "day_first"):
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]
        zones = dict.fromkeys([log.timezone, *ZONES])
        self.fields["timezone"] = forms.ChoiceField(
            label=_("Time zone"),
            help_text=_("Used where the table itself does not say it."),
            choices=[(zone, zone) for zone in zones],
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wide = data.get("layout") == "wide"
        needed = ["case"] if wide else ["case", "activity", "end"]
        for role in needed:
            if not data.get(role):
                sentence = _("Choose the column that holds this. Without it there is no assessment.")
                self.add_error(role, ValidationError(sentence, code="required"))
        if wide and not data.get("steps"):
            self.add_error("steps", ValidationError(_("Tick the columns that hold the dates of the steps.")))
        self.refuse_a_column_with_two_meanings(data)
        return data

    def refuse_a_column_with_two_meanings(self, data: dict[str, Any]) -> None:
        seen: dict[str, str] = {}
        for role in ROLE_WORDS:
            column = data.get(role)
            if not column:
                continue
            if column in seen:
                sentence = _(
                    "This column is already chosen for “%(role)s”. Choose another one here or there."
                )
                params = {"role": ROLE_WORDS[seen[column]][0]}
                self.add_error(role, ValidationError(sentence, params=params, code="twice"))
            seen.setdefault(column, role)

    def mapping(self) -> dict[str, Any]:
        """What was chosen, as `lean.events` reads it: every role is said, also those without a column."""
        data = self.cleaned_data
        wide = data["layout"] == "wide"
        roles: dict[str, Any] = {role: data.get(role) or None for role in ROLE_WORDS}
        if wide:
            roles |= {"activity": None, "start": None, "end": None}
        roles["steps"] = data["steps"] if wide else []
        guessed = self.log.guess.get("mapping", {}).get("day_first")
        roles["day_first"] = {"yes": True, "no": False}.get(data.get("day_first", ""), guessed)
        return roles

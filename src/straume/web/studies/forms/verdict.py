"""The form of a verdict: what is decided and why, what the law says, what a change needs to become real."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from straume.web.studies.models import Verdict

CONDITIONAL = ("legal_basis", "law_from_on", "document", "decided_by_post", "due_on")
CHANGES = [choice for choice in Verdict.Choice.values if choice != Verdict.Choice.KEEP]


class VerdictForm(forms.ModelForm):
    """A verdict with a reason. A law in force on the day `today` keeps a step from being eliminated."""

    class Meta:
        model = Verdict
        fields = [
            "choice",
            "reason",
            "law",
            "legal_basis",
            "law_from_on",
            "law_until_on",
            "document",
            "decided_by_post",
            "due_on",
        ]
        widgets = {
            "choice": forms.RadioSelect,
            "law": forms.RadioSelect,
            "reason": forms.Textarea(attrs={"rows": 3}),
            "law_from_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "law_until_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {
            "choice": _("What have you agreed?"),
            "reason": _("Why?"),
            "law": _("Does a law ask for this step?"),
            "legal_basis": _("Which law, and which article?"),
            "law_from_on": _("In force from"),
            "law_until_on": _("In force until"),
            "document": _("Which document must change?"),
            "decided_by_post": _("Who decides?"),
            "due_on": _("By when?"),
        }
        help_texts = {
            "reason": _("One or two sentences that somebody who was not there understands."),
            "legal_basis": _("For example: Law on Immovable Property Tax, article 9."),
            "law_until_on": _("Leave empty if it is still in force."),
            "document": _(
                "For example: internal rules, a decision of the council, an order of the administration."
            ),
            "decided_by_post": _("A post, without a name. For example: executive director."),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in CONDITIONAL:
            self.fields[name].is_conditional = True  # type: ignore[attr-defined]  # asked for by the choice
        for name in ("choice", "law"):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [pair for pair in cast(list[tuple[str, str]], field.choices) if pair[0]]

    def _post_clean(self) -> None:
        """`clean` says the constraints of the database in sentences, beside the field concerned."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.ask_for_what_a_change_needs(data)
        self.ask_for_the_law(data)
        return data

    def ask_for_what_a_change_needs(self, data: dict[str, Any]) -> None:
        if data.get("choice") not in CHANGES:
            data.update(document="", decided_by_post="", due_on=None)
            return
        for name, sentence in (
            ("document", _("Name the document that must change for this. Without it nothing will change.")),
            ("decided_by_post", _("Name the post that decides on this change.")),
            ("due_on", _("Give the day by which this is to be decided.")),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(sentence, code="required_for_a_change"))
        due_on = data.get("due_on")
        if due_on and due_on < self.today:
            self.add_error(
                "due_on", ValidationError(_("This day is past. Give a day from today on."), code="past")
            )

    def ask_for_the_law(self, data: dict[str, Any]) -> None:
        if data.get("law") != Verdict.Law.ASKS:
            data.update(legal_basis="", law_from_on=None, law_until_on=None)
            return
        from_on, until_on = data.get("law_from_on"), data.get("law_until_on")
        if not data.get("legal_basis") and "legal_basis" not in self.errors:
            self.add_error(
                "legal_basis", ValidationError(_("Name the law and the article that ask for this step."))
            )
        if not from_on and "law_from_on" not in self.errors:
            self.add_error("law_from_on", ValidationError(_("Give the day from which the law is in force.")))
        if from_on and until_on and until_on < from_on:
            sentence = _("The law cannot end before it begins. Check both days.")
            self.add_error("law_until_on", ValidationError(sentence, code="ends_before_it_begins"))
        in_force = bool(from_on) and (until_on is None or until_on >= self.today)
        if data.get("choice") == Verdict.Choice.ELIMINATE and in_force:
            sentence = _(
                "A law in force asks for this step, so it cannot simply be eliminated. "
                "Choose “Simplify” or “Keep”, or give the day on which the law ends."
            )
            self.add_error("choice", ValidationError(sentence, code="law_asks_for_it"))

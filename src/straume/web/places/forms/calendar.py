"""Working hours and closures, a line a day; the days of a political term."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.lean.errors import WrongCall
from straume.web.places.analysis import checked_rules, rules_of
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution, PoliticalTerm

WEEKDAYS = [
    ("monday", gettext_lazy("Monday")),
    ("tuesday", gettext_lazy("Tuesday")),
    ("wednesday", gettext_lazy("Wednesday")),
    ("thursday", gettext_lazy("Thursday")),
    ("friday", gettext_lazy("Friday")),
    ("saturday", gettext_lazy("Saturday")),
    ("sunday", gettext_lazy("Sunday")),
]
SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")


class CalendarForm(forms.Form):
    """Hours as people write them, "8:00–12:00, 13:00–17:00"; an empty day is a day off."""

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institution = institution
        rules = rules_of(institution)
        for code, label in WEEKDAYS:
            spans = rules["weekly"].get(code, [])
            self.fields[code] = forms.CharField(
                label=capfirst(label),
                required=False,
                max_length=120,
                initial=", ".join(f"{start}–{stop}" for start, stop in spans),
            )
        self.fields["monday"].help_text = _("Such as 8:00–12:00, 13:00–17:00. An empty day is a day off.")
        self.fields["closures"] = forms.CharField(
            label=_("Closed"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            initial="\n".join(f"{closed['from']} {closed['to']}" for closed in rules["closures"]),
            help_text=_(
                "A line each: first and last day, such as 2026-12-24 2026-12-31. Public holidays are known."
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rules = rules_of(self.institution)
        rules["weekly"] = {}
        for code, _label in WEEKDAYS:
            spans = self.spans(code, cleaned.get(code, ""))
            if spans:
                rules["weekly"][code] = spans
        if not rules["weekly"] and not self.errors:
            self.add_error("monday", _("At least one day needs hours."))
        rules["closures"] = self.closed(cleaned.get("closures", ""))
        if not self.errors:
            try:
                cleaned["rules"] = checked_rules(rules)
            except WrongCall:
                self.add_error(
                    None, _("These hours overlap or run backwards. Write each span once, the earlier first.")
                )
        return cleaned

    def spans(self, code: str, text: str) -> list[list[str]]:
        found = [[int(part) for part in match.groups()] for match in SPAN.finditer(text)]
        wrong = SPAN.sub("", text).strip(" ,;") or any(
            hours > 24 or minutes > 59 or (hours == 24 and minutes)
            for hours, minutes in ((a, b) for span in found for a, b in (span[:2], span[2:]))
        )
        if wrong:
            self.add_error(code, _("Write the hours as 8:00–17:00, with commas between."))
            return []
        return [[f"{a:02}:{b:02}", f"{c:02}:{d:02}"] for a, b, c, d in found]

    def closed(self, text: str) -> list[dict[str, str]]:
        closures = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            try:
                first, *rest = [date.fromisoformat(word) for word in line.split()]
            except ValueError:
                self.add_error(
                    "closures", _("“%(line)s” is not two days such as 2026-12-24.") % {"line": line}
                )
                return []
            last = rest[0] if rest else first
            if last < first or len(rest) > 1:
                self.add_error("closures", _("In “%(line)s” the last day lies first.") % {"line": line})
                return []
            closures.append({"from": first.isoformat(), "to": last.isoformat()})
        return closures


class TermForm(forms.ModelForm[PoliticalTerm]):
    """A new council, or a new coalition in the same council."""

    from_on = day_field(gettext_lazy("From"))
    election_on = day_field(
        gettext_lazy("Election day"), required=False, help_text=gettext_lazy("For a term after an election.")
    )
    runoff_on = day_field(gettext_lazy("Run-off day"), required=False)

    class Meta:
        model = PoliticalTerm
        fields = ["began_with", "from_on", "election_on", "runoff_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        election_on, runoff_on, from_on = (
            cleaned.get(name) for name in ("election_on", "runoff_on", "from_on")
        )
        if cleaned.get("began_with") == PoliticalTerm.Began.ELECTION and not election_on:
            self.add_error("election_on", _("Give the day of the election."))
        if runoff_on and (not election_on or runoff_on <= election_on):
            self.add_error("runoff_on", _("The run-off comes after the election day."))
        terms = PoliticalTerm.objects.filter(institution=self.instance.institution)
        if from_on and terms.filter(from_on__gte=from_on).exists():
            self.add_error("from_on", _("A later term is written down already. Choose a day after it."))
        return cleaned

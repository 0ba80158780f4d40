"""A candidate: an activity that could be held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.needs.models import Need
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution
from straume.web.programme.choosing_words import line_name
from straume.web.programme.models import BudgetLine, Candidate, CandidateNeed, Language, WorkPackage
from straume.web.services.forms.texts import TextsForm, in_languages


class CandidateForm(TextsForm):
    texts = ("title", "summary")
    one_needed = ("title",)
    key = forms.UUIDField(widget=forms.HiddenInput)
    earliest_on = day_field(gettext_lazy("Not before"))
    latest_on = day_field(
        gettext_lazy("Not after"), help_text=gettext_lazy("The same days if they are fixed already.")
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("With interpretation: both languages."),
    )

    class Meta:
        model = Candidate
        fields = [
            "work_package",
            "kind",
            *in_languages("title", "summary"),
            "budget_line",
            "cost_eur",
            "places",
            "town",
            "country",
            "languages",
            "earliest_on",
            "latest_on",
            "days",
            "team",
            "municipalities",
            "is_simulated",
        ]
        widgets = {"municipalities": forms.CheckboxSelectMultiple}
        help_texts = {
            "team": gettext_lazy(
                "Such as “trainers of lean”, never a name. Two activities of one team cannot overlap."
            ),
        }

    def __init__(self, *args: Any, municipalities: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = municipalities  # type: ignore[attr-defined]
        lines = BudgetLine.objects.select_related("partner__institution", "partner__project")
        self.fields["budget_line"].queryset = lines  # type: ignore[attr-defined]
        self.fields["budget_line"].label_from_instance = line_name  # type: ignore[attr-defined]
        packages = WorkPackage.objects.select_related("project")
        self.fields["work_package"].queryset = packages  # type: ignore[attr-defined]
        met = (
            {link.need_id: link.percent for link in self.instance.need_links.all()}
            if self.instance.pk
            else {}
        )
        self.asked_needs = list(Need.objects.exclude(status=Need.Status.DROPPED).order_by("pk"))
        for need in self.asked_needs:
            self.fields[f"need_{need.pk}"] = forms.IntegerField(
                label=_("How much it meets of “%(need)s”, %%") % {"need": need},
                min_value=0,
                max_value=100,
                required=False,
                initial=met.get(need.pk),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("earliest_on"), cleaned.get("latest_on")
        if first and last and last < first:
            self.add_error("latest_on", _("The end lies before the beginning. Set a later day."))
        elif first and last and cleaned.get("days") and (last - first).days + 1 < cleaned["days"]:
            self.add_error("days", _("Between these days there is no room for so many."))
        package, line = cleaned.get("work_package"), cleaned.get("budget_line")
        if package and line and line.partner.project_id != package.project_id:
            self.add_error("budget_line", _("This line belongs to another project."))
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Candidate:
        saved: Candidate = super().save(commit)
        keep_needs(saved, {need.pk: self.cleaned_data.get(f"need_{need.pk}") for need in self.asked_needs})
        return saved


def keep_needs(candidate: Candidate, met: dict[int, int | None]) -> None:
    candidate.need_links.filter(need_id__in=[pk for pk, percent in met.items() if not percent]).delete()
    for pk, percent in met.items():
        if percent:
            CandidateNeed.objects.update_or_create(
                candidate=candidate, need_id=pk, defaults={"percent": percent}
            )

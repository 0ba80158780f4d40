"""Projects with their partners and budget lines, work packages and cycles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution
from straume.web.programme.forms.activity import ProgrammeTextsForm
from straume.web.programme.models import BudgetLine, Cycle, Partner, Project, WorkPackage
from straume.web.services.forms.texts import in_languages


class ProjectForm(ProgrammeTextsForm):
    texts = ("name", "full_name", "programme", "note")
    one_needed = ("name", "programme")
    from_on = day_field(gettext_lazy("From"))
    until_on = day_field(gettext_lazy("Until"))
    programme_url = forms.URLField(
        label=gettext_lazy("Site of the programme"), required=False, assume_scheme="https"
    )

    class Meta:
        model = Project
        fields = [
            "code", *in_languages("name", "full_name"), "from_on", "until_on", *in_languages("programme"),
            "programme_url", "stated_total_eur", "stated_eu_eur", *in_languages("note"),
        ]  # fmt: skip
        help_texts = {
            "stated_total_eur": gettext_lazy(
                "As the funder prints it. What is counted with are the budget lines."
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begin, end = cleaned.get("from_on"), cleaned.get("until_on")
        if begin and end and end < begin:
            self.add_error("until_on", _("The end lies before the beginning. Set a later day."))
        check_share(self, cleaned, "stated_total_eur", "stated_eu_eur")
        return cleaned


def check_share(form: forms.BaseForm, cleaned: dict[str, Any], whole: str, share: str) -> None:
    """The EU's part lies between nought and the whole."""
    total, part = cleaned.get(whole), cleaned.get(share)
    if total is not None and total < 0:
        form.add_error(whole, _("A sum is not below nought. Write 0 or more."))
    elif total is not None and part is not None and not Decimal(0) <= part <= total:
        form.add_error(share, _("The EU’s share lies between 0 and the whole sum."))


class PartnerForm(forms.ModelForm[Partner]):
    class Meta:
        model = Partner
        fields = ["institution", "part"]
        labels = {"institution": gettext_lazy("Institution")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Institution.objects.exclude(tier=Institution.Tier.NONE).order_by("name")
        self.fields["institution"].queryset = known  # type: ignore[attr-defined]
        self.fields["institution"].empty_label = _("Choose …")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        others = Partner.objects.filter(project=self.instance.project).exclude(pk=self.instance.pk)
        if others.filter(institution=cleaned.get("institution")).exists():
            self.add_error("institution", _("This institution is a partner already. Change that entry."))
        if cleaned.get("part") == Partner.Part.LEAD and others.filter(part=Partner.Part.LEAD).exists():
            self.add_error("part", _("The project has its lead partner already. Change that one first."))
        return cleaned


class BudgetLineForm(forms.ModelForm[BudgetLine]):
    class Meta:
        model = BudgetLine
        fields = ["partner", "category", "amount_eur", "eu_amount_eur"]
        labels = {"partner": gettext_lazy("Partner")}

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Partner.objects.filter(project=project).select_related("institution")
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        self.fields["partner"].empty_label = _("Choose …")  # type: ignore[attr-defined]
        self.fields["partner"].label_from_instance = lambda one: one.institution.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_share(self, cleaned, "amount_eur", "eu_amount_eur")
        same = BudgetLine.objects.filter(
            partner=cleaned.get("partner"), category=cleaned.get("category", "")
        ).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error(
                "category", _("This partner has its line of this category already. Change that one.")
            )
        return cleaned


class WorkPackageForm(ProgrammeTextsForm):
    texts = ("title",)
    one_needed = ("title",)

    class Meta:
        model = WorkPackage
        fields = ["number", *in_languages("title")]

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"].strip()
        same = WorkPackage.objects.filter(project=self.instance.project, number__iexact=number)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another work package has this number. Choose a different one."))
        return number


class CycleForm(ProgrammeTextsForm):
    texts = ("title", "summary")
    one_needed = ("title",)

    class Meta:
        model = Cycle
        fields = [*in_languages("title", "summary"), "gives_certificate"]

"""Projects, who carries them and with which money. Amounts are Decimal, never derived from a rounded sum."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models import Institution
from straume.web.places.models.dates import DatedQuerySet, days_in_order


class Project(models.Model):
    """A project with a beginning, an end and a funder."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=200)  # in three languages, see translation.py
    full_name = models.CharField(_("full name"), max_length=400, blank=True)
    programme = models.CharField(_("programme"), max_length=200)
    programme_url = models.URLField(_("site of the programme"), blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    # as the funder prints them; the budget lines are what is counted with
    stated_total_eur = models.DecimalField(_("total as stated, EUR"), max_digits=14, decimal_places=2)
    stated_eu_eur = models.DecimalField(_("EU share as stated, EUR"), max_digits=14, decimal_places=2)
    note = models.TextField(_("note on the sums"), blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["from_on", "code"]
        constraints = [
            days_in_order("project_days_in_order"),
            models.CheckConstraint(
                condition=Q(stated_eu_eur__gte=Decimal(0), stated_eu_eur__lte=F("stated_total_eur")),
                name="project_eu_share_within_total",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def budget_eur(self) -> Decimal:
        """Sum of its budget lines, to the cent."""
        lines = BudgetLine.objects.filter(partner__project=self)
        return lines.aggregate(sum=Sum("amount_eur"))["sum"] or Decimal("0.00")

    def budget_eu_eur(self) -> Decimal:
        """The EU's part of its budget lines, to the cent."""
        lines = BudgetLine.objects.filter(partner__project=self)
        return lines.aggregate(sum=Sum("eu_amount_eur"))["sum"] or Decimal("0.00")


class Partner(models.Model):
    """An institution that answers to the funder for a part of the project."""

    class Part(models.TextChoices):
        LEAD = "lead", pgettext_lazy("partner", "lead partner")
        PARTNER = "partner", pgettext_lazy("partner", "project partner")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="partnerships")
    part = models.CharField(_("part"), max_length=8, choices=Part.choices)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["project", "part"]
        constraints = [
            models.UniqueConstraint(fields=["project", "institution"], name="partner_once_per_project"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(part="lead"), name="project_has_one_lead_partner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.code}: {self.institution}"


class BudgetLine(models.Model):
    """One line of one partner's budget, with the part of it that the EU pays."""

    class Category(models.TextChoices):
        STAFF = "staff", _("Staff costs")
        OFFICE = "office", _("Office and administration")
        TRAVEL = "travel", _("Travel and accommodation")
        EXTERNAL = "external", _("External expertise and services")
        EQUIPMENT = "equipment", _("Equipment")

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="budget_lines")
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    amount_eur = models.DecimalField(_("amount, EUR"), max_digits=14, decimal_places=2)
    eu_amount_eur = models.DecimalField(_("of which EU, EUR"), max_digits=14, decimal_places=2)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["partner", "category"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "category"], name="budget_line_once_per_partner"),
            models.CheckConstraint(
                condition=Q(eu_amount_eur__gte=Decimal(0), eu_amount_eur__lte=F("amount_eur")),
                name="budget_line_eu_share_within_amount",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_category_display()} {self.amount_eur}"

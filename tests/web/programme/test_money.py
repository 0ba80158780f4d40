"""Money is Decimal and is added line by line; the database refuses what cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from straume.web.programme.models import BudgetLine, Partner, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(db) -> Project:
    return Project.objects.create(
        code="LLI-59",
        name_en="Open leadership",
        programme_en="Interreg",
        from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30),
        stated_total_eur=Decimal("382667.65"),
        stated_eu_eur=Decimal("325267.50"),
    )


@pytest.fixture
def lead(project, lead_body) -> Partner:
    return Partner.objects.create(project=project, institution=lead_body, part="lead")


def line(partner: Partner, category: str, amount: str, eu: str) -> BudgetLine:
    return BudgetLine.objects.create(
        partner=partner, category=category, amount_eur=Decimal(amount), eu_amount_eur=Decimal(eu)
    )


def refused(make) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_cents_are_not_lost(project, lead) -> None:
    for category in ("staff", "office", "travel"):
        line(lead, category, "0.10", "0.01")
    assert (project.budget_eur(), project.budget_eu_eur()) == (Decimal("0.30"), Decimal("0.03"))


def test_a_project_without_lines_has_nothing(project) -> None:
    assert project.budget_eur() == Decimal("0.00")


def test_the_eu_pays_no_more_than_the_whole(project, lead) -> None:
    refused(lambda: line(lead, "staff", "1.00", "1.01"))
    refused(lambda: line(lead, "staff", "1.00", "-0.01"))
    refused(lambda: Project.objects.filter(pk=project.pk).update(stated_eu_eur=Decimal("382667.66")))


def test_one_line_per_partner_and_category(lead) -> None:
    line(lead, "staff", "1.00", "0.85")
    refused(lambda: line(lead, "staff", "2.00", "1.70"))


def test_a_project_has_one_lead_partner_and_each_partner_once(project, lead, livani) -> None:
    refused(lambda: Partner.objects.create(project=project, institution=livani, part="lead"))
    refused(lambda: Partner.objects.create(project=project, institution=lead.institution, part="partner"))


def test_a_project_does_not_end_before_it_begins(project) -> None:
    refused(lambda: Project.objects.filter(pk=project.pk).update(until_on=date(2016, 1, 1)))


def test_who_pays_stands_at_the_foot_of_every_page(project, client) -> None:
    assert (
        "Project LLI-59 “Open leadership” is co-financed by the European Union."
        in client.get("/").content.decode()
    )

"""The demo holds the public facts of LLI-59 and says of everything else that it is simulated."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from straume.web.demo import people, places, programme
from straume.web.demo.units import unit_of
from straume.web.places.models import (
    Area,
    Institution,
    Lineage,
    Membership,
    PoliticalTerm,
    Population,
    Post,
    Promise,
    Role,
    TerritorialUnit,
    Unit,
)
from straume.web.programme.models import BudgetLine, Partner, Project

pytestmark = pytest.mark.django_db
IN_THE_PROJECT = date(2018, 6, 6)
BEFORE, AFTER = date(2021, 6, 30), date(2021, 7, 1)


@pytest.fixture(autouse=True)
def _seeded(db) -> None:
    for part in (places, programme, people):
        part.seed(date(2026, 11, 23))


def slugs(institutions) -> set[str]:
    return set(institutions.values_list("slug", flat=True))


def land_of(slug: str, day: date) -> set[str]:
    areas = Area.objects.on(day).filter(institution__slug=slug).exclude(territory__kind="municipality")
    return set(areas.values_list("territory__name", flat=True))


def test_two_lead_bodies_and_seventeen_municipalities() -> None:
    there = Institution.objects.on(IN_THE_PROJECT)
    assert slugs(there.filter(tier="partner")) == {"ezeru-krastas", "latgale"}
    involved = there.filter(tier="involved")
    assert slugs(involved.filter(country="lt")) == {
        "zarasai", "visaginas", "ignalina", "kupiskis", "moletai", "utena", "anyksciai",
    }  # fmt: skip
    assert slugs(involved.filter(country="lv")) == {
        "daugavpils", "daugavpils-novads", "rezekne-novads", "ludza", "preili",
        "livani", "aglona", "balvi", "kraslava", "riebini",
    }  # fmt: skip
    assert slugs(there.filter(tier="guest")) >= {"dagda", "baltinava", "vilaka", "svencionys"}


def test_the_reform_took_aglona_apart_by_parishes() -> None:
    all_four = {"Aglonas pagasts", "Grāveru pagasts", "Kastuļinas pagasts", "Šķeltovas pagasts"}
    assert land_of("aglona", BEFORE) == all_four
    assert land_of("aglona", AFTER) == set()
    assert land_of("preili", AFTER) & all_four == {"Aglonas pagasts"}
    assert land_of("kraslava", AFTER) & all_four == all_four - {"Aglonas pagasts"}
    assert not Institution.objects.on(AFTER).filter(slug="aglona").exists()
    split = Lineage.objects.filter(from_institution__slug="aglona", kind="split")
    assert slugs(Institution.objects.filter(came_from__in=split)) == {"preili", "kraslava"}


@pytest.mark.parametrize(
    ("target", "sources"),
    [
        ("preili", {"riebini", "aglona", "varkava"}),
        ("augsdaugava", {"daugavpils-novads", "ilukste"}),
        ("balvi", {"baltinava", "rugaji", "vilaka"}),
        ("ludza", {"cibla", "karsava", "zilupe"}),
        ("rezekne-novads", {"vilani"}),
        ("kraslava", {"dagda", "aglona"}),
    ],
)
def test_the_reform_of_2021(target, sources) -> None:
    links = Lineage.objects.filter(to_institution__slug=target)
    assert set(links.values_list("from_institution__slug", flat=True)) == sources
    assert set(links.values_list("happened_on", flat=True)) == {AFTER}
    for source in sources - {"aglona"}:
        assert land_of(source, BEFORE) <= land_of(target, AFTER)


def test_every_parish_belongs_to_one_institution_on_every_day() -> None:
    for day in (IN_THE_PROJECT, BEFORE, AFTER, date(2026, 1, 1)):
        for territory in TerritorialUnit.objects.exclude(kind="municipality"):
            assert Area.objects.on(day).filter(territory=territory).count() == 1, (territory, day)


def test_the_same_land_can_be_counted_before_and_after() -> None:
    preili = Institution.objects.get(slug="preili")
    then = preili.inhabitants(year=2019)
    grown = preili.inhabitants(year=2019, area_on=date(2022, 1, 1))
    joined = [
        Institution.objects.get(slug=slug).inhabitants(year=2019).number for slug in ("riebini", "varkava")
    ]
    aglona_parish = Population.objects.get(territory__name="Aglonas pagasts", year=2019).inhabitants
    assert grown.number == then.number + sum(joined) + aglona_parish
    assert grown.is_simulated and then.is_simulated


def test_election_days_are_those_of_the_country() -> None:
    def days(slug: str, field: str) -> list[date]:
        return list(PoliticalTerm.objects.filter(institution__slug=slug).values_list(field, flat=True))

    assert days("livani", "election_on") == [date(2017, 6, 3), date(2021, 6, 5), date(2025, 6, 7)]
    assert days("utena", "election_on") == [date(2019, 3, 3), date(2023, 3, 5)]
    assert days("utena", "runoff_on") == [date(2019, 3, 17), None]
    assert days("aglona", "election_on") == [date(2017, 6, 3)]
    assert days("augsdaugava", "election_on")[0] == date(2021, 6, 5)


def test_terms_follow_one_another_without_a_gap_or_an_overlap() -> None:
    for institution in Institution.objects.filter(kind="municipality"):
        terms = list(institution.terms.order_by("from_on"))
        for one, two in pairwise(terms):
            assert (two.from_on - one.until_on).days == 1, (institution, two)


def test_the_project_with_its_money_to_the_cent() -> None:
    project = Project.objects.get()
    assert (project.code, project.from_on, project.until_on) == (
        "LLI-59", date(2017, 5, 1), date(2019, 4, 30),
    )  # fmt: skip
    assert project.stated_total_eur == Decimal("382667.65")
    assert project.stated_eu_eur == Decimal("325267.50")
    assert project.budget_eur() == project.stated_total_eur
    assert project.budget_eu_eur() == project.stated_eu_eur
    assert Partner.objects.get(part="lead").institution.slug == "ezeru-krastas"
    for language in ("lv", "lt", "en"):  # both printed totals are named
        note = getattr(project, f"note_{language}")
        assert "667" in note and ("64" in note and "65" in note)


def test_what_is_not_a_public_fact_says_that_it_is_simulated() -> None:
    for model in (Population, Post, Promise, BudgetLine):
        assert model.objects.exists()
        assert not model.objects.filter(is_simulated=False).exists(), model


def test_every_role_is_played_by_somebody_and_the_outsider_has_an_end() -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == {role.value for role in Role}
    outsider = Membership.objects.filter(person__email=people.email_of("outside_practitioner"))
    assert outsider.count() >= 2
    assert not outsider.filter(until_on__isnull=True).exists()


def test_other_seeds_find_units_by_code() -> None:
    for slug, code, name in (
        ("livani", "taxes", "Nodokļu nodaļa"),
        ("utena", "environment", "Aplinkos apsaugos skyrius"),
        ("latgale", "transport", "Sabiedriskā transporta nodaļa"),
    ):
        assert unit_of(Institution.objects.get(slug=slug), code).name == name
    aglona = Unit.objects.filter(institution__slug="aglona")
    assert aglona.exists() and not aglona.exclude(until_on=BEFORE).exists()

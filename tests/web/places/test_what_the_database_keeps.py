"""One test per constraint: the database refuses what must never be true, whoever writes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from straume.web.accounts.models import User
from straume.web.places.models import (
    Area,
    Calendar,
    Handover,
    Institution,
    Lineage,
    Membership,
    PoliticalTerm,
    Population,
    Post,
    Promise,
    TerritorialUnit,
    Unit,
)

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2018, 1, 1), date(2019, 1, 1)


def refused(constraint: str, make) -> None:
    """`make` fails, and it is this constraint that refuses (SQLite names checks alone)."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make()
    said = str(refusal.value)
    assert constraint in said or "UNIQUE constraint failed" in said, said


@pytest.fixture
def parish(db) -> TerritorialUnit:
    return TerritorialUnit.objects.create(country="lv", kind="parish", name="Turku pagasts", code="1")


def test_one_address_is_one_person(alice) -> None:
    refused("user_email_once", lambda: User.objects.bulk_create([User(email="ALICE@example.org", name="Al")]))


def test_a_person_has_a_name(db) -> None:
    refused("user_has_a_name", lambda: User.objects.bulk_create([User(email="x@example.org", name="")]))


def test_a_person_speaks_one_of_our_languages(db) -> None:
    person = User(email="x@example.org", name="X", language="de")
    refused("user_language_is_ours", lambda: User.objects.bulk_create([person]))


@pytest.mark.parametrize(
    ("constraint", "model", "fields"),
    [
        ("territory_days_in_order", TerritorialUnit, {"country": "lv", "kind": "parish", "name": "A"}),
        (
            "institution_days_in_order",
            Institution,
            {
                "slug": "x",
                "country": "lv",
                "kind": "municipality",
                "tier": "guest",
                "timezone": "Europe/Riga",
            },
        ),
    ],
)
def test_nothing_ends_before_it_begins(db, constraint, model, fields) -> None:
    refused(constraint, lambda: model.objects.create(**fields, from_on=LATE, until_on=EARLY))
    model.objects.create(**fields, from_on=EARLY, until_on=EARLY)  # a single day is fine


def test_an_area_a_unit_a_term_and_a_membership_do_not_end_before_they_begin(livani, parish, alice) -> None:
    days = {"from_on": LATE, "until_on": EARLY}
    refused("area_days_in_order", lambda: Area.objects.create(institution=livani, territory=parish, **days))
    refused("unit_days_in_order", lambda: Unit.objects.create(institution=livani, name="A", **days))
    refused(
        "term_days_in_order",
        lambda: PoliticalTerm.objects.create(institution=livani, kind="council", election_on=EARLY, **days),
    )
    refused(
        "membership_days_in_order",
        lambda: Membership.objects.create(person=alice, institution=livani, role="employee", **days),
    )


def test_a_register_code_stands_once_in_a_country(parish) -> None:
    other = {"kind": "parish", "name": "B", "code": "1"}
    refused("territory_code_once", lambda: TerritorialUnit.objects.create(country="lv", **other))
    TerritorialUnit.objects.create(country="lt", **other)
    for name in ("C", "D"):  # without a code there may be many
        TerritorialUnit.objects.create(country="lv", kind="parish", name=name)


def test_nothing_lies_in_itself(parish, livani, taxes) -> None:
    refused(
        "territory_is_not_its_own_parent",
        lambda: TerritorialUnit.objects.filter(pk=parish.pk).update(parent=parish),
    )
    refused(
        "institution_is_not_its_own_parent",
        lambda: Institution.objects.filter(pk=livani.pk).update(parent=livani),
    )
    refused("unit_is_not_its_own_parent", lambda: Unit.objects.filter(pk=taxes.pk).update(parent=taxes))


def test_population_is_counted_once_a_year_in_a_year_with_a_source(parish) -> None:
    good = {"territory": parish, "inhabitants": 10, "source": "register"}
    Population.objects.create(year=2019, **good)
    refused("population_once_a_year", lambda: Population.objects.create(year=2019, **good))
    refused("population_year_is_a_year", lambda: Population.objects.create(year=19, **good))
    refused(
        "population_has_a_source", lambda: Population.objects.create(year=2020, **(good | {"source": ""}))
    )
    refused("inhabitants", lambda: Population.objects.create(year=2021, **(good | {"inhabitants": -1})))


def test_a_parish_has_one_institution_at_a_time(livani, utena, parish) -> None:
    Area.objects.create(institution=livani, territory=parish)
    refused("territory_has_one", lambda: Area.objects.create(institution=utena, territory=parish))
    Area.objects.create(institution=utena, territory=parish, from_on=EARLY, until_on=LATE)
    again = {"institution": utena, "territory": parish, "from_on": EARLY, "until_on": LATE}
    refused("area_once", lambda: Area.objects.create(**again))


def test_country_and_tier_are_known_words(livani) -> None:
    rows = Institution.objects.filter(pk=livani.pk)
    refused("institution_country_is_known", lambda: rows.update(country="ee"))
    refused("institution_tier_is_known", lambda: rows.update(tier="friend"))


def test_a_lineage_joins_two_institutions_once_a_day(livani, utena) -> None:
    link = {"from_institution": livani, "happened_on": EARLY, "kind": "merge"}
    Lineage.objects.create(to_institution=utena, **link)
    refused("lineage_once", lambda: Lineage.objects.create(to_institution=utena, **link))
    refused("lineage_joins_two", lambda: Lineage.objects.create(to_institution=livani, **link))


def test_unit_names_differ_in_one_place_and_are_not_empty(livani, taxes) -> None:
    refused("unit_name_once_at_the_top", lambda: Unit.objects.create(institution=livani, name=taxes.name))
    Unit.objects.create(institution=livani, parent=taxes, name="A")
    refused(
        "unit_name_once_in_its_parent",
        lambda: Unit.objects.create(institution=livani, parent=taxes, name="A"),
    )
    refused("unit_has_a_name", lambda: Unit.objects.create(institution=livani, name=""))


def test_posts_are_there_and_cost_something(taxes) -> None:
    Post.objects.create(unit=taxes, title="A", fte=Decimal("0.5"))
    refused("post_once_in_its_unit", lambda: Post.objects.create(unit=taxes, title="A", fte=1))
    refused("post_fte_above_nought", lambda: Post.objects.create(unit=taxes, title="B", fte=0))
    refused(
        "post_cost_above_nought",
        lambda: Post.objects.create(unit=taxes, title="C", fte=1, cost_eur_per_hour=0),
    )


def test_an_institution_keeps_one_calendar(livani) -> None:
    Calendar.objects.create(institution=livani)
    refused("calendar", lambda: Calendar.objects.create(institution=livani))


def test_a_term_after_an_election_has_its_days(livani) -> None:
    term = {"institution": livani, "kind": "mayor", "from_on": EARLY}
    refused("term_after_an_election_has_its_day", lambda: PoliticalTerm.objects.create(**term))
    refused(
        "term_runoff_after_election",
        lambda: PoliticalTerm.objects.create(election_on=LATE, runoff_on=LATE, **term),
    )
    PoliticalTerm.objects.create(began_with="coalition", **term)
    refused("term_begins_once_a_day", lambda: PoliticalTerm.objects.create(began_with="coalition", **term))


def test_a_role_is_known_held_once_and_a_head_has_a_unit(livani, taxes, alice) -> None:
    held = {"person": alice, "institution": livani, "from_on": EARLY}
    refused("membership_role_is_known", lambda: Membership.objects.create(role="boss", **held))
    refused("membership_open_once", lambda: Membership.objects.create(role="facilitator", **held))
    refused("membership_unit_head_has_a_unit", lambda: Membership.objects.create(role="unit_head", **held))
    Membership.objects.create(role="unit_head", unit=taxes, **held)
    refused(
        "membership_open_once_in_a_unit",
        lambda: Membership.objects.create(role="unit_head", unit=taxes, **held),
    )


def test_a_hand_over_needs_two_people(livani, alice) -> None:
    now = "2019-01-01T00:00Z"
    refused(
        "handover_between_two_people",
        lambda: Handover.objects.create(
            institution=livani, from_person=alice, to_person=alice, done_by=alice, done_at=now
        ),
    )


def test_a_promise_has_words_a_giver_and_its_own_day(livani) -> None:
    promise = {"institution": livani, "given_on": EARLY}
    Promise.objects.create(text_en="We promise.", given_by_en="Chair", **promise)
    refused("promise_once_a_day", lambda: Promise.objects.create(text_en="A", given_by_en="B", **promise))
    later = {"institution": livani, "given_on": LATE}
    refused("promise_has_words", lambda: Promise.objects.create(text_en="", given_by_en="B", **later))
    refused("promise_has_a_giver", lambda: Promise.objects.create(text_en="A", given_by_en="", **later))

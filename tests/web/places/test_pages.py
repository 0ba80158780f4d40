"""Unit page, coverage, search and first screen: what they say, and what higher apps add to them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.test import Client

from straume.web.places import registry
from straume.web.places.models import Post, Promise, Unit
from straume.web.places.registry import Cell, Evaluated, Hit, Section

pytestmark = pytest.mark.django_db


@pytest.fixture
def added():
    """Registers for one test: added(registry, function)."""
    taken = []

    def add(where, function, **options) -> None:
        where.register("for-a-test", function, **options)
        taken.append(where)

    yield add
    for where in taken:
        del where._entries["for-a-test"]


@pytest.fixture
def promise(lead_body) -> Promise:
    return Promise.objects.create(
        institution=lead_body,
        given_on=date(2017, 6, 1),
        text_lv="Neviens amats netiek likvidēts.",
        text_en="No post is cut.",
        given_by_lv="Vadītājs",
        given_by_en="Head of administration",
    )


def test_the_promise_and_who_gave_it_stand_on_the_first_screen(promise, alice, as_person) -> None:
    for client in (Client(), as_person(alice)):
        page = client.get("/").content.decode()
        assert "No post is cut." in page
        assert "Head of administration, Latgale Planning Region, June 1, 2017" in page
    page = Client(headers={"Accept-Language": "lv"}).get("/").content.decode()
    assert "Neviens amats netiek likvidēts." in page
    assert "Vadītājs, Latgales plānošanas reģions, 2017. gada 1. jūnijs" in page


def test_a_guests_promise_does_not_speak_for_the_partners(promise, livani) -> None:
    Promise.objects.create(institution=livani, given_on="2018-01-01", text_en="Other.", given_by_en="Mayor")
    assert "Other." not in Client().get("/").content.decode()


def test_where_an_institution_gave_no_promise_that_of_the_partners_holds(promise, livani) -> None:
    assert Promise.standing_for(livani) == promise
    own = Promise.objects.create(
        institution=livani, given_on="2018-01-01", text_en="Own.", given_by_en="Mayor"
    )
    assert Promise.standing_for(livani) == own


def test_a_higher_app_adds_its_rows_to_the_unit_page(added, alice, taxes, as_person) -> None:
    def section(unit: Unit, person, today: date) -> Section:
        row = [Cell("Debt recovery", "/services/1/"), Cell(412, is_number=True)]
        return Section("services", "Services", ["Service", "Cases"], [row])

    added(registry.unit_sections, section)
    page = as_person(alice).get(f"/units/{taxes.pk}/").content.decode()
    assert '<a href="/services/1/">Debt recovery</a>' in page
    assert 'data-label="Cases"' in page


def test_a_section_without_rows_says_what_to_do(added, alice, taxes, as_person) -> None:
    added(
        registry.unit_sections, lambda *_: Section("x", "Assessments", empty="No data yet. Upload a table.")
    )
    assert "No data yet. Upload a table." in as_person(alice).get(f"/units/{taxes.pk}/").content.decode()


def test_the_unit_page_says_when_something_was_evaluated(added, alice, taxes, as_person) -> None:
    assert "Nothing has been evaluated" in as_person(alice).get(f"/units/{taxes.pk}/").content.decode()
    added(registry.evaluations, lambda units, today: {taxes.pk: Evaluated(2, date(2018, 12, 31), "/x/")})
    page = as_person(alice).get(f"/units/{taxes.pk}/").content.decode()
    assert "2 assessments so far, the last on Dec. 31, 2018." in page


def rows_of(response) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def three_units(added, livani, taxes) -> list[Unit]:
    others = [Unit.objects.create(institution=livani, name=name) for name in ("Šķūnis", "Būvvalde")]
    done = {taxes.pk: Evaluated(1, date(2018, 5, 1), "/a/"), others[0].pk: Evaluated(3, date(2017, 5, 1))}
    added(registry.evaluations, lambda units, today: done)
    return [taxes, *others]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("unit", ["Būvvalde", "Nodokļu nodaļa", "Šķūnis"]),
        ("-unit", ["Šķūnis", "Nodokļu nodaļa", "Būvvalde"]),
        ("last", ["Būvvalde", "Šķūnis", "Nodokļu nodaļa"]),
        ("-studies", ["Šķūnis", "Nodokļu nodaļa", "Būvvalde"]),
        ("nonsense", ["Būvvalde", "Nodokļu nodaļa", "Šķūnis"]),
    ],
)
def test_coverage_is_sorted_as_asked(three_units, alice, as_person, sort, names) -> None:
    response = as_person(alice).get("/units/", {"sort": sort})
    assert [row.unit.name for row in response.context["page"]] == names


def test_coverage_is_searched_without_marks(three_units, alice, as_person) -> None:
    response = as_person(alice).get("/units/", {"q": "skunis livani"})
    assert [row.unit.name for row in response.context["page"]] == ["Šķūnis"]


def test_coverage_shows_what_is_not_evaluated_yet(three_units, alice, as_person) -> None:
    for which, names in (("not-yet", ["Būvvalde"]), ("evaluated", ["Nodokļu nodaļa", "Šķūnis"])):
        response = as_person(alice).get("/units/", {"which": which, "sort": "unit"})
        assert [row.unit.name for row in response.context["page"]] == names


def test_a_long_coverage_has_pages_and_its_csv_has_all(livani, alice, as_person) -> None:
    Unit.objects.bulk_create(Unit(institution=livani, name=f"Nodaļa {n:03}") for n in range(120))
    client = as_person(alice)
    seen = [row.unit.name for n in (1, 2, 3) for row in client.get("/units/", {"page": n}).context["page"]]
    assert seen == [f"Nodaļa {n:03}" for n in range(120)]
    assert len(rows_of(client.get("/units/", {"format": "csv", "page": 2}))) == 121


def test_coverage_as_csv_has_the_same_rows(three_units, alice, as_person) -> None:
    response = as_person(alice).get("/units/", {"sort": "unit", "format": "csv"})
    assert response.headers["Content-Type"].startswith("text/csv")
    head, *rows = rows_of(response)
    assert head == ["Institution", "Unit", "Assessments", "Last evaluated"]
    assert rows == [
        ["Līvāni municipality", "Būvvalde", "0", "not yet"],
        ["Līvāni municipality", "Nodokļu nodaļa", "1", "2018-05-01"],
        ["Līvāni municipality", "Šķūnis", "3", "2017-05-01"],
    ]


def test_a_name_that_looks_like_a_formula_stays_text_in_the_csv(livani, alice, as_person) -> None:
    Unit.objects.create(institution=livani, name="=cmd|'/c calc'!A1")
    _head, row = rows_of(as_person(alice).get("/units/", {"format": "csv"}))
    assert row[1].startswith("'=")


def test_a_lead_body_sees_all_units_and_no_rates(coordinator, livani, taxes, as_person, member) -> None:
    taxes.posts.create(title="Speciālists", fte=1, cost_eur_per_hour="11.20")
    client = as_person(coordinator)
    assert taxes in [row.unit for row in client.get("/units/").context["page"]]
    assert "11.20" not in client.get(f"/units/{taxes.pk}/").content.decode()
    finance = as_person(member("eva", livani, "finance"))
    assert "11.20" in finance.get(f"/units/{taxes.pk}/").content.decode()


@pytest.mark.parametrize("words", ["livani", "LĪVĀNI", "Lyvan", "livanu novada"])
def test_search_finds_an_institution_in_any_language_and_without_marks(alice, as_person, words) -> None:
    hits = as_person(alice).get("/search/", {"q": words}).context["hits"]
    assert "/institutions/livani/" in [hit.url for hit in hits]


def test_search_asks_every_app_for_what_the_person_may_see(added, alice, as_person) -> None:
    asked = []

    def find(words, person, today, at_most):
        asked.append((words, person))
        return [Hit("Debt recovery", "/services/1/", "service")]

    added(registry.searches, find)
    hits = as_person(alice).get("/search/", {"q": "debt"}).context["hits"]
    assert asked == [("debt", alice)]
    assert hits[-1].title == "Debt recovery"


def test_search_with_one_letter_asks_for_more(alice, as_person) -> None:
    response = as_person(alice).get("/search/", {"q": "l"})
    assert response.context["hits"] == []
    assert "at least 2 letters" in response.content.decode()


def test_what_was_searched_is_shown_as_text(alice, as_person) -> None:
    page = as_person(alice).get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_nobody_has_more_than_five_words_in_the_menu(alice, coordinator, as_person) -> None:
    for person in (alice, coordinator):
        assert 1 <= len(as_person(person).get("/").context["menu"]) <= 5


def test_the_page_about_oneself_names_every_role(alice, as_person) -> None:
    page = as_person(alice).get("/me/").content.decode()
    for words in (alice.email, "Līvāni municipality", "lean practitioner"):
        assert words in page


@pytest.mark.parametrize("role", ["facilitator", "unit_head", "employee", "controller", "coach"])
def test_a_rate_that_may_be_one_persons_is_shown_only_to_those_who_answer_for_costs(
    livani, taxes, member, as_person, role
) -> None:
    Post.objects.create(unit=taxes, title="Head of unit", grade="11", fte=1, cost_eur_per_hour="14.53")
    unit = taxes if role == "unit_head" else None
    page = as_person(member("dana", livani, role, unit=unit)).get(f"/units/{taxes.pk}/").content.decode()
    assert "Head of unit" in page and "14.53" not in page
    page = as_person(member("eva", livani, "finance")).get(f"/units/{taxes.pk}/").content.decode()
    assert "14.53" in page

"""Finding, reading and writing services and offers."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from straume.web.places.models import Role
from straume.web.places.registry import Cell, Section
from straume.web.services.models import Offer, PublicService
from straume.web.services.registry import offer_sections, service_sections

pytestmark = pytest.mark.django_db


def table(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_an_empty_catalogue_says_how_to_begin(alice, as_person):
    text = as_person(alice).get("/services/").content.decode()
    assert "No service yet." in text
    assert "/services/add/" in text


def test_a_word_finds_a_service_in_any_language_and_without_diacritics(debt, felling, alice, as_person):
    for word in ("piedzina", "išieškojimas", "RECOVERY", "debt"):
        text = as_person(alice).get("/services/", {"q": word}).content.decode()
        assert "Debt recovery" in text, word
        assert "Felling permit" not in text, word


def test_nothing_found_says_so(debt, alice, as_person):
    assert "No service fits." in as_person(alice).get("/services/?q=zzz").content.decode()


def test_themes_and_countries_narrow_the_list(debt, felling, alice, as_person):
    taxes = as_person(alice).get("/services/?theme=taxes").content.decode()
    assert ("Debt recovery" in taxes, "Felling permit" in taxes) == (True, False)
    lithuania = as_person(alice).get("/services/?country=lt").content.decode()
    assert ("Debt recovery" in lithuania, "Felling permit" in lithuania) == (False, True)


@pytest.mark.parametrize(
    ("sort", "first"),
    [("name", "Debt"), ("-name", "Felling"), ("places", "Debt"), ("-places", "Felling"), ("-demand", "Debt")],
)
def test_the_list_is_sorted_as_asked(debt, felling, alice, as_person, sort, first):
    rows = table(as_person(alice).get("/services/", {"sort": sort, "format": "csv"}))
    assert rows[1][1].startswith(first)


def test_the_table_for_a_spreadsheet_says_what_the_list_says(debt, felling, alice, as_person):
    rows = table(as_person(alice).get("/services/?format=csv"))
    found = {row[0]: row for row in rows[1:]}
    assert found["debt"][4:8] == ["1", "30 calendar days", "", "412"]
    assert found["felling"][7] == "fewer than five"
    assert found["debt"][8] == "yes"
    sheet = load_workbook(io.BytesIO(as_person(alice).get("/services/?format=xlsx").content)).active
    assert [[str(cell.value or "") for cell in line] for line in sheet.iter_rows()] == rows


def test_a_name_that_looks_like_a_formula_stays_text(debt, alice, as_person):
    PublicService.objects.filter(pk=debt.service_id).update(name_en="=1+1")
    assert table(as_person(alice).get("/services/?format=csv"))[1][1] == "'=1+1"


def test_the_page_tells_deadline_law_and_places(debt, bob, as_person):
    text = as_person(bob).get(f"/services/{debt.service_id}/").content.decode()
    for words in (
        "30 calendar days",
        "Likums ?",
        "to be checked by a lawyer",
        "Līvāni municipality",
        "412",
        "simulated",
    ):
        assert words in text, words


def test_higher_apps_add_sections_to_services_and_offers(debt, bob, as_person, monkeypatch):
    for registry in (service_sections, offer_sections):
        monkeypatch.setattr(registry, "_entries", {})
        registry.register(
            "test",
            lambda what, person, today: Section("studies", "What was studied", ["x"], [[Cell("A study")]]),
        )
    for address in (f"/services/{debt.service_id}/", f"/services/offers/{debt.pk}/"):
        assert "A study" in as_person(bob).get(address).content.decode()


def fields(**values: str) -> dict[str, str]:
    return {"identifier": "new", "name_lv": "Jauns", "theme": "other", "status": "active", **values}


def test_a_service_is_added(alice, as_person):
    answer = as_person(alice).post("/services/add/", fields(deadline_days="20", deadline_clock="working"))
    made = PublicService.objects.get(identifier="new")
    assert answer.url == f"/services/{made.pk}/"
    assert (made.deadline().days, made.deadline().clock) == (20, "working")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_lv": ""}, "Write it in one language at least."),
        ({"identifier": "ā b"}, "Use letters without diacritics"),
        ({"identifier": "DEBT"}, "Another service has this identifier."),
        ({"deadline_days": "30"}, "Say whether the deadline counts"),
        ({"deadline_clock": "working"}, "Say how many days"),
        ({"deadline_days": "0", "deadline_clock": "working"}, "A deadline has one day at least."),
        ({"processing_time": "30 days"}, "Enter a duration as ISO 8601"),
    ],
)
def test_a_wrong_form_says_what_to_do(debt, alice, as_person, wrong, said):
    text = as_person(alice).post("/services/add/", fields(**wrong)).content.decode()
    assert said in text
    assert "error-summary" in text
    assert PublicService.objects.count() == 1


def test_texts_of_a_service_can_be_emptied(debt, alice, as_person):
    as_person(alice).post(f"/services/{debt.service_id}/change/", fields(identifier="debt", name_lt=""))
    service = PublicService.objects.get(pk=debt.service_id)
    assert (service.name_lv, service.name_lt) == ("Jauns", "")


def test_a_service_is_offered_in_ones_own_place(felling, debt, charlie, utena, as_person):
    answer = as_person(charlie).post(f"/services/{debt.service_id}/offers/add/", {"institution": utena.pk})
    offer = Offer.objects.get(service=debt.service, institution=utena)
    assert answer.url == f"/services/offers/{offer.pk}/change/"


def test_it_is_not_offered_in_somebody_elses(debt, charlie, livani, as_person):
    Offer.objects.all().delete()
    page = as_person(charlie).post(f"/services/{debt.service_id}/offers/add/", {"institution": livani.pk})
    assert page.status_code == 200
    assert not Offer.objects.exists()


def test_a_planning_region_offers_services_too(debt, lead_body, member, as_person):
    person = member("eve", lead_body, Role.ADMINISTRATOR)
    as_person(person).post(f"/services/{debt.service_id}/offers/add/", {"institution": lead_body.pk})
    assert Offer.objects.filter(institution=lead_body).exists()


def test_an_offer_says_its_own_deadline(debt, alice, as_person):
    as_person(alice).post(
        f"/services/offers/{debt.pk}/change/",
        {"unit": debt.unit_id, "holder": "Pašvaldība", "deadline_days": "15", "deadline_clock": "working"},
    )
    text = as_person(alice).get(f"/services/offers/{debt.pk}/").content.decode()
    assert "15 working days" in text
    assert "own promise" in text


def test_the_unit_of_another_institution_cannot_be_chosen(debt, utena, alice, as_person):
    from straume.web.places.models import Unit

    theirs = Unit.objects.create(institution=utena, name="Skyrius")
    answer = as_person(alice).post(f"/services/offers/{debt.pk}/change/", {"unit": theirs.pk})
    assert answer.status_code == 200
    debt.refresh_from_db()
    assert debt.unit_id != theirs.pk


def test_a_year_is_added_changed_and_removed(debt, alice, as_person):
    client, base = as_person(alice), f"/services/offers/{debt.pk}/years/"
    client.post(f"{base}add/", {"year": "2017", "cases": "300", "source": "Reģistrs"})
    row = debt.demand.get(year=2017)
    client.post(f"{base}{row.pk}/", {"year": "2017", "cases": "310", "source": "Reģistrs"})
    row.refresh_from_db()
    assert row.cases == 310
    client.post(f"{base}{row.pk}/", {"remove": "1"})
    assert not debt.demand.filter(year=2017).exists()


@pytest.mark.parametrize("year", ["2018", "1066", "2999", ""])
def test_a_year_is_said_once_and_is_not_to_come(debt, alice, as_person, year):
    as_person(alice).post(
        f"/services/offers/{debt.pk}/years/add/", {"year": year, "cases": "1", "source": "x"}
    )
    assert debt.demand.count() == 1


def test_a_local_act_belongs_to_its_offer_and_country(debt, alice, as_person):
    as_person(alice).post(f"/services/offers/{debt.pk}/acts/add/", {"title_lv": "Saistošie noteikumi Nr. 7"})
    act = debt.local_acts.get()
    assert (act.country, act.service_id) == ("lv", debt.service_id)
    assert (
        "Saistošie noteikumi Nr. 7"
        not in as_person(alice).get(f"/services/{debt.service_id}/").content.decode()
    )
    assert (
        "Saistošie noteikumi Nr. 7" in as_person(alice).get(f"/services/offers/{debt.pk}/").content.decode()
    )


PARTS = {
    "laws": {"title_lv": "Likums", "in_force_from_on": "2018-01-01"},
    "deadlines": {"country": "lt", "days": "20", "clock": "working"},
    "channels": {"kind": "online", "description_lv": "Portāls"},
    "costs": {"amount": "7.11", "currency": "EUR"},
    "inputs": {"name_lv": "Iesniegums"},
    "outputs": {"name_lv": "Atļauja", "kind": "permit"},
}


@pytest.mark.parametrize("kind", PARTS)
def test_parts_are_added_changed_and_removed(debt, alice, as_person, kind):
    client, base = as_person(alice), f"/services/{debt.service_id}/{kind}/"
    related = {"inputs": "evidence", "laws": "legal_resources", "deadlines": "country_deadlines"}.get(
        kind, kind
    )
    parts = getattr(debt.service, related)
    before = parts.count()
    assert client.post(f"{base}add/", PARTS[kind]).status_code == 302
    part = parts.order_by("-pk").first()
    assert client.get(f"{base}{part.pk}/").status_code == 200
    assert client.post(f"{base}{part.pk}/", PARTS[kind]).status_code == 302
    client.post(f"{base}{part.pk}/", {"remove": "1"})
    assert parts.count() == before


def test_a_second_deadline_of_a_country_is_refused_with_a_sentence(debt, alice, as_person):
    client, address = as_person(alice), f"/services/{debt.service_id}/deadlines/add/"
    client.post(address, PARTS["deadlines"])
    assert (
        "This country has its deadline already." in client.post(address, PARTS["deadlines"]).content.decode()
    )


def test_deleting_a_service_asks_first_and_not_while_it_is_offered(debt, alice, coordinator, as_person):
    address = f"/services/{debt.service_id}/delete/"
    assert "Institutions still offer this service." in as_person(alice).get(address).content.decode()
    as_person(alice).post(address)
    assert PublicService.objects.exists()
    debt.delete()
    assert "cannot be undone" in as_person(coordinator).get(address).content.decode()
    as_person(coordinator).post(address)
    assert not PublicService.objects.exists()


def test_an_offer_with_assessments_stays(debt, alice, as_person, today):
    from django.utils import timezone

    from straume.web.studies.models import Study

    study = Study.objects.create(offer=debt, owner=alice, created_at=timezone.now())
    text = as_person(alice).post(f"/services/offers/{debt.pk}/delete/").content.decode()
    assert "Assessments hang on this offer" in text
    study.delete()
    as_person(alice).post(f"/services/offers/{debt.pk}/delete/")
    assert not Offer.objects.exists()


def test_units_institutions_and_search_lead_to_services(debt, bob, as_person):
    client = as_person(bob)
    for address in (f"/units/{debt.unit_id}/", "/institutions/livani/", "/search/?q=piedzina"):
        assert "Debt recovery" in client.get(address).content.decode(), address
    assert 'href="/services/"' in client.get("/").content.decode()

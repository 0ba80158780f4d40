"""Who reads and who writes in the catalogue; a stranger from another municipality gets 404."""

from __future__ import annotations

import pytest
from django.test import Client

from straume.web.places.models import Role
from straume.web.services import permissions
from straume.web.services.models import LegalResource, Offer, YearlyDemand

pytestmark = pytest.mark.django_db


def offer_addresses(offer: Offer) -> list[str]:
    base = f"/services/offers/{offer.pk}/"
    act = LegalResource.objects.create(service=offer.service, offer=offer, title_lv="Noteikumi")
    year = offer.demand.first() or YearlyDemand.objects.create(offer=offer, year=2016, cases=9, source="x")
    return [
        base,
        f"{base}change/",
        f"{base}delete/",
        f"{base}years/add/",
        f"{base}years/{year.pk}/",
        f"{base}acts/add/",
        f"{base}acts/{act.pk}/",
    ]


def test_a_stranger_from_another_municipality_gets_404_for_every_page_of_an_offer(debt, charlie, as_person):
    for address in offer_addresses(debt):
        assert as_person(charlie).get(address).status_code == 404, address
        assert as_person(charlie).post(address).status_code == 404, address


def test_somebody_without_a_role_finds_no_catalogue(debt, as_person, django_user_model):
    nobody = django_user_model.objects.create_user("nobody@example.org", name="Nobody")
    for address in (
        "/services/",
        f"/services/{debt.service_id}/",
        "/services/catalogue.ttl",
        "/services/import/",
    ):
        assert as_person(nobody).get(address).status_code == 404, address


def test_without_signing_in_one_is_asked_to(debt):
    for address in (
        "/services/",
        f"/services/{debt.service_id}/",
        "/services/catalogue.ttl",
        "/services/import/",
    ):
        assert Client().get(address).status_code == 302, address


def test_every_member_reads_the_catalogue(debt, bob, charlie, coordinator, as_person):
    for person in (bob, charlie, coordinator):
        assert "Debt recovery" in as_person(person).get("/services/").content.decode()
        assert as_person(person).get(f"/services/{debt.service_id}/").status_code == 200


def test_an_employee_reads_an_offer_and_changes_nothing(debt, bob, as_person):
    addresses = offer_addresses(debt)
    assert as_person(bob).get(addresses[0]).status_code == 200
    for address in addresses[1:]:
        assert as_person(bob).get(address).status_code == 403, address


def test_a_coordinator_of_the_lead_body_reads_every_offer_and_writes_none(debt, coordinator, as_person):
    addresses = offer_addresses(debt)
    assert as_person(coordinator).get(addresses[0]).status_code == 200
    assert as_person(coordinator).get(addresses[1]).status_code == 403


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMINISTRATOR, Role.UNIT_HEAD])
def test_practitioner_administrator_and_head_of_unit_change_offers(
    debt, taxes, livani, member, as_person, role
):
    person = member("eve", livani, role, unit=taxes if role == Role.UNIT_HEAD else None)
    assert as_person(person).get(f"/services/offers/{debt.pk}/change/").status_code == 200


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.COACH, Role.FINANCE, Role.LEADER, Role.EMPLOYEE])
def test_other_roles_do_not(debt, livani, member, as_person, role):
    person = member("eve", livani, role)
    assert as_person(person).get(f"/services/offers/{debt.pk}/change/").status_code == 403
    assert as_person(person).get("/services/add/").status_code == 403


def test_a_service_that_one_place_alone_offers_is_described_by_its_people(
    debt, alice, charlie, coordinator, today
):
    assert permissions.may_edit_service(alice, debt.service, today)
    assert permissions.may_edit_service(coordinator, debt.service, today)
    assert not permissions.may_edit_service(charlie, debt.service, today)


def test_a_service_of_several_places_is_described_by_the_lead_bodies(
    felling, alice, coordinator, today, as_person
):
    service = felling["livani"].service
    assert permissions.may_edit_service(coordinator, service, today)
    assert not permissions.may_edit_service(alice, service, today)
    for address in ("change/", "delete/", "laws/add/", "channels/add/", "deadlines/add/"):
        answer = as_person(alice).get(f"/services/{service.pk}/{address}")
        assert answer.status_code == 403, address
        assert "coordinator" in answer.content.decode()


def test_parts_of_one_service_are_not_reached_through_another(debt, felling, coordinator, as_person):
    law = debt.service.legal_resources.get()
    other = felling["livani"].service
    assert as_person(coordinator).get(f"/services/{other.pk}/laws/{law.pk}/").status_code == 404


def test_an_act_of_one_place_is_not_changed_through_the_service(debt, coordinator, as_person):
    act = LegalResource.objects.create(service=debt.service, offer=debt, title_lv="Noteikumi")
    assert as_person(coordinator).get(f"/services/{debt.service_id}/laws/{act.pk}/").status_code == 404


def test_demand_of_another_municipality_is_nobodys_business(felling, alice, coordinator, as_person):
    page = f"/services/{felling['livani'].service_id}/"
    assert "777" not in as_person(alice).get(page).content.decode()
    assert "777" not in as_person(alice).get("/services/").content.decode()
    assert "777" not in as_person(alice).get("/services/?format=csv").content.decode()
    assert "777" in as_person(coordinator).get(page).content.decode()


def test_fewer_than_five_cases_are_not_counted_out(felling, alice, as_person):
    for address in (
        f"/services/{felling['livani'].service_id}/",
        f"/services/offers/{felling['livani'].pk}/",
    ):
        text = as_person(alice).get(address).content.decode()
        assert "fewer than five" in text
        assert '<td class="num">3' not in text

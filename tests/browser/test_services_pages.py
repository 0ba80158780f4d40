"""Every page of the catalogue: no axe violation, nothing against the policy, nothing wider than a phone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from straume.web.services.models import Offer, PublicService

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW, WIDE = (320, 800), (1280, 900)
LOOKS = [("lv", WIDE, False), ("lt", NARROW, True)]
SHOTS = os.environ.get("STRAUME_SHOTS")  # a folder: keep a picture of each page to look at
FILE = """
@prefix cpsv: <http://purl.org/vocab/cpsv#> . @prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix ex: <http://example.org/> .
ex:n a cpsv:PublicService ; dct:identifier "new-one" ; dct:title "Jauns pakalpojums"@lv, "Nauja paslauga"@lt ;
  cv:contactPoint ex:c .
ex:d a cpsv:PublicService ; dct:identifier "tree-felling-permit" ; dct:title "Cits nosaukums"@lv .
"""


@pytest.fixture
def catalogue(demo_places) -> None:
    from datetime import date

    from straume.web.demo import services

    services.seed(date(2026, 11, 23))


def addresses() -> dict[str, str]:
    debt = PublicService.objects.get(identifier="real-estate-tax-debt-recovery")
    felling = PublicService.objects.get(identifier="tree-felling-permit")
    Offer.objects.filter(service__identifier="building-permit-advice", institution__slug="livani").delete()
    advice = PublicService.objects.get(identifier="building-permit-advice")
    offer = Offer.objects.get(service=debt, institution__slug="livani")
    year, act = offer.demand.first(), offer.local_acts.first()
    return {
        "services": "/services/",
        "services-nothing": "/services/?q=zzz",
        "service": f"/services/{felling.pk}/",
        "offer": f"/services/offers/{offer.pk}/",
        "add-service": "/services/add/",
        "import": "/services/import/",
        "add-offer": f"/services/{advice.pk}/offers/add/",
        "change-offer": f"/services/offers/{offer.pk}/change/",
        "delete-offer": f"/services/offers/{offer.pk}/delete/",
        "add-year": f"/services/offers/{offer.pk}/years/add/",
        "change-year": f"/services/offers/{offer.pk}/years/{year.pk}/",
        "change-act": f"/services/offers/{offer.pk}/acts/{act.pk}/",
        "unit": f"/units/{offer.unit_id}/",
    }


def of_the_keeper() -> dict[str, str]:
    felling = PublicService.objects.get(identifier="tree-felling-permit")
    kinds = {
        "laws": felling.legal_resources.first(),
        "deadlines": felling.country_deadlines.first(),
        "channels": felling.channels.first(),
        "costs": felling.costs.first(),
        "inputs": felling.evidence.first(),
        "outputs": felling.outputs.first(),
    }
    return {
        "keeper-service": f"/services/{felling.pk}/",
        "keeper-change": f"/services/{felling.pk}/change/",
        "keeper-delete": f"/services/{felling.pk}/delete/",
        **{f"keeper-{kind}": f"/services/{felling.pk}/{kind}/{part.pk}/" for kind, part in kinds.items()},
    }


def look_at(page, axe, overflow, pages: dict[str, str], label: str) -> None:
    """Goes through all pages before it fails, so that one run tells everything."""
    faults = []
    for name, address in pages.items():
        page.complaints.clear()
        page.goto(address)
        faults += look(page, axe, overflow, name, label)
    assert faults == [], label


def look(page, axe, overflow, name: str, label: str) -> list[object]:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}-{label}.png"), full_page=True)
    faults: list[object] = [(name, violation) for violation in axe(page)]
    faults += [(name, "wider than the window by", wider) for wider in [overflow(page)] if wider > 0]
    return faults + [(name, said) for said in page.complaints]


@pytest.mark.every_page
@pytest.mark.parametrize(("language", "size", "dark"), LOOKS)
def test_every_page_is_fit_for_everybody(catalogue, as_role, axe, overflow, language, size, dark) -> None:
    page = as_role("administrator", language=language, size=size, dark=dark)
    look_at(page, axe, overflow, addresses(), f"{language}-{size[0]}-{'dark' if dark else 'light'}")


@pytest.mark.every_page
@pytest.mark.parametrize(("language", "size", "dark"), [("lv", WIDE, False), ("lt", NARROW, True)])
def test_the_pages_of_those_who_keep_the_catalogue_are_fit_too(
    catalogue, as_role, axe, overflow, language, size, dark
) -> None:
    page = as_role("coordinator", language=language, size=size, dark=dark)
    look_at(page, axe, overflow, of_the_keeper(), f"{language}-{size[0]}-{'dark' if dark else 'light'}")


@pytest.mark.parametrize(("language", "size"), [("lv", WIDE), ("lt", NARROW)])
def test_a_file_is_looked_at_before_it_is_taken_over(
    catalogue, as_role, axe, overflow, language, size
) -> None:
    page = as_role("coordinator", language=language, size=size)
    label = f"{language}-{size[0]}-light"
    page.goto("/services/import/")
    broken = {"name": "c.ttl", "mimeType": "text/turtle", "buffer": b"ex:s a ."}
    page.set_input_files("input[type=file]", broken)
    page.click("main form.form button[type=submit]")
    assert page.locator(".error-summary").is_visible()
    assert look(page, axe, overflow, "import-fault", label) == []
    page.set_input_files("input[type=file]", {**broken, "buffer": FILE.encode()})
    page.click("main form.form button[type=submit]")
    assert page.locator("main h2").count() == 3
    assert look(page, axe, overflow, "import-preview", label) == []
    page.click("main form button[type=submit]")
    assert page.locator(".notice").is_visible()
    assert PublicService.objects.filter(identifier="new-one").exists()


def test_a_form_with_faults_says_so_on_top_and_beside_the_field(catalogue, as_role, axe, overflow) -> None:
    page = as_role("administrator", language="lt", size=NARROW)
    page.goto("/services/add/")
    page.click("main form.form button[type=submit]")
    assert page.locator(".error-summary a").count() >= 2
    assert look(page, axe, overflow, "service-faults", "lt-320-light") == []
    page.locator(".error-summary a").first.click()
    expect(page.locator("[name=name_lv]")).to_be_focused()

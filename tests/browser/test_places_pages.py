"""Every page of places and accounts: no axe violation, nothing against the policy or wider than a phone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from straume.web.places.models import Institution, Membership, Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW, WIDE = (320, 800), (1280, 900)
LOOKS = [("lv", WIDE, False), ("lt", NARROW, True)]
SHOTS = os.environ.get("STRAUME_SHOTS")  # a folder: keep a picture of each page to look at


def addresses(role: str) -> dict[str, str]:
    livani = Institution.objects.get(slug="livani")
    taxes = Unit.objects.get(institution=livani, name="Nodokļu nodaļa")
    everybody = {
        "home": "/",
        "coverage": "/units/",
        "coverage-nothing": "/units/?q=zzz",
        "institutions": "/institutions/",
        "institution": "/institutions/livani/",
        "unit": f"/units/{taxes.pk}/",
        "lineage": "/lineage/",
        "search": "/search/?q=livani",
        "search-nothing": "/search/?q=zzzz",
        "me": "/me/",
        "my-name": "/me/name/",
        "security": "/security/",
        "totp": "/security/totp/activate/",
        "passkey": "/security/webauthn/add/",
        "missing": "/institutions/nowhere/",
    }
    if role != "administrator":
        return everybody
    held = Membership.objects.filter(institution=livani, role="employee").get()
    return everybody | {
        "hours": "/institutions/livani/hours/",
        "add-term": "/institutions/livani/terms/add/",
        "people": "/institutions/livani/people/",
        "add-person": "/institutions/livani/people/add/",
        "end": f"/people/{held.pk}/end/",
        "hand-over": f"/people/{held.pk}/hand-over/",
        "add-unit": "/institutions/livani/units/add/",
        "change-unit": f"/units/{taxes.pk}/change/",
        "add-post": f"/units/{taxes.pk}/posts/add/",
        "post": f"/posts/{taxes.posts.first().pk}/",
    }


def look_at(page, axe, overflow, pages: dict[str, str], label: str) -> None:
    """Goes through all pages before it fails, so that one run tells everything."""
    faults = []
    for name, address in pages.items():
        page.complaints.clear()
        page.goto(address)
        if SHOTS:
            page.screenshot(path=str(Path(SHOTS) / f"{name}-{label}.png"), full_page=True)
        faults += [(name, violation) for violation in axe(page)]
        faults += [(name, "wider than the window by", wider) for wider in [overflow(page)] if wider > 0]
        faults += [(name, said) for said in page.complaints if "status of 404" not in said]
    assert faults == [], label


@pytest.mark.every_page
@pytest.mark.parametrize(("language", "size", "dark"), LOOKS)
def test_every_page_is_fit_for_everybody(as_role, axe, overflow, language, size, dark) -> None:
    page = as_role("administrator", language=language, size=size, dark=dark)
    label = f"{language}-{size[0]}-{'dark' if dark else 'light'}"
    look_at(page, axe, overflow, addresses("administrator"), label)


@pytest.mark.parametrize(("language", "size", "dark"), LOOKS)
def test_the_pages_before_signing_in_are_fit_too(
    demo_places, open_page, axe, overflow, language, size, dark
) -> None:
    page = open_page(language=language, size=size, dark=dark)
    label = f"{language}-{size[0]}-{'dark' if dark else 'light'}"
    pages = {"welcome": "/", "sign-in": "/sign-in/", "roles": "/demo/", "mail": "/demo/mail/"}
    look_at(page, axe, overflow, pages, label)


def test_a_form_with_faults_says_so_on_top_and_beside_the_field(as_role, axe) -> None:
    page = as_role("administrator", language="lt", size=NARROW)
    page.goto("/institutions/livani/people/add/")
    page.click("main button[type=submit]")
    assert page.locator(".error-summary a").count() >= 2
    page.locator(".error-summary a").first.click()
    expect(page.locator("#id_email")).to_be_focused()
    assert axe(page) == []


def test_the_first_key_leads_to_the_content(as_role) -> None:
    page = as_role("leader")
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()

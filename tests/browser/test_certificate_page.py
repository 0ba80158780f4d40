"""Anybody checks a certificate by its code, in three languages, on a phone, without signing in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.places.models import Institution
from straume.web.programme.actions import certificates as actions
from straume.web.programme.models import Certificate, CertificateRule
from web.programme.attending import training

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2018, 6, 8)
SAID = {
    "lv": (
        "Šī apliecība ir derīga",
        "Šī apliecība ir atsaukta",
        "Lean apmācība",
        "Latgales plānošanas reģions",
    ),
    "lt": (
        "Šis pažymėjimas galioja",
        "Šis pažymėjimas atšauktas",
        "Lean apmācība LT",
        "Latgalos planavimo regionas",
    ),
    "en": (
        "This certificate is valid",
        "This certificate is revoked",
        "Lean apmācība EN",
        "Latgale Planning Region",
    ),
}


@pytest.fixture
def certificate(demo_places) -> Certificate:
    rule = CertificateRule.objects.create(
        activity=training(),
        hours=Decimal("12.0"),
        learnt_lv="Lean",
        issued_by=Institution.objects.get(slug="latgale"),
    )
    return Certificate.objects.create(
        rule=rule,
        person=User.objects.get(email=email_of("employee")),
        name="Pēteris Krūmiņš",
        language="lv",
        texts=actions.texts_of(rule),
        hours=rule.hours,
        from_on=DAY,
        until_on=DAY,
        issued_on=DAY,
    )


def test_it_is_valid_then_revoked_in_three_languages_on_a_phone(
    certificate, open_page, as_role, axe, overflow
):
    pages = {lang: open_page(language=lang, size=(320, 800)) for lang in SAID}
    for lang, page in pages.items():
        page.goto("/verify/")
        page.locator("#number").fill(certificate.number.upper())
        page.locator("#number").press("Enter")
        valid, _revoked, title, issuer = SAID[lang]
        expect(page.locator("h1")).to_have_text(valid)
        expect(page.locator("dl")).to_contain_text("Pēteris Krūmiņš")
        expect(page.locator("dl")).to_contain_text(title)
        expect(page.locator("dl")).to_contain_text(issuer)
        assert lang != "lt" or axe(page) == []
        assert overflow(page) <= 0
    # the person has it as a file; those who run the programme take it back
    mine = as_role("employee", language="lv")
    mine.goto("/programme/my-certificates/")
    with mine.expect_download() as got:
        mine.get_by_role("link", name="PDF").click()
    assert got.value.suggested_filename == f"straume-{certificate.number}.pdf"
    assert axe(mine) == []
    by = User.objects.get(email=email_of("coordinator"))
    actions.revoke(certificate=certificate, cause="mistake", reason="Kļūda", by=by, now=timezone.now())
    for lang, page in pages.items():
        page.reload()
        expect(page.locator("h1")).to_have_text(SAID[lang][1])
        expect(page.locator("body")).not_to_contain_text("Kļūda")
        assert page.complaints == []  # type: ignore[attr-defined]

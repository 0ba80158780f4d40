"""The portfolio is chosen: the best, one locked out, the runner-up, the prices, the record."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from straume.web.needs.models import Need
from straume.web.programme.models import Choice, ChoiceDecision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("STRAUME_SHOTS")  # a folder: keep a picture of each page to look at
NEEDS = {
    "Redzēt zudumus": "Lean: seeing waste",
    "Īsāka gaidīšana pakalpojumā": "Shorter wait in a service",
    "Sadarbība pāri robežai": "Cooperation over the border",
    "Vadīt pārmaiņas": "Leading change",
    "Saprotamas vēstules": "Plain language and communication",
    "Dati lēmumiem": "Data and digital services",
}


@pytest.fixture
def candidates(demo_places) -> None:
    from straume.web.demo import choosing

    for lv, en in NEEDS.items():
        Need.objects.create(kind="training", title_lv=lv, title_en=en, named_on=date(2017, 1, 9))
    choosing.seed(date(2026, 11, 23))


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_coordinator_chooses_locks_out_compares_and_records(candidates, as_role, axe, overflow):
    page = as_role("coordinator", language="lv")
    page.goto("/programme/choosing/")
    recorded = Choice.objects.get()
    assert axe(page) == []
    page.goto(recorded.get_absolute_url())
    assert "Simulēts" in page.locator("main").inner_text()
    assert "Ko nolēma" in page.locator("main").inner_text()
    assert (axe(page), page.complaints) == ([], [])
    shot(page, "choice-recorded-lv")
    page.goto("/programme/choosing/add/")
    page.fill("[name=name_lv]", "Otrā kārta")
    page.click("main button[type=submit]")
    page.wait_for_selector("h1:has-text('Otrā kārta')")
    page.click("text=Aprēķināt labāko izvēli")
    page.wait_for_selector("#answer-title")
    told = page.locator("main").inner_text()
    for words in ("Pierādīts", "Otrā labākā izvēle", "Cik maksā katrs ierobežojums", "Kas kur apmierināts"):
        assert words in told
    assert axe(page) == []
    shot(page, "choice-lv")
    first = page.locator("tr.is-in a").first.inner_text()
    page.locator("tr.is-in button[value=out]").first.click()
    page.wait_for_selector("tr.is-out .badge:has-text('izslēgts')")
    assert first in page.locator("tr.is-out", has_text="Tas izslēgts ar roku").inner_text()
    assert first in page.locator("section:has(#prices-title)").inner_text()  # its lock has a price
    page.click("text=Pierakstīt izvēli")
    page.fill("[name=reason]", "Apmierina visvairāk vajadzību")
    assert axe(page) == []
    shot(page, "choice-record-lv")
    page.click("main button[type=submit]")
    page.wait_for_selector("#decision-title")
    assert ChoiceDecision.objects.count() == 2
    narrow = as_role("lithuanian_coordinator", language="lt", size=(320, 800))
    for name, address in {
        "choices": "/programme/choosing/",
        "choice": recorded.get_absolute_url(),
        "weights": f"{recorded.get_absolute_url()}weights/",
        "candidates": "/programme/candidates/",
        "candidate": recorded.decision.items.first().candidate.get_absolute_url(),
        "add-candidate": "/programme/candidates/add/",
        "import": "/programme/candidates/import/",
    }.items():
        narrow.goto(address)
        shot(narrow, f"{name}-lt-320")
        assert (axe(narrow), overflow(narrow), narrow.complaints) == ([], 0, []), name

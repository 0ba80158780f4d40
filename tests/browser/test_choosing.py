"""The portfolio in each language: the best, one locked out, the runner-up, the prices, the record."""

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
ROUND = {"lv": "Otrā kārta", "lt": "Antrasis ratas", "en": "The second round"}
# what the answer says: how sure it is, the runner-up, the price of each limit, what is met where
SAID = {
    "lv": ("Pierādīts", "Otrā labākā izvēle", "Cik maksā katrs ierobežojums", "Kas kur apmierināts"),
    "lt": (
        "Įrodyta",
        "Antras geriausias pasirinkimas",
        "Kiek kainuoja kiekvienas ribojimas",
        "Kas kur patenkinta",
    ),
    "en": ("Proven", "The runner-up", "What each limit costs", "What is met where"),
}
LEFT_OUT = {
    "lv": ("izslēgts", "Tas izslēgts ar roku"),
    "lt": ("atmesta", "Ji atmesta ranka"),
    "en": ("left out", "It was left out by hand"),
}
DECIDED = {"lv": "Ko nolēma", "lt": "Kas nuspręsta", "en": "What was decided"}


@pytest.fixture
def candidates(demo_places) -> None:
    from straume.web.demo import choosing

    for lv, en in NEEDS.items():
        Need.objects.create(kind="training", title_lv=lv, title_en=en, named_on=date(2017, 1, 9))
    choosing.seed(date(2026, 11, 23))


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_coordinator_chooses_locks_out_compares_and_records_in_each_language(
    candidates, as_role, axe, overflow
):
    recorded = Choice.objects.get()
    page = as_role("coordinator", language="lv")
    page.goto("/programme/choosing/")
    assert axe(page) == []
    page.goto(recorded.get_absolute_url())
    assert "Simulēts" in page.locator("main").inner_text()
    assert DECIDED["lv"] in page.locator("main").inner_text()
    assert (axe(page), page.complaints) == ([], [])
    shot(page, "choice-recorded-lv")
    for number, language in enumerate(ROUND, 2):
        checked = axe if language == "lv" else lambda page: []
        choose_and_record(as_role("coordinator", language=language), language, checked)
        assert ChoiceDecision.objects.count() == number
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


def choose_and_record(page, language: str, axe) -> None:
    page.goto("/programme/choosing/add/")
    for each, name in ROUND.items():
        page.fill(f"[name=name_{each}]", name)
    page.click("main button[type=submit]")
    page.wait_for_selector(f"h1:has-text('{ROUND[language]}')")
    page.click("form[action$='/compute/'] button")
    page.wait_for_selector("#answer-title")
    told = page.locator("main").inner_text()
    for words in SAID[language]:
        assert words in told
    assert axe(page) == []
    shot(page, f"choice-{language}")
    badge, why = LEFT_OUT[language]
    first = page.locator("tr.is-in a").first.inner_text()
    page.locator("tr.is-in button[value=out]").first.click()
    page.wait_for_selector(f"tr.is-out .badge:has-text('{badge}')")
    assert first in page.locator("tr.is-out", has_text=why).inner_text()
    assert first in page.locator("section:has(#prices-title)").inner_text()  # its lock has a price
    page.click("a[href$='/record/']")
    page.fill("[name=reason]", "Apmierina visvairāk vajadzību")
    assert axe(page) == []
    shot(page, f"choice-record-{language}")
    page.click("main button[type=submit]")
    page.wait_for_selector(f"#decision-title:has-text('{DECIDED[language]}')")
    assert page.complaints == []

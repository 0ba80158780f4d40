"""What if, in a browser: two steps are taken out from the keyboard, and the scenario becomes the future."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from straume.web.accounts.models import User
from straume.web.services.models import Offer
from straume.web.studies.actions import map_stages, maps
from straume.web.studies.actions import studies as actions
from straume.web.studies.models import StaffSaid, StreamMap

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
# the reference service over the border, as it runs
STEPS = [
    ("Registruoja prašymą", "Bendrasis skyrius", "5–10 min", ""),
    ("Rašo rezoliuciją", "Administracija", "3 min", "2 darbo dienos"),
    ("Perduoda seniūnijai", "Bendrasis skyrius", "5 min", "1 diena"),
    ("Tikrina nuosavybę", "Seniūnija", "15 min", "3 d. d."),
    ("Kviečia komisiją", "Aplinkos apsaugos skyrius", "20 min", "1 savaitė"),
    ("Apžiūri medžius", "Aplinkos apsaugos skyrius", "1 val.", "2 savaitės"),
    ("Rašo aktą", "Aplinkos apsaugos skyrius", "30 min", ""),
    ("Išduoda leidimą", "Administracija", "10 min", "3 darbo dienos"),
]


@pytest.fixture
def mapped(catalogue) -> StreamMap:
    """The permit to fell trees in Utena, mapped and locked as the baseline."""
    from straume.web.demo.people import email_of

    person = User.objects.get(email=email_of("lithuanian_facilitator"))
    offer = Offer.objects.get(
        service__name_lt__startswith="Leidimas kirsti", institution__name_lt__startswith="Uten"
    )
    study = actions.begin_study(
        offer=offer, owner=person, scope="", entrance="steps", team=[], key=uuid.uuid4(), now=NOW
    )
    rows = [dict(zip(("step", "lane", "touch", "wait"), row, strict=True)) for row in STEPS]
    made = maps.begin_map(
        study=study, name="Kaip yra", key=uuid.uuid4(), by=person, now=NOW, rows=rows, demand=600
    )
    for stage in ("validated", "baseline"):
        map_stages.record_stage(
            staged=made,
            stage=stage,
            on=NOW.date(),
            post="Skyriaus vedėja",
            key=uuid.uuid4(),
            by=person,
            now=NOW,
        )
    return made


def test_two_steps_are_taken_out_from_the_keyboard_and_the_future_is_printed(mapped, as_role, axe, overflow):
    page = as_role("lithuanian_facilitator", language="lt")
    page.goto(mapped.get_absolute_url())
    page.get_by_role("link", name="Kas būtų, jei").click()
    expect(page.locator("[data-verdict-of-model]")).to_contain_text("nieko nebuvo galima patikrinti")

    for name in ("Rašo rezoliuciją", "Perduoda seniūnijai"):  # from the keyboard alone
        page.get_by_label(f"Išimti: {name}").focus()
        page.keyboard.press("Space")
    told = page.locator("[data-sentence]")
    expect(told).to_contain_text("Be „Rašo rezoliuciją“ ir „Perduoda seniūnijai“", timeout=20_000)
    expect(told).to_have_text(re.compile(r"\d dien\w+ trumpiau \(nuo [\d,]+ iki [\d,]+\)"))
    expect(page.locator(".bars svg")).to_have_count(5)
    page.get_by_label(re.compile("Prašymai, %")).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".done li")).to_have_count(3)
    assert axe(page) == []
    page.locator("#name").fill("Be rezoliucijos")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Be rezoliucijos")

    page.get_by_role("button", name="Padaryti būsima būsena").click()
    expect(page.locator("[data-row]")).to_have_count(6)
    future = page.url
    page.goto(f"{future}bursts/")
    page.get_by_role("link", name=re.compile("Rašo rezoliuciją")).first.click()
    page.locator("#id_owner_post").fill("Bendrojo skyriaus vedėja")
    page.locator("#id_due_on").fill("2030-03-01")
    page.locator("main form button.button").click()
    expect(page.locator("main .plain li", has_text="Bendrojo skyriaus vedėja")).to_have_count(1)

    page.goto(f"{mapped.get_absolute_url()}scenarios/")
    page.locator(".kept a").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Spausdinti (A3, PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Ištrinti").click()
    page.get_by_role("button", name="Atšaukti").click()
    expect(page.locator("h1")).to_have_text("Be rezoliucijos")
    assert page.complaints == []


def test_it_works_without_scripts_and_on_a_phone(mapped, as_role, axe, overflow):
    StaffSaid.objects.create(map=mapped, staff={"Aplinkos apsaugos skyrius": 1}, said_at=NOW)
    phone = as_role("lithuanian_facilitator", language="lt", size=(320, 800), javascript=False)
    phone.goto(f"{mapped.get_absolute_url()}scenarios/")
    phone.get_by_label("Išimti: Rašo rezoliuciją").check()
    phone.get_by_role("button", name="Skaičiuoti").click()
    expect(phone.locator("[data-sentence]")).to_contain_text("Be „Rašo rezoliuciją“")
    expect(phone.get_by_label("Išimti: Rašo rezoliuciją")).to_be_checked()
    scripted = as_role("lithuanian_facilitator", language="lt", size=(320, 800), dark=True)
    for path in ("", "searches/", "staff/"):
        scripted.goto(f"{mapped.get_absolute_url()}scenarios/{path}")
        assert overflow(scripted) <= 0, path
        assert axe(scripted) == [], path

"""The studio in a browser: a service is mapped from the keyboard, others follow, nothing is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SERVICE = "Leidimas kirsti saugotinus medžius – Utenos rajono savivaldybė"


def begin(page: Page, service: str = SERVICE) -> str:
    """A new assessment, and in it a new map; returns the map's address."""
    page.goto("/assessments/new/")
    page.locator("#id_offer").select_option(label=service)
    page.locator("input[name=entrance][value=steps]").check()
    page.locator("main form button.button").click()
    page.wait_for_url(re.compile(r"/assessments/\d+/"))
    page.goto(re.sub(r"(/assessments/\d+/).*", r"\1maps/", page.url))
    page.locator("main form button.button").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    return page.url


# the reference service over the border, as it runs: what, who, work, wait, usable as it is
STEPS = [
    ("Registruoja prašymą", "Bendrasis skyrius", "5–10 min", "", "90"),
    ("Rašo rezoliuciją", "Administracija", "3 min", "2 darbo dienos", ""),
    ("Perduoda seniūnijai", "Bendrasis skyrius", "5 min", "1 diena", ""),
    ("Tikrina nuosavybę", "Seniūnija", "15 min", "3 d. d.", "80"),
    ("Kviečia komisiją", "Aplinkos apsaugos skyrius", "20 min", "1 savaitė", ""),
    ("Apžiūri medžius", "Aplinkos apsaugos skyrius", "1 val.", "2 savaitės", "95"),
    ("Rašo aktą", "Aplinkos apsaugos skyrius", "30 min", "", ""),
    ("Išduoda leidimą", "Administracija", "10 min", "3 darbo dienos", ""),
]


def type_steps(page: Page, steps=STEPS) -> None:
    """From the keyboard alone: Tab between fields, Enter for the next step."""
    page.locator("[data-row] [data-field=step]").first.focus()
    for number, cells in enumerate(steps):
        for at, text in enumerate(cells):
            page.keyboard.type(text)
            if at < len(cells) - 1:
                page.keyboard.press("Tab")
        if number < len(steps) - 1:
            page.keyboard.press("Enter")
    page.keyboard.press("Tab")


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def test_a_service_is_mapped_from_the_keyboard_alone(catalogue, as_role, axe, overflow):
    page = as_role("lithuanian_facilitator", language="lt")
    begin(page)
    type_steps(page)
    expect(page.locator("[data-row]")).to_have_count(len(STEPS))
    expect(page.locator("[data-figure=lead_time_days] dd").first).to_contain_text("dien")
    for name, *_rest in STEPS:
        expect(page.locator("[data-drawn] .map-list li", has_text=name)).to_have_count(1)
    saved(page)
    assert axe(page) == []
    page.reload()
    expect(page.locator("[data-row]")).to_have_count(len(STEPS))
    assert page.complaints == []

"""The studio in a browser: a service is mapped from the keyboard, others follow, nothing is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

KEPT_FOR_A_RELOAD = """
async () => await caches.has("straume-studio")
  && Boolean(await (await caches.open("straume-studio")).match(location.href))
"""
SERVICE = "Leidimas kirsti saugotinus medžius – Utenos rajono savivaldybė"


def begin(page: Page, service: str = SERVICE) -> str:
    """A new assessment, and in it a new map; returns the map's address."""
    page.goto("/assessments/new/")
    page.locator("#id_offer").select_option(label=service)
    page.locator("input[name=entrance][value=steps]").check()
    page.locator("main form button.button").click()
    page.wait_for_url(re.compile(r"/assessments/\d+/"))
    page.goto(re.sub(r"(/assessments/\d+/).*", r"\1maps/", page.url))
    page.locator("main form button.button").first.click()
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


def cell(page: Page, number: int, field: str):
    """A field of a step, 1 = first."""
    return page.locator("[data-row]").nth(number - 1).locator(f"[data-field={field}]")


def write(page: Page, number: int, field: str, text: str) -> None:
    cell(page, number, field).fill(text)
    cell(page, number, field).blur()


def cut_off(page: Page) -> None:
    """No connection; edits are stopped by name too, as Chromium is online for a moment while a page loads."""
    page.context.route("**/edits/**", lambda route: route.abort())
    page.context.set_offline(True)


def connect(page: Page) -> None:
    page.context.unroute_all()
    page.context.set_offline(False)  # of which the page hears, and it sends at once


def test_two_people_write_one_of_them_offline_and_nothing_is_lost(catalogue, as_role, axe):
    anna = as_role("lithuanian_facilitator", language="lt")
    url = begin(anna)
    type_steps(anna, STEPS[:3])
    saved(anna)
    bella = as_role("lithuanian_facilitator", language="lt")
    bella.goto(url)
    expect(bella.locator("[data-row]")).to_have_count(3)

    # different steps, both with a connection: each sees the other's
    write(bella, 2, "touch", "4 min")
    expect(cell(anna, 2, "touch")).to_have_value("4 min")

    # bella's connection is gone; her page is loaded again and goes on
    bella.wait_for_function(KEPT_FOR_A_RELOAD)
    cut_off(bella)
    write(bella, 1, "touch", "20 min")
    write(bella, 3, "lane", "Raštinė")
    expect(bella.locator("[data-saved]")).to_have_attribute("data-state", "offline")
    bella.reload()
    expect(cell(bella, 1, "touch")).to_have_value("20 min")
    write(bella, 3, "wait", "4 dienos")

    # meanwhile anna writes the same field, another one, and a new step
    write(anna, 1, "touch", "15 min")
    write(anna, 2, "wait", "5 darbo dienos")
    anna.locator("[data-do=add]").click()
    anna.keyboard.type("Išduoda leidimą")
    anna.keyboard.press("Tab")
    saved(anna)

    connect(bella)
    saved(bella)
    for page in (anna, bella):
        expect(page.locator("[data-row]")).to_have_count(4)
        expect(cell(page, 3, "lane")).to_have_value("Raštinė")
        expect(cell(page, 3, "wait")).to_have_value("4 dienos")
        expect(cell(page, 2, "wait")).to_have_value("5 darbo dienos")
        conflict = page.locator("[data-conflict-list] li")
        expect(conflict).to_have_count(1)
        expect(conflict).to_contain_text("15 min")
        expect(conflict).to_contain_text("20 min")
    assert axe(anna) == []

    # either may choose; both see it settled
    anna.locator("[data-conflict-list] button", has_text="20 min").click()
    for page in (anna, bella):
        expect(page.locator("[data-conflicts]")).to_be_hidden()
        expect(cell(page, 1, "touch")).to_have_value("20 min")

    # one takes a step out while the other, offline, writes on it: it stays until they choose
    cut_off(bella)
    write(bella, 2, "touch", "6 min")
    anna.locator("[data-row]").nth(1).locator("[data-do=remove]").click()
    expect(anna.locator("[data-row]")).to_have_count(3)
    saved(anna)
    connect(bella)
    for page in (anna, bella):
        expect(page.locator("[data-conflict-list] li")).to_have_count(1)
        expect(page.locator("[data-row]")).to_have_count(4)
    bella.locator("[data-conflict-list] button").first.click()
    expect(anna.locator("[data-conflicts]")).to_be_hidden()
    expect(cell(anna, 2, "touch")).to_have_value("6 min")


def test_an_idea_becomes_an_action_and_a_locked_map_a_future_one(catalogue, as_role, axe, overflow):
    page = as_role("lithuanian_facilitator", language="lt")
    url = begin(page)
    type_steps(page, STEPS[:4])
    # an idea from the keyboard: what else there is about the step, to its end
    cell(page, 2, "step").focus()
    page.keyboard.press("Alt+m")
    page.locator("[data-row]").nth(1).locator("[data-do=burst]").press("Enter")
    page.keyboard.type("Rezoliucijos nereikia")
    page.keyboard.press("Tab")
    cell(page, 2, "value_class").select_option("waste")
    saved(page)
    page.goto(f"{url}bursts/")
    assert axe(page) == []
    page.locator("main ul.plain > li a.button").click()
    page.locator("#id_owner_post").fill("Bendrojo skyriaus vedėja")
    page.locator("#id_due_on").fill("2030-03-01")
    page.locator("main form button.button").click()
    expect(page.locator("main ul.plain > li").first).to_contain_text("Bendrojo skyriaus vedėja")

    for stage in ("validated", "baseline"):
        page.goto(f"{url}versions/")
        page.locator(f"input[name=stage][value={stage}]").check()
        page.locator("#id_post").fill("Bendrojo skyriaus vedėja")
        page.locator("main form.form button.button").first.click()
        expect(page.locator(".history li")).to_have_count(2 if stage == "validated" else 3)
    assert axe(page) == []
    page.locator("form[action$='future/'] button").click()
    expect(page.locator("[data-row]")).to_have_count(4)
    for _step in range(2):  # two steps are taken out
        page.locator("[data-row]").nth(1).locator("[data-do=remove]").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    saved(page)
    future = page.url
    page.goto(f"{future}versions/")
    page.locator("form.sieve button").click()
    expect(page.locator(".diff li")).to_have_count(2)
    assert axe(page) == []
    page.goto(f"{future}files/")
    with page.expect_download() as download:
        page.locator("a[href$='a3/lt.pdf']").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.goto(url)  # the baseline stays as it was, and nobody can write in it
    expect(page.locator("[data-drawn] .map-list li")).to_have_count(4)
    expect(page.locator("[data-row]")).to_have_count(0)
    for path in ("versions/", "bursts/", "files/", "table/", "log/", "share/"):
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(f"{url}{path}")
        assert overflow(page) <= 0, path
    assert page.complaints == []


def test_what_a_lock_came_before_is_shown_and_not_lost(catalogue, as_role, axe):
    anna = as_role("lithuanian_facilitator", language="lt")
    url = begin(anna)
    type_steps(anna, STEPS[:2])
    saved(anna)
    bella = as_role("lithuanian_facilitator", language="lt")
    bella.goto(url)
    expect(bella.locator("[data-row]")).to_have_count(2)
    cut_off(bella)
    write(bella, 1, "touch", "99 min")
    for stage in ("validated", "baseline"):
        anna.goto(f"{url}versions/")
        anna.locator(f"input[name=stage][value={stage}]").check()
        anna.locator("#id_post").fill("Bendrojo skyriaus vedėja")
        anna.locator("main form.form button.button").first.click()
        expect(anna.locator(".history li")).to_have_count(2 if stage == "validated" else 3)
    connect(bella)
    expect(bella.locator("[data-saved]")).to_have_attribute("data-state", "locked")
    bella.reload()
    expect(bella.locator("[data-left]")).to_contain_text("99 min")
    assert axe(bella) == []
    bella.locator("[data-left] button").click()
    bella.reload()
    expect(bella.locator("[data-left]")).to_be_hidden()


def test_undo_and_redo_survive_a_reload(catalogue, as_role):
    page = as_role("lithuanian_facilitator", language="lt")
    begin(page)
    type_steps(page, STEPS[:3])
    write(page, 1, "touch", "7 min")
    page.locator("[data-row]").nth(2).locator("[data-do=remove]").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    saved(page)
    page.reload()
    expect(page.locator("[data-row]")).to_have_count(2)
    page.locator("[data-do=undo]").click()
    expect(page.locator("[data-row]")).to_have_count(3)
    expect(cell(page, 3, "step")).to_have_value("Perduoda seniūnijai")
    page.locator("[data-do=undo]").click()
    expect(cell(page, 1, "touch")).to_have_value("5–10 min")
    page.locator("[data-do=redo]").click()
    expect(cell(page, 1, "touch")).to_have_value("7 min")
    cell(page, 1, "step").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(cell(page, 2, "step")).to_have_value("Registruoja prašymą")
    expect(cell(page, 2, "step")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cell(page, 1, "step")).to_have_value("Registruoja prašymą")
    assert page.complaints == []


def test_a_room_follows_by_a_link_without_signing_in(catalogue, as_role, open_page, axe, overflow):
    page = as_role("lithuanian_facilitator", language="lt")
    url = begin(page)
    page.goto(f"{url}share/")
    page.locator("main form button.button").first.click()
    expect(page.locator(".map-qr svg")).to_have_count(1)
    link = page.locator(".pair a").first.get_attribute("href")
    assert axe(page) == []

    phone = open_page(language="lt", size=(320, 800))
    phone.goto(link)
    page.goto(url)
    type_steps(page, STEPS[:2])
    expect(phone.locator(".map-list li")).to_have_count(2)
    assert overflow(phone) <= 0
    assert axe(phone) == []

    page.goto(f"{url}share/")
    page.locator("section form button.button.quiet").first.click()
    expect(phone.locator("h1")).to_have_text("Čia nieko nėra")

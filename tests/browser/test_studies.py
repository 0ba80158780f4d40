"""The main job in a browser: a case log, or steps, become an assessment that a head of department reads."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from data_folder import shared_data

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SERVICE = "Nekustamā īpašuma nodokļa parāda piedziņa"


def begin(page: Page, service: str, entrance: str) -> None:
    """A new assessment, from the list on."""
    page.goto("/assessments/")
    page.locator("a[href='/assessments/new/']").click()
    page.locator("#id_offer").select_option(label=service)
    page.locator(f"input[name=entrance][value={entrance}]").check()
    page.locator("main form button.button").click()


def test_a_facilitator_uploads_a_log_reads_it_decides_and_takes_the_a3(catalogue, as_role, axe):
    """receipt_wabo, as it was published, in Latvian: the figures are those of data/README."""
    page = as_role("facilitator", language="lv")
    begin(page, f"{SERVICE} – Līvānu novads", "log")

    page.locator("#id_file").set_input_files(shared_data("eventlogs/receipt_wabo.xes.gz"))
    page.locator("#id_label").fill("2011")
    page.get_by_role("button", name="Turpināt").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ko nozīmē kolonnas?")
    expect(page.locator("#id_activity")).to_have_value("concept:name")
    expect(page.locator("table.preview tbody tr")).to_have_count(10)
    assert axe(page) == []
    page.get_by_role("button", name="Pārbaudīt tabulu").click()

    expect(page.get_by_role("heading", name="Kas ir tabulā")).to_be_visible()
    facts = re.sub(r"\s", " ", page.locator("dl.facts").inner_text())
    assert "1 434" in facts and "8 577" in facts
    assert axe(page) == []
    page.get_by_role("button", name="Jā, izvērtēt").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(SERVICE)
    shown = re.sub(r"\s", " ", page.locator("main").inner_text())
    assert "1 434 lietas" in shown
    assert "Kur paliek laiks" in shown and "jautājumi komandai" in shown
    assert "Vērtējam darba gaitu, nevis cilvēkus." in shown
    assert page.locator(".qs > li").count() >= 2
    assert "Resource" not in page.content(), "a worker's name"
    assert axe(page) == []

    decide(page, 0, "simplify", document="Iekšējie noteikumi", post="Izpilddirektors")
    decide(page, 1, "keep")
    expect(page.locator(".qs > li").nth(0)).to_contain_text("Vienkāršot")
    expect(page.locator(".qs > li").nth(1)).to_contain_text("Saglabāt")

    with page.expect_download() as download:
        page.get_by_role("link", name="A3, latviešu (PDF)").click()
    sheet = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert len(sheet.pages) == 1
    words = re.sub(r"\s+", " ", sheet.pages[0].extract_text())
    assert "Vienkāršot" in words and "Izpilddirektors" in words
    assert page.complaints == []


def decide(page: Page, question: int, choice: str, *, document: str = "", post: str = "") -> None:
    """Choose on the assessment page, say why, and what a change needs."""
    row = page.locator(".qs > li").nth(question)
    row.locator("select").select_option(choice)
    row.get_by_role("button").click()
    expect(page.locator(f"input[name=choice][value={choice}]")).to_be_checked()
    page.locator("#id_reason").fill("Tā vienojās komanda, kas šo darbu dara.")
    page.locator("input[name=law][value=unknown]").check()
    if document:
        page.locator("#id_document").fill(document)
        page.locator("#id_decided_by_post").fill(post)
        page.locator("#id_due_on").fill("2030-03-01")
    else:
        expect(page.locator("#id_document")).to_be_hidden()
    page.get_by_role("button", name="Pierakstīt lēmumu").click()


STEPS = [
    ("Registruoja prašymą", "Bendrasis skyrius", "5–10 min", ""),
    ("Rašo rezoliuciją", "Administracija", "3 min", "2 darbo dienos"),
    ("Perduoda seniūnijai", "Bendrasis skyrius", "5 min", "1 diena"),
    ("Tikrina nuosavybę", "Seniūnija", "15 min", "2 dienos"),
    ("Apžiūri medžius", "Aplinkos apsaugos skyrius", "1 val.", "1 savaitė"),
    ("Rašo aktą", "Aplinkos apsaugos skyrius", "30 min", ""),
    ("Skaičiuoja vertę", "Finansų skyrius", "20 min", "2–4 dienos"),
    ("Išduoda leidimą", "Administracija", "10 min", "3 darbo dienos"),
]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_lithuanian_facilitator_enters_eight_steps_and_reads_them(catalogue, as_role, axe, javascript):
    page = as_role("lithuanian_facilitator", language="lt", javascript=javascript)
    begin(page, "Leidimas kirsti saugotinus medžius – Utenos rajono savivaldybė", "steps")
    expect(page.get_by_role("heading", level=1)).to_have_text("Paslaugos žingsniai")
    if javascript:
        assert axe(page) == []
    for number, step in enumerate(STEPS):
        if number >= page.locator("[data-step]").count():
            page.get_by_role("button", name="Pridėti žingsnį").click()
        row = page.locator("[data-step]").nth(number)
        for role, value in zip(("step", "unit", "touch", "wait"), step, strict=True):
            row.locator(f".cell-{role} input").fill(value)
    page.get_by_role("button", name="Išsaugoti ir įvertinti").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Leidimas kirsti saugotinus medžius")
    shown = re.sub(r"\s", " ", page.locator("main").inner_text())
    assert "Kur dingsta laikas" in shown and "Laukimas" in shown
    assert "Vertiname darbo eigą, ne žmones." in shown
    assert page.locator(".qs > li").count() >= 1
    for name, *_rest in STEPS:
        assert page.locator(".map-list li", has_text=name).count() == 1
    if javascript:
        assert axe(page) == []
    assert page.complaints == []


def test_rows_are_added_moved_and_removed_by_keyboard(catalogue, as_role):
    page = as_role("lithuanian_facilitator", language="lt")
    begin(page, "Leidimas kirsti saugotinus medžius – Utenos rajono savivaldybė", "steps")
    page.locator("[data-step]").nth(0).locator(".cell-step input").fill("pirmas")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("antras")
    page.keyboard.press("Alt+ArrowUp")

    def names() -> list[str]:
        return page.locator("[data-step] .cell-step input").evaluate_all("all => all.map(one => one.value)")

    assert names() == ["antras", "pirmas", "", ""]
    assert page.evaluate("document.activeElement.value") == "antras"
    page.locator("[data-step]").nth(0).get_by_role("button", name="Šalinti").press("Enter")
    assert names() == ["pirmas", "", ""]
    assert page.locator("[data-step-legend]").all_inner_texts()[0] == "1 žingsnis"

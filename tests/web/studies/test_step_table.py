"""Entering steps: rows as typed, buttons without JavaScript, problems beside fields, one row per submit."""

from __future__ import annotations

import re
import uuid
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from straume.web.studies import analysis
from straume.web.studies.models import AssessmentRun, StepTable
from straume.words import terms
from straume.words.template import HEADER_ROW, example_rows

pytestmark = pytest.mark.django_db

ROWS = [
    {"step": "Reģistrē iesniegumu", "unit": "Lietvedība", "touch": "5–10 min"},
    {"step": "Vīzē jurists", "unit": "Juristi", "touch": "20 min", "wait": "3 d.d.", "is_check": "x"},
    {"step": "Paraksta vadītājs", "unit": "Administrācija", "touch": "2 min", "wait": "1 nedēļa"},
]


def posted(rows=ROWS, **more):
    fields = {f"row-{at}-{role}": value for at, row in enumerate(rows, 1) for role, value in row.items()}
    return {"do": "save", "key": str(uuid.uuid4()), "demand": "340", **fields, **more}


@pytest.fixture
def url(study) -> str:
    return f"/assessments/{study.pk}/steps/"


def test_saved_steps_are_assessed_at_once(as_person, alice, url, study):
    answer = as_person(alice).post(url, posted(), follow=True)
    assert answer.status_code == 200
    run = AssessmentRun.objects.get()
    assert (run.status, run.step_table.version, run.result["entrance"]) == ("done", 1, "steps")
    assert run.step_table.rows == ROWS
    assert "Paraksta vadītājs" in answer.content.decode()


def test_the_same_submit_twice_makes_one_version_and_one_run(as_person, alice, url):
    client, form = as_person(alice), posted()
    first, second = client.post(url, form), client.post(url, form)
    assert first.url == second.url
    assert (StepTable.objects.count(), AssessmentRun.objects.count()) == (1, 1)


def test_a_second_version_leaves_the_first_one_readable(as_person, alice, url, study):
    client = as_person(alice)
    first = client.post(url, posted())
    client.post(url, posted(ROWS[:2]))
    assert [table.version for table in study.step_tables.all()] == [2, 1]
    assert client.get(first.url).status_code == 200


def test_what_cannot_be_read_stands_beside_its_field_and_nothing_is_kept(as_person, alice, url):
    answer = as_person(alice).post(url, posted([*ROWS, {"step": "Nosūta", "touch": "ilgi"}]))
    page = answer.content.decode()
    assert 'id="row-4-touch-error"' in page
    assert 'value="ilgi"' in page
    assert 'href="#row-4-touch"' in page
    assert not StepTable.objects.exists()


@pytest.mark.parametrize(
    ("wish", "order"),
    [
        ("add", ["Reģistrē iesniegumu", "Vīzē jurists", "Paraksta vadītājs", ""]),
        ("remove:2", ["Reģistrē iesniegumu", "Paraksta vadītājs"]),
        ("up:2", ["Vīzē jurists", "Reģistrē iesniegumu", "Paraksta vadītājs"]),
        ("down:2", ["Reģistrē iesniegumu", "Paraksta vadītājs", "Vīzē jurists"]),
        ("up:1", ["Reģistrē iesniegumu", "Vīzē jurists", "Paraksta vadītājs"]),
        ("remove:9", ["Reģistrē iesniegumu", "Vīzē jurists", "Paraksta vadītājs"]),
    ],
)
def test_rows_are_added_moved_and_removed_without_javascript(as_person, alice, url, wish, order):
    answer = as_person(alice).post(url, posted(do=wish))
    assert [row.cells["step"].value for row in answer.context["rows"]] == order
    assert not StepTable.objects.exists()


def test_a_demand_that_is_no_number_is_refused_with_a_sentence(as_person, alice, url):
    answer = as_person(alice).post(url, posted(demand="daudz"))
    assert "whole number" in answer.content.decode()
    assert not StepTable.objects.exists()


def test_nothing_but_known_fields_is_taken(as_person, alice, url, study):
    as_person(alice).post(
        url, posted(**{"row-1-worker": "Jānis", "row-x-step": "?", "row-1-lane": "Lietvede"})
    )
    assert set(study.step_tables.get().rows[0]) == {"step", "unit", "touch", "lane"}


@pytest.mark.parametrize("lang", ["lv", "lt", "en"])
def test_the_template_is_downloaded_filled_in_and_uploaded_again(as_person, alice, url, study, lang):
    """As people do it: the sheet from the page, filled in in that language, uploaded, saved, assessed."""
    client = as_person(alice)
    book = load_workbook(BytesIO(client.get(f"{url}template-{lang}.xlsx").content))
    sheet = book.worksheets[0]
    columns = {terms.column(role, lang): role for role in terms.COLUMNS}
    places = {columns[cell.value]: cell.column for cell in sheet[HEADER_ROW] if cell.value}
    told = example_rows(lang)
    for number, row in enumerate(told, HEADER_ROW + 1):
        for role, value in row.items():
            sheet.cell(number, places[role], value)
    book.worksheets[1].cell(2, 2, 340)
    filled = BytesIO()
    book.save(filled)

    upload = SimpleUploadedFile("soli.xlsx", filled.getvalue())
    read = client.post(f"{url}upload/", {"sheet": upload})
    rows = read.context["rows"]
    assert [row.cells["step"].value for row in rows] == [row["step"] for row in told]
    assert [row.cells["touch"].value for row in rows] == [row["touch"] for row in told]
    assert read.context["demand"] == "340"

    typed = [{role: cell.value for role, cell in row.cells.items() if cell.value} for row in rows]
    client.post(url, posted(typed))
    run = AssessmentRun.objects.get()
    assert run.status == "done", run.refusal
    steps = {step.name: step for step in analysis.stored(run, {}).stream.steps}
    checks = steps[told[1]["step"]]
    assert (checks.touch.low_minutes, checks.touch.high_minutes) == (30, 60)
    assert checks.is_check
    assert checks.complete_accurate == pytest.approx(0.7)


def test_changing_the_language_after_an_upload_leads_back_to_the_table_of_steps(as_person, alice, url):
    """The page that an upload answers with stands under an address that only files are sent to."""
    client = as_person(alice)
    refused = client.post(f"{url}upload/", {"sheet": SimpleUploadedFile("soli.xlsx", b"no sheet")})
    assert refused.status_code == 200
    (back,) = re.findall(r'name="next" value="([^"]+)"', refused.content.decode())
    changed = client.post("/language/", {"language": "lv", "next": back}, follow=True)
    assert changed.status_code == 200
    assert changed.request["PATH_INFO"] == url
    assert '<html lang="lv">' in changed.content.decode()

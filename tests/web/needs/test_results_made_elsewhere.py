"""The results of a survey made elsewhere: taken in whole, or every wrong row is named."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from straume.web.needs.imported_file import HEADINGS
from straume.web.needs.models import ImportedResult, Need, Wave


def workbook(rows, lang="en"):
    book = Workbook()
    book.active.append([words[lang] for words in HEADINGS.values()])
    for row in rows:
        book.active.append([row.get(code) for code in HEADINGS])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("results.xlsx", out.getvalue())


def send(client, owner, file, key=None):
    given = {
        "name": "Ministry survey 2015",
        "source": "Ministry of the Interior",
        "owner": owner.pk,
        "opens_on": "2015-01-12",
        "closes_on": "2015-02-12",
        "idempotency_key": key or str(uuid.uuid4()),
        "file": file,
    }
    return client.post(reverse("needs:import_results"), given)


GOOD = [
    {"question_en": "Too many signatures", "n": 120, "share": 64},
    {"question_en": "Too many signatures", "place": "Latvija", "n": 70, "share": 60},
    {
        "question_en": "Lean methods",
        "kind": "mācības",
        "place": "Utenos rajono savivaldybė",
        "n": 30,
        "importance": 4.2,
        "present": 1.8,
        "scale_high": 5,
    },
]


@pytest.mark.parametrize("lang", ["lv", "lt", "en"])
def test_the_template_of_each_language_is_read_again(coordinator, lead_body, as_person, lang):
    client = as_person(coordinator)
    template = client.get(reverse("needs:import_template", args=[lang]))
    assert load_workbook(io.BytesIO(template.content)).active["F1"].value == HEADINGS["n"][lang]
    assert send(client, lead_body, SimpleUploadedFile("t.xlsx", template.content)).status_code == 302
    assert ImportedResult.objects.get().value == 64


def test_good_results_stand_beside_ours_marked_as_made_elsewhere(coordinator, lead_body, utena, as_person):
    client, key = as_person(coordinator), str(uuid.uuid4())
    for _ in range(2):
        answered = send(client, lead_body, workbook(GOOD), key)
    wave = Wave.objects.get()
    assert wave.source == Wave.Source.IMPORTED
    said = client.get(answered.headers["Location"]).content.decode()
    for words in ("Made elsewhere", "Ministry of the Interior", "64%", "Utena district", "120"):
        assert words in said
    made = client.post(reverse("needs:make_need", args=[wave.pk, "q2"]))
    need = Need.objects.get()
    assert need.kind == "training" and made.headers["Location"] == need.get_absolute_url()
    assert "made elsewhere" in client.get(need.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"question_en": "A", "n": 3, "share": 50}, "Row 3: results of fewer than five people are not kept."),
        ({"question_en": "A", "n": 30}, "Row 3: it has no figure"),
        ({"question_en": "A", "n": 30, "share": "many"}, "Row 3: “many” is not a number."),
        ({"question_en": "A", "n": 30, "share": 50, "place": "Atlantis"}, "Row 3: “Atlantis” is not known."),
        ({"question_en": "A", "n": 30, "importance": 4, "scale_high": 5}, "importance and present state"),
        ({"n": 30, "share": 50}, "Row 3: the question is missing."),
        ({**GOOD[0], "share": 50}, "Row 3: this question has this place already."),
    ],
    ids=["few", "no figure", "word", "place", "half", "no question", "twice"],
)
def test_a_wrong_row_is_named_and_nothing_is_taken_in(coordinator, lead_body, as_person, row, sentence):
    answered = send(as_person(coordinator), lead_body, workbook([GOOD[0], row]))
    assert sentence in answered.content.decode()
    assert not Wave.objects.exists()


def test_places_that_give_away_the_rest_are_refused(coordinator, lead_body, utena, as_person):
    rows = [
        {"question_en": "A", "n": 33, "share": 50},
        {"question_en": "A", "n": 30, "share": 50, "place": "Utenos rajono savivaldybė"},
    ]
    answered = send(as_person(coordinator), lead_body, workbook(rows))
    assert "all but fewer than five people" in answered.content.decode()


def test_what_is_no_workbook_is_said_to_be_none(coordinator, lead_body, as_person):
    answered = send(as_person(coordinator), lead_body, SimpleUploadedFile("a.xlsx", b"no workbook"))
    assert "This is no XLSX workbook." in answered.content.decode()


def test_results_are_taken_in_by_those_who_run_surveys(bob, as_person):
    assert as_person(bob).get(reverse("needs:import_results")).status_code == 403

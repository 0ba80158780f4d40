"""Learning pages: the same build in three languages, a template to fill in, and whom one can ask nearby."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from openpyxl import load_workbook

from straume.web.places.lean_tools import LeanTool
from straume.web.places.models import Institution
from straume.web.public.learning import LANGUAGES, TEXTS, TOOLS, page
from straume.web.public.models import ToolUse
from straume.web.public.near import about_km, nearest

SINCE = {"since_on": date(2018, 1, 1), "contact_post": "Office"}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_is_told_alike_in_three_languages(tool) -> None:
    told = [page(tool, language) for language in LANGUAGES]
    builds = {
        (
            len(one.template.columns),
            len(one.template.rows),
            tuple((part.html.count("<li>"), part.html.count("<p>")) for part in one.parts),
        )
        for one in told
    }
    assert len(builds) == 1
    assert len({one.parts[0].html for one in told}) == 3 and len({one.in_short for one in told}) == 3
    assert all(len(part.html) > 120 for one in told for part in one.parts)
    assert tool in LeanTool.values


def test_every_text_belongs_to_a_tool() -> None:
    written = {path.name for path in TEXTS.iterdir()}
    assert written == {f"{tool}.{language}.md" for tool in TOOLS for language in LANGUAGES}


@pytest.mark.django_db
def test_everybody_reads_it_and_takes_the_template(client) -> None:
    assert "5S" in client.get("/learn/").content.decode()
    for tool in TOOLS:
        assert client.get(f"/learn/{tool}/").status_code == 200
        assert client.get(f"/learn/{tool}/template/").status_code == 200
    assert client.get("/learn/nothing/").status_code == 404
    sheet = load_workbook(io.BytesIO(client.get("/learn/5s/template.xlsx").content)).active
    assert [cell.value for cell in sheet[1]][:2] == ["Question", "0–4"]
    assert sheet.max_row == 6


@pytest.mark.django_db
def test_the_nearest_stand_first_and_those_without_a_place_last(livani, utena, lead_body) -> None:
    # Līvāni, Utena and Daugavpils; about 100 km from Līvāni to Utena along the great circle
    at = {livani: (56.3543, 26.1758), utena: (55.4976, 25.5992), lead_body: (55.8714, 26.5161)}
    for place, (latitude, longitude) in at.items():
        Institution.objects.filter(pk=place.pk).update(latitude=latitude, longitude=longitude)
        place.refresh_from_db()
    nowhere = Institution.objects.create(
        name="Nowhere", slug="nowhere", country="lt", kind="municipality", tier="guest",
        timezone="Europe/Vilnius",
    )  # fmt: skip
    uses = [
        ToolUse.objects.create(tool="5s", institution=place, **SINCE) for place in (nowhere, utena, lead_body)
    ]
    found = nearest(uses, here=livani)
    assert [one.use.institution for one in found] == [lead_body, utena, nowhere]
    assert [one.about_km for one in found] == [60, 100, None]
    assert about_km(utena, livani) == about_km(livani, utena)


@pytest.mark.django_db
def test_a_practitioner_says_it_and_takes_it_back(livani, taxes, alice, bob, charlie, as_person) -> None:
    said = {"institution": livani.pk, "unit": taxes.pk, "since_on": "2018-01-01", "contact_post": "Head"}
    assert as_person(bob).post("/learn/5s/say/", said).status_code == 403
    client = as_person(alice)
    for _again in range(2):
        client.post("/learn/5s/say/", said)
    use = ToolUse.objects.get()
    page_now = client.get("/learn/5s/").content.decode()
    assert "Nodokļu nodaļa" in page_now and "Alice" not in page_now.split("<main")[1]
    assert as_person(charlie).post(f"/learn/5s/uses/{use.pk}/end/").status_code == 404
    client.post(f"/learn/5s/uses/{use.pk}/end/")
    assert not ToolUse.objects.exists()


@pytest.mark.django_db
def test_the_database_keeps_each_use_once(livani, taxes) -> None:
    ToolUse.objects.create(tool="a3", institution=livani, **SINCE)
    ToolUse.objects.create(tool="a3", institution=livani, unit=taxes, **SINCE)
    for unit in (None, taxes):
        with pytest.raises(IntegrityError), transaction.atomic():
            ToolUse.objects.create(tool="a3", institution=livani, unit=unit, **SINCE)
    with pytest.raises(IntegrityError), transaction.atomic():
        ToolUse.objects.create(tool="5s", institution=livani, since_on=date(2018, 1, 1), contact_post="")

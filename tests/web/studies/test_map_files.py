"""A map on paper and as BPMN: out, in again the same, and what a file cannot give is said."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from data_folder import shared_data
from straume.web.studies import map_analysis
from straume.web.studies.actions import maps
from straume.web.studies.models import StreamMap

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
ROWS = [
    {"step": "Reģistrē", "lane": "Lietvedība", "touch": "5–10 min", "complete_accurate": "90 %"},
    {"step": "Vīzē jurists", "lane": "Juristi", "touch": "20 min", "wait": "2 nedēļas", "goes_to": "3 + 4"},
    {"step": "Saskaņo", "lane": "Pagasts", "touch": "15 min", "wait": "3 d. d.", "goes_to": "5"},
    {"step": "Aprēķina", "lane": "Finanses", "touch": "30 min", "wait": "1 diena", "goes_to": "5"},
    {
        "step": "Paraksta",
        "lane": "Vadība",
        "touch": "2 / 3 / 10 min",
        "wait": "1 nedēļa",
        "goes_to": "2 20 %; beigas 80 %",
        "legal_basis": "APL 65. p.",
    },
]


@pytest.fixture
def mapped(study, alice) -> StreamMap:
    return maps.begin_map(study=study, name="As it is", key=uuid.uuid4(), by=alice, now=NOW, rows=ROWS)


def upload(client, study, content: bytes, name="karte.bpmn"):
    form = {"file": SimpleUploadedFile(name, content), "key": str(uuid.uuid4())}
    return client.post(f"/assessments/{study.pk}/maps/bpmn/", form)


def test_what_goes_out_as_bpmn_comes_in_the_same(as_person, alice, study, mapped):
    client = as_person(alice)
    content = client.get(f"{mapped.get_absolute_url()}map.bpmn").content
    answer = upload(client, study, content)
    again = StreamMap.objects.get(name="karte")
    assert answer.status_code == 302 and answer.url == again.get_absolute_url()
    both = [map_analysis.stream_of(one, maps.state_of(one)) for one in (mapped, again)]
    assert both[0].routes == both[1].routes and both[0].nodes == both[1].nodes
    assert [(s.name, s.lane, s.touch, s.wait, s.complete_accurate, s.legal_basis) for s in both[0].steps] == [
        (s.name, s.lane, s.touch, s.wait, s.complete_accurate, s.legal_basis) for s in both[1].steps
    ]


def test_a_file_of_another_tool_becomes_a_map_and_what_it_loses_is_named(as_person, alice, study):
    files = sorted(shared_data("bpmn").glob("*.bpmn"))
    assert files
    client = as_person(alice)
    for file in files:
        answer = upload(client, study, file.read_bytes(), file.name)
        made = StreamMap.objects.filter(name=file.stem).first()
        if made is not None:
            assert map_analysis.stream_of(made, maps.state_of(made)) is not None, file.name
        if answer.status_code == 200:
            assert 'class="problem"' in answer.content.decode(), file.name
    assert StreamMap.objects.count() >= len(files) / 2


@pytest.mark.parametrize("content", [b"no xml", b"<a/>", b""])
def test_what_is_no_bpmn_is_refused_with_a_sentence(as_person, alice, study, content):
    page = upload(as_person(alice), study, content).content.decode()
    assert "The file cannot become a map" in page
    assert not StreamMap.objects.exists()


@pytest.mark.parametrize(("size", "lang", "kind"), [("a3", "lv", "pdf"), ("a0", "lt", "svg")])
def test_the_map_is_printed(as_person, bob, mapped, size, lang, kind):
    answer = as_person(bob).get(f"{mapped.get_absolute_url()}{size}/{lang}.{kind}")
    assert answer.status_code == 200
    if kind == "pdf":
        words = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
        assert "Vīzē" in words
    else:
        assert answer.content.startswith(b"<svg") and "Vīzē" in answer.content.decode()


def test_sizes_and_languages_that_are_not_there_are_404(as_person, bob, mapped):
    for wrong in ("a7/lv.pdf", "a3/de.pdf", "a3/lv.exe"):
        assert as_person(bob).get(f"{mapped.get_absolute_url()}{wrong}").status_code == 404

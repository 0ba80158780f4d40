"""The catalogue as CPSV-AP 3.2: valid, read back without loss, and safe to read."""

from __future__ import annotations

import json
import socket
from datetime import date

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from data_folder import shared_data
from straume.lean.errors import InputProblems
from straume.web.demo import places, services
from straume.web.services.models import CompetentAuthority, CountryDeadline, LegalResource, PublicService
from straume.web.services.rdf.described import described
from straume.web.services.rdf.read import services_of
from straume.web.services.rdf.safe import decoded, kind_of, parsed
from straume.web.services.rdf.sentences import _notes, _problems, sentence
from straume.web.services.rdf.write import FORMATS, graph_of, serialized

pytestmark = pytest.mark.django_db
BASE = "https://straume.example/"
PREFIXES = """
@prefix cpsv: <http://purl.org/vocab/cpsv#> . @prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix ex: <http://example.org/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix straume: <urn:straume:terms:> .
"""
MINIMAL = PREFIXES + 'ex:s a cpsv:PublicService ; dct:identifier "s-1" ; dct:title "Atļauja"@lv '


@pytest.fixture
def catalogue() -> list[PublicService]:
    places.seed(date(2026, 11, 23))
    services.seed(date(2026, 11, 23))
    return list(PublicService.objects.all())


def validated(graph: Graph) -> tuple[bool, str]:
    from pyshacl import validate

    shapes = Graph().parse(shared_data("cpsv-ap/cpsv-ap-SHACL.ttl"))
    conforms, _, text = validate(graph, shacl_graph=shapes, inference="none", do_owl_imports=False)
    return conforms, text


def read(text: str, kind: str = "ttl"):
    return services_of(parsed(text, kind))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_catalogue_fits_the_shapes_of_cpsv_ap(catalogue, kind):
    graph = graph_of([described(one) for one in catalogue], base=BASE, catalogue=True)
    conforms, text = validated(parsed(serialized(graph, kind), kind))
    assert conforms, text


def test_each_service_alone_fits_the_shapes_too(catalogue):
    for one in catalogue:
        conforms, text = validated(graph_of([described(one)], base=BASE))
        assert conforms, text


def test_the_shapes_would_notice_a_service_without_a_name(catalogue):
    graph = graph_of([described(catalogue[0])], base=BASE)
    graph.remove((None, URIRef("http://purl.org/dc/terms/title"), None))
    assert not validated(graph)[0]


@pytest.mark.parametrize("kind", FORMATS)
def test_what_we_hold_comes_back_whole(catalogue, kind):
    full = catalogue[0]
    full.status, full.lv_catalogue_id, full.lt_pasis_id = "replaced", "PK-1", "PAS-2"
    full.deadline_days, full.deadline_clock = 45, "working"
    full.save()
    law = full.legal_resources.first()
    law.uri, law.checked_by_lawyer_on, law.is_unsure = "https://likumi.lv/ta/id/1", date(2020, 2, 29), False
    law.save()
    CompetentAuthority.objects.create(service=full, uri="https://x.example/a", name_en="An authority")
    for one in catalogue:
        ours = described(PublicService.objects.get(pk=one.pk))
        back = read(serialized(graph_of([ours], base=BASE), kind), kind)
        assert back.notes == ()
        assert by_identifier(back.services[0]) == by_identifier(ours)


def by_identifier(service):
    """The same service whatever the order of its parts."""
    return {
        name: sorted(value, key=str) if isinstance(value, tuple) else value
        for name, value in vars(service).items()
    }


def test_writing_what_was_read_gives_the_same_graph(catalogue):
    graph = graph_of([described(one) for one in catalogue], base=BASE)
    again = graph_of(services_of(graph).services, base=BASE)
    assert isomorphic(graph, again)


def test_acts_of_one_place_do_not_leave_it(catalogue):
    local = LegalResource.objects.filter(offer__isnull=False)
    assert local.exists()
    text = serialized(graph_of([described(one) for one in catalogue], base=BASE), "ttl")
    assert not [act for act in local if act.title_lv in text]


def test_json_ld_carries_its_context_with_it(catalogue):
    made = json.loads(serialized(graph_of([described(catalogue[0])], base=BASE), "jsonld"))
    assert isinstance(made["@context"], dict)


def test_the_example_of_the_standard_is_read_with_notes_on_what_is_not_kept():
    text = shared_data("cpsv-ap/example-rdf_public_service.ttl").read_text()
    reading = read(text)
    assert [one.identifier for one in reading.services] == ["Tax-on-web"]
    service = reading.services[0]
    assert service.name == {"en": "Tax-on-web"}
    assert service.description["en"].startswith("Service pour la déclaration")
    assert service.authorities[0].name == {"en": "Federal Public Service FINANCE"}
    assert service.channels[0].identifier == "cha-123"
    codes = {one.code for one in reading.notes}
    assert codes >= {
        "rdf_not_kept",
        "rdf_language_as_english",
        "rdf_languages_not_kept",
        "rdf_channel_unknown",
    }
    conforms, text = validated(graph_of(reading.services, base=BASE))
    assert conforms, text


WRONG = {
    "rdf_no_service": PREFIXES + "ex:s a ex:Other .",
    "rdf_no_identifier": PREFIXES + 'ex:s a cpsv:PublicService ; dct:title "A"@lv .',
    "rdf_no_name": PREFIXES + 'ex:s a cpsv:PublicService ; dct:identifier "s" .',
    "rdf_identifier_form": PREFIXES + 'ex:s a cpsv:PublicService ; dct:identifier "a b" ; dct:title "A"@lv .',
    "rdf_identifier_twice": MINIMAL
    + '. ex:t a cpsv:PublicService ; dct:identifier "S-1" ; dct:title "B"@lv .',
    "rdf_duration": MINIMAL + '; cv:processingTime "soon" .',
    "rdf_day": MINIMAL + '; cv:hasLegalResource [ a eli:LegalResource ; eli:title "L"@lv ; '
    'eli:first_date_entry_in_force "1.5.2018" ] .',
    "rdf_amount": MINIMAL + '; cv:hasCost [ a cv:Cost ; dct:identifier "c" ; cv:hasValue "much" ] .',
    "rdf_currency": MINIMAL
    + '; cv:hasCost [ a cv:Cost ; dct:identifier "c" ; cv:currency <http://x.example/money> ] .',
    "rdf_deadline": MINIMAL
    + '; cpsv:follows [ a cpsv:Rule ; straume:deadlineDays "0" ; straume:deadlineClock "moon" ] .',
    "rdf_law_ends_first": MINIMAL
    + '; cv:hasLegalResource [ a eli:LegalResource ; dct:identifier "l" ; eli:title "L"@lv ; '
    'eli:first_date_entry_in_force "2018-01-01"^^xsd:date ; '
    'eli:date_no_longer_in_force "2017-01-01"^^xsd:date ] .',
    "rdf_not_readable": "this is no turtle",
}


@pytest.mark.parametrize("code", WRONG)
def test_a_wrong_file_is_refused_with_a_sentence(code):
    with pytest.raises(InputProblems) as refused:
        read(WRONG[code])
    assert [one.code for one in refused.value.problems] == [code]
    assert "%(" not in sentence(refused.value.problems[0])


def test_all_that_is_wrong_is_said_at_once():
    text = MINIMAL + '; cv:processingTime "soon" ; cv:hasCost [ dct:identifier "c" ; cv:hasValue "much" ] .'
    with pytest.raises(InputProblems) as refused:
        read(text)
    assert {one.code for one in refused.value.problems} == {"rdf_duration", "rdf_amount"}


def test_turtle_that_breaks_off_names_its_line():
    with pytest.raises(InputProblems) as refused:
        read(PREFIXES + "\n\nex:s a cpsv:PublicService ; dct:title 'A .\n")
    assert refused.value.problems[0].place.line is not None


BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r>&b;</r>'
OUTSIDE = '<?xml version="1.0"?><!doctype r SYSTEM "file:///etc/passwd"><r/>'


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("rdf", BOMB, "rdf_entities"),
        ("rdf", OUTSIDE, "rdf_entities"),
        ("jsonld", '{"@context": "https://x.example/c.jsonld"}', "rdf_remote_context"),
        ("jsonld", '{"@context": [{"a": "ex:a"}, "https://x.example/c"]}', "rdf_remote_context"),
        ("jsonld", '{"@context": {"@import": "https://x.example/c"}}', "rdf_remote_context"),
        (
            "jsonld",
            '{"@context": {"p": {"@id": "ex:p", "@context": "https://x.example/c"}}}',
            "rdf_remote_context",
        ),
        ("jsonld", "[" * 5000 + "]" * 5000, "rdf_too_deep"),
        ("jsonld", '{"a": ' * 200 + "1" + "}" * 200, "rdf_too_deep"),
        ("jsonld", "{", "rdf_not_readable"),
        ("rdf", "<rdf:RDF>", "rdf_not_readable"),
    ],
)
def test_nothing_is_fetched_or_unfolded(monkeypatch, kind, text, code):
    def no_network(*args, **kwargs):
        raise AssertionError("a reader went out to the network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    with pytest.raises(InputProblems) as refused:
        parsed(text, kind)
    assert refused.value.problems[0].code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"  \n", "rdf_empty"),
        (b"\xff\xfe\x00", "rdf_encoding"),
        (b"ok\nbad\0", "rdf_nul"),
        (b"x" * 5_000_001, "rdf_too_large"),
    ],
)
def test_what_is_no_text_is_refused(content, code):
    with pytest.raises(InputProblems) as refused:
        decoded(content)
    assert refused.value.problems[0].code == code


def test_only_known_endings_are_read():
    assert kind_of("Katalogs.TTL") == "ttl"
    with pytest.raises(InputProblems):
        kind_of("katalogs.docx")


def test_every_problem_and_note_has_its_sentence_in_three_languages():
    from django.utils.translation import override

    english = {code: str(text) for code, text in {**_problems(), **_notes()}.items()}
    for lang in ("lv", "lt"):
        with override(lang):
            for code, text in {**_problems(), **_notes()}.items():
                assert str(text) != english[code], code


def test_a_country_has_its_own_deadline_in_the_file(catalogue):
    reply = PublicService.objects.get(identifier="reply-to-application")
    back = services_of(graph_of([described(reply)], base=BASE)).services[0]
    assert {(one.country, one.days, one.clock) for one in back.deadlines} == {
        ("lv", 30, "calendar"),
        ("lt", 20, "working"),
    }
    assert CountryDeadline.objects.filter(service=reply).count() == 2

"""Reading a catalogue from a file: looked at first, written once, and only what one may write."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from data_folder import shared_data
from straume.web.services.models import CatalogueImport, PublicService
from straume.web.services.rdf.described import described
from straume.web.services.rdf.write import graph_of, serialized

pytestmark = pytest.mark.django_db
PREFIXES = """
@prefix cpsv: <http://purl.org/vocab/cpsv#> . @prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix ex: <http://example.org/> .
"""
NEW = PREFIXES + 'ex:n a cpsv:PublicService ; dct:identifier "new-one" ; dct:title "Jauns"@lv, "Naujas"@lt .'
KNOWN = PREFIXES + (
    'ex:d a cpsv:PublicService ; dct:identifier "debt" ; dct:title "Parādu piedziņa"@lv ; '
    'cv:hasChannel [ a cv:Channel ; dct:identifier "c-1" ; dct:description "Portāls"@lv ] .'
)


def upload(client, text: str, name: str = "catalogue.ttl"):
    return client.post("/services/import/", {"file": SimpleUploadedFile(name, text.encode())})


def test_a_file_is_looked_at_and_nothing_is_written(alice, as_person):
    client = as_person(alice)
    answer = upload(client, NEW)
    text = client.get(answer.url).content.decode()
    assert "Jauns" in text
    assert "new-one" in text
    assert not PublicService.objects.exists()


def test_taking_it_over_writes_it_once(alice, as_person):
    client = as_person(alice)
    address = upload(client, NEW).url
    client.post(address)
    client.post(address)
    made = PublicService.objects.get()
    assert (made.identifier, made.name_lv, made.name_lt) == ("new-one", "Jauns", "Naujas")
    kept = CatalogueImport.objects.get()
    assert (kept.created, kept.changed, kept.text) == (1, 0, "")


def test_what_is_known_is_changed_and_what_the_file_does_not_mention_stays(debt, alice, as_person):
    client = as_person(alice)
    address = upload(client, KNOWN).url
    text = client.get(address).content.decode()
    for words in ("Parāda piedziņa", "Parādu piedziņa", "Portāls"):
        assert words in text
    client.post(address)
    service = PublicService.objects.get()
    assert (service.name_lv, service.name_lt) == ("Parādu piedziņa", "Skolos išieškojimas")
    assert (service.theme, service.deadline_days) == ("taxes", 30)
    assert service.legal_resources.count() == 1
    assert service.channels.get().description_lv == "Portāls"


def test_codes_of_a_file_are_shown_as_words(alice, as_person):
    text = NEW.replace(
        "cpsv:PublicService ;", "cpsv:PublicService ; cv:thematicArea <urn:straume:terms:theme-taxes> ;"
    )
    page = as_person(alice).get(upload(as_person(alice), text).url).content.decode()
    assert "Taxes and fees" in page


def test_a_file_without_status_and_theme_leaves_them(debt, alice, as_person):
    PublicService.objects.update(status="withdrawn")
    client = as_person(alice)
    client.post(upload(client, KNOWN).url)
    service = PublicService.objects.get()
    assert (service.status, service.theme, service.source_uri) == ("withdrawn", "taxes", "")


def test_reading_it_again_changes_nothing(debt, alice, as_person):
    client = as_person(alice)
    client.post(upload(client, KNOWN).url)
    text = client.get(upload(client, KNOWN).url).content.decode()
    assert "There is nothing to take over" in text


def test_our_own_export_changes_nothing(debt, alice, as_person):
    client = as_person(alice)
    export = client.get("/services/catalogue.ttl").content.decode()
    assert "There is nothing to take over" in client.get(upload(client, export).url).content.decode()


def test_a_service_of_several_places_is_left_out_for_those_who_may_not_change_it(
    felling, alice, coordinator, as_person
):
    text = PREFIXES + 'ex:f a cpsv:PublicService ; dct:identifier "felling" ; dct:title "Cits nosaukums"@lv .'
    client = as_person(alice)
    address = upload(client, text).url
    assert "this part of the file is left out" in client.get(address).content.decode()
    client.post(address)
    assert PublicService.objects.get().name_lv == "Atļauja cirst kokus"
    client = as_person(coordinator)
    client.post(upload(client, text).url)
    assert PublicService.objects.get().name_lv == "Cits nosaukums"


def test_somebody_elses_upload_is_not_found(alice, charlie, as_person):
    address = upload(as_person(alice), NEW).url
    assert as_person(charlie).get(address).status_code == 404
    assert as_person(charlie).post(address).status_code == 404
    assert not PublicService.objects.exists()


def test_an_employee_reads_no_file_in(bob, as_person):
    assert as_person(bob).get("/services/import/").status_code == 403
    assert upload(as_person(bob), NEW).status_code == 403


def test_a_broken_file_says_its_line_and_what_to_do(alice, as_person):
    text = upload(as_person(alice), PREFIXES + "\nex:n a").content.decode()
    assert "error-summary" in text
    assert "The file cannot be read" in text
    assert not CatalogueImport.objects.exists()


def test_every_fault_of_a_file_is_listed(alice, as_person):
    wrong = PREFIXES + (
        'ex:a a cpsv:PublicService ; dct:identifier "a" ; dct:title "A"@lv ; cv:processingTime "soon" . '
        'ex:b a cpsv:PublicService ; dct:title "B"@lv .'
    )
    text = upload(as_person(alice), wrong).content.decode()
    assert "“soon”" in text
    assert "“B” has no identifier" in text


@pytest.mark.parametrize(
    "written",
    [
        'ex:a a cpsv:PublicService ; dct:identifier "a" ; dct:title "{long}"@lv .',
        'ex:a a cpsv:PublicService ; dct:identifier "a" ; dct:title "A"@lv ; cv:hasLegalResource [ '
        '<http://data.europa.eu/eli/ontology#title> "{long}"@lv ; dct:identifier "l-1" ] .',
        'ex:a a cpsv:PublicService ; dct:identifier "a" ; dct:title "A"@lv ; '
        "<urn:straume:terms:lvCatalogueId> '{long}' .",
    ],
)
def test_a_text_that_no_field_holds_is_said_and_not_cut(alice, as_person, written):
    text = upload(as_person(alice), PREFIXES + written.format(long="garš" * 200)).content.decode()
    assert "Shorten it." in text
    assert not CatalogueImport.objects.exists()


def test_an_act_links_to_a_page_and_never_to_a_script(coordinator, as_person):
    client = as_person(coordinator)
    script = PREFIXES + (
        'ex:n a cpsv:PublicService ; dct:identifier "new-one" ; dct:title "Jauns"@lv ; '
        'cv:hasLegalResource [ dct:identifier "l-1" ; '
        '<http://data.europa.eu/eli/ontology#title> "Likums"@lv ; '
        "<http://www.w3.org/2000/01/rdf-schema#seeAlso> <{}> ] ."
    )
    client.post(upload(client, script.format("javascript:alert(1)")).url)
    law = PublicService.objects.get().legal_resources.get()
    assert (law.title_lv, law.uri) == ("Likums", "")
    client.post(upload(client, script.format("https://likumi.lv/ta/id/1")).url)
    law.refresh_from_db()
    assert law.uri == "https://likumi.lv/ta/id/1"


def test_the_example_of_the_standard_is_taken_over(alice, as_person):
    client = as_person(alice)
    text = shared_data("cpsv-ap/example-rdf_public_service.ttl").read_text()
    address = upload(client, text).url
    page = client.get(address).content.decode()
    assert "What is not kept" in page
    client.post(address)
    made = PublicService.objects.get(identifier="Tax-on-web")
    assert made.authorities.get().name_en == "Federal Public Service FINANCE"
    assert made.evidence.get().identifier == "evi-123"


@pytest.mark.parametrize("kind", ["ttl", "jsonld", "rdf"])
def test_a_service_moves_to_another_installation_whole(debt, felling, alice, coordinator, as_person, kind):
    before = described(debt.service)
    export = serialized(graph_of([before], base="https://elsewhere.example/"), kind)
    debt.delete()
    PublicService.objects.filter(identifier="debt").delete()
    client = as_person(coordinator)
    client.post(upload(client, export, f"x.{kind}").url)
    after = described(PublicService.objects.get(identifier="debt"))
    assert {**vars(after), "authorities": ()} == {**vars(before), "authorities": ()}


@pytest.mark.parametrize(
    ("kind", "media"),
    [("ttl", "text/turtle"), ("jsonld", "application/ld+json"), ("rdf", "application/rdf+xml")],
)
def test_a_service_is_handed_out_in_each_format(debt, bob, as_person, kind, media):
    answer = as_person(bob).get(f"/services/{debt.service_id}.{kind}")
    assert answer["Content-Type"].startswith(media)
    assert "debt" in answer.content.decode()

"""What a reader of the results can and cannot find out about a few people."""

from __future__ import annotations

import pytest
from django.urls import reverse

from simulated_survey import answer, make_wave
from straume.web.needs import analysis
from straume.web.places.models import Institution


@pytest.fixture
def wave(lead_body, livani, utena):
    """Līvāni 30, Preiļi 4, Balvi 9 in Latvia; Utena 24 in Lithuania."""
    made = make_wave(lead_body)
    for slug in ("preili", "balvi"):
        Institution.objects.create(
            name_en=slug.title(), slug=slug, country="lv", kind="municipality", tier="involved"
        )
    for slug, number in (("livani", 30), ("preili", 4), ("balvi", 9), ("utena", 24)):
        answer(made, Institution.objects.get(slug=slug), number, people=60)
    return made


def shown(wave, key):
    data = analysis.read(wave)
    rows = analysis.breakdown(data, data.question(key)).rows
    return {row.group.label: row for row in rows}


def test_a_place_of_four_takes_the_next_smallest_with_it(wave):
    means = shown(wave, "wanted~lean")
    assert means["Preili"].n is None and means["Balvi"].n is None
    assert means["Līvāni municipality"].mean.n == 30
    assert means["Latvia"].mean.n == 43


def test_no_cell_of_one_to_four_is_told(wave):
    for row in shown(wave, "first").values():
        for share in row.shares:
            assert share is None or share.count == 0 or share.count >= 5


def test_a_hidden_group_cannot_be_asked_for_alone(wave, bob, as_person):
    client = as_person(bob)
    address = reverse("needs:group_needs", args=[wave.pk])
    places = {slug: Institution.objects.get(slug=slug).pk for slug in ("livani", "preili", "balvi")}
    answered = {
        slug: client.get(address, {"group": f"place:{pk}"}).status_code for slug, pk in places.items()
    }
    assert answered == {"livani": 200, "preili": 404, "balvi": 404}


def test_groups_do_not_combine(wave, bob, as_person):
    """A second filter is not heard: country less role would be a way to subtract."""
    address = reverse("needs:group_needs", args=[wave.pk])
    client = as_person(bob)
    alone = client.get(address, {"group": "country:lv"}).context["kinds"][0]["lines"]
    both = client.get(address, {"group": "country:lv", "role": "head"}).context["kinds"][0]["lines"]
    assert [line.need for line in alone] == [line.need for line in both]
    assert client.get(address, {"group": "country:lv+role:head"}).status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_files_hide_what_the_page_hides(wave, bob, as_person, form):
    address = reverse("needs:result", args=[wave.pk, "first"])
    client = as_person(bob)
    assert client.get(address, {"format": form}).status_code == 200
    said = client.get(address, {"format": "csv"}).content.decode()
    preili = [line for line in said.splitlines() if line.startswith("Preili")]
    assert len(preili) == 1 and "not shown" in preili[0]


def test_an_open_wave_has_no_results(lead_body, bob, as_person):
    """Sheets lie sealed until the closing, so nobody sees what the last answer changed."""
    wave = make_wave(lead_body)
    wave.settled_on = None
    wave.save()
    said = as_person(bob).get(reverse("needs:results", args=[wave.pk])).content.decode()
    assert "stay sealed until the wave closes" in said


def test_texts_come_without_place_and_role_in_the_order_of_the_alphabet(wave, coordinator, as_person):
    page = as_person(coordinator).get(reverse("needs:texts", args=[wave.pk]))
    lines = page.context["parts"][0].lines
    assert [line.text for line in lines] == sorted(line.text for line in lines)
    said = page.content.decode().split("<main", 1)[1]
    for word in (
        "Līvāni",
        "Preili",
        "Utena",
        "Specialist",
        *(str(sheet.pk) for line in lines for sheet in line.sheets),
    ):
        assert word not in said

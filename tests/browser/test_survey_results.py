"""The results of a survey in Lithuanian, and a need made from one of them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from simulated_survey import answer, make_wave
from straume.web.places.models import Institution

NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture
def waves(demo_places):
    before = make_wave(Institution.objects.get(slug="latgale"))
    after = make_wave(Institution.objects.get(slug="latgale"), year=2019, follows=before)
    for number, place in enumerate(Institution.objects.filter(tier="involved")[:8]):
        answer(before, place, 3 if number == 4 else 12 + number, people=60 + 20 * number)
        answer(after, place, 10 + number, people=60 + 20 * number, seed=2, better=0.6)
    return before, after


def test_results_are_read_in_lithuanian_on_a_phone_and_a_desk(waves, as_role, axe, overflow):
    page = as_role("lithuanian_unit_head", language="lt")
    wave = waves[0].pk
    pages = {
        reverse("needs:results", args=[wave]): "Probleminės sritys",
        reverse("needs:result", args=[wave, "first"]): "Pagal šalį ir savivaldybę",
        reverse("needs:group_needs", args=[wave]) + "?group=country:lv": "Latvija",
        reverse("needs:change", args=[wave]): "Skirtumas",
        reverse("needs:needs"): "Poreikiai",
    }
    for address, words in pages.items():
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(address)
            assert words in page.inner_text("main")
            assert overflow(page) <= 0, address
        assert axe(page) == [], address
    assert page.complaints == []


def test_a_need_is_made_from_a_result_and_found_in_the_list(waves, as_role, axe):
    page = as_role("coordinator", language="lv")
    page.goto(reverse("needs:results", args=[waves[0].pk]))
    row = page.locator("tr", has_text="Lean metodes").first
    row.get_by_role("button", name="Izveidot vajadzību").click()
    assert "Lean metodes" in page.inner_text("h1")
    assert "no 100" in page.inner_text("main")  # the figure of that day
    assert axe(page) == []
    page.get_by_role("link", name="Kā ar vajadzību veicas").click()
    page.select_option("#id_status", "agreed")
    page.fill("#id_reason", "Vadības grupas sēde")
    page.get_by_role("button", name="Saglabāt").click()
    assert "Vadības grupas sēde" in page.inner_text("main")
    page.goto(reverse("needs:needs") + "?q=lean")
    assert page.locator("tbody tr").count() == 1
    page.goto(reverse("needs:results", args=[waves[0].pk]))
    page.locator("tr", has_text="Lean metodes").first.get_by_role("link", name="Atvērt vajadzību").click()
    assert "Lean metodes" in page.inner_text("h1")

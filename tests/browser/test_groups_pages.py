"""In each language: from a meeting to its decision and its action; a card is taken up abroad."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from straume.web.groups.models import (
    Adoption,
    Decision,
    GroupAction,
    Meeting,
    MinuteClash,
    MinuteText,
    PracticeCard,
)
from straume.web.places.models import Unit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NARROW = (320, 800)
LANGUAGES = ("lv", "lt", "en")
SAVED = {"lv": "Viss ir saglabāts.", "lt": "Viskas išsaugota.", "en": "Everything is saved."}
TEXT = {"lv": "Vienojāmies par trim soļiem.", "lt": "Sutarėme dėl trijų žingsnių.", "en": "Three steps."}
DECISION = {"lv": "Sākam ar diviem soļiem", "lt": "Pradedame nuo dviejų žingsnių", "en": "Begin with two"}
ACTION = {"lv": "Aprakstīt trīs soļus", "lt": "Aprašyti tris žingsnius", "en": "Describe three steps"}
DONE = {"lv": "padarīts", "lt": "padaryta", "en": "done"}
TAKEN_UP = {"lv": "Pārņēma", "lt": "Perėmė", "en": "Taken up by"}
OVER_THE_BORDER = {"lv": "pāri robežai", "lt": "per sieną", "en": "over the border"}
# whose card is taken up by whom: the card's institution, the role, its institution, the mark on the map
TAKERS = {
    "lv": ("anyksciai", "facilitator", "livani", ".place-lv"),
    "lt": ("daugavpils", "lithuanian_facilitator", "utena", ".place-lt"),
    "en": ("latgale", "lithuanian_facilitator", "utena", ".place-lt"),
}
SHOTS = os.environ.get("STRAUME_SHOTS")  # a folder: keep a picture of each page to look at


@pytest.fixture
def groups(demo_places) -> None:
    from straume.web.demo import groups as demo

    demo.seed(date(2026, 11, 23))


@pytest.fixture
def fine(axe, overflow):
    """fine(page, "name"): no axe violation, nothing wider than the window, nothing against the policy."""

    def check(page, name: str) -> None:
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
        assert axe(page) == [], name
        assert overflow(page) <= 0, name
        assert page.complaints == [], name

    return check


def test_from_a_meeting_to_a_decision_and_an_action_that_is_done_in_each_language(
    groups, as_role, fine
) -> None:
    meeting = Meeting.objects.filter(group__theme="it", status="held").latest("starts_at")
    Meeting.objects.filter(pk=meeting.pk).update(left_out=[])  # its minutes are in three languages
    pages = {
        "lv": as_role("facilitator", language="lv"),
        "lt": as_role("lithuanian_facilitator", language="lt"),
        "en": as_role("lithuanian_facilitator", language="en"),
    }
    for language, page in pages.items():
        decide_and_do(page, meeting, language)
    page = pages["lv"]
    fine(page, "action-lv")
    page.goto(reverse("groups:groups"))
    fine(page, "groups-lv")
    page.goto(meeting.group.get_absolute_url())
    fine(page, "group-lv")
    two_write_at_once(page, meeting)
    fine(page, "minutes-lv")
    narrow = as_role("facilitator", language="lv", size=NARROW)
    addresses = {
        "meeting": meeting.get_absolute_url(),
        "minutes": reverse("groups:minutes", args=[meeting.pk]),
        "actions": reverse("groups:actions"),
        "decisions": reverse("groups:decisions"),
        "series": reverse("groups:add_series", args=[meeting.group_id]),
    }
    for name, address in addresses.items():
        narrow.goto(address)
        fine(narrow, f"{name}-lv-320")


def decide_and_do(page, meeting: Meeting, language: str) -> None:
    """What was said saves itself; by keyboard to the decision and the action; it is done, as seen by."""
    point, second = meeting.agenda.get(place=1), meeting.agenda.get(place=2)
    page.goto(reverse("groups:minutes", args=[meeting.pk]))
    text = page.locator(f"#text-{point.pk}-{language}")
    text.fill(TEXT[language])
    page.locator("[data-saving]").get_by_text(SAVED[language]).wait_for()
    assert MinuteText.objects.get(point=point, language=language).text == TEXT[language]
    text.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f"#text-{second.pk}-{language}")).to_be_focused()
    page.keyboard.press("Alt+d")
    page.keyboard.type(DECISION[language])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[aria-labelledby=decisions-title]").get_by_text(DECISION[language]).wait_for()
    decision = Decision.objects.get(**{f"text_{language}": DECISION[language]})
    assert decision.meeting == meeting
    page.locator(f"#text-{second.pk}-{language}").focus()
    page.keyboard.press("Alt+a")
    page.keyboard.type(ACTION[language])
    page.locator(f"#owner-{second.pk}").select_option(index=1)
    page.locator(f"#due-{second.pk}").fill("2026-12-01")
    page.keyboard.press("Enter")
    page.locator("[aria-labelledby=actions-title]").get_by_text(ACTION[language]).wait_for()
    action = GroupAction.objects.get(**{f"what_{language}": ACTION[language]})
    page.goto(reverse("groups:end_action", args=[action.pk]))
    page.locator("[name=seen_by]").fill("Rīkojums Nr. 5")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{action.get_absolute_url()}")
    assert "Rīkojums Nr. 5" in page.inner_text("main")
    assert DONE[language] in page.inner_text("main")
    assert page.complaints == []


def two_write_at_once(page, meeting: Meeting) -> None:
    """Somebody else writes there meanwhile: both are told, no words are lost."""
    point = meeting.agenda.get(place=1)
    page.goto(reverse("groups:minutes", args=[meeting.pk]))
    text = page.locator(f"#text-{point.pk}-lv")
    MinuteText.objects.filter(point=point, language="lv").update(text="Cits teksts", version=9)
    text.fill("Mani vārdi")
    page.locator(".clash").wait_for()
    assert text.input_value() == "Cits teksts"
    assert MinuteClash.objects.get().words == "Mani vārdi"
    assert [said for said in page.complaints if "409" not in said] == []  # the browser notes the refusal
    page.complaints.clear()
    page.locator(".clash button[value=put_in]").click()
    page.wait_for_url("**/minutes/**")
    assert page.locator(f"#text-{point.pk}-lv").input_value() == "Cits teksts\nMani vārdi"


@pytest.fixture
def cards(demo_places) -> None:
    from straume.web.demo import cards as demo

    demo.seed(date(2026, 11, 23))


def test_a_card_is_taken_up_abroad_and_stands_in_the_tree_in_each_language(cards, as_role, fine) -> None:
    for language in LANGUAGES:
        take_up_abroad(as_role, language, fine if language == "lt" else lambda page, name: None)
    deep = PracticeCard.objects.get(title_en__startswith="Permit to fell trees: inspection")
    page = as_role("lithuanian_facilitator", language="lt")
    page.goto(reverse("groups:card_tree", args=[deep.pk]))
    assert page.locator("ol.tree ol.tree").count() == 1
    fine(page, "tree-lt")
    page.goto(deep.get_absolute_url() + "?side_by_side")
    fine(page, "card-side-by-side-lt")
    narrow = as_role("lithuanian_facilitator", language="lt", size=NARROW, dark=True)
    addresses = {
        "tree": reverse("groups:card_tree", args=[deep.pk]),
        "card": deep.get_absolute_url(),
        "write": reverse("groups:add_card"),
    }
    for name, address in addresses.items():
        narrow.goto(address)
        fine(narrow, f"{name}-lt-320")


def take_up_abroad(as_role, language: str, fine) -> None:
    whose, role, taker, mark = TAKERS[language]
    card = PracticeCard.objects.get(institution__slug=whose)
    unit = Unit.objects.filter(institution__slug=taker).order_by("pk")[0]
    page = as_role(role, language=language)
    page.goto(reverse("groups:cards"))
    title = getattr(card, f"title_{language}")
    page.locator("main").get_by_role("link", name=title).first.wait_for()
    fine(page, f"cards-{language}")
    page.goto(reverse("groups:adopt", args=[card.pk]))
    page.locator("[name=institution]").select_option(str(unit.institution_id))
    page.locator("[name=unit]").select_option(str(unit.pk))
    page.locator("[name=contact_post]").fill("Kultūros specialistas")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/groups/adoptions/**")
    assert TAKEN_UP[language] in page.inner_text("main")
    fine(page, f"adoption-{language}")
    adoption = Adoption.objects.get(card=card, unit=unit)
    page.goto(reverse("groups:card_tree", args=[card.pk]))
    row = page.locator("table tr", has=page.locator(f"a[href='{adoption.get_absolute_url()}']"))
    assert unit.name in row.inner_text()
    assert OVER_THE_BORDER[language] in row.inner_text()
    assert page.locator(f"svg {mark}").count() >= 1
    assert page.complaints == []

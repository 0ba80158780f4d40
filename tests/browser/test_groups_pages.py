"""Working groups and practice cards in a browser: a meeting to its action, a card taken up abroad."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from straume.web.groups.models import Adoption, GroupAction, Meeting, MinuteClash, MinuteText, PracticeCard

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NARROW = (320, 800)
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


def test_from_a_meeting_to_an_action_that_is_done_in_latvian(groups, as_role, fine) -> None:
    meeting = Meeting.objects.filter(group__theme="it", status="held").latest("starts_at")
    point = meeting.agenda.get(place=1)
    page = as_role("facilitator", language="lv")
    page.goto(reverse("groups:groups"))
    fine(page, "groups-lv")
    page.goto(meeting.group.get_absolute_url())
    fine(page, "group-lv")
    page.goto(reverse("groups:minutes", args=[meeting.pk]))
    text = page.locator(f"#text-{point.pk}-lv")
    text.fill("Vienojāmies par trim soļiem.")
    page.locator("[data-saving]").get_by_text("Viss ir saglabāts.").wait_for()
    assert MinuteText.objects.get(point=point, language="lv").text == "Vienojāmies par trim soļiem."
    # somebody else writes there meanwhile: both are told, no words are lost
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
    fine(page, "minutes-lv")
    # by keyboard alone: the next point, then its action
    page.locator(f"#text-{point.pk}-lv").focus()
    page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate("document.activeElement.lang") == "lv"
    page.keyboard.press("Alt+a")
    page.keyboard.type("Aprakstīt trīs soļus")
    second = meeting.agenda.get(place=2)
    page.locator(f"#owner-{second.pk}").select_option(index=1)
    page.locator(f"#due-{second.pk}").fill("2026-12-01")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#point-{second.pk}")
    action = GroupAction.objects.get(what_lv="Aprakstīt trīs soļus")
    page.goto(reverse("groups:end_action", args=[action.pk]))
    page.locator("[name=seen_by]").fill("Rīkojums Nr. 5")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{action.get_absolute_url()}")
    assert "Rīkojums Nr. 5" in page.inner_text("main")
    fine(page, "action-lv")
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


def test_a_card_is_taken_up_abroad_and_stands_in_the_tree_in_lithuanian(groups, as_role, fine) -> None:
    card = PracticeCard.objects.get(title_en__startswith="Permit for an event")
    page = as_role("lithuanian_facilitator", language="lt")
    page.goto(reverse("groups:cards"))
    fine(page, "cards-lt")
    page.goto(reverse("groups:adopt", args=[card.pk]))
    page.locator("[name=unit]").select_option(index=1)
    page.locator("[name=contact_post]").fill("Kultūros specialistas")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/groups/adoptions/**")
    adoption = Adoption.objects.get(card=card, unit__isnull=False)
    fine(page, "adoption-lt")
    page.goto(reverse("groups:card_tree", args=[card.pk]))
    assert adoption.unit is not None
    assert adoption.unit.name in page.locator("table").inner_text()
    assert page.locator("svg .place-lt").count() == 1
    deep = PracticeCard.objects.get(title_en__startswith="Permit to fell trees: inspection")
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

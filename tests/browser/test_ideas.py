"""An idea from a phone, seen by the head of the unit, followed by its private link; the board on the wall."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from straume.web.groups.models import Idea
from straume.web.places.models import Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("STRAUME_SHOTS")  # a folder: keep a picture of each page to look at
NARROW = (320, 800)


@pytest.fixture
def taxes(demo_places) -> Unit:
    from django.utils import timezone

    from straume.web.demo import ideas

    ideas.seed(timezone.localdate())
    return Unit.objects.get(institution__slug="livani", name=ideas.UNIT)


def shot(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_an_idea_goes_from_a_phone_to_the_head_and_back(taxes, open_page, as_role, axe, overflow):
    from straume.web.demo.ideas import BOX

    phone = open_page(language="lt", size=NARROW)
    phone.goto(f"/groups/ideas/new/{BOX}/")
    assert (axe(phone), overflow(phone)) == ([], 0)
    shot(phone, "idea-open-lt-320")
    phone.fill("textarea", "Siųsti laiškus į e. pašto dėžutę, o ne spausdinti.")
    phone.click("main button[type=submit]")
    phone.wait_for_selector("#link-title")
    link = phone.url
    assert (axe(phone), overflow(phone)) == ([], 0)
    shot(phone, "idea-follow-lt-320")
    names = {cookie["name"] for cookie in phone.context.cookies()}
    assert names <= {"csrftoken", "language"}
    idea = Idea.objects.get(text__startswith="Siųsti")
    head = as_role("unit_head", language="lv")
    head.goto("/")
    head.click("text=Siųsti laiškus")
    assert axe(head) == []
    shot(head, "idea-head-lv")
    head.check("[name=state][value=acknowledged]")
    head.click("main form button[type=submit]")
    head.wait_for_selector("ol >> text=pamanīts")
    phone.goto(link)
    assert "peržiūrėtas" in phone.locator("main ol").inner_text()
    assert (phone.complaints, head.complaints) == ([], [])
    assert idea.submitted_by is None


def test_the_board_fits_the_wall_and_paper_and_is_filled_from_the_keyboard(
    taxes, as_role, axe, overflow, tmp_path
):
    wall = as_role("employee", language="lv", size=(1920, 1080))
    wall.goto(f"/groups/boards/{taxes.pk}/wall/")
    assert axe(wall) == []
    shot(wall, "wall-lv")
    assert wall.evaluate("document.documentElement.scrollHeight") <= 1080
    assert overflow(wall) == 0
    told = wall.locator("main").inner_text()
    for words in ("rīkoties tūlīt", "kā vienojāmies", "simulēts"):
        assert words in told
    from pypdf import PdfReader

    wall.pdf(path=tmp_path / "board.pdf", prefer_css_page_size=True)
    paper = PdfReader(tmp_path / "board.pdf").pages
    assert len(paper) == 1
    assert [round(float(side) / 72 * 25.4) for side in paper[0].mediabox[2:]] == [420, 297]
    head = as_role("unit_head", language="lt", size=NARROW)
    for name, part in {"board": "", "fill": "fill/", "history": "history/", "action": "actions/add/"}.items():
        head.goto(f"/groups/boards/{taxes.pk}/{part}")
        shot(head, f"board-{name}-lt-320")
        assert (axe(head), overflow(head), head.complaints) == ([], 0, []), name
    for name, address in {
        "ideas": "/groups/ideas/",
        "add": f"/groups/ideas/add/?unit={taxes.pk}",
        "box": f"/groups/ideas/box/{taxes.pk}/",
        "boards": "/groups/boards/",
    }.items():
        head.goto(address)
        shot(head, f"ideas-{name}-lt-320")
        assert (axe(head), overflow(head), head.complaints) == ([], 0, []), name
    head.goto(f"/groups/boards/{taxes.pk}/fill/")
    head.focus("[name=time_text]")
    head.keyboard.press("ControlOrMeta+A")
    head.keyboard.type("35 iš 35 laiku")
    head.keyboard.press("Enter")
    head.wait_for_selector(".board-columns")
    assert "35 iš 35 laiku" in head.locator(".light-green").first.inner_text()
    wall.reload()
    assert "35 iš 35 laiku" in wall.locator("main").inner_text()

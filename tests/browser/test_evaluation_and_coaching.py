"""A reaction from a phone, the ladder it leads to; a coaching booked, its topic sent, then cancelled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.browser.conftest import NARROW

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.places.models import Institution
from straume.web.programme.actions import coaching, reactions
from straume.web.programme.models import (
    Activity,
    CoachingAgreement,
    CoachingEntitlement,
    CoachingSession,
    Project,
    ReactionSheet,
    WorkPackage,
)


@pytest.fixture
def held(demo_places) -> Activity:
    package = WorkPackage.objects.create(
        project=Project.objects.get(),
        number="T2",
        title_lv="Apmācības",
        title_lt="Mokymai",
        title_en="Training",
    )
    day = timezone.localdate() - timedelta(days=1)
    return Activity.objects.create(
        work_package=package,
        kind="training",
        status="held",
        title_lv="Zudumi un to cēloņi",
        title_lt="Švaistymas ir jo priežastys",
        title_en="Waste and its causes",
        place="Rēzekne",
        from_on=day,
        until_on=day,
    )


def test_a_phone_says_how_it_was_and_the_ladder_tells_when_the_form_is_closed(
    held, as_role, open_page, axe, overflow
) -> None:
    wall = as_role("coordinator", language="lv")
    with_slips = Activity.objects.create(
        work_package=held.work_package,
        kind="training",
        title="5S",
        place="Līvāni",
        from_on=held.from_on,
        until_on=held.until_on,
    )
    reactions.open_round(activity=with_slips, way="slip", slips=6, now=timezone.now())
    wall.goto(f"/programme/activities/{with_slips.pk}/reaction/slips/")
    assert wall.locator(".slips svg").count() == 6
    assert wall.locator(".slips svg").first.bounding_box()["width"] > 90  # wide enough for a camera
    assert (axe(wall), overflow(wall)) == ([], 0)

    wall.goto(f"/programme/activities/{held.pk}/reaction/open/")
    wall.get_by_role("button", name="Atvērt aptauju").click()
    address = wall.locator(".room-address").inner_text()
    assert "Pagaidām 0 atbilžu" in wall.content()
    assert axe(wall) == []

    phone = open_page(language="lt", size=NARROW)
    phone.goto(address)
    assert phone.get_by_role("heading", level=1).inner_text() == "Kaip jums patiko?"
    assert (axe(phone), overflow(phone)) == ([], 0)
    phone.get_by_role("button", name="Siųsti").click()
    assert "Atsakykite bent į vieną klausimą." in phone.content()
    phone.get_by_role("group", name="Tai, ką išgirdau, naudinga mano darbe.").get_by_label(
        "visiškai sutinku"
    ).check()
    phone.get_by_label("Ką palikti, ką keisti?").fill("Daugiau laiko praktikai")
    phone.get_by_role("button", name="Siųsti").click()
    phone.wait_for_url("**/thanks/")
    assert (axe(phone), overflow(phone), phone.complaints) == ([], 0, [])
    assert "Ačiū" in phone.content()
    assert {cookie["name"] for cookie in phone.context.cookies()} <= {"csrftoken", "language"}

    opened = held.reaction
    for number, step in enumerate((5, 4, 4, 2)):
        reactions.take_answer(token=opened.token, what=f"other {number}", answers={"useful": step}, words="")
    wall.get_by_text("Pagaidām 5 atbildes").wait_for(timeout=15_000)  # the wall asks every five seconds
    wall.get_by_role("link", name="Slēgt aptauju").click()
    wall.get_by_role("button", name="Slēgt aptauju").click()
    shown = wall.locator("main").inner_text().replace("\xa0", " ")
    assert "80 %" in shown
    assert "38–96 %" in shown
    assert "Daugiau laiko praktikai" in shown
    assert wall.locator("table.ladder svg").count() >= 1
    assert (axe(wall), wall.complaints) == ([], [])
    wall.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert overflow(wall) == 0
    assert ReactionSheet.objects.count() == 5


@pytest.fixture
def agreed(demo_places) -> CoachingAgreement:
    utena = Institution.objects.get(slug="utena")
    CoachingEntitlement.objects.create(project=Project.objects.get(), institution=utena, minutes=600)
    day = timezone.localdate()
    return CoachingAgreement.objects.create(
        institution=utena,
        coach=User.objects.get(email=email_of("coach")),
        client=User.objects.get(email=email_of("lithuanian_facilitator")),
        sponsor=User.objects.get(email=email_of("lithuanian_unit_head")),
        shares="nothing",
        client_agreed_on=day,
        coach_agreed_on=day,
        sponsor_agreed_on=day,
    )


def test_a_client_books_a_coaching_sends_the_topic_and_cancels(agreed, as_role, axe, overflow) -> None:
    begins = (timezone.localtime() + timedelta(days=9)).replace(hour=9, minute=30, second=0, microsecond=0)
    coaching.open_slot(coach=agreed.coach, starts_at=begins)
    page = as_role("lithuanian_facilitator", language="lt", size=NARROW)
    page.goto("/programme/coaching/")
    assert (axe(page), overflow(page)) == ([], 0)
    page.get_by_role("link", name="Užsakyti sau").click()
    page.get_by_label("Patalpa").fill("Utenio a. 4, 210")
    assert (axe(page), overflow(page)) == ([], 0)
    page.get_by_role("button", name="Užsakyti").click()
    page.get_by_role("link", name="Siųsti temą").click()
    page.get_by_label("Tema").fill("Kaip vesti „asaichi“")
    page.get_by_role("button", name="Siųsti").click()
    assert "Kaip vesti „asaichi“" in page.content()
    assert (axe(page), overflow(page), page.complaints) == ([], 0, [])
    assert CoachingEntitlement.objects.get().booked_minutes == 90

    coach = as_role("coach", language="lv")
    coach.goto(CoachingSession.objects.get().get_absolute_url())
    assert "Vytautas Stankevičius" in coach.content()
    assert (axe(coach), overflow(coach)) == ([], 0)

    page.get_by_role("link", name="Atšaukti sesiją").click()
    assert "Valandos grįžta savivaldybei" in page.content()
    page.get_by_role("button", name="Atšaukti sesiją").click()
    assert "Sesija atšaukta." in page.content()
    assert CoachingEntitlement.objects.get().booked_minutes == 0
    assert not CoachingSession.objects.exists()

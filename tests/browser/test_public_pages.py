"""The public pages in a browser: no axe violation, nothing wider than a phone, a place asked for."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from straume.web.programme.models import Activity, PlaceRule, Registration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW, WIDE = (320, 800), (1280, 900)
PATHS = (
    "/open/", "/open/lli-59/", "/open/lli-59/calendar/", "/open/lli-59/results/", "/learn/asaichi/",
    "/learn/value_stream/template/", "/accessibility/", "/privacy/", "/verify/",
)  # fmt: skip
LOOKS = [("lv", WIDE, True), ("lt", NARROW, False)]


@pytest.fixture
def published(demo_places) -> Activity:
    """The demo's project as everybody sees it, with an activity that takes sign-ups."""
    from datetime import date

    from straume.web.demo import activities, public

    activities.seed(date(2026, 11, 23))
    coming = Activity.objects.filter(status="announced").order_by("-from_on").first()
    assert coming is not None
    PlaceRule.objects.update_or_create(activity=coming, defaults={"takes_public": True, "closes_at": None})
    public.seed(date(2026, 11, 23))
    return coming


@pytest.mark.every_page
def test_every_public_page_can_be_read_by_everybody(published, open_page, axe, overflow) -> None:
    paths = (
        *PATHS,
        f"/open/lli-59/activities/{published.pk}/",
        f"/open/lli-59/activities/{published.pk}/sign-up/",
    )
    wrong = []
    for language, size, dark in LOOKS:
        page = open_page(language=language, size=size, dark=dark)
        for path in paths:
            answer = page.goto(path)
            if answer is None or answer.status != 200:
                wrong.append((language, path, "did not open"))
            wrong += [(language, path, line) for line in axe(page)]
            if overflow(page) > 0:
                wrong.append((language, path, f"{overflow(page)} px too wide"))
        wrong += [(language, "console", line) for line in page.complaints]
    assert wrong == []


@pytest.mark.parametrize("language", ["lv", "lt", "en"])
def test_a_citizen_signs_up_on_a_phone(published, open_page, axe, language) -> None:
    page = open_page(language=language, size=NARROW)
    page.goto(f"/open/lli-59/activities/{published.pk}/")
    page.locator("main a.button").first.click()
    page.locator("main form button").click()  # with nothing written: told beside the fields
    assert page.locator(".error").count() >= 2
    page.fill("#id_name", "Rūta Rūtele")
    page.fill("#id_email", "ruta@example.org")
    page.locator("main form button").click()
    page.wait_for_selector("main .lead")
    assert axe(page) == []
    link = re.search(r"http://\S+/open/sign-up/\S+", str(mail.outbox[-1].body))
    assert link
    page.goto(link[0])
    assert axe(page) == []
    page.locator("main form button").click()
    page.wait_for_selector("main .lead")
    assert (
        Registration.objects.filter(activity=published, way="public", person__language=language).count() == 1
    )

"""At the door: two phones, no connection, the same person, a reload; nothing is lost, nothing double."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.places.models import Institution
from straume.web.programme import tickets
from straume.web.programme.models import Activity, Attendance, Registration, WalkIn
from web.programme.attending import registered, training

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Anna Āboliņa", "Biruta Bērziņa", "Česlovs Ķirsis", "Daina Šteina", "Elīna Žagare")
TITLE = {"lv": "Reģistrēšana pie ieejas", "lt": "Registracija prie įėjimo", "en": "Check-in"}
COUNT = {"lv": "Klāt: {} no 5", "lt": "Atvyko: {} iš 5", "en": "Here: {} of 5"}
OTHER_ACTIVITY = {"lv": "citam pasākumam", "lt": "kitai veiklai", "en": "another activity"}


@pytest.fixture
def activity(demo_places) -> Activity:
    today = timezone.localdate()
    made = training(title="Lean apmācība")
    Activity.objects.filter(pk=made.pk).update(from_on=today, until_on=today + timedelta(days=1))
    livani = Institution.objects.get(slug="livani")
    for number, name in enumerate(NAMES):
        person = User.objects.create_user(f"guest{number}@example.org", name=name, language="lv")
        registered(made, person, livani)
    made.refresh_from_db()
    return made


def clip_of(text: str, path: Path) -> Path:
    """A film of a QR code, as a camera would see it: four grey pictures of 640 × 480."""
    wide, high = 640, 480
    code = [list(row) for row in segno.make(text, error="m").matrix_iter(scale=8, border=4)]
    grey = bytearray(b"\xeb" * (wide * high))
    top, left = (high - len(code)) // 2, (wide - len(code[0])) // 2
    for down, row in enumerate(code):
        for across, dark in enumerate(row):
            grey[(top + down) * wide + left + across] = 16 if dark else 235
    picture = b"FRAME\n" + bytes(grey) + b"\x80" * (wide * high // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + picture * 4)
    return path


def at_the_door(page: Page, activity: Activity) -> Page:
    page.goto(reverse("programme:check_in", args=[activity.pk]))
    expect(page.locator("[data-people] li")).to_have_count(len(NAMES))
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "sent")
    return page


def cut_off(page: Page) -> None:
    page.context.route("**/sent/", lambda route: route.abort())
    page.context.set_offline(True)


def connect(page: Page) -> None:
    page.context.unroute_all()
    page.context.set_offline(False)


def tick(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).click()


def unsent(page: Page, number: int) -> None:
    expect(page.locator("[data-saved]")).to_have_attribute("data-unsent", str(number))


def test_two_phones_offline_write_each_person_once_and_lose_nobody(activity, as_role, axe, overflow):
    first = at_the_door(as_role("coordinator", language="lv", size=NARROW), activity)
    second = at_the_door(as_role("coordinator", language="lv"), activity)
    assert axe(first) == []
    assert overflow(first) <= 0
    written_without_a_connection(first, activity, "lv")
    expect(second.locator("[data-kept=yes]")).to_be_attached()
    cut_off(second)
    tick(second, NAMES[0])  # the same person at the other door
    tick(second, NAMES[3])
    unsent(second, 2)
    for phone in (first, second):
        sent_when_it_is_back(phone)
    # taken up again, a phone asks at once what the other one wrote
    first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    for phone in (first, second):
        expect(phone.locator("[data-count]")).to_contain_text(COUNT["lv"].format(4))
    came = Attendance.objects.values_list("registration__person__name", flat=True)
    assert sorted(came) == sorted(NAMES[:4])
    assert list(WalkIn.objects.values_list("name", flat=True)) == ["Zane Kalna"]
    expect(first.locator("[data-refused]")).to_be_hidden()
    assert axe(first) == []


def test_the_door_works_offline_in_lithuanian_and_in_english(activity, as_role, overflow):
    for language in ("lt", "en"):
        phone = at_the_door(as_role("coordinator", language=language, size=NARROW), activity)
        written_without_a_connection(phone, activity, language)
        sent_when_it_is_back(phone)
        expect(phone.locator("[data-count]")).to_contain_text(COUNT[language].format(3))
        came = Attendance.objects.values_list("registration__person__name", flat=True)
        assert sorted(came) == sorted(NAMES[:3])
        assert list(WalkIn.objects.values_list("name", flat=True)) == ["Zane Kalna"]
        assert overflow(phone) <= 0
        Attendance.objects.all().delete()
        WalkIn.objects.all().delete()


def written_without_a_connection(phone: Page, activity: Activity, language: str) -> None:
    """Three people and one without a registration; the phone is put down and taken up in between."""
    expect(phone.locator("h1")).to_have_text(TITLE[language])
    expect(phone.locator("[data-kept=yes]")).to_be_attached()
    cut_off(phone)
    tick(phone, NAMES[0])
    expect(phone.locator("[data-said]")).to_contain_text("Anna Āboliņa")
    place = Registration.objects.get(activity=activity, person__name=NAMES[1])
    code = phone.locator("#check-in-code")
    code.fill(tickets.spoken(tickets.short_code(place)).lower())
    code.press("Enter")
    expect(phone.locator("[data-said]")).to_contain_text("Biruta Bērziņa")
    code.fill(f"STRAUME:T:{activity.pk + 1}:1:AAAAAAAA")
    code.press("Enter")
    expect(phone.locator("[data-said]")).to_contain_text(OTHER_ACTIVITY[language])
    phone.locator("#walk-in-name").fill("Zane Kalna")
    phone.locator("#walk-in-name").press("Enter")
    unsent(phone, 3)
    assert Attendance.objects.count() == WalkIn.objects.count() == 0
    phone.reload()
    unsent(phone, 3)
    expect(phone.locator("[data-count]")).to_contain_text(COUNT[language].format(2))
    tick(phone, NAMES[2])
    unsent(phone, 4)


def sent_when_it_is_back(phone: Page) -> None:
    connect(phone)
    expect(phone.locator("[data-saved]")).to_have_attribute("data-state", "sent", timeout=15_000)
    unsent(phone, 0)


def test_a_camera_reads_the_ticket(activity, browser, live_server, tmp_path):
    place = Registration.objects.filter(activity=activity).select_related("person").first()
    clip = clip_of(tickets.ticket_text(place), tmp_path / "ticket.y4m")
    options = ["--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream"]
    options += ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={clip}"]
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with_camera = browser.browser_type.launch(executable_path=path, args=options)
    try:
        context = with_camera.new_context(base_url=live_server.url, viewport={"width": 320, "height": 800})
        client = Client()
        client.force_login(User.objects.get(email=email_of("coordinator")))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        page = at_the_door(context.new_page(), activity)
        page.locator("[data-camera]").click()
        expect(page.locator("[data-said]")).to_contain_text(place.person.name, timeout=20_000)
        expect(page.locator("[data-saved]")).to_have_attribute("data-state", "sent", timeout=15_000)
    finally:
        with_camera.close()
    came = Attendance.objects.get()
    assert (came.registration, came.how) == (place, "qr")

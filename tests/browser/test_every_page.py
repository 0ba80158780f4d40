"""Every page of the house on a phone, light and dark: no axe violation, nothing too wide, nothing refused.

The addresses are those that strangers are kept out of (tests/web/walking.py), seen by one who may do all, and
what needs more than the things of that walk is seen in the demo. An address that neither reaches is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from uuid import uuid4

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone
from playwright.sync_api import Page
from tests.browser.conftest import NARROW

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.needs.models import Need, Questionnaire
from straume.web.places.models import Institution, Membership, Role
from straume.web.programme import tokens
from straume.web.programme.models import Choice, Project, Registration, Session, WalkIn
from straume.web.studies.models import CaseLog, Scenario, ScenarioSearch
from web import walking
from web.conftest import alice, bob, lead_body, livani, member, taxes  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.browser, pytest.mark.every_page, pytest.mark.django_db(transaction=True)]
AT_MOST, IN_DEMO_AT_MOST = 250, 5000  # addresses of one name that are tried
# pages for which the walk of strangers has no things: role in the demo → names
IN_THE_DEMO = {
    "coordinator": {
        "programme:add_host", "programme:change_host", "programme:add_stop", "programme:change_stop",
        "programme:indicator", "programme:change_indicator", "programme:cycle_certificates",
        "programme:certificate_again", "programme:certificate_revoke", "programme:use_answer",
        "groups:adopt", "services:change_part",
        "public:publicity", "public:change_publicity", "public:add_story", "public:change_story",
        "public:project", "public:calendar", "public:activity", "public:results", "public:sign_up",
    },
    "coach": {
        "studies:log_scenarios", "studies:log_scenarios_pool", "studies:log_searches",
        "programme:coaching_log", "programme:open_coaching_slot", "programme:withdraw_coaching_slot",
    },
    "facilitator": {"studies:touch"},
}  # fmt: skip
LED_TO = {  # made below
    "programme:attendance_correct", "programme:walk_in", "programme:choice_weight", "programme:offer",
    "studies:log_scenario", "studies:log_search", "needs:remove_question",
}  # fmt: skip
# seen in the tests of their own subject, but for scenarios beside each other
WITH_A_CODE = {
    "needs:change_question", "needs:group_needs", "services:add_offer",
    "studies:follow", "studies:followed", "studies:log_scenarios_beside", "public:confirm", "public:verified",
}  # fmt: skip
FILES = {
    "programme:certificate_file", "programme:scan", "programme:sheet", "programme:logo", "public:logo",
    "public:calendar_file", "public:activity_file", "public:badge_achievement", "public:badge_issuer",
    "public:badge_did", "public:badge_status",
}  # fmt: skip


@pytest.fixture
def of_all_trades(request) -> User:
    """Alice, who has every role in Līvāni and runs the programme too."""
    people = {name: request.getfixturevalue(name) for name in ("livani", "taxes", "alice", "bob")}
    walking.make_things(**people)
    roles = [(people["livani"], role) for role in (Role.ADMINISTRATOR, Role.COORDINATOR, Role.LEADER)]
    for place, role in [*roles, (request.getfixturevalue("lead_body"), Role.COORDINATOR)]:
        Membership.objects.create(person=people["alice"], institution=place, role=role, from_on="2017-05-01")
    return people["alice"]


@pytest.mark.parametrize("app", ["", *walking.APPS])
def test_it_is_whole(app, of_all_trades, open_page, axe, overflow) -> None:
    names = [name for name, _route in walking.walk() if name.rpartition(":")[0] == app and name != "None"]
    found = dict(pages_of(names, of_all_trades))
    page = open_page(person=of_all_trades, language="lt", size=NARROW)
    assert faults_of(page, found, axe, overflow) == []
    assert sum(bool(address) for address in found.values()) >= 5  # else the walk went astray


@pytest.mark.parametrize("app", walking.APPS)
def test_no_page_is_left_out(app, of_all_trades) -> None:
    """Whatever the walk above meets neither as a page nor as a file is on one of the lists above."""
    names = [name for name, _route in walking.walk() if name.rpartition(":")[0] == app]
    unmet = {name for name, address in pages_of(names, of_all_trades) if not address}
    assert unmet - LED_TO - WITH_A_CODE - FILES - set().union(*IN_THE_DEMO.values()) == set()


def test_what_only_the_demo_has_is_whole_too(transactional_db, open_page, axe, overflow) -> None:
    from straume.web.demo import seed

    walking.numbers_of.cache_clear()
    seed.seed_all(today=date(2026, 11, 23))
    for role, names in IN_THE_DEMO.items():
        person = User.objects.get(email=email_of(role))
        found = dict(pages_of(names, person, at_most=IN_DEMO_AT_MOST))
        page = open_page(person=person, language="lt", size=NARROW)
        assert faults_of(page, found, axe, overflow) == []
        assert {name for name in names if not found.get(name)} == set()
        assert faults_of(page, led_to(role, found), axe, overflow) == []
    page = open_page(language="lt", size=NARROW)
    page.goto("/sign-in/")
    page.locator("[name=email]").fill(email_of("employee"))
    page.locator("main form button").first.click()
    assert page.url.endswith("/sign-in/code/")
    assert faults_at(page, page.url, axe, overflow) == []


def led_to(role: str, seen: dict[str, str]) -> dict[str, str]:
    """Pages to which something leads that the demo has not: somebody who walked in, an offer, …"""
    now, found = timezone.now(), {}
    if role == "coordinator":
        session = Session.objects.filter(activity__registrations__isnull=False, attendances=None).first()
        registration = session.activity.registrations.first()
        noted = WalkIn.objects.create(session=session, name="Zane Kalna", key=uuid4(), came_at=now)
        choice = Choice.objects.create(project=Project.objects.first(), name="2", made_at=now)
        weight = choice.weights.create(need=Need.objects.first(), weight=3)
        offered = Registration.objects.filter(status="waiting").first()
        offered.status, offered.offer_ends_at = "offered", now + timedelta(days=1)
        offered.save()
        draft = Questionnaire.objects.create(
            owner=Institution.objects.get(slug="latgale"), title="2", made_at=now
        )
        item = {"name": "where", "type": "text", "label": {"lv": "Kur?", "lt": "Kur?", "en": "Where?"}}
        draft.versions.create(number=1, items=[item], made_at=now)
        correct = reverse("programme:attendance_correct", args=[session.activity_id])
        found = {
            "attendance_correct": f"{correct}?session={session.pk}&registration={registration.pk}",
            "remove_question": reverse("needs:remove_question", args=[draft.pk, "where"]),
            "walk_in": reverse("programme:walk_in", args=[session.activity_id, noted.pk]),
            "choice_weight": reverse("programme:choice_weight", args=[choice.pk, weight.need_id]),
            "offer": reverse("programme:offer", args=[tokens.offer_token(offered)]),
        }
    if role == "coach":
        study = resolve(seen["studies:log_scenarios"]).kwargs["pk"]
        log = CaseLog.objects.filter(study=study).first()
        ground = {"study": log.study, "log": log}
        found["log_scenario"] = Scenario.objects.create(name="Be", made_at=now, **ground).get_absolute_url()
        search = ScenarioSearch.objects.create(kind="staff", status="cancelled", asked_at=now, **ground)
        found["log_search"] = reverse("studies:log_search", args=[study, search.pk])
    return found


def pages_of(
    names: list[str] | set[str], person: User, *, at_most: int = AT_MOST
) -> Iterator[tuple[str, str]]:
    """(name, address) of each page; no address where nothing was met. Nothing of files, pieces and POST."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    for name, route in walking.walk():
        if name in names:
            answers = ((one, client.get(one)) for one in islice(walking.addresses(route, name), at_most))
            there = ((one, answer) for one, answer in answers if answer.status_code not in (403, 404))
            address, answer = next(there, ("", None))
            while answer is not None and not is_page(answer):
                address, answer = next(there, (None, None))
            if address is not None:
                yield name, address


def is_page(answer: HttpResponseBase) -> bool:
    if answer.streaming or answer.status_code != 200:
        return False
    return answer.content.lstrip()[:15].lower() == b"<!doctype html>"


def faults_of(page: Page, found: dict[str, str], axe, overflow) -> list[tuple[str, object]]:
    return [
        (name, fault)
        for name, address in found.items()
        if address
        for fault in faults_at(page, address, axe, overflow)
    ]


def faults_at(page: Page, address: str, axe, overflow) -> list[object]:
    page.complaints.clear()  # type: ignore[attr-defined]
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    faults: list[object] = [] if answer and answer.status == 200 else [answer and answer.status]
    faults += axe(page)
    if (wider := overflow(page)) > 0:
        faults.append(f"wider than the window by {wider} px")
    page.emulate_media(color_scheme="dark")
    return faults + [f"dark: {fault}" for fault in axe(page)] + page.complaints  # type: ignore[attr-defined]

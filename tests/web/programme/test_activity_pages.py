"""Everybody with a role finds activities and reads what they need to come."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from straume.web.places.models import Role
from straume.web.places.registry import Action, Cell, Section
from straume.web.programme import month
from straume.web.programme.registry import activity_actions, activity_sections, cycle_sections

pytestmark = pytest.mark.django_db
LIST = "/programme/"


@pytest.fixture
def put_back():
    """Registries as they were: a test's section does not stay."""
    registries = (activity_actions, activity_sections, cycle_sections)
    kept = [dict(one._entries) for one in registries]
    yield
    for one, entries in zip(registries, kept, strict=True):
        one._entries = entries


def test_it_shows_what_is_coming_first_and_the_past_when_asked(make_activity, bob, as_person) -> None:
    make_activity(title_en="Soon")
    make_activity(title_en="Long ago", in_days=-30)
    client = as_person(bob)
    assert "Soon" in (page := client.get(LIST).content.decode()) and "Long ago" not in page
    assert "Long ago" in (page := client.get(LIST, {"when": "past"}).content.decode()) and "Soon" not in page
    assert "2 activities" in client.get(LIST, {"when": "all"}).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "zudumi"}, {"Waste"}),
        ({"q": "VISIT"}, {"To Utena"}),
        ({"kind": "visit_abroad"}, {"To Utena"}),
        ({"country": "lt"}, {"To Utena"}),
        ({"language": "lt"}, {"Waste"}),
        ({"status": "announced"}, {"To Utena"}),
        ({"q": "nothing like it"}, set()),
    ],
    ids=[
        "title in another language",
        "kind in words",
        "kind",
        "country of the host",
        "language",
        "state",
        "none",
    ],
)
def test_it_finds_by_words_and_choices(asked, found, make_activity, utena, bob, as_person) -> None:
    make_activity()
    make_activity(
        kind="visit_abroad", title_en="To Utena", title_lv="Uz Utenu", host=utena, country="",
        languages=["en"], status="announced", place="Utena",
    )  # fmt: skip
    page = as_person(bob).get(LIST, asked).content.decode()
    assert {title for title in ("Waste", "To Utena") if f">{title}</a>" in page} == found
    assert ("No activity is like that" in page) == (not found)


def test_an_empty_list_says_what_to_do(bob, coordinator, as_person) -> None:
    assert "The coordinators of the lead bodies plan them" in as_person(bob).get(LIST).content.decode()
    assert "Write down the first one" in as_person(coordinator).get(LIST).content.decode()


def test_the_list_comes_as_a_file_with_the_same_rows(make_activity, bob, as_person) -> None:
    make_activity(taken=7)
    make_activity(taken=3, in_days=8)
    client = as_person(bob)
    assert "Waste;training;Rēzekne" in client.get(LIST, {"format": "csv"}).content.decode()
    sheet = load_workbook(io.BytesIO(client.get(LIST, {"format": "xlsx"}).content)).active
    assert [cell.value for cell in sheet[2]][2:] == [
        "Waste", "training", "Rēzekne", "Latvian, Lithuanian", 20, 7, "planned",
    ]  # fmt: skip
    assert sheet[3][7].value == "fewer than five"
    page = client.get(LIST).content.decode()
    assert "13 of 20 free" in page and "at least 16 of 20 free" in page


def test_a_month_shows_each_day_of_an_activity(make_activity, bob, as_person) -> None:
    make_activity(on=date(2018, 5, 29), until_on=date(2018, 5, 30), title_en="Visit to Utena")
    client = as_person(bob)
    page = client.get("/programme/month/", {"month": "2018-05"}).content.decode()
    assert "May 2018" in page and page.count(">Visit to Utena</a>") == 2
    assert "month=2018-04" in page and "month=2018-06" in page
    assert "Nothing is held" in client.get("/programme/month/", {"month": "2018-07"}).content.decode()
    assert client.get("/programme/month/", {"month": "rubbish"}).status_code == 200


def test_weeks_begin_on_monday_and_hold_every_day_once() -> None:
    weeks = month.weeks_of(date(2018, 5, 1), [], date(2018, 5, 9))
    days = [day.on for week in weeks for day in week]
    assert days[0] == date(2018, 4, 30) and days == [days[0] + timedelta(days=n) for n in range(35)]
    assert [day.on for week in weeks for day in week if day.is_today] == [date(2018, 5, 9)]


def test_the_page_of_an_activity_says_what_one_needs_to_come(make_activity, bob, as_person) -> None:
    shown = make_activity(taken=20, interpretation="LV–LT, simultaneous")
    page = as_person(bob).get(shown.get_absolute_url()).content.decode()
    for words in (
        "Waste", "Rēzekne", "Latvia", "LV–LT, simultaneous", "all taken", "09:00", "201",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.FINANCE, True), (Role.LEADER, True), (Role.EMPLOYEE, False), (Role.FACILITATOR, False)],
    ids=["finance", "leader", "employee", "facilitator"],
)
def test_planned_cost_is_for_those_who_answer_for_money(
    role, sees, make_activity, project, livani, member, as_person
) -> None:
    shown = make_activity(planned_eur=Decimal("1234.50"))
    client = as_person(member("eve", livani, role))
    assert ("1,234.50" in client.get(shown.get_absolute_url()).content.decode()) == sees
    of_project = client.get(reverse("programme:project", args=[project.pk])).content.decode()
    assert ("Budget lines" in of_project) == sees
    assert "1,000.01" in of_project  # as the funder prints it


def test_sections_and_buttons_of_others_stand_on_the_pages(
    put_back, make_activity, cycle, bob, as_person
) -> None:
    shown = make_activity(cycle=cycle)
    section = Section(code="theirs", title="Their section", columns=["A"], rows=[[Cell("Their cell")]])
    activity_sections.register("theirs", lambda activity, person, today: section)
    activity_actions.register("theirs", lambda activity, person, today: [Action("Their button", "/theirs/")])
    cycle_sections.register("theirs", lambda cycle, person, today: section)
    client = as_person(bob)
    page = client.get(shown.get_absolute_url()).content.decode()
    assert "Their cell" in page and "Their button" in page
    assert "Their cell" in (page := client.get(cycle.get_absolute_url()).content.decode())
    assert "Waste" in page and "one certificate for the whole" in page


def test_a_project_leads_to_its_packages_and_cycles(project, package, cycle, coordinator, as_person) -> None:
    client = as_person(coordinator)
    assert project.code in client.get("/programme/projects/").content.decode()
    page = client.get(reverse("programme:project", args=[project.pk])).content.decode()
    assert cycle.get_absolute_url() in page and "agrees with the total as stated" in page
    package_page = reverse("programme:work_package", args=[package.pk])
    assert package_page in page and "Ten days of lean" in client.get(package_page).content.decode()

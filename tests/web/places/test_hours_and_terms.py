"""Working hours as people write them; a new term ends the one before."""

from __future__ import annotations

from datetime import date

import pytest

from straume.web.places.analysis import rules_of
from straume.web.places.models import Calendar, PoliticalTerm, Role

pytestmark = pytest.mark.django_db
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


@pytest.fixture
def client(member, livani, as_person):
    return as_person(member("anna", livani, Role.ADMINISTRATOR))


def post_hours(client, **days: str):
    form = dict.fromkeys(WEEK, "8:00–17:00") | days
    return client.post("/institutions/livani/hours/", form)


def test_without_a_word_the_country_works_from_8_to_17(livani) -> None:
    rules = rules_of(livani)
    assert rules["weekly"]["monday"] == [["08:00", "17:00"]]
    assert (rules["country"], rules["timezone"]) == ("LV", "Europe/Riga")


@pytest.mark.parametrize(
    ("lang", "days"),
    [("en", "Monday – Friday"), ("lv", "Pirmdiena – piektdiena"), ("lt", "Pirmadienis – penktadienis")],
)
def test_the_page_says_the_hours_in_its_language(client, livani, lang, days) -> None:
    page = client.get("/institutions/livani/", headers={"Accept-Language": lang}).content.decode()
    assert days in page and "08:00–17:00" in page


def test_hours_with_a_lunch_break_and_a_closure_are_kept(client, livani) -> None:
    response = post_hours(
        client, monday="8:00-12:00, 13.00–18.00", friday="", closures="2026-12-24 2026-12-31\n2027-01-04"
    )
    assert response.headers["Location"] == "/institutions/livani/"
    rules = Calendar.objects.get().rules
    assert rules["weekly"]["monday"] == [["08:00", "12:00"], ["13:00", "18:00"]]
    assert "friday" not in rules["weekly"]
    assert rules["closures"] == [
        {"from": "2026-12-24", "to": "2026-12-31"},
        {"from": "2027-01-04", "to": "2027-01-04"},
    ]
    livani.refresh_from_db()
    assert rules_of(livani) == rules


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"monday": "morning"}, "Write the hours as 8:00–17:00"),
        ({"monday": "25:00–26:00"}, "Write the hours as 8:00–17:00"),
        ({"monday": "24:30–24:40"}, "Write the hours as 8:00–17:00"),
        ({"monday": "17:00–8:00"}, "overlap or run backwards"),
        ({"monday": "8:00–12:00, 11:00–17:00"}, "overlap or run backwards"),
        (dict.fromkeys(WEEK, ""), "At least one day needs hours"),
        ({"closures": "Christmas"}, "is not two days"),
        ({"closures": "2026-12-31 2026-12-24"}, "the last day lies first"),
    ],
)
def test_hours_that_cannot_be_are_refused_with_words(client, days, words) -> None:
    response = post_hours(client, **days)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Calendar.objects.exists()


def test_a_new_coalition_ends_the_term_before(client, livani) -> None:
    first = PoliticalTerm.objects.create(
        institution=livani, kind="council", election_on=date(2017, 6, 3), from_on=date(2017, 6, 3)
    )
    client.post("/institutions/livani/terms/add/", {"began_with": "coalition", "from_on": "2018-03-01"})
    first.refresh_from_db()
    assert first.until_on == date(2018, 2, 28)
    second = livani.terms.last()
    assert (second.began_with, second.from_on, second.until_on) == ("coalition", date(2018, 3, 1), None)
    assert "new coalition March 1, 2018" in client.get("/institutions/livani/").content.decode()


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"began_with": "election", "from_on": "2021-07-01"}, "Give the day of the election."),
        (
            {
                "began_with": "election",
                "from_on": "2021-07-01",
                "election_on": "2021-06-05",
                "runoff_on": "2021-06-05",
            },
            "The run-off comes after",
        ),
        ({"began_with": "coalition", "from_on": "2017-01-01"}, "A later term is written down already."),
    ],
)
def test_a_term_that_cannot_be_is_refused_with_words(client, livani, form, words) -> None:
    PoliticalTerm.objects.create(
        institution=livani, kind="council", election_on=date(2017, 6, 3), from_on=date(2017, 6, 3)
    )
    response = client.post("/institutions/livani/terms/add/", form)
    assert words in response.content.decode()
    assert PoliticalTerm.objects.count() == 1


@pytest.mark.parametrize("address", ["hours", "terms/add", "units/add"])
def test_an_employee_may_not_change_them(bob, as_person, address) -> None:
    assert as_person(bob).post(f"/institutions/livani/{address}/", {}).status_code == 403

"""What everybody may read: only what was published, in three languages, for people and for machines."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from icalendar import Calendar

from straume.web.programme.models import Activity, Registration
from straume.web.public import actions
from web.public.conftest import NOW, PIXEL

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(project, activity, coordinator):
    actions.publish_project(project=project, by=coordinator, now=NOW)
    actions.publish_activities(project=project, chosen={activity.pk}, by=coordinator, now=NOW)
    return activity


@pytest.mark.parametrize("code", ["lv", "lt", "en"])
@pytest.mark.parametrize("path", ["", "calendar/", "results/", "activities/{pk}/"])
def test_each_page_shows_who_pays_in_its_language(published, path, code) -> None:
    page = Client(headers={"Accept-Language": code}).get(f"/open/lli-59/{path.format(pk=published.pk)}")
    words = page.content.decode()
    assert f"Paid by the EU ({code})" in words and f"Ours, not the EU’s ({code})" in words
    assert "https://example.org/programme" in words and "https://europa.eu/" in words
    assert 'src="/emblem.svg"' in words and "/open/lli-59/logos/" in words


def test_what_is_not_published_is_not_there(project, activity, coordinator, client) -> None:
    addresses = ("", "calendar/", "calendar.ics", "results/", f"activities/{activity.pk}/")
    assert [client.get(f"/open/lli-59/{path}").status_code for path in addresses] == [404] * 5
    logo = f"/open/lli-59/logos/{project.logos.get().pk}/"
    assert client.get(logo).status_code == 404
    actions.publish_project(project=project, by=coordinator, now=NOW)
    assert client.get(f"/open/lli-59/activities/{activity.pk}/").status_code == 404
    assert client.get("/open/lli-59/calendar/").status_code == 200
    assert b"".join(client.get(logo).streaming_content) == PIXEL


def test_an_activity_that_is_only_planned_never_stands_there(published, coordinator, client) -> None:
    Activity.objects.update(status="planned")
    assert client.get(f"/open/lli-59/activities/{published.pk}/").status_code == 404


def test_machines_read_the_activity_as_an_event(published, client) -> None:
    page = client.get(f"/open/lli-59/activities/{published.pk}/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block
    event = json.loads(block[1])[0]
    assert event["@type"] == "Event" and event["startDate"] == "2019-03-28"
    assert event["name"] == "Final </script> conference"  # and it did not end the block
    assert event["location"]["name"] == "Līvāni"
    assert event["subEvent"][0]["startDate"].startswith("2019-03-28T")


def test_a_calendar_takes_the_session_with_its_time(published, client) -> None:
    answer = client.get("/open/lli-59/calendar.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Final </script> conference"]
    assert events[0].decoded("dtstart") == datetime(2019, 3, 28, 8, tzinfo=UTC)
    assert str(events[0]["location"]) == "Hall, Līvāni"
    published.status = "cancelled"
    published.save()
    events = Calendar.from_ical(client.get("/open/lli-59/calendar.ics").content).walk("VEVENT")
    assert events[0]["status"] == "CANCELLED"


def test_reading_leaves_no_cookie(published) -> None:
    visitor = Client()
    for path in ("", "calendar/", "results/", f"activities/{published.pk}/"):
        visitor.get(f"/open/lli-59/{path}")
    for address in ("/accessibility/", "/privacy/", "/open/", "/emblem.svg"):
        assert visitor.get(address).status_code == 200
    assert set(visitor.cookies) <= {"csrftoken"}


def test_the_statement_names_whom_to_ask(published, client) -> None:
    assert "office@example.org" in client.get("/accessibility/").content.decode()


@pytest.mark.parametrize("path", ["", "results/"])
def test_figures_of_made_up_people_say_so_where_they_stand(published, livani, alice, client, path) -> None:
    Activity.objects.update(status="held", from_on=date(2018, 3, 28), until_on=date(2018, 3, 28))
    address, words = f"/open/lli-59/{path}", "Simulated, not real data"
    page = client.get(address).content.decode()
    assert "1 activity was held." in page and words not in page
    taking = {"activity": published, "person": alice, "institution": livani, "made_at": NOW}
    Registration.objects.create(way="delegated", status="confirmed", is_simulated=True, **taking)
    assert words in client.get(address).content.decode()

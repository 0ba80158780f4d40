"""A place at a public activity: nothing is kept for long, nobody is signed up by somebody else."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from straume.web.accounts.models import User
from straume.web.places.models import UnsentLetter
from straume.web.programme.models import PlaceRule, Registration
from straume.web.public import actions, sign_up
from straume.web.public.models import SignUpRequest
from web.public.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(project, activity, coordinator, monkeypatch) -> str:
    """The form of an activity that takes people on the public page."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    PlaceRule.objects.create(activity=activity, takes_public=True)
    actions.publish_project(project=project, by=coordinator, now=NOW)
    actions.publish_activities(project=project, chosen={activity.pk}, by=coordinator, now=NOW)
    return f"/open/lli-59/activities/{activity.pk}/sign-up/"


def said(**more: str) -> dict[str, str]:
    return {
        "name": "Rūta Rūtele", "email": "Ruta@example.org", "language": "lt", "post": "", "diet": "no milk",
        "access": "", "key": str(uuid.uuid4()), **more,
    }  # fmt: skip


def link() -> str:
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_citizen_asks_confirms_and_has_a_place(
    address, activity, django_capture_on_commit_callbacks
) -> None:
    visitor = Client()
    with django_capture_on_commit_callbacks(execute=True):
        assert visitor.post(address, said()).status_code == 200
    assert "Patvirtinkite" in mail.outbox[-1].subject and mail.outbox[-1].to == ["ruta@example.org"]
    assert not Registration.objects.exists() and not User.objects.filter(email="ruta@example.org").exists()
    assert visitor.get(link()).status_code == 200
    assert not Registration.objects.exists()  # a mail program that opens links registers nobody
    assert visitor.post(link()).status_code == 200
    registration = Registration.objects.get()
    assert (registration.status, registration.way, registration.diet) == ("confirmed", "public", "no milk")
    assert registration.person.language == "lt" and registration.person.name == "Rūta Rūtele"
    assert not SignUpRequest.objects.exists()
    assert visitor.post(link()).status_code == 404
    activity.refresh_from_db()
    assert activity.taken == 1


def test_a_mail_server_that_is_away_leaves_all_as_it_was(address, monkeypatch) -> None:
    Client().post(address, said(diet="no milk"))

    def away(self: object, messages: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    answer = Client().post(address, said())
    assert answer.status_code == 503
    page = answer.content.decode()
    # what was written stands there still, and the link that was sent before holds
    assert "The letter could not be sent" in page and "Rūta Rūtele" in page
    assert SignUpRequest.objects.get().diet == "no milk"
    assert Client().get(link()).status_code == 200
    assert not UnsentLetter.objects.exists()


def test_the_link_itself_is_not_in_the_database(address, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(address, said())
    token = link().strip("/").split("/")[-1]
    kept = SignUpRequest.objects.values().get()
    assert token not in str(kept) and kept["token_hash"] == sign_up.hashed(token)


def test_asking_twice_keeps_the_last_wish_alone(address, django_capture_on_commit_callbacks) -> None:
    for diet in ("no milk", "no fish"):
        with django_capture_on_commit_callbacks(execute=True):
            Client().post(address, said(diet=diet))
    assert [one.diet for one in SignUpRequest.objects.all()] == ["no fish"]


def test_what_nobody_confirmed_is_erased(address) -> None:
    Client().post(address, said())
    assert sign_up.erase_ended(NOW + timedelta(hours=47)) == 0
    assert sign_up.erase_ended(NOW + timedelta(hours=48)) == 1


def test_a_mistake_is_told_beside_the_field_and_nothing_is_kept(address) -> None:
    page = Client().post(address, said(email="ruta", name="")).content.decode()
    assert "Write your name." in page and "name@example.org" in page
    assert not SignUpRequest.objects.exists()


def test_an_activity_that_takes_nobody_here_says_so(address, activity) -> None:
    PlaceRule.objects.update(takes_public=False)
    page = Client().get(address).content.decode()
    assert "does not take people in this way" in page and "<form class" not in page.split("<main")[1]


def test_full_means_the_waiting_list(address, activity, django_capture_on_commit_callbacks) -> None:
    activity.places = 0
    activity.save()
    with django_capture_on_commit_callbacks(execute=True):
        Client().post(address, said())
    assert "You are on the waiting list" in Client().post(link()).content.decode()
    assert Registration.objects.get().status == "waiting"


def test_too_many_requests_from_one_address_have_to_wait(address) -> None:
    visitor = Client()
    answers = [visitor.post(address, said(email=f"p{n}@example.org")).status_code for n in range(12)]
    assert answers[:10] == [200] * 10 and answers[10:] == [429] * 2


def test_the_end_of_the_link_is_told(address) -> None:
    SignUpRequest.objects.create(
        activity_id=address.split("/")[4], token_hash=sign_up.hashed("x"), name="A", email="a@example.org",
        language="lv", ends_at=datetime(2019, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    assert "This link has ended" in Client().get("/open/sign-up/x/").content.decode()

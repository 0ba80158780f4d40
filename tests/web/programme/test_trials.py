"""Afterwards: cards that belong to units, and letters after months whose answers lead to nobody."""

from __future__ import annotations

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.programme.actions import try_cards, uses
from straume.web.programme.ladder import after_months
from straume.web.programme.models import (
    Attendance,
    Registration,
    TryCard,
    TryOutcome,
    UseInvitation,
    UseRound,
    UseSheet,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(make_activity, taxes, today) -> TryCard:
    return try_cards.write_card(
        activity=make_activity(in_days=-20),
        unit=taxes,
        what="Asaichi every Monday",
        tool="asaichi",
        by_on=today,
        need=None,
        key=uuid.uuid4(),
        today=today,
    )


def tell(card: TryCard, today, **said) -> TryOutcome:
    given = {"became": "tried", "why": "", "evidence_url": "", "key": uuid.uuid4()} | said
    return try_cards.tell(card=card, today=today, **given)


def test_a_card_is_seen_in_its_institution_and_nowhere_else(
    card, bob, charlie, coordinator, as_person
) -> None:
    address = card.get_absolute_url()
    assert "Asaichi every Monday" in as_person(bob).get(address).content.decode()
    for one in (charlie, coordinator):
        assert as_person(one).get(address).status_code == 404
        assert "Asaichi every Monday" not in as_person(one).get("/programme/try-cards/").content.decode()
    unit_page = as_person(bob).get(card.unit.get_absolute_url()).content.decode()
    assert "Asaichi every Monday" in unit_page


def test_a_member_writes_a_card_and_tells_what_became_of_it(
    make_activity, taxes, bob, today, as_person
) -> None:
    client, held = as_person(bob), make_activity(in_days=-3)
    said = {"what": "5S of the files", "unit": taxes.pk, "tool": "5s", "by_on": today, "key": uuid.uuid4()}
    for _twice in range(2):
        response = client.post(f"/programme/activities/{held.pk}/try-cards/new/", said)
    card = TryCard.objects.get()
    assert response.headers["Location"] == card.get_absolute_url()
    became = f"{card.get_absolute_url()}became/"
    refused = client.post(became, {"became": "not_tried", "why": "", "key": uuid.uuid4()}).content.decode()
    assert "Say why it was not tried" in refused
    client.post(became, {"became": "standard", "evidence_url": "https://livani.lv/5s", "key": uuid.uuid4()})
    assert card.outcomes.get().became == "standard"
    assert "5S of the files" in client.get("/programme/try-cards/?state=standard").content.decode()
    assert "5S of the files" not in client.get("/programme/try-cards/?state=open").content.decode()
    assert "5S of the files" in client.get("/programme/try-cards/?format=csv").content.decode()


def test_the_database_refuses_a_card_not_tried_without_a_reason(card, today) -> None:
    for said in ({"became": "not_tried"}, {"became": "standard"}, {"became": "eaten", "why": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TryOutcome.objects.create(card=card, said_on=today, **said)


def test_counts_of_cards_are_told_from_five_on(card, today, coordinator, as_person) -> None:
    address, client = f"/programme/activities/{card.activity_id}/evaluation/", as_person(coordinator)
    tell(card, today)
    assert "Fewer than five cards" in client.get(address).content.decode()
    for number in range(4):
        other = TryCard.objects.create(
            activity=card.activity, unit=card.unit, institution=card.institution, what=f"Thing {number}",
            tool="a3", by_on=today, made_on=today,
        )  # fmt: skip
        tell(other, today, became="not_tried", why="no time")
    assert "20% tried" in client.get(address).content.decode()


@pytest.fixture
def attended(make_activity, utena, today):
    """Six people attended a training that ended three months ago; a seventh did not come."""
    held = make_activity(in_days=-92, status="held")
    session = held.sessions.get()
    for number in range(7):
        person = User.objects.create_user(f"p{number}@example.org", name=f"Person {number}", language="en")
        registration = Registration.objects.create(
            activity=held, person=person, institution=utena, way="delegated", status="confirmed",
            made_at=timezone.now(),
        )  # fmt: skip
        if number < 6:
            Attendance.objects.create(
                session=session,
                registration=registration,
                how="signed",
                came_at=timezone.now(),
                key=uuid.uuid4(),
            )
    return held


def test_those_who_attended_are_asked_once_and_reminded_once(
    attended, django_capture_on_commit_callbacks
) -> None:
    now = timezone.now()
    for day in (0, 0, 1, 14, 15, 16):
        with django_capture_on_commit_callbacks(execute=True):
            uses.do_what_is_due(now + timedelta(days=day))
    letters = [message.to[0] for message in mail.outbox]
    assert sorted(letters) == sorted([f"p{number}@example.org" for number in range(6)] * 2)
    assert "We do not know who answered" in mail.outbox[-1].body
    assert "We do not know who answered" not in mail.outbox[0].body


def test_an_activity_of_long_ago_is_not_asked_about(make_activity, attended) -> None:
    assert uses.ask_those_due(timezone.now() + timedelta(days=60)) == 0
    assert not UseRound.objects.exists()


def links(outbox) -> list[str]:
    return [re.search(r"(/programme/use/\S+)", message.body)[1] for message in outbox]


def test_answers_count_once_and_the_ladder_tells_them_when_the_round_is_over(
    attended, coordinator, as_person, django_capture_on_commit_callbacks
) -> None:
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        uses.do_what_is_due(now)
    for number, link in enumerate(links(mail.outbox)):
        use = "regularly" if number < 3 else "not_yet"
        for _twice in range(2):
            response = Client().post(link, {"use": use, "hindered": ["time"], "words": f"word {number}"})
        assert response.status_code == 302
    assert UseSheet.objects.count() == 6
    client, address = as_person(coordinator), f"/programme/activities/{attended.pk}/evaluation/"
    assert "The letters are out." in client.get(address).content.decode()
    uses.do_what_is_due(now + timedelta(days=36))
    page = client.get(address).content.decode()
    assert "50%" in page
    assert "word 3" in page
    assert Client().get(links(mail.outbox)[0]).content.decode().count("The form is closed") >= 1


def test_a_made_up_link_is_no_letter(attended) -> None:
    uses.open_round(activity=attended, months=3, now=timezone.now())
    opened = UseRound.objects.get()
    assert Client().get(f"/programme/use/{opened.pk}/{'0' * 32}/").status_code == 404


def test_with_the_whole_database_of_a_closed_round_nobody_joins_answers_and_letters(
    attended, django_capture_on_commit_callbacks
) -> None:
    """Every value of every row: nothing of a sheet stands in an invitation, or follows from one."""
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        uses.do_what_is_due(now)
    sent = links(mail.outbox)
    for link in reversed(sent):
        Client().post(link, {"use": "sometimes"})
    uses.do_what_is_due(now + timedelta(days=36))
    rows = {}
    for model in (UseSheet, UseInvitation, UseRound, Registration):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            rows[model] = [[str(value) for value in row] for row in cursor.fetchall()]
    told = json.dumps([rows[model] for model in (UseInvitation, UseRound, Registration)])
    for sheet in UseSheet.objects.all():
        assert str(sheet.pk) not in told
        assert sheet.pk.hex not in told
        assert sheet.mark not in told
    for link in sent:
        assert link.rstrip("/").rsplit("/", 1)[1] not in json.dumps(rows[UseSheet])
    opened = UseRound.objects.get()
    with pytest.raises(ValueError, match="closed round"):
        uses.link_of(opened, Registration.objects.first())  # the way forward is gone as well


def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(today) -> None:
    assert after_months(today.replace(year=2018, month=6, day=6), 3).isoformat() == "2018-09-06"
    assert after_months(today.replace(year=2018, month=8, day=31), 6).isoformat() == "2019-02-28"
    assert after_months(today.replace(year=2018, month=9, day=30), 3).isoformat() == "2018-12-30"

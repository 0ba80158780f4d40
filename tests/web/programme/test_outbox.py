"""Letters about places: one exactly when what it tells came to be, and none lost with a mail server."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.web.programme.nominating import registered, somebody, with_rule

from straume.web.places import delivery
from straume.web.programme import outbox
from straume.web.programme.actions import registrations
from straume.web.programme.models import DueLetter

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(make_activity):
    return with_rule(make_activity(), places=2)


@pytest.fixture
def mail_server(monkeypatch):
    """Refuses whoever is in its list."""
    refused: list[str] = []
    take = EmailBackend.send_messages

    def take_or_refuse(self, messages):
        if messages[0].to[0].partition("@")[0] in refused:
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (450, b"later")})
        return take(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", take_or_refuse)
    return refused


def receivers() -> list[str]:
    return [letter.to[0].partition("@")[0] for letter in mail.outbox]


def test_a_letter_stands_and_falls_with_what_it_tells(activity, livani):
    with pytest.raises(RuntimeError), transaction.atomic():
        registered(activity, somebody("ann"), livani)
        raise RuntimeError("the power fails")
    assert not DueLetter.objects.exists()
    registered(activity, somebody("ben"), livani)
    assert DueLetter.objects.get().about == "place"


def test_it_is_sent_once_and_then_gone(activity, livani):
    registered(activity, somebody("ann"), livani)
    assert outbox.send_again(timezone.now()) == 1
    assert outbox.send_again(timezone.now()) == 0
    assert receivers() == ["ann"]
    assert not DueLetter.objects.exists()


def test_a_mail_server_that_is_away_delays_its_letter_and_no_other(activity, livani, mail_server):
    for name in ("ann", "ben", "cat"):
        registered(activity, somebody(name), livani)
    mail_server.append("ben")
    now = timezone.now()
    assert outbox.send_again(now) == 2
    assert receivers() == ["ann", "cat"]
    mail_server.clear()
    assert outbox.send_again(now + timedelta(seconds=59)) == 0  # not at once again
    assert outbox.send_again(now + timedelta(seconds=61)) == 1
    assert receivers() == ["ann", "cat", "ben"]


def test_each_failure_doubles_the_pause_and_in_the_end_the_log_says_so(activity, livani, mail_server, caplog):
    registered(activity, somebody("ann"), livani)
    mail_server.append("ann")
    now, pauses = timezone.now(), []
    while DueLetter.objects.exists():
        outbox.send_again(now)
        if waiting := DueLetter.objects.first():
            pauses.append((waiting.try_at - now) // timedelta(minutes=1))
            now = waiting.try_at
    assert pauses == [2**number for number in range(delivery.ATTEMPTS - 1)]
    assert "given up" in caplog.messages[-1]
    assert "ann" not in caplog.text  # what a log keeps names nobody
    assert mail.outbox == []


def test_what_a_killed_worker_had_in_hand_is_sent_after_a_while(activity, livani):
    registered(activity, somebody("ann"), livani)
    now = timezone.now()
    assert len(delivery.take(DueLetter.objects.all(), now)) == 1  # and then the worker is killed
    assert outbox.send_again(now) == 0
    assert outbox.send_again(now + delivery.IN_HAND) == 1


def test_a_letter_that_is_overtaken_is_not_sent(activity, livani):
    made = registered(activity, somebody("ann"), livani)
    registrations.cancel(registration=made, reason="by_person", now=timezone.now())
    outbox.send_again(timezone.now())
    assert [letter.subject.partition(":")[0] for letter in mail.outbox] == ["Called off"]


def test_a_rush_makes_one_job_that_sends_all(
    activity, livani, settings, monkeypatch, django_capture_on_commit_callbacks
):
    """Not one for each letter: the worker looks for the next job in a list that stays short."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    monkeypatch.setattr(outbox, "_job", outbox._Job())
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("ann", "ben", "cat"):
            registered(activity, somebody(name), livani)
    job = DBTaskResult.objects.get()
    assert job.run_after > timezone.now()  # it has not begun, so it sees the letters of all
    assert DueLetter.objects.count() == 3
    outbox._job.begins_at = timezone.now()  # it begins: the next letter needs another
    with django_capture_on_commit_callbacks(execute=True):
        registered(activity, somebody("dan"), livani)
    assert DBTaskResult.objects.count() == 2

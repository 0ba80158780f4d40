"""Letters go each for itself: one that is refused stops no other, breaks no page and is not lost."""

from __future__ import annotations

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from straume.web.places.mail import send, send_each, send_kept
from straume.web.places.models import UnsentLetter

pytestmark = pytest.mark.django_db
INVITATION = "BEGIN:VCALENDAR\r\nSUMMARY:Pārrunas\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def refusals(monkeypatch) -> dict[str, int]:
    """Name → the code with which the mail server refuses it."""
    refused: dict[str, int] = {}
    take = EmailBackend.send_messages

    def take_or_refuse(self, messages):
        (to,) = messages[0].to
        if code := refused.get(to.partition("@")[0]):
            raise smtplib.SMTPRecipientsRefused({to: (code, b"no")})
        return take(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", take_or_refuse)
    return refused


def letter_to(name: str) -> EmailMessage:
    letter = EmailMessage("Pārrunas", "Labdien!\n\nRīt.\n", None, [f"{name}@example.org"])
    letter.attach("meeting.ics", INVITATION, 'text/calendar; charset="utf-8"; method=REQUEST')
    return letter


def receivers() -> list[str]:
    return [letter.to[0].partition("@")[0] for letter in mail.outbox]


def test_one_that_is_refused_stops_no_other_and_no_log_names_its_address(refusals, caplog) -> None:
    refusals["ben"] = 450
    assert send_each([letter_to(name) for name in ("ann", "ben", "cat")]) == 2
    assert receivers() == ["ann", "cat"]
    assert "SMTPRecipientsRefused" in caplog.text and "ben@" not in caplog.text
    assert not send("s", "b", "ben@example.org")
    assert send("s", "b", "ann@example.org")


def test_it_is_tried_again_and_comes_as_it_was_written(refusals) -> None:
    refusals["ben"] = 450
    began = timezone.now()
    send_each([letter_to("ben")])
    refusals.clear()
    assert send_kept(began) == 0  # not at once again
    assert send_kept(began + timedelta(minutes=2)) == 1
    assert send_kept(began + timedelta(days=2)) == 0
    (came,) = mail.outbox
    assert (came.to, came.subject, came.body) == (["ben@example.org"], "Pārrunas", "Labdien!\n\nRīt.\n")
    text, calendar = came.message().get_payload()
    assert text.get_payload(decode=True).decode() == "Labdien!\n\nRīt.\n"
    assert calendar.get_payload(decode=True).decode().splitlines() == INVITATION.splitlines()
    assert calendar.get_content_type() == "text/calendar" and calendar.get_param("method") == "REQUEST"
    assert not UnsentLetter.objects.exists()


def test_over_the_wire_goes_what_went_the_first_time(refusals, monkeypatch) -> None:
    refusals["ben"] = 450
    letter, lines = letter_to("ben"), []

    class Server:
        def sendmail(self, sender, to, text):
            lines.append((sender, to, text))

    smtp = SmtpBackend()
    smtp.connection = Server()
    smtp.send_messages([letter])
    send_each([letter])
    monkeypatch.setattr("straume.web.places.delivery.get_connection", lambda: smtp)
    monkeypatch.setattr(smtp, "close", lambda: None)
    assert send_kept(timezone.now() + timedelta(minutes=2)) == 1
    assert lines[0][:2] == lines[1][:2] and b"\r\n" in lines[1][2]
    assert parts(lines[0][2]) == parts(lines[1][2])


def parts(wire: bytes) -> list[bytes]:
    """Lines without those that are new each time a message is built: its number, day and borders."""
    return [
        line
        for line in wire.split(b"\r\n")
        if not line.startswith((b"--=", b"Message-ID", b"Date", b"Content-Type: multipart", b' boundary="'))
    ]


def test_an_address_that_nobody_has_is_not_tried_again(refusals) -> None:
    refusals["ben"] = 550
    send_each([letter_to("ben")])
    assert not UnsentLetter.objects.exists()


def test_a_letter_that_waits_is_told_to_whom_it_is_for(refusals, alice) -> None:
    refusals[alice.email.partition("@")[0]] = 450
    page, client = reverse("my_data"), Client()
    client.force_login(alice)
    assert "the mail server did not take" not in client.get(page).content.decode()
    send("s", "b", alice.email)
    assert "the mail server did not take" in client.get(page).content.decode()


def test_no_letters_need_no_mail_server(monkeypatch) -> None:
    def away(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", away, raising=False)
    assert send_each([]) == 0

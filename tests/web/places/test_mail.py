"""Letters go each for itself: one that is refused stops no other and breaks no page."""

from __future__ import annotations

import smtplib

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from straume.web.places.mail import send, send_each


def test_one_that_is_refused_stops_no_other_and_no_log_names_its_address(monkeypatch, caplog) -> None:
    take = EmailBackend.send_messages

    def refuse_ben(self, messages):
        if messages[0].to == ["ben@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"ben@example.org": (550, b"unknown")})
        return take(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_ben)
    letters = [EmailMessage("s", "b", None, [f"{name}@example.org"]) for name in ("ann", "ben", "cat")]
    assert send_each(letters) == 2
    assert [letter.to for letter in mail.outbox] == [["ann@example.org"], ["cat@example.org"]]
    assert "SMTPRecipientsRefused" in caplog.text and "ben@" not in caplog.text
    assert not send("s", "b", "ben@example.org")
    assert send("s", "b", "ann@example.org")


def test_no_letters_need_no_mail_server(monkeypatch) -> None:
    def away(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", away, raising=False)
    assert send_each([]) == 0

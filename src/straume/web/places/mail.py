"""Sending letters so that a mail server which is away, or refuses one address, breaks and loses nothing.

What cannot be sent at once waits in a table and is tried again by a duty (places/delivery.py). A letter that
has to stand and fall with what it tells is written to a table of its own in the same transaction instead, as
programme/outbox.py does.
"""

from __future__ import annotations

import email
import email.policy
import logging
import smtplib
from collections.abc import Iterable
from datetime import datetime
from email.message import Message

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from straume.web.places import delivery
from straume.web.places.models import UnsentLetter

logger = logging.getLogger(__name__)


def send_each(letters: Iterable[EmailMessage], *, keeps: bool = True) -> int:
    """Each over one connection; how many went out at once. `keeps` those that did not, to try them again.

    One that cannot be sent stops neither the others nor the page of whoever did what it tells; the log says
    why, without its address.
    """
    mail, sent = get_connection(), 0
    try:
        for letter in letters:
            try:
                mail.open()  # once; again after a failure
                mail.send_messages([letter])
            except (smtplib.SMTPException, OSError) as fault:
                logger.warning("a letter was not sent: %s", delivery.said_by(fault))
                mail.close()
                if keeps and not delivery.is_for_good(fault):
                    keep(letter, timezone.now())
            else:
                sent += 1
    finally:
        mail.close()
    return sent


def send(subject: str, body: str, to: str, *, keeps: bool = True) -> bool:
    """One letter of plain text; whether it went out at once."""
    return bool(send_each([EmailMessage(subject, body, None, [to])], keeps=keeps))


def keep(letter: EmailMessage, now: datetime) -> None:
    wire = letter.message().as_bytes()
    for address in letter.recipients():
        UnsentLetter.objects.create(to=address, message=wire, try_at=now + delivery.FIRST_PAUSE, attempts=1)


def send_kept(now: datetime) -> int:
    """The duty: those that could not be sent; how many went out."""
    return delivery.send_all(UnsentLetter.objects.all(), _send, lambda: now)


def _send(kept: UnsentLetter, mail: BaseEmailBackend) -> None:
    mail.send_messages([AsItWas(bytes(kept.message), kept.to)])


class Wire(Message):
    def as_bytes(
        self, unixfrom: bool = False, policy: email.policy.Policy | None = None, linesep: str = "\n"
    ) -> bytes:
        """With the ends of lines that Django's backends ask for."""
        return super().as_bytes(unixfrom, policy or self.policy.clone(linesep=linesep))


class AsItWas(EmailMessage):
    """A letter read back from what was to go over the wire."""

    def __init__(self, wire: bytes, to: str) -> None:
        readable = email.message_from_bytes(wire, policy=email.policy.default)
        text = readable.get_body(("plain",))
        super().__init__(
            subject=str(readable["Subject"]),
            body=text.get_content() if text else "",
            from_email=str(readable["From"]),
            to=[to],
        )
        self._wire = wire

    def message(self) -> Wire:  # type: ignore[override]  # as Django's own, a Message with `linesep`
        return email.message_from_bytes(self._wire, _class=Wire)

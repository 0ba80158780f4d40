"""Sending letters so that a mail server which is away, or refuses one address, breaks nothing else."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)


def send_each(letters: Iterable[EmailMessage]) -> int:
    """Each over one connection; how many went out.

    What is told in a letter also stands on a page, so one that cannot be sent is told in the log, without its
    address, and stops neither the others nor the page of whoever did what it tells.
    """
    mail, sent = get_connection(), 0
    try:
        for letter in letters:
            try:
                mail.open()  # once; again after a failure
                mail.send_messages([letter])
            except (smtplib.SMTPException, OSError) as fault:
                logger.warning("a letter was not sent: %s", type(fault).__name__)
                mail.close()
            else:
                sent += 1
    finally:
        mail.close()
    return sent


def send(subject: str, body: str, to: str) -> bool:
    """One letter of plain text; whether it went out."""
    return bool(send_each([EmailMessage(subject, body, None, [to])]))

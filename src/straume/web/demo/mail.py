"""Mail of the demo goes onto a page."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class DemoMailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from straume.web.demo.models import ShownMail

        for mail in email_messages:
            ShownMail.objects.create(to=", ".join(mail.to), subject=str(mail.subject), body=str(mail.body))
        return len(email_messages)

"""What a phone sends from the check-in, and the forms around it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from straume.web.places.models import Institution
from straume.web.programme.actions.attendance import Sent
from straume.web.programme.models import Attendance

MOST_AT_ONCE = 200
MOST_BYTES = 200_000
HOW = {Attendance.How.QR.value, Attendance.How.BY_HAND.value}


class NotUnderstood(ValueError):
    """The message is none that a page of ours sends."""


@dataclass(frozen=True)
class Message:
    entries: Sequence[Sent]


def message(body: bytes, *, now: datetime) -> Message:
    """Checked as a whole. The phone says what its clock shows; its times are moved by the difference."""
    if len(body) > MOST_BYTES:
        raise NotUnderstood
    try:
        told = json.loads(body)
        ahead = _time(told["sent_at"]) - now
        entries = told["entries"]
        if not isinstance(entries, list) or len(entries) > MOST_AT_ONCE:
            raise NotUnderstood
        return Message([_entry(entry, ahead) for entry in entries])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as fault:
        raise NotUnderstood from fault


def _entry(entry: dict[str, Any], ahead: timedelta) -> Sent:
    registration, name = entry.get("registration"), str(entry.get("name", "")).strip()
    if (registration is None) == (not name):
        raise NotUnderstood
    how = str(entry.get("how", Attendance.How.BY_HAND.value))
    if how not in HOW:
        raise NotUnderstood
    return Sent(
        key=uuid.UUID(str(entry["key"])),
        session_pk=int(entry["session"]),
        came_at=_time(entry["at"]) - ahead,
        how=how,
        registration_pk=None if registration is None else int(registration),
        name=name[:120],
        institution=str(entry.get("institution", "")).strip()[:200],
    )


def _time(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None or not is_aware(found):
        raise NotUnderstood
    return found


class HelperForm(forms.Form):
    """Somebody who helps at the door of one activity."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Of somebody whom Straume knows. They may check people in at this activity alone."),
        error_messages={"required": _("Write the e-mail address.")},
    )


class CompleteForm(forms.Form):
    """Who the person without a registration was."""

    name = forms.CharField(label=_("Name, surname"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("By it the person is counted once, and gets the certificate."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    institution: forms.ModelChoiceField[Institution] = forms.ModelChoiceField(
        queryset=Institution.objects.none(),
        required=False,
        label=_("Institution"),
        empty_label=_("Of none in the list"),
    )
    post = forms.CharField(label=_("Post"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.all()  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is put right; it stays with it."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_("Such as: signed on paper, did not scan the ticket."),
        error_messages={"required": _("Say why: the reason stays with the correction.")},
    )

"""A place at a public activity: asked for on the page, confirmed by the link in a letter.

Until then nobody is registered, so nobody can be signed up by somebody else. The database holds the hash of
the link alone; what was asked for is erased when the link is followed, or when it ends.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.places import mail
from straume.web.programme.actions.registrations import register_person
from straume.web.programme.models import Activity, Registration
from straume.web.public.models import SignUpRequest

LINK_STANDS = timedelta(hours=48)
OF_A_LINK = uuid.UUID("7d9a2f0e-6d2f-4f0a-9b1e-5a6f3f0c1d77")  # names the keys below as ours


def ask(*, activity: Activity, said: dict[str, str], now: datetime, address_of: Callable[[str], str]) -> bool:
    """Keep what was asked for until the link is followed; a second wish replaces the first.

    False, and all is as before, where the letter with the link could not be sent.
    """
    token = secrets.token_urlsafe(24)
    request = SignUpRequest.objects.create(
        activity=activity,
        token_hash=hashed(token),
        name=said["name"],
        email=said["email"].lower(),
        language=said["language"],
        post=said["post"],
        diet=said["diet"],
        access=said["access"],
        ends_at=now + LINK_STANDS,
    )
    if not send_link(request, address_of(token)):
        request.delete()
        return False
    earlier = SignUpRequest.objects.filter(activity=activity, email__iexact=said["email"], pk__lt=request.pk)
    earlier.delete()
    return True


def send_link(request: SignUpRequest, address: str) -> bool:
    with override(request.language):
        body = render_to_string(
            "public/mail/sign_up.txt", {"asked": request, "activity": request.activity, "address": address}
        )
        subject = _("Confirm: %(activity)s") % {"activity": request.activity.title}
    return mail.send(subject, body, request.email, keeps=False)


def find(token: str, now: datetime) -> SignUpRequest | None:
    found = SignUpRequest.objects.select_related("activity__place_rule", "activity__work_package__project")
    return found.filter(token_hash=hashed(token), ends_at__gt=now).first()


@transaction.atomic
def confirm(*, request: SignUpRequest, now: datetime) -> Registration:
    """Register whoever reads the mail of this address; who is new to Straume is written down first."""
    person = User.objects.filter(email__iexact=request.email).first()
    if person is None:
        person = User.objects.create_user(request.email, name=request.name, language=request.language)
    registration = register_person(
        activity=request.activity,
        person=person,
        institution=None,
        way=Registration.Way.PUBLIC,
        made_by=person,
        now=now,
        key=uuid.uuid5(OF_A_LINK, request.token_hash),
        post=request.post,
        diet=request.diet,
        access=request.access,
    )
    request.delete()
    return registration


def erase_ended(now: datetime) -> int:
    """Requests whose link nobody followed (a duty)."""
    ended, _rows = SignUpRequest.objects.filter(ends_at__lte=now).delete()
    return ended


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

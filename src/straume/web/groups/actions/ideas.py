"""Ideas come in, go on and are answered; letters go on commit."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.groups import idea_permissions as permissions
from straume.web.groups.models import Idea, IdeaBox, IdeaChase, IdeaStep
from straume.web.groups.models.ideas import NEXT
from straume.web.places import mail
from straume.web.places.models import Unit
from straume.web.places.once import once


def tracking_token(key: uuid.UUID) -> str:
    """The private link of an anonymous idea: the same for a second submit, and not in the database."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"idea:" + key.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_box(unit: Unit, *, now: datetime, anew: bool = False) -> IdeaBox:
    """The open link of the unit; `anew` takes the old one back."""
    box, _made = IdeaBox.objects.get_or_create(
        unit=unit, defaults={"token": secrets.token_urlsafe(24), "opened_at": now}
    )
    if anew:
        IdeaBox.objects.filter(pk=box.pk).update(token=secrets.token_urlsafe(24), opened_at=now)
        box.refresh_from_db()
    return box


def submit(*, unit: Unit, text: str, key: uuid.UUID, now: datetime, by: User | None) -> Idea:
    """Take an idea in once, however often it is sent. Without a person it keeps the hour and a hash alone."""
    anonymous = by is None
    hour = now.replace(minute=0, second=0, microsecond=0)

    @transaction.atomic
    def create() -> Idea:
        idea = Idea.objects.create(
            unit=unit,
            text=text,
            submitted_by=by,
            submitted_at=hour if anonymous else now,
            tracking_hash=hash_of(tracking_token(key)) if anonymous else None,
            # of the key too a hash is enough to know a second submit
            idempotency_key=uuid.uuid5(key, "idea"),
        )
        transaction.on_commit(lambda: tell_heads(idea, "idea_new", now=now))
        return idea

    return once(create, lambda: Idea.objects.filter(idempotency_key=uuid.uuid5(key, "idea")).first())


def step(*, idea: Idea, state: str, text: str, by: User, now: datetime) -> bool:
    """Move the idea on; False where somebody else has done so meanwhile."""
    before = [code for code, after in NEXT.items() if state in after]
    try:
        with transaction.atomic():
            if not Idea.objects.filter(pk=idea.pk, state__in=before).update(state=state):
                return False
            IdeaStep.objects.create(idea=idea, state=state, text=text, made_by=by, made_at=now)
    except IntegrityError:
        return False
    idea.refresh_from_db()
    transaction.on_commit(lambda: tell_person(idea, text))
    return True


def chase(now: datetime) -> int:
    """Remind heads of what is not seen in 48 hours and not answered in a week; each once."""
    told = 0
    today = timezone.localdate(now)
    waiting = Idea.objects.filter(state__in=[Idea.State.SUBMITTED, Idea.State.ACKNOWLEDGED])
    overdue = waiting.filter(submitted_at__lte=now - timedelta(hours=48))
    for idea in overdue.select_related("unit__institution"):
        if idea.is_late(now) and idea.state == Idea.State.SUBMITTED:
            told += remind(idea, IdeaChase.About.ACKNOWLEDGE, permissions.heads_of(idea.unit, today), now)
        if now > idea.answer_by:
            heads = permissions.heads_of(idea.unit, today)
            leaders = permissions.leaders_of(idea.unit.institution, today)
            everyone = {one.pk: one for one in [*heads, *leaders]}.values()
            told += remind(idea, IdeaChase.About.ANSWER, everyone, now)
    return told


def remind(idea: Idea, about: str, people: Iterable[User], now: datetime) -> int:
    chased, is_new = IdeaChase.objects.get_or_create(idea=idea, about=about, defaults={"chased_at": now})
    if is_new:
        listed = list(people)
        transaction.on_commit(lambda: _letters(idea, f"idea_{chased.about}", listed))
    return int(is_new)


def tell_heads(idea: Idea, about: str, *, now: datetime) -> None:
    heads = permissions.heads_of(idea.unit, timezone.localdate(now))
    _letters(idea, about, [one for one in heads if one.pk != idea.submitted_by_id])


def _letters(idea: Idea, about: str, people: Iterable[User]) -> None:
    subjects = {
        "idea_new": lambda: _("A new idea for %(unit)s"),
        "idea_acknowledge": lambda: _("An idea for %(unit)s waits to be seen"),
        "idea_answer": lambda: _("An idea for %(unit)s waits for an answer"),
    }
    for person in people:
        with override(person.language):
            context = {"idea": idea, "about": about, "url": settings.ADDRESS + idea.get_absolute_url()}
            body = render_to_string("groups/mail/idea_head.txt", context)
            mail.send(subjects[about]() % {"unit": idea.unit.name}, body, person.email)


def tell_person(idea: Idea, text: str) -> None:
    """A letter to whoever gave their name; an anonymous one stands at its tracking link."""
    person = idea.submitted_by
    if person is None:
        return
    with override(person.language):
        body = render_to_string(
            "groups/mail/idea_person.txt",
            {"idea": idea, "text": text, "url": settings.ADDRESS + idea.get_absolute_url()},
        )
        subject = _("Your idea: %(state)s") % {"state": idea.get_state_display()}
        mail.send(subject, body, person.email)

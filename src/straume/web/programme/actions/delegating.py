"""Delegating several people at once, for one institution."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.programme.actions.registrations import register_person
from straume.web.programme.models import Activity, Registration


def delegate(
    *,
    activity: Activity,
    institution: Institution,
    people: Iterable[User],
    made_by: User,
    now: datetime,
    key: uuid.UUID,
) -> list[Registration]:
    """Each in turn, as they stand in the list; the whole form submitted twice delegates nobody twice."""
    return [
        register_person(
            activity=activity,
            person=person,
            institution=institution,
            way=Registration.Way.DELEGATED,
            made_by=made_by,
            now=now,
            key=uuid.uuid5(key, str(person.pk)),
        )
        for person in people
    ]


def person_for(*, name: str, email: str, language: str) -> User:
    """Who reads mail at this address; somebody new gets an account, and signs in by a code."""
    found = User.objects.filter(email__iexact=email).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=name, language=language)
    except IntegrityError:  # written down at the same moment by somebody else
        return User.objects.get(email__iexact=email)

"""Writing a questionnaire: what was sent out stays as it is, a change makes the next version."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from straume.web.accounts.models import User
from straume.web.needs import items
from straume.web.needs.models import Questionnaire, QuestionnaireVersion
from straume.web.places.models import Institution
from straume.web.places.once import once


def add_questionnaire(
    *,
    owner: Institution,
    titles: Mapping[str, str],
    written: Sequence[Mapping[str, Any]],
    key: uuid.UUID,
    by: User,
    now: datetime,
) -> Questionnaire:
    """A questionnaire with its first version."""

    def create() -> Questionnaire:
        made = Questionnaire.objects.create(
            owner=owner, made_by=by, made_at=now, idempotency_key=key, **titles
        )
        made.versions.create(number=1, items=list(written), made_at=now)
        return made

    return once(create, lambda: Questionnaire.objects.filter(idempotency_key=key).first())


def newest(questionnaire: Questionnaire) -> QuestionnaireVersion:
    version = questionnaire.versions.order_by("-number").first()
    assert version is not None, "a questionnaire has a version from its first moment"
    return version


@transaction.atomic
def write_items(
    *, questionnaire: Questionnaire, written: Sequence[Mapping[str, Any]], now: datetime
) -> QuestionnaireVersion:
    """Into the newest version, or into a new one where that was sent out. Raises ItemsError."""
    items.read(items=list(written))
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    version = newest(questionnaire)
    changed = QuestionnaireVersion.objects.filter(pk=version.pk, frozen_at=None).update(items=list(written))
    if changed:
        version.refresh_from_db()
        return version
    last = questionnaire.versions.aggregate(last=Max("number"))["last"]
    return questionnaire.versions.create(number=last + 1, items=list(written), made_at=now)


def moved(written: Sequence[Any], name: str, by: int) -> list[Any]:
    """The items with this one a place further up (-1) or down (1)."""
    found = list(written)
    at = index_of(found, name)
    to = min(max(at + by, 0), len(found) - 1)
    found.insert(to, found.pop(at))
    return found


def index_of(written: Sequence[Any], name: str) -> int:
    return next(at for at, one in enumerate(written) if one["name"] == name)


def delete_questionnaire(questionnaire: Questionnaire) -> bool:
    """Only where no wave asks it."""
    with transaction.atomic():
        Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        if questionnaire.versions.filter(waves__isnull=False).exists():
            return False
        questionnaire.delete()
    return True

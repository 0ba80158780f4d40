"""Parts of an activity that nobody else hears of: each is written once, however often it is submitted."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from straume.web.places.once import once
from straume.web.programme.models import ActivityNeed


def save(*, form: Any) -> models.Model:
    """What the form describes; a new one under the key of its form."""
    row = form.instance
    if row.pk or not hasattr(row, "idempotency_key"):
        return link_need(link=row) if isinstance(row, ActivityNeed) and not row.pk else form.save()
    key = row.idempotency_key = form.cleaned_data["key"]
    made: models.Model = once(form.save, lambda: type(row).objects.filter(idempotency_key=key).first())
    return made


def link_need(*, link: ActivityNeed) -> ActivityNeed:
    """A need stands once at an activity."""

    def create() -> ActivityNeed:
        link.save()
        return link

    return once(create, lambda: ActivityNeed.objects.filter(activity=link.activity, need=link.need).first())


def remove(*, part: models.Model) -> bool:
    """False where something else needs it."""
    try:
        with transaction.atomic():
            part.delete()
    except ProtectedError:
        return False
    return True

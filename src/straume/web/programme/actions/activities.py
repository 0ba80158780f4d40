"""Writing down an activity, changing, copying and deleting it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import models, transaction

from straume.web.places.once import once
from straume.web.programme.actions.sessions import (
    INVITED,
    TOLD_OF_ACTIVITY,
    TOLD_OF_SESSION,
    Change,
    all_of,
    later,
    move,
)
from straume.web.programme.models import Activity, Session

# what an activity consists of; anything else that points at it hangs on it
OWN_PARTS = frozenset(
    {
        "programme.session", "programme.activityneed", "programme.speaker", "programme.material",
        "programme.statuschange", "programme.visithost", "programme.visitstop", "programme.agendaitem",
    }
)  # fmt: skip


def add(*, activity: Activity, key: uuid.UUID) -> Activity:
    activity.idempotency_key = key

    def create() -> Activity:
        activity.save()
        return activity

    return once(create, lambda: Activity.objects.filter(idempotency_key=key).first())


@transaction.atomic
def change(*, activity: Activity, fields: set[str], move_by: timedelta) -> None:
    """Save it; its sessions move along by so many days; those who were invited hear of what changed.

    `taken` and `held` are not written: somebody may be taking a place right now.
    """
    names = [field.name for field in Activity._meta.concrete_fields if field.name not in NOT_WRITTEN]
    activity.save(update_fields=names)
    if move_by:
        for session in activity.sessions.all():
            session.starts_at = later(session.starts_at, move_by)
            session.ends_at = later(session.ends_at, move_by)
            move(session=session, fields={"starts_at"} | (fields & TOLD_OF_SESSION))
    elif activity.status in INVITED and fields & TOLD_OF_ACTIVITY:
        all_of(activity=activity, change=Change.MOVED)


NOT_WRITTEN = frozenset({"id", "taken", "held", "status", "idempotency_key"})


def hanging_on(activity: Activity) -> list[str]:
    """What hangs on it beside its own parts, in words: registrations, attendance, evaluations …"""
    found = dict.fromkeys(_hanging(activity))
    for session in activity.sessions.all():
        found |= dict.fromkeys(_hanging(session))
    return list(found)


def _hanging(thing: models.Model) -> Iterable[str]:
    for relation in thing._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or model._meta.label_lower in OWN_PARTS:
            continue
        if model._default_manager.filter(**{relation.field.name: thing}).exists():
            yield str(model._meta.verbose_name_plural)


@transaction.atomic
def delete(*, activity: Activity) -> bool:
    """Only what was never announced and on which nothing hangs."""
    if activity.status != Activity.Status.PLANNED or hanging_on(activity):
        return False
    files = [material.file for material in activity.materials.all()]
    activity.delete()
    for file in files:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
    return True


def copy(*, activity: Activity, first_on: date, key: uuid.UUID) -> Activity:
    """The same once more from another day on, planned: everything but people and files.

    Who agreed to be named agreed for one occasion, so consents stay behind.
    """

    @transaction.atomic
    def create() -> Activity:
        by = first_on - activity.from_on
        made = again(
            activity,
            from_on=first_on,
            until_on=activity.until_on + by,
            status=Activity.Status.PLANNED,
            taken=0,
            held=0,
            idempotency_key=key,
        )
        for link in activity.need_links.all():
            again(link, activity=made)
        speakers = {one.pk: again(one, activity=made, consented_on=None) for one in activity.speakers.all()}
        for session in activity.sessions.all():
            copy_session(session, made, by, speakers)
        hosts = {host.pk: again(host, activity=made) for host in activity.visit_hosts.all()}
        for stop in activity.stops.all():
            again(stop, activity=made, on=stop.on + by, host=hosts[stop.host_id] if stop.host_id else None)
        return made

    return once(create, lambda: Activity.objects.filter(idempotency_key=key).first())


def copy_session(session: Session, made: Activity, by: timedelta, speakers: dict[int, Any]) -> None:
    copied = again(
        session,
        activity=made,
        starts_at=later(session.starts_at, by),
        ends_at=later(session.ends_at, by),
        sequence=0,
    )
    for item in session.agenda.all():
        said = again(item, session=copied)
        said.speakers.set([speakers[one.pk] for one in item.speakers.all()])


def again(thing: Any, **fields: Any) -> Any:
    """A second row like it, but for these fields."""
    fields_of = {field.attname: field for field in thing._meta.concrete_fields if not field.primary_key}
    values = {
        name: getattr(thing, name)
        for name in fields_of
        if f"{name}_lv" not in fields_of  # a text is its three languages
    }
    if "idempotency_key" in values:
        values["idempotency_key"] = None
    made = type(thing)(**values)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made

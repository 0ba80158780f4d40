"""Writes over several models of the catalogue: taking a file over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.services import models, permissions
from straume.web.services.models import CatalogueImport, PublicService
from straume.web.services.rdf.described import LANGUAGES, PLAIN, Service, Texts, described
from straume.web.services.rdf.merge import Change, changes, merged
from straume.web.services.rdf.read import services_of
from straume.web.services.rdf.safe import parsed


@dataclass(frozen=True)
class Planned:
    """One service of a file: what it would be, what that changes, and whether the person may do it."""

    wanted: Service
    changes: Sequence[Change]
    is_new: bool
    is_allowed: bool

    @property
    def is_done(self) -> bool:
        """Nothing of it is left to do."""
        return not self.changes

    @property
    def name(self) -> str:
        return next(iter(self.wanted.name.values()))


def plan(given: Sequence[Service], person: User, today: date) -> list[Planned]:
    """What the services of a file would create and change, compared with what is held now."""
    return [_planned(service, person, today) for service in given]


def keep_file(*, person: User, file_name: str, kind: str, text: str, now: datetime) -> CatalogueImport:
    """Keep a readable file until the person decides; an older one of theirs that waits is forgotten."""
    with transaction.atomic():
        CatalogueImport.objects.filter(person=person, done_at=None).delete()
        return CatalogueImport.objects.create(
            person=person, file_name=file_name[:200], kind=kind, text=text, uploaded_at=now
        )


@transaction.atomic
def take_over(waiting: CatalogueImport, *, today: date, now: datetime) -> CatalogueImport:
    """Write what the person may write. A second press finds the file done and changes nothing."""
    locked = CatalogueImport.objects.select_for_update().get(pk=waiting.pk)
    if locked.done_at is not None:
        return locked
    for planned in plan(services_of(parsed(locked.text, locked.kind)).services, locked.person, today):
        if planned.is_allowed and planned.changes:
            save(planned.wanted)
            locked.created += planned.is_new
            locked.changed += not planned.is_new
    locked.text, locked.done_at = "", now
    locked.save()
    return locked


def save(wanted: Service) -> PublicService:
    """Write a service with its parts; parts that are not mentioned stay."""
    fields = {name: getattr(wanted, name) for name in PLAIN}
    fields["status"] = wanted.status or "active"
    fields["theme"] = wanted.theme or "other"
    for name in ("name", "description", "keywords"):
        fields |= _texts(name, getattr(wanted, name))
    service, _ = PublicService.objects.update_or_create(
        identifier=wanted.identifier, defaults={**fields, "source_uri": wanted.source_uri}
    )
    _save_parts(service, wanted)
    return service


def _save_parts(service: PublicService, wanted: Service) -> None:
    for row in wanted.deadlines:
        models.CountryDeadline.objects.update_or_create(
            service=service,
            country=row.country,
            defaults={"days": row.days, "clock": row.clock, "note": row.note},
        )
    for law in wanted.laws:
        plain = (
            "country",
            "uri",
            "in_force_from_on",
            "in_force_until_on",
            "is_unsure",
            "checked_by_lawyer_on",
        )
        _save_part(models.LegalResource, service, law, plain, ("title",))
    for channel in wanted.channels:
        _save_part(models.Channel, service, channel, ("kind", "processing_time"), ("description",))
    channels = {channel.identifier: channel for channel in service.channels.all()}
    for cost in wanted.costs:
        row_of_cost = _save_part(models.Cost, service, cost, ("amount", "currency"), ("description",))
        row_of_cost.channel = channels.get(cost.channel)
        row_of_cost.save(update_fields=["channel"])
    for evidence in wanted.evidence:
        _save_part(models.Evidence, service, evidence, (), ("name", "description"))
    for output in wanted.outputs:
        _save_part(models.Output, service, output, ("kind",), ("name", "description"))
    for event in wanted.events:
        made, _ = models.LifeEvent.objects.get_or_create(
            identifier=event.identifier,
            defaults={"kind": event.kind, "uri": event.uri, **_texts("name", event.name)},
        )
        service.life_events.add(made)
    for authority in wanted.authorities:
        if not authority.slug:
            _save_authority(service, authority)


def _save_part(
    model: Any, service: PublicService, part: Any, plain: Sequence[str], texts: Sequence[str]
) -> Any:
    fields = {name: getattr(part, name) for name in plain}
    for name in texts:
        fields |= _texts(name, getattr(part, name))
    row, _ = model.objects.update_or_create(service=service, identifier=part.identifier, defaults=fields)
    return row


def _save_authority(service: PublicService, authority: Any) -> None:
    named = (
        service.authorities.filter(uri=authority.uri)
        if authority.uri
        else service.authorities.filter(**_texts("name", authority.name))
    )
    fields = {"uri": authority.uri, "spatial_uri": authority.spatial_uri, **_texts("name", authority.name)}
    if not named.update(**fields):
        service.authorities.create(**fields)


def _texts(name: str, texts: Texts) -> dict[str, str]:
    return {f"{name}_{lang}": texts.get(lang, "") for lang in LANGUAGES}


def _planned(given: Service, person: User, today: date) -> Planned:
    held = PublicService.objects.filter(identifier__iexact=given.identifier).first()
    if held is None:
        allowed = permissions.may_add_service(person, today)
        return Planned(given, changes(None, given), is_new=True, is_allowed=allowed)
    ours = described(held)
    wanted = merged(ours, given)
    allowed = permissions.may_edit_service(person, held, today)
    return Planned(wanted, changes(ours, wanted), is_new=False, is_allowed=allowed)

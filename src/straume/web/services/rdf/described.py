"""A service with all its parts as plain values: what is written to RDF, read from it, and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from straume.web.services.models import PublicService

LANGUAGES = ("lv", "lt", "en")
Texts = Mapping[str, str]  # language → text, only those that are written


@dataclass(frozen=True)
class Law:
    identifier: str
    title: Texts
    country: str = ""
    uri: str = ""
    in_force_from_on: date | None = None
    in_force_until_on: date | None = None
    is_unsure: bool = False
    checked_by_lawyer_on: date | None = None


@dataclass(frozen=True)
class Channel:
    identifier: str
    kind: str
    description: Texts
    processing_time: str = ""


@dataclass(frozen=True)
class Cost:
    identifier: str
    amount: Decimal | None
    currency: str
    description: Texts
    channel: str = ""  # identifier of the channel


@dataclass(frozen=True)
class Evidence:
    identifier: str
    name: Texts
    description: Texts


@dataclass(frozen=True)
class Output:
    identifier: str
    kind: str
    name: Texts
    description: Texts


@dataclass(frozen=True)
class Event:
    identifier: str
    kind: str
    name: Texts
    uri: str = ""


@dataclass(frozen=True)
class Authority:
    """An authority that offers the service: an institution here (`slug`), or one that a file names."""

    uri: str
    name: Texts
    spatial_uri: str = ""
    slug: str = ""


@dataclass(frozen=True)
class CountryDeadline:
    country: str
    days: int
    clock: str
    note: str = ""


@dataclass(frozen=True)
class Service:
    identifier: str
    name: Texts
    description: Texts = field(default_factory=dict)
    keywords: Texts = field(default_factory=dict)  # separated by ", "
    theme: str = ""
    cofog: str = ""
    status: str = ""
    processing_time: str = ""
    lv_catalogue_id: str = ""
    lt_pasis_id: str = ""
    deadline_days: int | None = None
    deadline_clock: str = ""
    source_uri: str = ""
    laws: tuple[Law, ...] = ()
    channels: tuple[Channel, ...] = ()
    costs: tuple[Cost, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    outputs: tuple[Output, ...] = ()
    events: tuple[Event, ...] = ()
    authorities: tuple[Authority, ...] = ()
    deadlines: tuple[CountryDeadline, ...] = ()


PLAIN = (
    "theme",
    "cofog",
    "status",
    "processing_time",
    "lv_catalogue_id",
    "lt_pasis_id",
    "deadline_days",
    "deadline_clock",
)


def described(service: PublicService) -> Service:
    """What we hold of a service. Acts of one place stay with that place."""
    return Service(
        identifier=service.identifier,
        name=texts(service, "name"),
        description=texts(service, "description"),
        keywords={
            lang: ", ".join(sorted(words)) for lang in LANGUAGES if (words := service.keyword_list(lang))
        },
        **{name: getattr(service, name) for name in PLAIN},
        source_uri=service.source_uri,
        laws=tuple(_law(law) for law in service.legal_resources.filter(offer=None)),
        channels=tuple(
            Channel(one.identifier, one.kind, texts(one, "description"), one.processing_time)
            for one in service.channels.all()
        ),
        costs=tuple(
            Cost(
                one.identifier,
                one.amount,
                one.currency,
                texts(one, "description"),
                one.channel.identifier if one.channel else "",
            )
            for one in service.costs.select_related("channel")
        ),
        evidence=tuple(
            Evidence(one.identifier, texts(one, "name"), texts(one, "description"))
            for one in service.evidence.all()
        ),
        outputs=tuple(
            Output(one.identifier, one.kind, texts(one, "name"), texts(one, "description"))
            for one in service.outputs.all()
        ),
        events=tuple(
            Event(one.identifier, one.kind, texts(one, "name"), one.uri) for one in service.life_events.all()
        ),
        authorities=(*_institutions(service), *_authorities(service)),
        deadlines=tuple(
            CountryDeadline(one.country, one.days, one.clock, one.note)
            for one in service.country_deadlines.all()
        ),
    )


def texts(record: Any, name: str) -> Texts:
    """A text of a record in each language in which it is written."""
    return {lang: text for lang in LANGUAGES if (text := getattr(record, f"{name}_{lang}"))}


def _law(law: Any) -> Law:
    return Law(
        identifier=law.identifier,
        title=texts(law, "title"),
        country=law.country,
        uri=law.uri,
        in_force_from_on=law.in_force_from_on,
        in_force_until_on=law.in_force_until_on,
        is_unsure=law.is_unsure,
        checked_by_lawyer_on=law.checked_by_lawyer_on,
    )


def _institutions(service: PublicService) -> list[Authority]:
    offers = service.offers.select_related("institution").order_by("institution__slug")
    return [
        Authority(
            "", texts(offer.institution, "name"), offer.institution.country, slug=offer.institution.slug
        )
        for offer in offers
    ]


def _authorities(service: PublicService) -> list[Authority]:
    return [Authority(one.uri, texts(one, "name"), one.spatial_uri) for one in service.authorities.all()]

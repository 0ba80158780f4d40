"""From a CPSV-AP graph to plain values, with a note on everything that cannot be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import unquote

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, RDFS, SKOS

from straume.lean.errors import InputProblems, Problem
from straume.web.services.models.catalogue import DURATION_FORM, IDENTIFIER_FORM
from straume.web.services.rdf.described import (
    LANGUAGES,
    Authority,
    Channel,
    Cost,
    CountryDeadline,
    Event,
    Evidence,
    Law,
    Output,
    Service,
    Texts,
)
from straume.web.services.rdf.lengths import too_long
from straume.web.services.rdf.safe import refused
from straume.web.services.rdf.terms import ADMS, COUNTRIES, CPSV, CV, ELI, EU, STRAUME
from straume.web.services.vocabulary import COFOG_URI, STATUS_URI, ChannelKind, OutputKind, Theme

COUNTRY_OF = {str(uri): code for code, uri in COUNTRIES.items()}
COFOG_OF = {uri: code.value for code, uri in COFOG_URI.items()}
STATUS_OF = {uri: status.value for status, uri in STATUS_URI.items()}
# what CPSV-AP can say of a service and the catalogue has no place for
NOT_KEPT = {
    CV.contactPoint: "contact points",
    CV.holdsRequirement: "requirements",
    CV.hasInputType: "types of input",
    CV.hasParticipation: "participations",
    CV.isClassifiedBy: "classifications",
    CV.relatedService: "related services",
    DCTERMS.requires: "required services",
    DCTERMS.audience: "audiences",
}


@dataclass(frozen=True)
class Reading:
    """What a file says, and what of it cannot be kept (codes with parameters)."""

    services: tuple[Service, ...]
    notes: tuple[Problem, ...]


def services_of(graph: Graph) -> Reading:
    """All services of the graph. Raises InputProblems with everything that must be put right first."""
    nodes = sorted(set(graph.subjects(RDF.type, CPSV.PublicService)), key=str)
    if not nodes:
        raise refused("rdf_no_service")
    reader = _Reader(graph)
    services = [service for node in nodes if (service := reader.service(node)) is not None]
    seen: set[str] = set()
    for service in services:
        if service.identifier.casefold() in seen:
            reader.problem("rdf_identifier_twice", identifier=service.identifier)
        seen.add(service.identifier.casefold())
        for one in too_long(service):
            reader.problem("rdf_too_long", service=service.identifier, text=one.text[:60], most=one.most)
    if reader.problems:
        raise InputProblems(tuple(reader.problems))
    return Reading(tuple(services), reader.unique_notes())


class _Reader:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []

    def problem(self, code: str, **params: Any) -> None:
        self.problems.append(Problem(code, params))

    def note(self, code: str, **params: Any) -> None:
        self.notes.append(Problem(code, params))

    def unique_notes(self) -> tuple[Problem, ...]:
        return tuple({str(note.to_dict()): note for note in self.notes}.values())

    def service(self, node: Any) -> Service | None:
        identifier = self.identifier(node)
        name = self.texts(node, DCTERMS.title, str(node))
        if not name:
            self.problem("rdf_no_name", service=identifier or str(node))
        if not identifier:
            self.problem("rdf_no_identifier", service=next(iter(name.values()), str(node)))
            return None
        if not self._fits(identifier):
            return None
        for predicate, what in NOT_KEPT.items():
            if (node, predicate, None) in self.graph:
                self.note("rdf_not_kept", what=what, service=identifier)
        uri = str(node) if isinstance(node, URIRef) else ""
        days, clock, deadlines = self.deadlines(node, identifier)
        is_name = (node, STRAUME.descriptionIsName, None) in self.graph
        channels = self.channels(node, identifier)
        return Service(
            identifier=identifier,
            name=name,
            description={} if is_name else self.texts(node, DCTERMS.description, identifier),
            keywords=self.keywords(node),
            theme=self.theme(node, identifier),
            cofog=self.code(node, DCTERMS.type, COFOG_OF),
            status=self.code(node, ADMS.status, STATUS_OF),
            processing_time=self.duration(node, identifier),
            lv_catalogue_id=self.plain(node, STRAUME.lvCatalogueId),
            lt_pasis_id=self.plain(node, STRAUME.ltPasisId),
            deadline_days=days,
            deadline_clock=clock,
            source_uri="" if _is_ours(uri, identifier) else uri,
            laws=self.laws(node, identifier),
            channels=channels,
            costs=self.costs(node, identifier, channels),
            evidence=tuple(
                Evidence(
                    self.part_identifier(one, identifier, "input"),
                    self.texts(one, DCTERMS.title, identifier),
                    self.texts(one, DCTERMS.description, identifier),
                )
                for one in self.parts(node, CPSV.hasInput)
            ),
            outputs=self.outputs(node, identifier),
            events=self.events(node, identifier),
            authorities=self.authorities(node, identifier),
            deadlines=deadlines,
        )

    def _fits(self, identifier: str) -> bool:
        if len(identifier) > 120 or not IDENTIFIER_FORM.match(identifier):
            self.problem("rdf_identifier_form", identifier=identifier[:200])
            return False
        return True

    def laws(self, node: Any, identifier: str) -> tuple[Law, ...]:
        found = []
        for one in self.parts(node, CV.hasLegalResource):
            title = self.texts(one, ELI.title, identifier) or self.texts(one, DCTERMS.title, identifier)
            own = self.plain(one, DCTERMS.identifier)
            address = str(one) if isinstance(one, URIRef) and not own else ""
            title = title or ({"en": address} if address else {})
            if not title:
                self.note("rdf_law_without_title", service=identifier)
                continue
            law = Law(
                identifier=own or self.part_identifier(one, identifier, "law"),
                title=title,
                country=self.code(one, DCTERMS.spatial, COUNTRY_OF),
                uri=web_address(self.plain(one, RDFS.seeAlso)) or web_address(address),
                in_force_from_on=self.day(one, ELI.first_date_entry_in_force, identifier),
                in_force_until_on=self.day(one, ELI.date_no_longer_in_force, identifier),
                is_unsure=self.plain(one, STRAUME.isUnsure) == "true",
                checked_by_lawyer_on=self.day(one, STRAUME.checkedByLawyerOn, identifier),
            )
            begin, end = law.in_force_from_on, law.in_force_until_on
            if begin and end and end < begin:
                self.problem("rdf_law_ends_first", service=identifier, law=law.identifier)
            found.append(law)
        return tuple(found)

    def channels(self, node: Any, identifier: str) -> tuple[Channel, ...]:
        found = []
        for one in self.parts(node, CV.hasChannel):
            kind = self.own_code(one, "channel-", ChannelKind.values)
            if not kind:
                self.note("rdf_channel_unknown", service=identifier)
            found.append(
                Channel(
                    self.part_identifier(one, identifier, "channel"),
                    kind or "other",
                    self.texts(one, DCTERMS.description, identifier),
                    self.duration(one, identifier),
                )
            )
        return tuple(found)

    def costs(self, node: Any, identifier: str, channels: tuple[Channel, ...]) -> tuple[Cost, ...]:
        found = []
        known = {channel.identifier for channel in channels}
        for one in self.parts(node, CV.hasCost):
            through = self.graph.value(one, CV.ifAccessedThrough)
            channel = self.part_identifier(through, identifier, "channel") if through else ""
            currency = str(self.graph.value(one, CV.currency) or EU["currency/EUR"]).rsplit("/", 1)[-1]
            if not re.fullmatch(r"[A-Z]{3}", currency):
                self.problem("rdf_currency", service=identifier, currency=currency[:60])
            found.append(
                Cost(
                    self.part_identifier(one, identifier, "cost"),
                    self.amount(one, identifier),
                    currency,
                    self.texts(one, DCTERMS.description, identifier),
                    channel if channel in known else "",
                )
            )
        return tuple(found)

    def outputs(self, node: Any, identifier: str) -> tuple[Output, ...]:
        return tuple(
            Output(
                self.part_identifier(one, identifier, "output"),
                self.own_code(one, "output-", OutputKind.values),
                self.texts(one, DCTERMS.title, identifier),
                self.texts(one, DCTERMS.description, identifier),
            )
            for one in self.parts(node, CPSV.produces)
        )

    def events(self, node: Any, identifier: str) -> tuple[Event, ...]:
        found = []
        for one in self.parts(node, CV.isGroupedBy):
            own = self.plain(one, DCTERMS.identifier) or str(one).rsplit("/", 1)[-1].rsplit("#", 1)[-1]
            if not IDENTIFIER_FORM.match(own):
                self.note("rdf_not_kept", what="life events", service=identifier)
                continue
            kind = "business" if (one, RDF.type, CV.BusinessEvent) in self.graph else "life"
            uri = "" if str(one).startswith(str(STRAUME)) or not isinstance(one, URIRef) else str(one)
            found.append(Event(own[:120], kind, self.texts(one, DCTERMS.title, identifier), uri))
        return tuple(found)

    def authorities(self, node: Any, identifier: str) -> tuple[Authority, ...]:
        found = []
        for one in self.parts(node, CV.hasCompetentAuthority):
            uri = str(one) if isinstance(one, URIRef) else ""
            spatial = str(self.graph.value(one, DCTERMS.spatial) or "")
            slug = self.plain(one, DCTERMS.identifier)
            name = self.texts(one, SKOS.prefLabel, identifier)
            if slug and uri.endswith(f"institutions/{slug}/"):
                found.append(Authority("", name, COUNTRY_OF.get(spatial, ""), slug=slug))
            elif name:
                found.append(Authority(uri, name, spatial))
        return tuple(sorted(found, key=lambda one: (not one.slug, one.slug, one.uri)))

    def deadlines(self, node: Any, identifier: str) -> tuple[int | None, str, tuple[CountryDeadline, ...]]:
        own: tuple[int | None, str] = (None, "")
        found = []
        for one in self.parts(node, CPSV.follows):
            days, clock = self.plain(one, STRAUME.deadlineDays), self.plain(one, STRAUME.deadlineClock)
            if not days:
                self.note("rdf_not_kept", what="rules", service=identifier)
                continue
            if not days.isdecimal() or not 1 <= int(days) <= 32767 or clock not in ("calendar", "working"):
                self.problem("rdf_deadline", service=identifier, days=days[:20], clock=clock[:20])
                continue
            country = self.code(one, DCTERMS.spatial, COUNTRY_OF)
            if country:
                note = self.plain(one, RDFS.comment)
                found.append(CountryDeadline(country, int(days), clock, note[:200]))
            else:
                own = (int(days), clock)
        return *own, tuple(sorted(found, key=lambda one: one.country))

    def theme(self, node: Any, identifier: str) -> str:
        known = [
            str(value).removeprefix(f"{STRAUME}theme-") for value in self.graph.objects(node, CV.thematicArea)
        ]
        for theme in known:
            if theme in Theme.values:
                return theme
        if known:
            self.note("rdf_theme_unknown", service=identifier)
        return "other" if known else ""

    def parts(self, node: Any, predicate: URIRef) -> list[Any]:
        return sorted(
            self.graph.objects(node, predicate),
            key=lambda one: (self.plain(one, DCTERMS.identifier), str(one)),
        )

    def identifier(self, node: Any) -> str:
        return self.plain(node, DCTERMS.identifier).strip()

    def part_identifier(self, node: Any, service: str, word: str) -> str:
        own = self.plain(node, DCTERMS.identifier)
        if own and IDENTIFIER_FORM.match(own) and len(own) <= 200:
            return own
        end = re.sub(r"[^A-Za-z0-9._-]+", "-", str(node)).strip("-")[-60:].strip("-")
        return f"{service}-{word}-{end}"[:200]

    def plain(self, node: Any, predicate: URIRef) -> str:
        values = sorted(str(value) for value in self.graph.objects(node, predicate))
        return values[0] if values else ""

    def texts(self, node: Any, predicate: URIRef, service: str) -> Texts:
        """A text in our languages; where a file has none of them, its first one stands under English."""
        written = [value for value in self.graph.objects(node, predicate) if isinstance(value, Literal)]
        by_language: dict[str, str] = {}
        for value in sorted(written, key=str):
            by_language.setdefault((value.language or "").split("-")[0].lower(), str(value).strip())
        kept = {lang: by_language[lang] for lang in LANGUAGES if by_language.get(lang)}
        others = sorted(lang for lang, text in by_language.items() if lang not in LANGUAGES and text)
        if kept and others:
            named = ", ".join(lang for lang in others if lang)
            if named:
                self.note("rdf_languages_not_kept", service=service, languages=named)
        elif others:
            self.note("rdf_language_as_english", service=service, language=others[0] or "?")
            kept = {"en": by_language[others[0]]}
        return kept

    def keywords(self, node: Any) -> Texts:
        words: dict[str, list[str]] = {}
        for value in self.graph.objects(node, DCAT.keyword):
            lang = (getattr(value, "language", None) or "").lower()
            if lang in LANGUAGES:
                words.setdefault(lang, []).append(str(value).replace(",", " ").strip())
        return {lang: ", ".join(sorted(words[lang])) for lang in LANGUAGES if lang in words}

    def code(self, node: Any, predicate: URIRef, codes: dict[str, str]) -> str:
        found = sorted(codes[str(v)] for v in self.graph.objects(node, predicate) if str(v) in codes)
        return found[0] if found else ""

    def own_code(self, node: Any, prefix: str, known: list[Any]) -> str:
        codes = {f"{STRAUME}{prefix}{value}": str(value) for value in known}
        return self.code(node, DCTERMS.type, codes)

    def duration(self, node: Any, service: str) -> str:
        text = self.plain(node, CV.processingTime)
        if text and (len(text) > 30 or not DURATION_FORM.match(text)):
            self.problem("rdf_duration", service=service, duration=text[:60])
            return ""
        return text

    def day(self, node: Any, predicate: URIRef, service: str) -> date | None:
        text = self.plain(node, predicate)
        if not text:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            self.problem("rdf_day", service=service, day=text[:40])
            return None

    def amount(self, node: Any, service: str) -> Decimal | None:
        text = self.plain(node, CV.hasValue)
        if not text:
            return None
        try:
            amount = Decimal(text)
            if not amount.is_finite() or not 0 <= amount < 10**8:
                raise InvalidOperation
        except InvalidOperation:
            self.problem("rdf_amount", service=service, amount=text[:40])
            return None
        return amount.quantize(Decimal("0.01"))


def web_address(text: str) -> str:
    """The address where it leads to a page; a script or a local file becomes no link."""
    return text if text.startswith(("https://", "http://")) else ""


def _is_ours(uri: str, identifier: str) -> bool:
    """Whether an address is one that we make ourselves, so that nothing is gained by keeping it."""
    return unquote(uri).endswith(f"services/id/{identifier}")

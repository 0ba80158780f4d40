"""From plain values to a CPSV-AP 3.2 graph."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from straume.web.services.rdf.described import Authority, Cost, CountryDeadline, Event, Law, Service, Texts
from straume.web.services.rdf.terms import (
    ADMS,
    COUNTRIES,
    CPSV,
    CV,
    ELI,
    EU,
    LINGUISTIC,
    PREFIXES,
    STRAUME,
    empty_graph,
    institution_uri,
    part_uri,
    service_uri,
)
from straume.web.services.vocabulary import COFOG_URI, SECTOR_OF_THEME, STATUS_URI, Cofog, Status, Theme

CATALOGUE_TITLE = {"lv": "Pakalpojumu katalogs", "lt": "Paslaugų katalogas", "en": "Service catalogue"}
CLOCK_WORDS = {
    "calendar": {"lv": "Dienas pēc kalendāra", "lt": "Kalendorinės dienos", "en": "Calendar days"},
    "working": {"lv": "Darba dienas", "lt": "Darbo dienos", "en": "Working days"},
}
DEADLINE_TITLE = {
    "lv": "Likumā noteiktais termiņš",
    "lt": "Teisės akte nustatytas terminas",
    "en": "Legal deadline",
}
FORMATS = {
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "jsonld": ("json-ld", "application/ld+json"),
    "rdf": ("xml", "application/rdf+xml"),
}


def graph_of(services: Iterable[Service], *, base: str, catalogue: bool = False) -> Graph:
    """The services; with `catalogue` also the set they are parts of. `base`, our address, ends in "/"."""
    graph = empty_graph()
    whole = URIRef(f"{base}services/")
    for service in services:
        uri = _service(graph, service, base)
        if catalogue:
            graph.add((uri, DCTERMS.isPartOf, whole))
            graph.add((whole, DCTERMS.hasPart, uri))
    if catalogue:
        _catalogue(graph, whole, base)
    return graph


def serialized(graph: Graph, kind: str) -> str:
    """As Turtle, JSON-LD (with its context inside) or RDF/XML."""
    name, _media_type = FORMATS[kind]
    if kind != "jsonld":
        return graph.serialize(format=name)
    context = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    made = json.loads(graph.serialize(format=name, context=context, auto_compact=False))
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _catalogue(graph: Graph, whole: URIRef, base: str) -> None:
    publisher = URIRef(f"{base}#publisher")
    graph.add((whole, RDF.type, DCAT.Dataset))
    _texts(graph, whole, DCTERMS.title, CATALOGUE_TITLE)
    _texts(graph, whole, DCTERMS.description, CATALOGUE_TITLE)
    graph.add((whole, DCTERMS.publisher, publisher))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, DCTERMS.identifier, Literal("straume")))
    graph.add((publisher, DCTERMS.title, Literal("Straume", lang="en")))


def _service(graph: Graph, service: Service, base: str) -> URIRef:
    uri = URIRef(service.source_uri) if service.source_uri else service_uri(base, service.identifier)
    graph.add((uri, RDF.type, CPSV.PublicService))
    graph.add((uri, DCTERMS.identifier, Literal(service.identifier)))
    _texts(graph, uri, DCTERMS.title, service.name)
    _texts(graph, uri, DCTERMS.description, service.description or service.name)
    for lang, words in service.keywords.items():
        for word in words.split(", "):
            graph.add((uri, DCAT.keyword, Literal(word, lang=lang)))
    for lang in service.name:
        _typed(graph, uri, DCTERMS.language, LINGUISTIC[lang], DCTERMS.LinguisticSystem)
    _codes(graph, uri, service)
    if not service.description:
        graph.add((uri, STRAUME.descriptionIsName, Literal(True)))
    for predicate, value in (
        (STRAUME.lvCatalogueId, service.lv_catalogue_id),
        (STRAUME.ltPasisId, service.lt_pasis_id),
    ):
        if value:
            graph.add((uri, predicate, Literal(value)))
    _parts(graph, uri, service)
    for authority in service.authorities:
        _authority(graph, uri, authority, base)
    for deadline in _deadlines(service):
        _deadline(graph, uri, service.identifier, deadline)
    return uri


def _codes(graph: Graph, uri: URIRef, service: Service) -> None:
    if service.theme:
        concept = STRAUME[f"theme-{service.theme}"]
        _typed(graph, uri, CV.thematicArea, concept, SKOS.Concept)
        graph.add((concept, SKOS.prefLabel, Literal(_english(Theme(service.theme)), lang="en")))
        sector = EU[f"data-theme/{SECTOR_OF_THEME[Theme(service.theme)]}"]
        _typed(graph, uri, CV.sector, sector, SKOS.Concept)
    if service.cofog:
        function = URIRef(COFOG_URI[Cofog(service.cofog)])
        _typed(graph, uri, DCTERMS.type, function, SKOS.Concept)
        graph.add((function, SKOS.notation, Literal(service.cofog)))
    if service.status:
        _typed(graph, uri, ADMS.status, URIRef(STATUS_URI[Status(service.status)]), SKOS.Concept)
    if service.processing_time:
        graph.add((uri, CV.processingTime, _duration(service.processing_time)))


def _parts(graph: Graph, uri: URIRef, service: Service) -> None:
    for law in service.laws:
        _law(graph, uri, law)
    for channel in service.channels:
        node = _part(graph, uri, CV.hasChannel, CV.Channel, channel.identifier)
        _typed(graph, node, DCTERMS.type, STRAUME[f"channel-{channel.kind}"], SKOS.Concept)
        _texts(graph, node, DCTERMS.description, channel.description)
        if channel.processing_time:
            graph.add((node, CV.processingTime, _duration(channel.processing_time)))
    for cost in service.costs:
        _cost(graph, uri, cost)
    for evidence in service.evidence:
        node = _part(graph, uri, CPSV.hasInput, CV.Evidence, evidence.identifier)
        _texts(graph, node, DCTERMS.title, evidence.name)
        _texts(graph, node, DCTERMS.description, evidence.description)
    for output in service.outputs:
        node = _part(graph, uri, CPSV.produces, CV.Output, output.identifier)
        _texts(graph, node, DCTERMS.title, output.name)
        _texts(graph, node, DCTERMS.description, output.description)
        if output.kind:
            _typed(graph, node, DCTERMS.type, STRAUME[f"output-{output.kind}"], SKOS.Concept)
    for event in service.events:
        _event(graph, uri, event)


def _law(graph: Graph, uri: URIRef, law: Law) -> None:
    node = _part(graph, uri, CV.hasLegalResource, ELI.LegalResource, law.identifier)
    _texts(graph, node, ELI.title, law.title)
    for predicate, day in (
        (ELI.first_date_entry_in_force, law.in_force_from_on),
        (ELI.date_no_longer_in_force, law.in_force_until_on),
        (STRAUME.checkedByLawyerOn, law.checked_by_lawyer_on),
    ):
        if day:
            graph.add((node, predicate, Literal(day.isoformat(), datatype=XSD.date)))
    if law.uri:
        graph.add((node, RDFS.seeAlso, URIRef(law.uri)))
    if law.country:
        _typed(graph, node, DCTERMS.spatial, COUNTRIES[law.country], DCTERMS.Location)
    if law.is_unsure:
        graph.add((node, STRAUME.isUnsure, Literal(True)))


def _cost(graph: Graph, uri: URIRef, cost: Cost) -> None:
    node = _part(graph, uri, CV.hasCost, CV.Cost, cost.identifier)
    if cost.amount is not None:
        graph.add((node, CV.hasValue, Literal(_money(cost.amount), datatype=XSD.double, normalize=False)))
    _typed(graph, node, CV.currency, EU[f"currency/{cost.currency}"], SKOS.Concept)
    _texts(graph, node, DCTERMS.description, cost.description)
    if cost.channel:
        graph.add((node, CV.ifAccessedThrough, part_uri(uri, cost.channel)))


def _event(graph: Graph, uri: URIRef, event: Event) -> None:
    node = URIRef(event.uri) if event.uri else STRAUME[f"event-{event.identifier}"]
    graph.add((uri, CV.isGroupedBy, node))
    graph.add((node, RDF.type, CV.Event))
    graph.add((node, RDF.type, CV.LifeEvent if event.kind == "life" else CV.BusinessEvent))
    graph.add((node, DCTERMS.identifier, Literal(event.identifier)))
    _texts(graph, node, DCTERMS.title, event.name)


def _authority(graph: Graph, uri: URIRef, authority: Authority, base: str) -> None:
    if authority.slug:
        node: URIRef | BNode = institution_uri(base, authority.slug)
        graph.add((node, DCTERMS.identifier, Literal(authority.slug)))
        spatial: str = COUNTRIES[authority.spatial_uri]
    else:
        node, spatial = URIRef(authority.uri) if authority.uri else BNode(), authority.spatial_uri
    graph.add((uri, CV.hasCompetentAuthority, node))
    graph.add((node, RDF.type, CV.PublicOrganisation))
    _texts(graph, node, SKOS.prefLabel, authority.name)
    if spatial:
        _typed(graph, node, DCTERMS.spatial, URIRef(spatial), DCTERMS.Location)


def _deadlines(service: Service) -> list[CountryDeadline]:
    own = (
        [CountryDeadline("", service.deadline_days, service.deadline_clock)]
        if service.deadline_days is not None
        else []
    )
    return [*own, *service.deadlines]


def _deadline(graph: Graph, uri: URIRef, identifier: str, deadline: CountryDeadline) -> None:
    """A deadline is a rule that the service follows; its number and clock stand in words of our own."""
    name = "-".join(part for part in (identifier, "deadline", deadline.country) if part)
    node = _part(graph, uri, CPSV.follows, CPSV.Rule, name)
    _texts(graph, node, DCTERMS.title, DEADLINE_TITLE)
    words = CLOCK_WORDS[deadline.clock]
    _texts(
        graph, node, DCTERMS.description, {lang: f"{text}: {deadline.days}" for lang, text in words.items()}
    )
    graph.add((node, STRAUME.deadlineDays, Literal(deadline.days)))
    graph.add((node, STRAUME.deadlineClock, Literal(deadline.clock)))
    if deadline.country:
        _typed(graph, node, DCTERMS.spatial, COUNTRIES[deadline.country], DCTERMS.Location)
    if deadline.note:
        graph.add((node, RDFS.comment, Literal(deadline.note)))


def _part(graph: Graph, service: URIRef, predicate: URIRef, kind: URIRef, identifier: str) -> URIRef:
    node = part_uri(service, identifier)
    graph.add((service, predicate, node))
    graph.add((node, RDF.type, kind))
    graph.add((node, DCTERMS.identifier, Literal(identifier)))
    return node


def _texts(graph: Graph, node: Any, predicate: URIRef, texts: Texts) -> None:
    for lang, text in texts.items():
        graph.add((node, predicate, Literal(text, lang=lang)))


def _typed(graph: Graph, node: Any, predicate: URIRef, value: URIRef, kind: URIRef) -> None:
    graph.add((node, predicate, value))
    graph.add((value, RDF.type, kind))


def _duration(text: str) -> Literal:
    return Literal(text, datatype=XSD.duration, normalize=False)


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _english(choice: Any) -> str:
    from django.utils.translation import override

    with override("en"):
        return str(choice.label)

"""Names that are written to RDF. What CPSV-AP has no word for stands under an address of our own."""

from __future__ import annotations

from urllib.parse import quote

from rdflib import Graph, Namespace, URIRef

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
EU = Namespace("http://publications.europa.eu/resource/authority/")
STRAUME = Namespace("urn:straume:terms:")
PREFIXES = {
    "cpsv": CPSV,
    "cv": CV,
    "eli": ELI,
    "adms": ADMS,
    "straume": STRAUME,
    "dct": Namespace("http://purl.org/dc/terms/"),
    "dcat": Namespace("http://www.w3.org/ns/dcat#"),
    "foaf": Namespace("http://xmlns.com/foaf/0.1/"),
    "skos": Namespace("http://www.w3.org/2004/02/skos/core#"),
    "xsd": Namespace("http://www.w3.org/2001/XMLSchema#"),
    "rdfs": Namespace("http://www.w3.org/2000/01/rdf-schema#"),
}
COUNTRIES = {"lv": EU["country/LVA"], "lt": EU["country/LTU"]}
LINGUISTIC = {"lv": EU["language/LAV"], "lt": EU["language/LIT"], "en": EU["language/ENG"]}


def empty_graph() -> Graph:
    """A graph that knows our prefixes alone."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def service_uri(base: str, identifier: str) -> URIRef:
    return URIRef(f"{base}services/id/{quote(identifier, safe='')}")


def part_uri(service: URIRef, identifier: str) -> URIRef:
    return URIRef(f"{service}#{quote(identifier, safe='')}")


def institution_uri(base: str, slug: str) -> URIRef:
    return URIRef(f"{base}institutions/{quote(slug, safe='')}/")

"""Text to graph, without network, entities or endless work."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Any

from rdflib import Graph

from straume.lean.errors import InputProblems, Place, Problem
from straume.web.services.rdf.terms import empty_graph

LARGEST_BYTES = 5_000_000
MOST_STATEMENTS = 200_000
DEEPEST = 60
KINDS = {
    ".ttl": "ttl",
    ".turtle": "ttl",
    ".nt": "ttl",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".rdf": "rdf",
    ".xml": "rdf",
}
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}


def refused(code: str, *, line: int | None = None, **params: Any) -> InputProblems:
    return InputProblems((Problem(code, params, Place(line=line)),))


def kind_of(file_name: str) -> str:
    """The format by the ending of the file's name."""
    ending = PurePath(file_name).suffix.lower()
    if ending not in KINDS:
        raise refused("rdf_ending", ending=ending or file_name)
    return KINDS[ending]


def decoded(content: bytes) -> str:
    if not content.strip():
        raise refused("rdf_empty")
    if len(content) > LARGEST_BYTES:
        raise refused("rdf_too_large", megabytes=LARGEST_BYTES // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused("rdf_encoding", line=content[: error.start].count(b"\n") + 1) from None
    if "\0" in text:
        raise refused("rdf_nul", line=text[: text.index("\0")].count("\n") + 1)
    return text


def parsed(text: str, kind: str) -> Graph:
    """The graph, or the problem with its line. Nothing outside the text is ever read."""
    if kind == "rdf":
        _no_doctype(text)
    if kind == "jsonld":
        _no_remote_context(text)
    graph = empty_graph()
    try:
        graph.parse(data=text, format=PARSERS[kind], publicID="urn:straume:import:")
    except RecursionError:
        raise refused("rdf_too_deep") from None
    except Exception as error:  # rdflib's parsers raise many kinds, none of them a base of the others
        raise refused("rdf_not_readable", line=_line(error), kind=kind) from error
    if len(graph) > MOST_STATEMENTS:
        raise refused("rdf_too_many", most=MOST_STATEMENTS)
    return graph


def _no_doctype(text: str) -> None:
    """Entities live in a document type; CPSV-AP needs none."""
    found = re.search(r"<!\s*(DOCTYPE|ENTITY)", text, flags=re.IGNORECASE)
    if found:
        raise refused("rdf_entities", line=text[: found.start()].count("\n") + 1)


def _no_remote_context(text: str) -> None:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise refused("rdf_not_readable", line=error.lineno, kind="jsonld") from None
    except RecursionError:
        raise refused("rdf_too_deep") from None
    for address in _addresses(data):
        raise refused("rdf_remote_context", address=address)


def _addresses(data: Any) -> list[str]:
    """Addresses that a reader of JSON-LD would fetch: contexts that are named instead of written out."""
    found: list[str] = []
    todo: list[tuple[Any, bool, int]] = [(data, False, 0)]
    while todo:
        value, is_context, depth = todo.pop()
        if depth > DEEPEST:
            raise refused("rdf_too_deep")
        if isinstance(value, str) and is_context:
            found.append(value)
        elif isinstance(value, list):
            todo += [(one, is_context, depth + 1) for one in value]
        elif isinstance(value, dict):
            for key, one in value.items():
                if key == "@import" and isinstance(one, str):
                    found.append(one)
                todo.append((one, key == "@context", depth + 1))
    return found


def _line(error: BaseException) -> int | None:
    """Where a parser says it stumbled: Turtle counts lines from 0, SAX from 1."""
    lines = getattr(error, "lines", None)
    if isinstance(lines, int):
        return lines + 1
    line = getattr(error, "getLineNumber", None)
    if callable(line):
        number = line()
        return number if isinstance(number, int) else None
    return None

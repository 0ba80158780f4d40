"""From bytes to a checked tree: no entities, no other files, no network; BPMN, and each id once."""

from __future__ import annotations

from contextlib import suppress
from xml.parsers import expat

from lxml import etree

from straume.lean.errors import InputProblems, Place, Problem
from straume.lean.stream.bpmn.vocabulary import BPMN, FLOW_NODES, is_bpmn, line_of, local, q

LARGEST_BYTES = 20_000_000
MOST_ELEMENTS = 300_000


def parsed(data: bytes) -> etree._Element:
    """The root of a BPMN file. Raises InputProblems with the line of each fault."""
    if len(data) > LARGEST_BYTES:
        raise _refused("bpmn_too_large", most_mb=LARGEST_BYTES // 1_000_000)
    if not data.strip():
        raise _refused("bpmn_empty")
    _refuse_document_type(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise InputProblems((Problem("bpmn_not_xml", {}, Place(line=line or None)),)) from None
    if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that only lxml knows
        raise InputProblems((Problem("bpmn_document_type", {}, Place(line=1)),))
    _check(root)
    return root


def _refuse_document_type(data: bytes) -> None:
    """A document type is where entities are defined; BPMN needs none, so none is read."""
    reader = expat.ParserCreate()
    found: list[int] = []

    def seen(*_: object) -> None:
        found.append(reader.CurrentLineNumber)
        raise StopIteration

    def begun(*_: object) -> None:
        raise StopIteration

    reader.StartDoctypeDeclHandler = seen
    reader.StartElementHandler = begun
    with suppress(StopIteration, expat.ExpatError, LookupError, ValueError):
        reader.Parse(data, True)  # what is not well-formed is told by the real reader
    if found:
        raise InputProblems((Problem("bpmn_document_type", {}, Place(line=found[0])),))


def _check(root: etree._Element) -> None:
    if root.tag != q(BPMN, "definitions"):
        name = local(root)
        old = "BPMN" in (root.tag or "") or "XPDL" in (root.tag or "") or "xpdl" in (root.tag or "")
        code = "bpmn_other_version" if old and name != "BPMNDiagram" else "bpmn_not_bpmn"
        raise InputProblems((Problem(code, {"root": name}, Place(line=line_of(root))),))
    problems: list[Problem] = []
    seen: dict[str, int | None] = {}
    for number, element in enumerate(root.iter(etree.Element)):
        if number > MOST_ELEMENTS:
            raise _refused("bpmn_too_large", most_mb=LARGEST_BYTES // 1_000_000)
        given = element.get("id") if is_bpmn(element) else None
        if given and given in seen:
            params = {"id": given, "first": seen[given] or 0}
            problems.append(Problem("bpmn_id_twice", params, Place(line=line_of(element))))
        elif given:
            seen[given] = line_of(element)
    problems += _dangling(root)
    if problems:
        raise InputProblems(tuple(sorted(problems, key=lambda problem: problem.place.line or 0)))


def _dangling(root: etree._Element) -> list[Problem]:
    """Flows whose ends are not there, events that are attached to nothing."""
    nodes = {
        element.get("id")
        for element in root.iter(etree.Element)
        if is_bpmn(element) and local(element) in FLOW_NODES
    }
    problems = []
    for kind, attributes in (
        ("sequenceFlow", ("sourceRef", "targetRef")),
        ("boundaryEvent", ("attachedToRef",)),
    ):
        for element in root.iter(q(BPMN, kind)):
            for attribute in attributes:
                given = element.get(attribute)
                if reference(given) not in nodes and given not in nodes:
                    params = {
                        "element": kind,
                        "id": element.get("id") or "",
                        "attribute": attribute,
                        "wanted": given or "",
                    }
                    code = "bpmn_end_missing" if given is None else "bpmn_end_unknown"
                    problems.append(Problem(code, params, Place(line=line_of(element))))
    return problems


def reference(given: str | None) -> str:
    """The id that a reference names; tools write it with or without a namespace prefix."""
    return (given or "").strip().rpartition(":")[2]


def _refused(code: str, **params: object) -> InputProblems:
    return InputProblems((Problem(code, params),))

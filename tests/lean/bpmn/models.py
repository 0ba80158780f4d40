"""Small BPMN files for tests, and how two files are compared."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from lxml import etree

from straume.lean.stream.records import ValueStream

SCHEMA = Path(__file__).parent / "vendor" / "BPMN20.xsd"
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:test" id="d">'
)


def model(process: str, *, around: str = "", name: str = "Service") -> bytes:
    """A file with one process, written in the default namespace, without a diagram."""
    text = f'{HEAD}<process id="p" name="{name}">{process}</process>{around}</definitions>'
    return text.encode()


def tasks(*ids: str) -> str:
    return "".join(f'<task id="{one}" name="Do {one}"/>' for one in ids)


def flows(*pairs: str) -> str:
    """ "a>b" is a flow from a to b, "a>b:60 %" one with a name."""
    made = []
    for number, pair in enumerate(pairs, 1):
        ends, _, name = pair.partition(":")
        source, target = ends.split(">")
        label = f' name="{name}"' if name else ""
        made.append(f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"{label}/>')
    return "".join(made)


def ends(*ids: str) -> str:
    return "".join(f'<endEvent id="{one}"/>' for one in ids)


START = '<startEvent id="s"/>'


def routes(stream: ValueStream) -> set[str]:
    """ "a>b", with the share where it is not all: "a>b 0.6"."""
    return {
        f"{one.source}>{one.target}" + (f" {one.share:.2f}" if one.share < 1 else "") for one in stream.routes
    }


def codes(notices) -> Counter[str]:
    return Counter(one.code for one in notices)


def elements(data: bytes) -> Counter[tuple]:
    """Every element with its attributes, its text and the element around it: what no tool may lose."""
    root = etree.fromstring(data)
    return Counter(
        (
            one.tag,
            tuple(sorted(one.attrib.items())),
            (one.text or "").strip(),
            one.getparent().get("id") if one.getparent() is not None else None,
        )
        for one in root.iter(etree.Element)
    )


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


def faults(data: bytes) -> list[str]:
    """What the schema of BPMN 2.0 finds wrong with a file."""
    schema().validate(etree.fromstring(data).getroottree())
    return [f"{one.line}: {one.message}" for one in schema().error_log]

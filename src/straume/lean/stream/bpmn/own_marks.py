"""What BPMN cannot say of a value stream, as elements of our own namespace – written and read exactly."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from lxml import etree

from straume.lean.stream.bpmn.vocabulary import (
    BPMN,
    EVENTS,
    FLOW_NODES,
    OWN,
    is_bpmn,
    local,
    q,
    writable,
)

R = TypeVar("R")


def extensions(element: etree._Element) -> etree._Element:
    """The place for elements of others in a BPMN element, made where there is none."""
    found = element.find(q(BPMN, "extensionElements"))
    if found is None:
        found = etree.Element(q(BPMN, "extensionElements"))
        documented = sum(local(child) == "documentation" for child in element)
        element.insert(documented, found)
    return found


def mark(element: etree._Element, name: str, record: Any, *, without: tuple[str, ...] = ()) -> None:
    """Put a record into an element in place of the one of that name; what is as usual is not written."""
    place = extensions(element)
    for old in place.findall(q(OWN, name)):
        place.remove(old)
    _put(etree.SubElement(place, q(OWN, name), nsmap={"straume": OWN}), record, without)


def marked(element: etree._Element, name: str) -> etree._Element | None:
    """Our element of that name in a BPMN element."""
    return element.find(f"{q(BPMN, 'extensionElements')}/{q(OWN, name)}")


def values(element: etree._Element, record: type[Any]) -> dict[str, Any]:
    """The fields of a record as `mark` wrote them; those that it left out are missing.

    Raises ValueError where somebody else has written there what the record cannot hold.
    """
    found: dict[str, Any] = {}
    hints = get_type_hints(record)
    for name, hint in hints.items():
        children = element.findall(q(OWN, name))
        if name in element.attrib:
            found[name] = _scalar(str(element.get(name)), hint)
        elif children:
            found[name] = _read(children, hint)
    return found


def shape_of(process: etree._Element) -> str:
    """A digest of what leads where: while it holds, nobody has changed the way of the work."""
    lines = []
    for element in process.iter(etree.Element):
        if is_bpmn(element) and local(element) in FLOW_NODES | {"sequenceFlow"}:
            ends = (element.get("sourceRef"), element.get("targetRef"), element.get("attachedToRef"))
            events = [local(child) for child in element if local(child).endswith("Definition")]
            kind = local(element) if local(element) in EVENTS or local(element).endswith("Gateway") else ""
            lines.append(repr((kind, element.get("id"), ends, events)))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:16]


def _put(element: etree._Element, record: Any, without: tuple[str, ...]) -> None:
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in without or value is None or _is_usual(field, value):
            continue
        if dataclasses.is_dataclass(value):
            _put(etree.SubElement(element, q(OWN, field.name)), value, ())
        elif isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            for one in value:
                _put(etree.SubElement(element, q(OWN, field.name)), one, ())
        elif isinstance(value, str) and writable(value) == value:
            element.set(field.name, value)
        elif isinstance(value, (bool, int, float)):
            element.set(field.name, json.dumps(value))
        else:
            etree.SubElement(element, q(OWN, field.name)).text = _json(value)


def _json(value: object) -> str:
    def mapped(one: Any) -> Any:
        is_record = dataclasses.is_dataclass(one) and not isinstance(one, type)
        return dataclasses.asdict(one) if is_record else dict(one)

    text = json.dumps(value, ensure_ascii=False, default=mapped)
    return text if writable(text) == text else json.dumps(value, default=mapped)


def _is_usual(field: dataclasses.Field[Any], value: object) -> bool:
    if field.default is not dataclasses.MISSING:
        return type(value) is type(field.default) and value == field.default
    if field.default_factory is not dataclasses.MISSING:
        return bool(value == field.default_factory())
    return False


def _scalar(text: str, hint: Any) -> Any:
    if _is_text(hint):
        return text
    value = json.loads(text)
    if not isinstance(value, (bool, int, float)):
        raise ValueError(text)
    return value


def _is_text(hint: Any) -> bool:
    if get_origin(hint) in (Union, types.UnionType):
        return any(_is_text(one) for one in get_args(hint))
    return hint is str or get_origin(hint) is Literal


def _read(children: list[etree._Element], hint: Any) -> Any:
    kinds = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    kind = next(one for one in kinds if one is not type(None))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return kind(**values(children[0], kind))
    if get_origin(kind) is tuple and dataclasses.is_dataclass(get_args(kind)[0]):
        return tuple(get_args(kind)[0](**values(child, get_args(kind)[0])) for child in children)
    value = json.loads(children[0].text or "null")
    if get_origin(kind) is tuple:
        return tuple(value)
    if isinstance(value, Mapping) and len(get_args(kind)) == 2:
        inner = get_args(kind)[1]
        if dataclasses.is_dataclass(inner) and isinstance(inner, type):
            return {key: inner(**one) for key, one in value.items()}
    return value

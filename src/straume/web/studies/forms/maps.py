"""What browsers send about a map, checked before anything is kept: edits, rows to be measured."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from straume.web.studies.actions.maps import Sent
from straume.web.studies.map_state import (
    BURST_FIELDS,
    FIELDS,
    MAP_FIELDS,
    PLACE,
    PLACE_KEY,
    STEP_FIELDS,
    WHOLE_MAP,
)
from straume.web.studies.models.maps import MOST_CHARACTERS

MOST_AT_ONCE = 500
MOST_ROWS = 250
UNSEEN = re.compile(r"[\x00-\x1f\x7f]+")


class NotUnderstood(Exception):
    """The browser sent something that this page never sends."""


@dataclass(frozen=True)
class SentEdits:
    client: uuid.UUID
    after: int
    edits: tuple[Sent, ...]


def sent_edits(body: bytes) -> SentEdits:
    """The edits of one tab, and after which number it wants to know the rest. Raises NotUnderstood."""
    data = _object(body)
    edits = data.get("edits")
    if not isinstance(edits, list) or len(edits) > MOST_AT_ONCE:
        raise NotUnderstood
    return SentEdits(_uuid(data.get("client")), _number(data.get("after")), tuple(map(_edit, edits)))


def _edit(one: Any) -> Sent:
    if not isinstance(one, dict):
        raise NotUnderstood
    element, name, value = _uuid(one.get("element")), one.get("field"), _text(one.get("value"))
    fits = name in FIELDS and (element == WHOLE_MAP) == (name in MAP_FIELDS)
    if not fits or (name == PLACE and value and not PLACE_KEY.fullmatch(value)):
        raise NotUnderstood
    if name == "burst_of" and value:
        value = str(_uuid(value))
    return Sent(
        _uuid(one.get("key")), element, str(name), value, _text(one.get("before")), _number(one.get("base"))
    )


@dataclass(frozen=True)
class SentRows:
    """The steps as they stand in one browser, with what is being typed."""

    steps: tuple[tuple[str, dict[str, str]], ...]
    whole: dict[str, str]


def sent_rows(body: bytes) -> SentRows:
    """Rows to be measured. Raises NotUnderstood."""
    data = _object(body)
    steps, whole = data.get("steps"), data.get("map", {})
    if not isinstance(steps, list) or len(steps) > MOST_ROWS or not isinstance(whole, dict):
        raise NotUnderstood
    return SentRows(tuple(map(_row, steps)), {name: _text(whole.get(name)) for name in MAP_FIELDS})


def _row(one: Any) -> tuple[str, dict[str, str]]:
    if not isinstance(one, dict):
        raise NotUnderstood
    return str(_uuid(one.get("id"))), {name: _text(one.get(name)) for name in STEP_FIELDS}


def demand_of(text: str) -> int | None:
    """Cases a year as people type them, "1 200"; None where it is no such number."""
    plain = re.sub(r"\s", "", text)
    return int(plain) if plain.isdigit() and 0 < int(plain) <= 10_000_000 else None


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        data = json.loads(body)
    except ValueError as fault:
        raise NotUnderstood from fault
    if not isinstance(data, dict):
        raise NotUnderstood
    return data


def _uuid(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError as fault:
        raise NotUnderstood from fault


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise NotUnderstood
    return value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS:
        raise NotUnderstood
    return UNSEEN.sub(" ", value).strip()


__all__ = ["BURST_FIELDS", "NotUnderstood", "SentEdits", "SentRows", "demand_of", "sent_edits", "sent_rows"]

"""Beginning a map, and taking the edits of the browsers in a room."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.studies.map_state import PLACE, STEP_FIELDS, STEP_NUMBER, WHOLE_MAP, Edit, MapState, fold
from straume.web.studies.models import MapEdit, StreamMap, Study

SERVER = uuid.UUID(int=0)  # the "tab" of edits that a map begins with
FIRST_PLACE = 1296  # "100" in base 36: places have three figures, with room between them


class Locked(Exception):
    """The map takes no edits any more."""


@dataclass(frozen=True)
class Sent:
    """An edit as a browser sends it; checked by forms.maps."""

    key: uuid.UUID
    element: uuid.UUID
    field: str
    value: str
    value_before: str
    base: int


def begin_map(
    *,
    study: Study,
    name: str,
    key: uuid.UUID,
    by: User,
    now: datetime,
    rows: Sequence[Mapping[str, str]] = (),
    demand: int | None = None,
) -> StreamMap:
    """A new map; it may begin with the rows of a step table."""

    def create() -> StreamMap:
        made = StreamMap.objects.create(
            study=study,
            name=name,
            is_simulated=study.is_simulated,
            idempotency_key=key,
            made_by=by,
            made_at=now,
        )
        begin_with(made, edits_of_rows(rows, demand), now=now)
        return made

    return once(create, lambda: study.maps.filter(idempotency_key=key).first())


def begin_future(*, origin: StreamMap, name: str, key: uuid.UUID, by: User, now: datetime) -> StreamMap:
    """A map of what is to be: it begins with the same elements, so that a diff knows which step is which."""
    state = state_of(origin)

    def create() -> StreamMap:
        made = StreamMap.objects.create(
            study=origin.study,
            name=name,
            made_from=origin,
            is_simulated=origin.is_simulated,
            idempotency_key=key,
            made_by=by,
            made_at=now,
        )
        kept = [WHOLE_MAP, *(one.id for one in state.steps)]  # bursts stay with the map they were seen on
        begin_with(
            made,
            [
                (one, name, value)
                for one in kept
                for name, value in state.values.get(one, {}).items()
                if value
            ],
            now=now,
        )
        return made

    return once(create, lambda: origin.study.maps.filter(idempotency_key=key).first())


def begin_with(made: StreamMap, said: Iterable[tuple[uuid.UUID, str, str]], *, now: datetime) -> None:
    edits = [
        MapEdit(
            map=made,
            number=number,
            key=uuid.uuid4(),
            element=element,
            field=name,
            value=value,
            base=number - 1,
            client=SERVER,
            made_at=now,
        )
        for number, (element, name, value) in enumerate(said, 1)
    ]
    MapEdit.objects.bulk_create(edits)
    StreamMap.objects.filter(pk=made.pk).update(last_number=len(edits))
    made.last_number = len(edits)


def edits_of_rows(
    rows: Sequence[Mapping[str, str]], demand: int | None
) -> Iterable[tuple[uuid.UUID, str, str]]:
    """What a step table says, as first values of a map."""
    if demand:
        yield WHOLE_MAP, "demand", str(demand)
    keys = [uuid.uuid4() for _row in rows]
    for at, (key, row) in enumerate(zip(keys, rows, strict=True)):
        yield key, PLACE, in_base_36(FIRST_PLACE + 10 * at)
        for name in STEP_FIELDS:
            if row.get(name):
                yield key, name, kept(name, row[name], keys)


def kept(name: str, value: str, keys: Sequence[uuid.UUID]) -> str:
    """ "Goes to" with steps by identity, as the studio keeps it (and static/studies/studio-references.js)."""
    if name != "goes_to":
        return value

    def identity(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        return f"{{{keys[at]}}}" if 0 <= at < len(keys) else found[0]

    return STEP_NUMBER.sub(identity, value)


def in_base_36(number: int) -> str:
    figures = ""
    while number:
        number, figure = divmod(number, 36)
        figures = "0123456789abcdefghijklmnopqrstuvwxyz"[figure] + figures
    return figures


def take_edits(*, edited: StreamMap, client: uuid.UUID, sent: Sequence[Sent], now: datetime) -> int:
    """Write down edits in the order in which they came, each key once; returns the map's newest number.

    The map's row is locked meanwhile, so that numbers have no gaps and every browser sees them in one order.
    Raises Locked where the map takes no edits any more.
    """
    with transaction.atomic():
        row = StreamMap.objects.select_for_update().get(pk=edited.pk)
        known = set(row.edits.filter(key__in=[one.key for one in sent]).values_list("key", flat=True))
        fresh = list({one.key: one for one in sent if one.key not in known}.values())
        if fresh and row.is_locked:
            raise Locked
        edits = [
            MapEdit(
                map=row,
                number=row.last_number + at,
                key=one.key,
                element=one.element,
                field=one.field,
                value_before=one.value_before,
                value=one.value,
                base=min(one.base, row.last_number),
                client=client,
                made_at=now,
            )
            for at, one in enumerate(fresh, 1)
        ]
        if edits:
            MapEdit.objects.bulk_create(edits)
            row.last_number += len(edits)
            row.save(update_fields=["last_number"])
    edited.last_number = row.last_number
    return row.last_number


def state_of(shown: StreamMap, until: int | None = None) -> MapState:
    """What stands on a map now, or stood after an earlier edit."""
    return _folded(shown.pk, shown.idempotency_key, shown.last_number if until is None else until)


@lru_cache(maxsize=64)
def _folded(pk: int, _key: uuid.UUID, until: int) -> MapState:
    """Edits never change, so a state is kept by map and number; the key tells databases apart."""
    fields = ("number", "element", "field", "value", "base", "client", "value_before")
    rows = MapEdit.objects.filter(map=pk, number__lte=until).order_by("number").values_list(*fields)
    return fold(Edit(*row) for row in rows)

"""Texts of a file that are longer than their fields: SQLite would keep them, PostgreSQL break on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Model

from straume.web.services import models
from straume.web.services.rdf import described

KEPT_IN: dict[type, type[Model]] = {
    described.Service: models.PublicService,
    described.Law: models.LegalResource,
    described.Channel: models.Channel,
    described.Cost: models.Cost,
    described.Evidence: models.Evidence,
    described.Output: models.Output,
    described.Event: models.LifeEvent,
    described.Authority: models.CompetentAuthority,
}
CHECKED_IN_FORM = {"processing_time", "currency"}  # the reader says what is wrong with these itself


@dataclass(frozen=True)
class TooLong:
    text: str
    most: int


def too_long(value: Any) -> Iterator[TooLong]:
    """Every text of a service and of its parts that has more characters than its field."""
    for field in fields(value):
        given = getattr(value, field.name)
        if isinstance(given, tuple):
            for part in given:
                if type(part) in KEPT_IN:
                    yield from too_long(part)
        elif most := longest(type(value), field.name):
            texts = given.values() if isinstance(given, Mapping) else [given]
            yield from (TooLong(text, most) for text in texts if len(text) > most)


def longest(kind: type, name: str) -> int | None:
    """Characters that the field of this name holds; None where it is no text or has no end."""
    columns = {
        column.name: column
        for column in KEPT_IN[kind]._meta.concrete_fields
        if column.name not in CHECKED_IN_FORM
    }
    return getattr(columns.get(name), "max_length", None)

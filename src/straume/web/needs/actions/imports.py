"""Taking in the results of a survey made elsewhere: all of it or nothing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from straume.web.accounts.models import User
from straume.web.needs.imported_file import Row
from straume.web.needs.models import (
    ImportedResult,
    ImportedSurvey,
    Questionnaire,
    QuestionnaireVersion,
    Wave,
)
from straume.web.places.models import Institution
from straume.web.places.once import once


def take_in(
    *,
    rows: Sequence[Row],
    name: str,
    source: str,
    file_name: str,
    owner: Institution,
    opens_on: date,
    closes_on: date,
    key: uuid.UUID,
    by: User,
    now: datetime,
) -> Wave:
    """A questionnaire of its questions, a wave marked as made elsewhere, and its figures."""

    def create() -> Wave:
        asked = Questionnaire.objects.create(title=name, owner=owner, made_by=by, made_at=now)
        names = _names(rows)
        version = QuestionnaireVersion.objects.create(
            questionnaire=asked, number=1, items=_items(rows, names), made_at=now, frozen_at=now
        )
        wave = Wave.objects.create(
            version=version,
            name=name,
            source=Wave.Source.IMPORTED,
            opens_on=opens_on,
            closes_on=closes_on,
            settled_on=closes_on,
            made_at=now,
            idempotency_key=key,
        )
        ImportedSurvey.objects.create(wave=wave, source=source, file_name=file_name[:200])
        ImportedResult.objects.bulk_create(
            ImportedResult(
                wave=wave,
                order=row.number,
                item=names[_words(row)],
                country=row.country,
                institution=row.institution,
                n=row.n,
                unit=unit,
                value=value,
                scale_high=row.scale_high if unit != ImportedResult.Unit.SHARE else None,
            )
            for row in rows
            for unit, value in row.figures.items()
        )
        return wave

    return once(create, Wave.objects.filter(idempotency_key=key).first)


def _words(row: Row) -> tuple[str, ...]:
    return tuple(row.question.values())


def _names(rows: Sequence[Row]) -> dict[tuple[str, ...], str]:
    return {words: f"q{at}" for at, words in enumerate(dict.fromkeys(_words(row) for row in rows), 1)}


def _items(rows: Sequence[Row], names: dict[tuple[str, ...], str]) -> list[dict[str, object]]:
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(names[_words(row)], row)
    return [
        {
            "name": name,
            "type": "number",
            "label": {lang: words for lang, words in row.question.items() if words},
            "need_kind": row.kind,
        }
        for name, row in first.items()
    ]

"""Writing needs: from a result, by hand, their status, two that are the same, texts put into them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.needs.models import (
    AnswerSheet,
    Need,
    NeedChange,
    NeedEvidence,
    NeedMerge,
    NeedText,
    TextBatch,
    Wave,
)
from straume.web.places.once import once

LANGUAGES = ("lv", "lt", "en")
MADE_FROM = uuid.UUID("6f0d7c1e-6b39-4a53-9d0f-2c7d14a1b6e5")  # names the needs that were made from a result


@dataclass(frozen=True)
class Evidence:
    """A result that shows a need: the question, the row or choice, n, and the figure as it stood."""

    item: str
    row: str
    answers: int
    figure: Mapping[str, Any]


def make_from_result(
    *, wave: Wave, kind: str, label: Mapping[str, str], evidence: Evidence, by: User | None, today: date
) -> Need:
    """The need that this result shows; pressed twice it is the same need."""
    key = uuid.uuid5(MADE_FROM, f"{wave.pk}/{evidence.item}/{evidence.row}")
    titles = {f"title_{lang}": label.get(lang, "")[:200] for lang in LANGUAGES}

    def create() -> Need:
        need = Need(
            kind=kind,
            named_on=today,
            named_by=by,
            is_simulated=wave.is_simulated,
            idempotency_key=key,
            **titles,
        )
        need.save()
        note(need=need, status=need.status, reason="", by=by, today=today)
        add_evidence(need=need, wave=wave, evidence=evidence, today=today)
        return need

    return once(create, Need.objects.filter(idempotency_key=key).first)


def named_in_texts(
    *, wave: Wave, kind: str, title: str, by: User | None, today: date, key: uuid.UUID
) -> Need:
    """A new need that people named in their own words; sent twice it is the same need."""
    own_key = uuid.uuid5(MADE_FROM, f"texts/{key}")

    def create() -> Need:
        need = Need.objects.create(
            kind=kind,
            title=title[:200],
            named_on=today,
            named_by=by,
            is_simulated=wave.is_simulated,
            idempotency_key=own_key,
        )
        note(need=need, status=need.status, reason="", by=by, today=today)
        return need

    return once(create, Need.objects.filter(idempotency_key=own_key).first)


def made_from(wave: Wave, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Need]:
    """(item, row) → the need that was made from it."""
    wanted = {uuid.uuid5(MADE_FROM, f"{wave.pk}/{item}/{row}"): (item, row) for item, row in keys}
    found = Need.objects.filter(idempotency_key__in=wanted)
    return {wanted[need.idempotency_key]: need for need in found if need.idempotency_key}


def add_evidence(*, need: Need, wave: Wave, evidence: Evidence, today: date) -> NeedEvidence:
    """Stays as it was on that day; the same result is noted once."""
    found, _made = NeedEvidence.objects.get_or_create(
        need=need,
        wave=wave,
        item=evidence.item,
        row=evidence.row,
        defaults={"answers": evidence.answers, "figure": dict(evidence.figure), "noted_on": today},
    )
    return found


def note(*, need: Need, status: str, reason: str, by: User | None, today: date) -> None:
    NeedChange.objects.create(need=need, status=status, reason=reason, made_by=by, made_on=today)


@transaction.atomic
def set_status(*, need: Need, status: str, reason: str, by: User, today: date) -> None:
    changed = Need.objects.filter(pk=need.pk).exclude(status=status, status_reason=reason)
    if changed.update(status=status, status_reason=reason):
        note(need=need, status=status, reason=reason, by=by, today=today)


def merge(*, gone: Need, kept: Need, by: User, today: date) -> NeedMerge:
    """Show `gone` with `kept`. What points at `gone` goes on doing so, so that it can be undone."""
    return once(
        lambda: NeedMerge.objects.create(gone=gone, kept=kept, made_by=by, made_on=today),
        NeedMerge.objects.filter(gone=gone).first,
    )


def unmerge(*, gone: Need) -> None:
    NeedMerge.objects.filter(gone=gone).delete()


@transaction.atomic
def put_texts(
    *, need: Need, wave: Wave, item: str, sheets: Sequence[AnswerSheet], key: uuid.UUID
) -> TextBatch:
    """Put the texts of these sheets into a need; those that are in it already stay."""

    def create() -> TextBatch:
        batch = TextBatch.objects.create(need=need, wave=wave, item=item, idempotency_key=key)
        NeedText.objects.bulk_create(
            [NeedText(batch=batch, need=need, sheet=sheet, item=item) for sheet in sheets],
            ignore_conflicts=True,
        )
        return batch

    return once(create, TextBatch.objects.filter(idempotency_key=key).first)


def take_out(*, batch: TextBatch) -> None:
    batch.delete()


OWN_PARTS = (NeedEvidence, NeedChange, NeedMerge, NeedText, TextBatch)


def pointed_at_by(need: Need) -> list[str]:
    """What of the product points at the need, by the plural of its name; [] where it may be deleted."""
    found = []
    for relation in Need._meta.related_objects:
        model = relation.related_model
        if model in OWN_PARTS and not (model is NeedMerge and relation.get_accessor_name() == "merges"):
            continue
        name = relation.field.name
        if model._default_manager.filter(**{name: need}).exists():
            found.append(str(model._meta.verbose_name_plural))
    return found

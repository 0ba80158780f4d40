"""Handing in answers, and keeping half of them: nothing written here leads from a person to a sheet."""

from __future__ import annotations

import random
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, Case, F, Value, When

from straume.web.needs import codes, sealing
from straume.web.needs.models import Draft, Invitation, InvitationCode, SealedSheet, UsedForm, Wave


class NotOpen(Exception):
    """The wave takes no answers today."""


class AlreadyAnswered(Exception):
    """This invitation was used."""


@dataclass(frozen=True)
class Sheet:
    """What is sealed: where the writer works, and what they answered."""

    institution: int
    country: str
    unit_kind: str
    role: str
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class HalfWritten:
    """What a draft holds; `form_key` is that of an open form."""

    wave: int
    answers: Mapping[str, Any]
    page: int
    place: int
    form_key: str


@transaction.atomic
def hand_in_invited(*, invitation: Invitation, sheet: Sheet, code: str, today: date) -> None:
    """One sheet for one invitation."""
    wave = _locked(invitation.wave_id, today)
    if Invitation.objects.filter(pk=invitation.pk, has_answered=True).exists():
        raise AlreadyAnswered
    _mark(wave, invitation)
    _put_among_the_others(wave, sheet)
    Draft.objects.filter(place=codes.draft_place(code)).delete()


@transaction.atomic
def hand_in_open(*, wave: Wave, sheet: Sheet, form_key: str, code: str, today: date) -> bool:
    """One sheet for one open form; False where this form was handed in already."""
    wave = _locked(wave.pk, today)
    used = codes.form_fingerprint(form_key)
    if UsedForm.objects.filter(fingerprint=used).exists():
        return False
    UsedForm.objects.create(fingerprint=used, wave=wave)
    _put_among_the_others(wave, sheet)
    if code:
        Draft.objects.filter(place=codes.draft_place(code)).delete()
    return True


def save_draft(*, code: str, half: HalfWritten) -> None:
    sealed = sealing.seal(asdict(half), key=codes.draft_key(code))
    Draft.objects.update_or_create(
        place=codes.draft_place(code), defaults={"wave_id": half.wave, "sealed": sealed}
    )


def find_draft(code: str) -> HalfWritten | None:
    draft = Draft.objects.filter(place=codes.draft_place(code)).first()
    if draft is None:
        return None
    return HalfWritten(**sealing.unseal(draft.sealed, key=codes.draft_key(code)))


def find_invitation(code: str) -> Invitation | None:
    found = (
        InvitationCode.objects.select_related("invitation__wave__version", "invitation__institution")
        .filter(fingerprint=codes.fingerprint(code))
        .first()
    )
    return found.invitation if found else None


def _locked(wave_pk: int, today: date) -> Wave:
    """The wave, ours alone until the end of the transaction (SQLite's begins with the lock)."""
    wave = Wave.objects.select_for_update().get(pk=wave_pk)
    if not wave.is_open(today):
        raise NotOpen
    return wave


def _mark(wave: Wave, invitation: Invitation) -> None:
    """Every invitation of the wave is written anew, so that no row looks newer than the others."""
    mark = Case(
        When(pk=invitation.pk, then=Value(True)), default=F("has_answered"), output_field=BooleanField()
    )
    Invitation.objects.filter(wave=wave).update(has_answered=mark)


def _put_among_the_others(wave: Wave, sheet: Sheet) -> None:
    """All sealed sheets of the wave are written anew in an order drawn by lot, under new keys."""
    _overwrite_what_is_deleted()
    waiting = SealedSheet.objects.filter(wave=wave)
    sealed = [bytes(one) for one in waiting.values_list("sealed", flat=True)]
    key = sealing.key_of(wave.pk, make=not sealed)
    sealed.append(sealing.seal(asdict(sheet), key=key))
    lots().shuffle(sealed)
    waiting.delete()
    SealedSheet.objects.bulk_create([SealedSheet(wave=wave, sealed=one) for one in sealed])


def _overwrite_what_is_deleted() -> None:
    """SQLite leaves deleted rows in its file unless it is told not to."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def lots() -> random.Random:
    """Lots that nobody can draw again: an order is no secret if its seed is known."""
    return secrets.SystemRandom()

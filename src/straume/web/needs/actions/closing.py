"""The closing of a wave: sheets become readable and who answered is erased, both in one moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, F

from straume.web.accounts.models import User
from straume.web.needs import sealing
from straume.web.needs.actions.answering import Sheet, lots
from straume.web.needs.grouping import Place, rounded
from straume.web.needs.models import (
    AnswerSheet,
    Draft,
    Invitation,
    SealedSheet,
    Turnout,
    UsedForm,
    Wave,
    WaveChange,
)

INVITATIONS_KEPT_DAYS = 30


def settle_those_over(now: datetime) -> int:
    """Duty: open the sheets of waves whose last day is past."""
    from django.utils import timezone

    today = timezone.localdate(now)
    over = Wave.objects.filter(source=Wave.Source.ASKED_HERE, settled_on=None, closes_on__lt=today)
    return sum(settle(wave_pk=pk, today=today) for pk in over.values_list("pk", flat=True))


@transaction.atomic
def settle(*, wave_pk: int, today: date) -> bool:
    """Open the sheets, shuffled and no more exact than five share, and erase who answered."""
    wave = Wave.objects.select_for_update().get(pk=wave_pk)
    if wave.settled_on is not None:
        return False
    sheets = _opened(wave)
    lots().shuffle(sheets)
    standing = [_place_of(sheet) for sheet in wave.sheets.all()]
    places = rounded(
        [Place(one.country, one.institution, one.unit_kind, one.role) for one in sheets], standing=standing
    )
    AnswerSheet.objects.bulk_create(
        [_written(wave, sheet, place) for sheet, place in zip(sheets, places, strict=True)]
    )
    _count_sheets(wave, sheets)
    _erase(Invitation.objects.filter(wave=wave, has_answered=True), "answered")
    for left in (SealedSheet, Draft, UsedForm):
        left.objects.filter(wave=wave).delete()
    Wave.objects.filter(pk=wave.pk).update(settled_on=today)
    transaction.on_commit(lambda: sealing.destroy_key(wave.pk))
    return True


def close_early(*, wave: Wave, reason: str, by: User, now: datetime, today: date) -> bool:
    """Close before the last day; what was answered until now can be read."""
    with transaction.atomic():
        if not settle(wave_pk=wave.pk, today=today):
            return False
        Wave.objects.filter(pk=wave.pk).update(closes_on=max(today, wave.opens_on))
        WaveChange.objects.create(wave=wave, kind="closed", reason=reason, made_by=by, made_at=now)
    return True


def reopen(*, wave: Wave, until: date, reason: str, by: User, now: datetime) -> bool:
    """Take answers again: from those invited who did not answer, and by the open link."""
    with transaction.atomic():
        changed = Wave.objects.filter(pk=wave.pk, settled_on__isnull=False).update(
            settled_on=None, closes_on=until
        )
        if changed:
            WaveChange.objects.create(wave=wave, kind="reopened", reason=reason, made_by=by, made_at=now)
    return bool(changed)


def erase_old_invitations(now: datetime) -> int:
    """Duty: addresses go a month after the closing; how many there were stays."""
    last = now.date() - timedelta(days=INVITATIONS_KEPT_DAYS)
    old = Wave.objects.filter(settled_on__lte=last, invitations__isnull=False).distinct()
    return sum(_erase(Invitation.objects.filter(wave=wave), "unanswered") for wave in old)


def _opened(wave: Wave) -> list[Sheet]:
    sealed = [bytes(one) for one in wave.sealed_sheets.values_list("sealed", flat=True)]
    if not sealed:
        return []
    key = sealing.key_of(wave.pk, make=False)
    return [Sheet(**sealing.unseal(one, key=key)) for one in sealed]


def _written(wave: Wave, sheet: Sheet, place: Place) -> AnswerSheet:
    return AnswerSheet(
        wave=wave,
        country=place.country,
        institution_id=place.institution or None,
        unit_kind=place.unit_kind,
        role=place.role,
        answers=dict(sheet.answers),
    )


def _place_of(sheet: AnswerSheet) -> Place:
    return Place(sheet.country, sheet.institution_id or 0, sheet.unit_kind, sheet.role)


def _count_sheets(wave: Wave, sheets: Sequence[Sheet]) -> None:
    """How many came from each institution, which rare combinations do not say on their sheets."""
    for place, number in Counter(sheet.institution for sheet in sheets if sheet.institution).items():
        kept, _made = Turnout.objects.get_or_create(wave=wave, institution_id=place)
        Turnout.objects.filter(pk=kept.pk).update(sheets=F("sheets") + number)


@transaction.atomic
def _erase(invitations: object, counted: str) -> int:
    rows: Sequence[tuple[int, int, int]] = list(
        invitations.order_by()  # type: ignore[attr-defined]
        .values_list("wave", "institution")
        .annotate(number=Count("pk"))
    )
    for wave_pk, institution_pk, number in rows:
        kept, _made = Turnout.objects.get_or_create(wave_id=wave_pk, institution_id=institution_pk)
        Turnout.objects.filter(pk=kept.pk).update(**{counted: F(counted) + number})
    invitations.delete()  # type: ignore[attr-defined]
    return sum(Counter({row[:2]: row[2] for row in rows}).values())

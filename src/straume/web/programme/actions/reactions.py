"""The room is asked on the day: opened once, closed once, one answer per device or slip."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from straume.web.places.once import once
from straume.web.programme import marks
from straume.web.programme.models import Activity, ReactionRound, ReactionSheet, ReactionSlip

CLOSES_AFTER = timedelta(days=3)  # by itself, where nobody closed it
MOST_SLIPS = 300


def open_round(*, activity: Activity, way: str, slips: int, now: datetime) -> ReactionRound:
    """Ask the room of an activity; asked already, it stays as it was."""

    def create() -> ReactionRound:
        made = ReactionRound.objects.create(
            activity=activity, token=marks.new_token(), way=way, salt=marks.new_salt(), opened_at=now
        )
        if way == ReactionRound.Way.SLIP:
            codes = {marks.new_code() for _number in range(slips)}
            ReactionSlip.objects.bulk_create(ReactionSlip(round=made, code=code) for code in sorted(codes))
        return made

    return once(create, lambda: ReactionRound.objects.filter(activity=activity).first())


def close_round(*, opened: ReactionRound, now: datetime) -> bool:
    """Close it for good: no further answer, marks that nobody can test, no slips; then figures are shown."""
    with transaction.atomic():
        closed = ReactionRound.objects.filter(pk=opened.pk, closed_at=None).update(closed_at=now, salt="")
        ReactionSlip.objects.filter(round=opened).delete()
    return bool(closed)


def close_forgotten(now: datetime) -> int:
    """A duty: rounds that nobody closed."""
    forgotten = ReactionRound.objects.filter(closed_at=None, opened_at__lte=now - CLOSES_AFTER)
    return sum(close_round(opened=one, now=now) for one in forgotten)


@transaction.atomic
def take_answer(*, token: str, what: str, answers: Mapping[str, int], words: str) -> bool:
    """Keep an answer; the same device or slip again replaces its own. False where the round is closed."""
    opened = ReactionRound.objects.select_for_update().filter(token=token, closed_at=None).first()
    if opened is None:
        return False
    mark = marks.mark(salt=opened.salt, what=what)
    ReactionSheet.objects.update_or_create(
        round=opened, mark=mark, defaults={"answers": dict(answers), "words": words}
    )
    return True


def slip_of(*, opened: ReactionRound, code: str) -> ReactionSlip | None:
    """The slip with this code, however it was typed."""
    wanted = marks.plain(code)
    return next((slip for slip in opened.slips.all() if marks.plain(slip.code) == wanted), None)

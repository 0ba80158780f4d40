"""The life of a map: draft, validated, baseline, then a future map, implemented, standard, superseded."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.studies.actions.maps import state_of
from straume.web.studies.models import MapStage, StreamMap

Stage = MapStage.Stage
NEXT = {  # what may follow; a map that was changed is validated anew
    MapStage.DRAFT: (Stage.VALIDATED,),
    Stage.VALIDATED: (Stage.BASELINE, Stage.VALIDATED),
    Stage.BASELINE: (Stage.SUPERSEDED,),
    MapStage.FUTURE: (Stage.IMPLEMENTED,),
    Stage.IMPLEMENTED: (Stage.STANDARD,),
    Stage.STANDARD: (Stage.SUPERSEDED,),
    Stage.SUPERSEDED: (),
}
MAY_BEGIN_A_FUTURE = frozenset({Stage.BASELINE, Stage.IMPLEMENTED, Stage.STANDARD})


class OutOfOrder(Exception):
    """Said to the person in one sentence."""


def record_stage(
    *, staged: StreamMap, stage: str, on: date, post: str, key: uuid.UUID, by: User, now: datetime
) -> MapStage:
    """Write down that a map came to a stage; a new standard takes the place of what it was made from."""

    def create() -> MapStage:
        row = StreamMap.objects.select_for_update().get(pk=staged.pk)
        require_order(row, stage, on, now.date())
        made = MapStage.objects.create(
            map=row,
            stage=stage,
            on=on,
            post=post,
            at_number=row.last_number,
            idempotency_key=key,
            recorded_by=by,
            recorded_at=now,
        )
        if stage == Stage.STANDARD:
            supersede_earlier(row, on=on, post=post, by=by, now=now)
        return made

    with transaction.atomic():
        return once(create, lambda: staged.stages.filter(idempotency_key=key).first())


def require_order(staged: StreamMap, stage: str, on: date, today: date) -> None:
    """Raises OutOfOrder with the sentence that says what is missing."""
    at, last = staged.stage(), staged.stages.order_by("-pk").first()
    if stage not in NEXT[at]:
        raise OutOfOrder(why_not(staged, at, stage))
    if on > today:
        raise OutOfOrder(_("This day is still to come. Give the day on which it happened."))
    if last is not None and on < last.on:
        raise OutOfOrder(_("This day is before the stage that the map is at. Check the day."))
    state = state_of(staged)
    if not state.steps:
        raise OutOfOrder(_("There is no step on the map yet."))
    if state.conflicts and not staged.is_locked:
        raise OutOfOrder(_("Two people wrote different things on the map. Choose first, then go on."))
    if stage == Stage.BASELINE and last is not None and last.at_number != staged.last_number:
        raise OutOfOrder(
            _("The map has changed since it was validated. Validate it again at the place of work.")
        )


def why_not(staged: StreamMap, at: str, stage: str) -> str:
    """Why a map at one stage cannot come to another."""
    if at == Stage.SUPERSEDED:
        return _("This map is superseded; nothing follows.")
    if at == stage:
        return _("The map is at this stage already.")
    if stage == Stage.BASELINE and not staged.is_future:
        return _("First validate the map at the place of work, with those who do it.")
    if not staged.is_future and stage in (Stage.IMPLEMENTED, Stage.STANDARD):
        return _("This map shows the work as it is. Begin a future map from it; that one can be implemented.")
    if staged.is_future and stage in (Stage.VALIDATED, Stage.BASELINE):
        return _("This map shows what is to be. It is implemented, then it becomes the standard.")
    if stage == Stage.STANDARD:
        return _("First say since when it is implemented.")
    return _("Only a baseline or a standard can be superseded.")


def supersede_earlier(standard: StreamMap, *, on: date, post: str, by: User, now: datetime) -> None:
    """What the new standard was made from, and any earlier standard, are superseded the same day."""
    others = standard.study.maps.exclude(pk=standard.pk)
    for other in others:
        at = other.stage()
        replaced = at == Stage.STANDARD or (other.pk == standard.made_from_id and at in MAY_BEGIN_A_FUTURE)
        if replaced:
            MapStage.objects.create(
                map=other,
                stage=Stage.SUPERSEDED,
                on=on,
                post=post,
                at_number=other.last_number,
                recorded_by=by,
                recorded_at=now,
            )


def require_a_base(origin: StreamMap) -> None:
    """A future map begins from something that stands still."""
    if origin.stage() not in MAY_BEGIN_A_FUTURE:
        raise OutOfOrder(_("Lock the map as the baseline first; a future map begins from what stands still."))

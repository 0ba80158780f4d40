"""A burst becomes an action with an owner and a day; the action is done when one can see it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.studies.map_state import Element, MapState
from straume.web.studies.models import ActionDone, KaizenAction, StreamMap


def agree(
    *,
    mapped: StreamMap,
    state: MapState,
    burst: Element,
    owner_post: str,
    due_on: date,
    key: uuid.UUID,
    by: User,
    now: datetime,
) -> KaizenAction:
    """Write down the action that comes of a burst; of one burst comes one action."""
    return once(
        lambda: KaizenAction.objects.create(
            map=mapped,
            burst=burst.id,
            step=step_of(state, burst),
            what=burst.values.get("text", ""),
            owner_post=owner_post,
            due_on=due_on,
            idempotency_key=key,
            agreed_by=by,
            agreed_at=now,
        ),
        lambda: mapped.actions.filter(burst=burst.id).first(),
    )


def step_of(state: MapState, burst: Element) -> str:
    """What the step of a burst is called now."""
    return state.values.get(uuid.UUID(burst.values["burst_of"]), {}).get("step", "")


def finish(*, action: KaizenAction, on: date, evidence: str, by: User, now: datetime) -> ActionDone:
    """Write down that an action is done, once."""
    return once(
        lambda: ActionDone.objects.create(
            action=action, on=on, evidence=evidence, recorded_by=by, recorded_at=now
        ),
        lambda: ActionDone.objects.filter(action=action).first(),
    )

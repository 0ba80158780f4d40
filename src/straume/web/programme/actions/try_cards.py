"""“Try it” cards: written once, and what became of them told as often as there is something to tell."""

from __future__ import annotations

import uuid
from datetime import date

from straume.web.needs.models import Need
from straume.web.places.models import Unit
from straume.web.places.once import once
from straume.web.programme.models import Activity, TryCard, TryOutcome


def write_card(
    *,
    activity: Activity,
    unit: Unit,
    what: str,
    tool: str,
    by_on: date,
    need: Need | None,
    key: uuid.UUID,
    today: date,
) -> TryCard:
    return once(
        lambda: TryCard.objects.create(
            activity=activity,
            unit=unit,
            institution=unit.institution,
            what=what,
            tool=tool,
            by_on=by_on,
            need=need,
            made_on=today,
            idempotency_key=key,
        ),
        lambda: TryCard.objects.filter(idempotency_key=key).first(),
    )


def tell(
    *, card: TryCard, became: str, why: str, evidence_url: str, key: uuid.UUID, today: date
) -> TryOutcome:
    return once(
        lambda: TryOutcome.objects.create(
            card=card, became=became, why=why, evidence_url=evidence_url, said_on=today, idempotency_key=key
        ),
        lambda: TryOutcome.objects.filter(idempotency_key=key).first(),
    )

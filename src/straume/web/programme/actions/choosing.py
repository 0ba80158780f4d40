"""Begin a choice, compute it, and record what was decided: planned activities come of it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.needs.models import Need
from straume.web.places.once import once
from straume.web.programme.analysis import choosing
from straume.web.programme.models import (
    Activity,
    ActivityNeed,
    BudgetLine,
    Candidate,
    Choice,
    ChoiceDecision,
    ChoiceDecisionItem,
    ChoiceLine,
    ChoiceWeight,
)

UNKNOWN_WEIGHT = 10  # of a need without a figure from a survey, until somebody says otherwise
LANGUAGES = ("lv", "lt", "en")


def begin_choice(*, choice: Choice, key: uuid.UUID, by: User, now: datetime) -> Choice:
    """With what the evidence says a need weighs, and with the whole of each budget line that can pay."""

    @transaction.atomic
    def create() -> Choice:
        choice.idempotency_key, choice.made_by, choice.made_at = key, by, now
        choice.save()
        for need in Need.objects.exclude(status__in=[Need.Status.MET, Need.Status.DROPPED]):
            weigh_by_evidence(choice, need)
        used = BudgetLine.objects.filter(partner__project=choice.project, candidates__isnull=False)
        for line in used.distinct():
            ChoiceLine.objects.create(choice=choice, budget_line=line, amount_eur=line.amount_eur)
        return choice

    return once(create, lambda: Choice.objects.filter(idempotency_key=key).first())


def weigh_by_evidence(choice: Choice, need: Need) -> ChoiceWeight:
    """Importance × gap in points, the greatest of what its evidence says."""
    figures = [one.figure.get("value") for one in need.evidence.all()]
    known = [float(value) for value in figures if isinstance(value, int | float)]
    points = max(0, round(max(known))) if known else None
    return ChoiceWeight.objects.create(
        choice=choice,
        need=need,
        weight=UNKNOWN_WEIGHT if points is None else points,
        from_evidence=points,
    )


def solve(choice: Choice, *, now: datetime, seconds: float = choosing.SECONDS) -> Choice:
    """Compute the answer and keep it with the question that it answers; no transaction is held meanwhile."""
    asked = choosing.asked_by(choice)
    result = choosing.answer(asked, seconds=seconds)
    still_open = Choice.objects.filter(pk=choice.pk, decision__isnull=True)
    still_open.update(result=result, result_of=asked.fingerprint(), solved_at=now)
    choice.refresh_from_db()
    return choice


@transaction.atomic
def record(
    *,
    choice: Choice,
    held: Collection[int],
    reason: str,
    by_hand_reason: str,
    key: uuid.UUID,
    by: User,
    now: datetime,
) -> ChoiceDecision:
    """Write down what is held and why; each becomes a planned activity that points at its needs."""
    locked = Choice.objects.select_for_update().get(pk=choice.pk)
    found = ChoiceDecision.objects.filter(choice=locked).first()
    if found is not None:
        return found
    asked = choosing.asked_by(locked)
    computed = locked.result or {"value": 0, "chosen": []}
    weighed = choosing.by_hand(asked, [str(pk) for pk in held])
    decision = ChoiceDecision.objects.create(
        choice=locked,
        decided_by=by,
        decided_at=now,
        reason=reason,
        by_hand_reason=by_hand_reason,
        value=weighed.value,
        best_value=computed["value"],
        best_thinkable=weighed.best_thinkable,
        broken=[asdict(one) for one in weighed.broken],
        idempotency_key=key,
    )
    best = {one["code"] for one in computed["chosen"]}
    for candidate in choosing.candidates_of(locked):
        activity = None
        if candidate.pk in held:
            begins = weighed.begins_on.get(str(candidate.pk), candidate.earliest_on)
            activity = plan(locked, candidate, begins, asked)
        ChoiceDecisionItem.objects.create(
            decision=decision,
            candidate=candidate,
            is_held=activity is not None,
            was_best=str(candidate.pk) in best,
            activity=activity,
        )
    return decision


def plan(choice: Choice, candidate: Candidate, begins: Any, asked: choosing.Asked) -> Activity:
    texts = {
        f"{name}_{lang}": getattr(candidate, f"{name}_{lang}") or ""
        for name in ("title", "summary")
        for lang in LANGUAGES
    }
    activity = Activity.objects.create(
        work_package=candidate.work_package,
        kind=candidate.kind,
        from_on=begins,
        until_on=begins + timedelta(days=candidate.days - 1),
        place=candidate.town,
        country=candidate.country,
        languages=candidate.languages,
        places=candidate.places,
        budget_line=candidate.budget_line,
        planned_eur=candidate.cost_eur,
        is_simulated=candidate.is_simulated,
        **texts,
    )
    for link in candidate.need_links.all():
        where = asked.weights.get(str(link.need_id), {})
        if any(where.values()):
            ActivityNeed.objects.create(
                activity=activity, need=link.need, **_why(choice, link.need_id, link.percent)
            )
    return activity


def _why(choice: Choice, need_pk: int, percent: int) -> dict[str, str]:
    """The reason in each language."""
    weight = choice.weights.get(need_id=need_pk)
    told = {}
    for lang in LANGUAGES:
        with override(lang):
            told[f"reason_{lang}"] = _(
                "Chosen in “%(choice)s”: it meets %(percent)s %% of the need, which weighs %(weight)s."
            ) % {"choice": choice.name, "percent": percent, "weight": weight.weight}
    return told

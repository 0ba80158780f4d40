"""Keeping scenarios, saying how many people there are, and choosing a scenario as the future state."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.studies.actions.map_stages import require_a_base
from straume.web.studies.actions.maps import SERVER, Sent, begin_future, take_edits
from straume.web.studies.models import (
    CaseLog,
    ModelTrial,
    Publication,
    Scenario,
    ScenarioFuture,
    StaffSaid,
    StreamMap,
    Study,
)
from straume.web.studies.scenario_future import Said


def save_scenario(
    *,
    study: Study,
    mapped: StreamMap | None,
    log: CaseLog | None,
    name: str,
    changes: Sequence[Mapping[str, Any]],
    key: uuid.UUID,
    now: datetime,
    partner: Publication | None = None,
    pooling: Mapping[str, Any] | None = None,
) -> Scenario:
    """Keep a scenario under a name; the same key again is the same scenario."""
    return once(
        lambda: Scenario.objects.create(
            study=study,
            map=mapped,
            log=log,
            name=name,
            changes=list(changes),
            partner=partner,
            pooling=dict(pooling or {}),
            idempotency_key=key,
            made_at=now,
        ),
        lambda: study.scenarios.filter(idempotency_key=key).first(),
    )


def change_scenario(*, scenario: Scenario, name: str, changes: Sequence[Mapping[str, Any]]) -> None:
    Scenario.objects.filter(pk=scenario.pk).update(name=name, changes=list(changes))


def delete_scenario(*, scenario: Scenario, now: datetime) -> bool:
    return bool(Scenario.objects.filter(pk=scenario.pk, deleted_at=None).update(deleted_at=now))


def restore_scenario(*, scenario: Scenario) -> None:
    Scenario.objects.filter(pk=scenario.pk).update(deleted_at=None)


def say_staff(*, mapped: StreamMap, staff: Mapping[str, float], queue_only: bool, now: datetime) -> StaffSaid:
    """Write down what is new; the newest word stands."""
    with transaction.atomic():
        StreamMap.objects.select_for_update().get(pk=mapped.pk)
        standing = standing_staff(mapped)
        if standing and standing.staff == dict(staff) and standing.queue_only == queue_only:
            return standing
        return StaffSaid.objects.create(map=mapped, staff=dict(staff), queue_only=queue_only, said_at=now)


def standing_staff(mapped: StreamMap) -> StaffSaid | None:
    return mapped.staff_said.order_by("-pk").first()


def choose_as_future(
    *, scenario: Scenario, origin: StreamMap, edits: Sequence[Said], by: User, now: datetime
) -> StreamMap:
    """A future map with the changes of a scenario as edits of its own; chosen again it is the same map.

    Raises OutOfOrder where the map that it would begin from does not stand still yet.
    """
    with transaction.atomic():
        row = Scenario.objects.select_for_update().get(pk=scenario.pk)
        chosen = ScenarioFuture.objects.filter(scenario=row).select_related("map").first()
        if chosen is not None:
            return chosen.map
        require_a_base(origin)
        future = begin_future(origin=origin, name=row.name, key=uuid.uuid4(), by=by, now=now)
        values = future_values(future)
        sent = [
            Sent(
                key=uuid.uuid4(),
                element=element,
                field=field,
                value=value,
                value_before=values.get((element, field), ""),
                base=future.last_number,
            )
            for element, field, value in edits
        ]
        take_edits(edited=future, client=SERVER, sent=sent, now=now)
        ScenarioFuture.objects.create(scenario=row, map=future, chosen_at=now)
        return future


def future_values(future: StreamMap) -> dict[tuple[uuid.UUID, str], str]:
    return {
        (element, field): value
        for element, field, value in future.edits.values_list("element", "field", "value")
    }


def ask_for_trial(*, log: CaseLog, now: datetime) -> ModelTrial:
    """Try once whether a model of the log finds it again: looking at its scenarios asks for it."""
    from straume.web.studies.tasks import try_model

    def create() -> ModelTrial:
        made = ModelTrial.objects.create(log=log, asked_at=now)
        transaction.on_commit(lambda: try_model.enqueue(log.pk))
        return made

    return once(create, lambda: ModelTrial.objects.filter(log=log).first())

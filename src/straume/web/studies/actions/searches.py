"""Searches: asked for, done by a job that tells how far it is, stopped."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from straume.lean.errors import StraumeError
from straume.web.places.once import once
from straume.web.studies import scenario_analysis as analysis
from straume.web.studies import search_analysis
from straume.web.studies.actions.maps import state_of
from straume.web.studies.actions.scenarios import standing_staff
from straume.web.studies.models import CaseLog, ModelTrial, ScenarioSearch, StreamMap, Study

Status = ScenarioSearch.Status


def ask_search(
    *,
    study: Study,
    mapped: StreamMap | None,
    log: CaseLog | None,
    kind: str,
    parameters: Mapping[str, Any],
    key: uuid.UUID,
    now: datetime,
) -> ScenarioSearch:
    """Ask for a search; the job begins when it is written down."""
    from straume.web.studies.tasks import search_scenarios

    def create() -> ScenarioSearch:
        made = ScenarioSearch.objects.create(
            study=study,
            map=mapped,
            log=log,
            kind=kind,
            parameters=dict(parameters),
            at_number=mapped.last_number if mapped else None,
            idempotency_key=key,
            asked_at=now,
        )
        transaction.on_commit(lambda: search_scenarios.enqueue(made.pk))
        return made

    return once(create, lambda: study.searches.filter(idempotency_key=key).first())


def stop_search(*, search: ScenarioSearch) -> bool:
    """The job asks now and then whether its result is still wanted."""
    busy = ScenarioSearch.objects.filter(pk=search.pk, status__in=ScenarioSearch.BUSY)
    return bool(busy.update(status=Status.CANCELLED))


def make_search(*, search: ScenarioSearch, progress: search_analysis.Progress) -> None:
    """Compute a search and write down what came of it, unless it was stopped meanwhile."""
    running = ScenarioSearch.objects.filter(pk=search.pk, status__in=ScenarioSearch.BUSY)
    if not running.update(status=Status.RUNNING):
        return
    try:
        result = found(search, progress)
    except search_analysis.Cancelled:
        return
    except StraumeError as refused:
        running.update(status=Status.FAILED, refusal=search_analysis.refusal_of(refused))
        return
    running.update(status=Status.DONE, result=result, done_share=1.0)


def found(search: ScenarioSearch, progress: search_analysis.Progress) -> dict[str, Any]:
    asked, ground = search.parameters, ground_of(search.map, search.log, search.at_number)
    if ground is None:
        raise StraumeError("steps_empty")
    if search.kind == ScenarioSearch.Kind.STAFF:
        plan = analysis.Plan(asked.get("name", ""), asked.get("changes", []))
        return search_analysis.find_staff(
            ground, days=asked["days"], clock=asked["clock"], plan=plan, progress=progress
        )
    plans = [analysis.Plan(one["name"], one["changes"]) for one in asked.get("plans", [])]
    return search_analysis.find_front(ground, plans=plans, progress=progress)


def ground_of(
    mapped: StreamMap | None, log: CaseLog | None, at_number: int | None = None
) -> analysis.Ground | None:
    """What scenarios stand on: a map with what was said of its staff, or a log with its tried model."""
    if mapped is not None:
        return analysis.ground_of_map(mapped, state_of(mapped, at_number), standing_staff(mapped))
    assert log is not None
    trial = ModelTrial.objects.filter(log=log, status=ModelTrial.Status.DONE).first()
    if trial is None:
        return None
    return analysis.ground_of_log(log, people=bool((trial.result or {}).get("people")))

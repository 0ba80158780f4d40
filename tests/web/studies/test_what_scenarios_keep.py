"""Each constraint of scenarios and searches refuses what it must, on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid

import pytest

from straume.web.studies.actions import maps
from straume.web.studies.models import ModelTrial, Scenario, ScenarioFuture, ScenarioSearch, StreamMap
from web.studies.conftest import NOW
from web.studies.test_what_the_database_keeps import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def mapped(study, alice) -> StreamMap:
    return maps.begin_map(study=study, name="Karte", key=uuid.uuid4(), by=alice, now=NOW)


def test_a_scenario_stands_on_one_thing_and_is_saved_once_under_a_name(study, mapped, make_log):
    def keep(**values) -> Scenario:
        return Scenario.objects.create(
            **{"study": study, "map": mapped, "name": "A", "made_at": NOW, **values}
        )

    kept = keep()
    refused("scenario_has_one_ground", lambda: keep(map=None))
    refused("scenario_has_one_ground", lambda: keep(log=make_log()))
    refused("scenario_has_a_name", lambda: keep(name=""))
    refused("scenario_saved_once", lambda: keep(idempotency_key=kept.idempotency_key))
    ScenarioFuture.objects.create(scenario=kept, map=mapped, chosen_at=NOW)
    refused(
        "studies_scenariofuture",
        lambda: ScenarioFuture.objects.create(scenario=kept, map=mapped, chosen_at=NOW),
    )


def test_a_search_is_asked_once_and_done_with_a_result(study, mapped):
    def ask(**values) -> ScenarioSearch:
        return ScenarioSearch.objects.create(
            **{"study": study, "map": mapped, "kind": "front", "asked_at": NOW, **values}
        )

    asked = ask()
    refused("search_asked_once", lambda: ask(idempotency_key=asked.idempotency_key))
    refused("search_has_one_ground", lambda: ask(map=None))
    refused("search_kind_known", lambda: ask(kind="guess"))
    refused("search_status_known", lambda: ask(status="lost"))
    refused("search_done_has_its_result", lambda: ask(status="done"))


def test_a_model_is_tried_once(make_log):
    log = make_log()
    ModelTrial.objects.create(log=log, asked_at=NOW)
    refused("studies_modeltrial", lambda: ModelTrial.objects.create(log=log, asked_at=NOW))
    refused("trial_known", lambda: ModelTrial.objects.filter(log=log).update(status="lost"))
    refused("trial_done_has_its_result", lambda: ModelTrial.objects.filter(log=log).update(status="done"))

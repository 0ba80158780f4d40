"""What if, of a log: its model is tried against it once, and says whether decisions may rest on it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from straume.web.studies import scenario_analysis as analysis
from straume.web.studies.actions import maps, searches
from straume.web.studies.actions import scenarios as actions
from straume.web.studies.actions.interrupted import resume_interrupted
from straume.web.studies.models import ModelTrial, Scenario, ScenarioSearch
from straume.web.studies.scenario_page import verdict
from web.studies.test_case_log import confirm, table, upload
from web.studies.test_double_submit import at_once

NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
ROWS = [
    {"step": "Reģistrē", "lane": "Lietvedība", "touch": "10 min"},
    {"step": "Paraksta", "lane": "Vadība", "touch": "5 min", "wait": "4 dienas"},
]


@pytest.fixture(autouse=True)
def fewer_runs(monkeypatch) -> None:
    monkeypatch.setattr(analysis, "REPLICATIONS", 4)


@pytest.fixture
def assessed(as_person, alice, study):
    """A client of alice, whose study has an assessed log of 60 cases."""
    client = as_person(alice)
    confirm(client, upload(client, study, table(60)))
    log = study.logs.get()
    client.post(f"/assessments/{study.pk}/logs/{log.pk}/assess/", {"key": str(uuid.uuid4())})
    assert study.standing_run() is not None
    return client


@pytest.mark.django_db(transaction=True)
def test_the_model_of_a_log_is_tried_against_it_and_scenarios_stand_on_it(
    assessed, study, as_person, charlie
):
    url = f"/assessments/{study.pk}/scenarios/"
    assessed.get(url)
    trial = ModelTrial.objects.get()
    assert trial.status == "done", trial.refusal
    assert trial.result["median"]["seen_days"] == pytest.approx(4.04, abs=0.1)
    page = assessed.get(url, headers={"Accept-Language": "en"}).content.decode()
    assert "The model reproduces your last year to within" in page
    assert "bound 10%" in page and "bound 20%" in page
    answer = assessed.post(f"{url}answer/", {"out-a1": "on"}, headers={"Accept-Language": "lv"})
    assert answer.status_code == 200
    keys = [step.key for step in analysis.ground_of_log(study.logs.get(), people=False).steps]
    saved = assessed.post(url, {f"out-{keys[1]}": "on", "save": ""})
    kept = Scenario.objects.get()
    assert saved.url == f"{url}{kept.pk}/" and kept.log == study.logs.get() and kept.map is None
    shown = assessed.get(saved.url, headers={"Accept-Language": "en"}).content.decode()
    assert "Without “Paraksta” the usual case takes 4" in shown
    stranger = as_person(charlie)
    for address in (url, saved.url, f"{url}searches/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{url}answer/").status_code == 404

    # a map of the same service is held against the log, too
    mapped = maps.begin_map(
        study=study, name="Karte", key=uuid.uuid4(), by=study.owner, now=NOW, rows=ROWS, demand=600
    )
    page = assessed.get(f"{mapped.get_absolute_url()}scenarios/", headers={"Accept-Language": "en"})
    assert "Tested on the log: half of the cases" in page.content.decode()


def test_a_model_that_misses_its_bounds_is_not_fit_for_decisions():
    found = analysis.Reproduction(
        median=analysis.Found(10.0, 11.2),
        p90=analysis.Found(20.0, 21.0),
        cases=400,
        simulated_cases=4000,
        replications=10,
        people=False,
    )
    with override("lt"):
        told = verdict(found, "lt")
    assert told.sentence.startswith("Netinka sprendimams") and not told.is_fit
    assert "12" in told.sentence and "10 %" in told.tested.replace("\xa0", " ")
    assert "nothing could be checked" in verdict(None, "en").sentence


@pytest.fixture
def mapped(study, alice):
    return maps.begin_map(
        study=study, name="Karte", key=uuid.uuid4(), by=alice, now=NOW, rows=ROWS, demand=600
    )


@pytest.mark.django_db(transaction=True)
def test_eight_submits_keep_one_scenario_and_begin_one_search(mapped, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    key, where = uuid.uuid4(), {"study": mapped.study, "mapped": mapped, "log": None, "now": NOW}
    changes = [{"change": "take_out", "step": "Paraksta"}]
    at_once(lambda: actions.save_scenario(name="Bez", changes=changes, key=key, **where))
    at_once(lambda: searches.ask_search(kind="front", parameters={}, key=key, **where))
    assert (Scenario.objects.count(), ScenarioSearch.objects.count()) == (1, 1)
    assert DBTaskResult.objects.count() == 1

    # a worker that was killed at it leaves a search that the next worker takes up, but not for ever
    killed = 0
    while (job := DBTaskResult.objects.ready().first()) is not None:
        job.claim("killed")
        killed += 1
        resume_interrupted()
    assert killed == 2
    assert ScenarioSearch.objects.get().status == "failed"

"""What people say of a step beside what the log says: joined by name or by hand, clocks named, few hidden."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from straume.lean.assess.plain import assessment_to_dict
from straume.lean.assess.records import StepFigures
from straume.web.studies import analysis, map_analysis
from straume.web.studies.actions import maps
from straume.web.studies.models import AssessmentRun, LogName, StreamMap

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
ROWS = [
    {"step": "Reģistrē", "touch": "10 min"},
    {"step": "Vīzē jurists", "touch": "20 min", "wait": "1 nedēļa"},
    {"step": "Paraksta", "touch": "5 min", "wait": "2 d. d."},
]


def seen(step: str, cases: int, *, touch: float | None = 12.0) -> StepFigures:
    return StepFigures(
        step=step, unit=None, cases=cases, share_of_cases=1.0, items=cases, repeated=0,
        touch_minutes_mean=touch, touch_estimated_share=0.0, waiting_days_mean=21.0,
        waiting_days_median=20.0, waiting_days_p90=41.0,
        waiting_working_days_mean=15.0,
    )  # fmt: skip


@pytest.fixture
def mapped(study, alice) -> StreamMap:
    return maps.begin_map(study=study, name="As it is", key=uuid.uuid4(), by=alice, now=NOW, rows=ROWS)


@pytest.fixture
def log_run(mapped, make_log, make_run) -> AssessmentRun:
    """A run of a log with three steps; one is called otherwise there, one is seen in four cases."""
    analysis._stored.cache_clear()
    read = map_analysis.read_state(mapped.study, maps.state_of(mapped))
    figures = (seen("vīzē  Jurists", 40), seen("Reģistrācija", 40, touch=None), seen("Paraksta", 4))
    made = replace(read.assessment, entrance="log", steps=figures)
    log = make_log(status="checked", folder="x", checked_at=NOW)
    return make_run(log=log, result=assessment_to_dict(made))


def test_steps_are_joined_by_name_and_each_figure_names_its_clock(as_person, bob, mapped, log_run):
    page = as_person(bob).get(f"{mapped.get_absolute_url()}log/")
    rows = {row.name: row for row in page.context["rows"]}
    lawyer = rows["Vīzē jurists"]
    assert lawyer.wait_told == "1 nedēļa (mean 7 days, calendar time)"
    assert lawyer.wait_seen == "half within 20 days, 9 of 10 within 41 days, calendar time"
    assert lawyer.work_seen.replace("\N{NO-BREAK SPACE}", " ") == "mean 12 min, working time"
    assert lawyer.count == "40"
    assert rows["Reģistrē"].activity == ""
    assert page.context["only_in_log"] == ["Reģistrācija"]


def test_a_step_seen_in_fewer_than_five_cases_shows_no_figure(as_person, bob, mapped, log_run):
    rows = {row.name: row for row in as_person(bob).get(f"{mapped.get_absolute_url()}log/").context["rows"]}
    assert (rows["Paraksta"].wait_seen, rows["Paraksta"].count) == ("", "fewer than five")


def test_people_join_what_has_other_names_and_undo_it(as_person, alice, bob, mapped, log_run):
    client, address = as_person(alice), f"{mapped.get_absolute_url()}log/"
    step = maps.state_of(mapped).steps[0].id
    for _time in range(2):
        client.post(address, {f"step-{step}": "Reģistrācija"})
    assert LogName.objects.count() == 1
    row = client.get(address).context["rows"][0]
    assert (row.activity, row.is_between, row.work_seen) == ("Reģistrācija", True, "")
    client.post(address, {f"step-{step}": "no such step"})
    client.post(address, {f"step-{step}": ""})
    assert client.get(address).context["rows"][0].activity == ""
    assert as_person(bob).post(address, {}).status_code == 403


def test_a_map_can_begin_with_what_the_log_shows(as_person, alice, study, log_run):
    form = {"name": "As the log has it", "from": "log", "key": str(uuid.uuid4())}
    as_person(alice).post(f"/assessments/{study.pk}/maps/", form)
    made = StreamMap.objects.get(name="As the log has it")
    values = [step.values for step in maps.state_of(made).steps]
    assert [one["step"] for one in values] == ["Reģistrē", "Vīzē jurists", "Paraksta"]
    assert [one.get("wait", "") for one in values] == ["", "7 days", ""]  # four cases: no figure


def test_without_a_log_it_says_what_to_do(as_person, alice, mapped):
    page = as_person(alice).get(f"{mapped.get_absolute_url()}log/").content.decode()
    assert "This study has no table of cases yet." in page

"""People say how long the work takes; then a log without starts tells why it waits and what that rests on."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lean.flow.logs import Plain, Row, event_log
from straume.lean.assess.assessing import assess
from straume.lean.assess.plain import assessment_to_dict
from straume.lean.events.log import EventLog
from straume.web.studies import analysis
from straume.web.studies.actions.runs import make_run
from straume.web.studies.actions.touch import say_touch_times, standing_touch_times
from straume.web.studies.models import AssessmentRun, StepTouch


def completions() -> EventLog:
    """Eight cases, one each Monday: received at 9, checked at 14, decided at 11 two days later."""
    rows = [
        Row(str(number), step, end=24.0 * 7 * number + at, unit="Desk")
        for number in range(8)
        for step, at in (("Receive", 9), ("Check", 14), ("Decide", 59))
    ]
    return event_log(Plain(tuple(rows)))


@pytest.fixture
def run(make_log, make_run, monkeypatch) -> AssessmentRun:
    monkeypatch.setattr(analysis, "load", lambda folder: completions())
    log = make_log(folder="any", status="checked", checked_at=timezone.now())
    return make_run(log=log, result=assessment_to_dict(assess(completions())))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30 min", 1800),
        ("15–45 min", 1800),
        ("1,5 st.", 5400),
        ("2 d. d.", 2 * 8 * 3600),
        ("drīz", None),
        ("", None),
    ],
)
def test_what_people_say_is_read_as_working_time(said: str, seconds: float | None) -> None:
    assert analysis.touch_seconds(said) == (None if seconds is None else pytest.approx(seconds))


@pytest.mark.django_db
def test_a_log_without_starts_asks_and_then_tells_why_it_waits(run: AssessmentRun, alice) -> None:
    client = Client()
    client.force_login(alice)
    page = client.get(run.get_absolute_url()).content.decode()
    where = reverse("studies:touch", args=[run.study_id])
    assert where in page and 'class="stack causes"' not in page
    wrong = client.post(where, {"step-0": "soon", "key": uuid.uuid4()})
    assert wrong.status_code == 200 and b"error-summary" in wrong.content and not StepTouch.objects.exists()
    form = client.get(where).context["form"]
    said = {f"step-{form.steps.index(step)}": "30 min" for step in ("Check", "Decide")}
    answer = client.post(where, {**said, "key": uuid.uuid4()})
    assert answer.status_code == 302
    again = AssessmentRun.objects.exclude(pk=run.pk).get()
    assert again.parameters["touch"] == {"Check": "30 min", "Decide": "30 min"}
    if again.status == AssessmentRun.Status.QUEUED:
        assert make_run_now(again)
    again.refresh_from_db()
    waiting = analysis.stored(again, {}).waiting
    assert waiting is not None and waiting.estimated_share == 1.0
    # checks wait from 9:00 to 13:30, decisions from 14:00 to 10:30 two days later
    assert waiting.waiting_hours == pytest.approx(8 * (4.5 + 44.5))
    page = client.get(again.get_absolute_url()).content.decode()
    assert 'class="stack causes"' in page and page.count("100") >= 5
    assert again.parameters["touch_seconds"] == {"Check": 1800, "Decide": 1800}


def make_run_now(run: AssessmentRun) -> bool:
    return make_run(run=run, now=timezone.now())


@pytest.mark.django_db
def test_the_step_table_of_the_service_says_it_where_nobody_did(study, make_table, alice) -> None:
    make_table(rows=[{"step": "Check", "touch": "20 min"}, {"step": "Decide", "touch": "1 h"}])
    assert standing_touch_times(study) == {"Check": "20 min", "Decide": "1 h"}
    now = timezone.now()
    assert say_touch_times(study=study, said={"Check": "25 min", "Receive": ""}, by=alice, now=now)
    assert standing_touch_times(study) == {"Check": "25 min", "Decide": "1 h"}
    assert not say_touch_times(study=study, said={"Check": "25 min"}, by=alice, now=now)
    assert say_touch_times(study=study, said={"Check": ""}, by=alice, now=now)
    assert standing_touch_times(study)["Check"] == "20 min"
    assert StepTouch.objects.filter(study=study, step="Check").count() == 2  # nothing said is ever lost

"""Level 4: a result is tied to an activity with a reason, counted for all, told as far as it is published."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from straume.web.programme.models import Activity, Project, WorkPackage
from straume.web.studies.actions import runs
from straume.web.studies.actions import studies as actions
from straume.web.studies.models import EvaluationLink

pytestmark = pytest.mark.django_db
ROWS = [{"step": "Paraksta", "unit": "Vadība", "touch": "5 min", "wait": "1 nedēļa"}]


@pytest.fixture
def activity(db) -> Activity:
    project = Project.objects.create(
        code="LLI-59", name="Open leadership", from_on=date(2017, 5, 1), until_on=date(2019, 4, 30),
        stated_total_eur=Decimal(1), stated_eu_eur=Decimal(1),
    )  # fmt: skip
    package = WorkPackage.objects.create(project=project, number="2", title="Trainings")
    day = timezone.localdate() - timedelta(days=2)
    return Activity.objects.create(
        work_package=package, kind="training", title="Waste", from_on=day, until_on=day, place="Rēzekne"
    )


def test_a_result_is_tied_once_and_told_only_when_published(
    study, activity, alice, charlie, as_person
) -> None:
    run = runs.save_steps(
        study=study, rows=ROWS, demand_per_year=10, key=uuid.uuid4(), by=alice, now=timezone.now()
    )
    client, address = as_person(alice), f"/assessments/results-of/{activity.pk}/"
    for _twice in range(2):
        client.post(address, {"result": f"run-{run.pk}", "why": "We drew it on the second day"})
    link = EvaluationLink.objects.get()
    assert (link.run, link.study, link.said_by) == (run, study, alice)
    page = client.get(activity.get_absolute_url()).content.decode()
    assert "We drew it on the second day" in page
    assert "not published yet" in page
    assert (
        "We drew it on the second day"
        not in as_person(charlie).get(activity.get_absolute_url()).content.decode()
    )
    actions.publish(study=study, run=run, by=alice, now=timezone.now())
    page = as_person(charlie).get(activity.get_absolute_url()).content.decode()
    assert "We drew it on the second day" in page
    assert "not published yet" not in page
    ladder = as_person(charlie).get(f"/programme/activities/{activity.pk}/evaluation/?format=csv")
    assert ladder.content.decode().splitlines()[-1].startswith("4;Results: studies and actions tied to it;1")
    client.post(f"/assessments/results-of/links/{link.pk}/untie/")
    assert not EvaluationLink.objects.exists()


def test_somebody_elses_study_cannot_be_tied(study, activity, alice, charlie, as_person) -> None:
    run = runs.save_steps(
        study=study, rows=ROWS, demand_per_year=10, key=uuid.uuid4(), by=alice, now=timezone.now()
    )
    address = f"/assessments/results-of/{activity.pk}/"
    as_person(charlie).post(address, {"result": f"run-{run.pk}", "why": "ours"})
    assert not EvaluationLink.objects.exists()


def test_the_database_wants_one_result_and_a_reason(study, activity, alice, make_run) -> None:
    given = {"activity": activity, "study": study, "said_by": alice, "said_at": timezone.now()}
    for wrong in ({"why": "x"}, {"run": make_run(), "why": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationLink.objects.create(**given, **wrong)

"""A worker that is killed leaves no log "being checked": the next one takes up its jobs."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from straume.web.studies.actions.interrupted import resume_interrupted
from straume.web.studies.models import AssessmentRun, CaseLog
from web.studies.test_case_log import table

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def queue(settings):
    """Jobs lie in the database until a worker comes, as where Straume runs."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


@pytest.fixture
def client(as_person, alice):
    return as_person(alice)


@pytest.fixture
def log(client, study) -> CaseLog:
    """Uploaded; its job is waiting."""
    form = {"file": SimpleUploadedFile("lietas.csv", table()), "label": "2018", "key": str(uuid.uuid4())}
    client.post(f"/assessments/{study.pk}/logs/new/", form)
    return CaseLog.objects.get()


def is_killed_at_it() -> DBTaskResult:
    """What is left of a worker that took the next job and was killed: a row that says it runs."""
    job = DBTaskResult.objects.ready().get()
    job.claim("killed")
    return job


@pytest.fixture(autouse=True)
def _as_quick_as_before(monkeypatch) -> None:
    """The worker makes itself less pressing; here it would be the process of the tests for good."""
    monkeypatch.setattr("os.nice", lambda more: 0)


def work() -> None:
    call_command("work", batch=True, interval=0, startup_delay=False, verbosity=0, worker_id=uuid.uuid4().hex)


def confirm(client, log: CaseLog) -> None:
    url = f"/assessments/{log.study_id}/logs/{log.pk}/columns/"
    form = client.get(url).context["form"]
    said = {field.name: field.value() for field in form if field.value()} | {"unit": ""}
    client.post(url, said)
    log.refresh_from_db()


def test_a_log_whose_worker_was_killed_is_checked_when_the_next_one_starts(client, log):
    job = is_killed_at_it()
    work()
    log.refresh_from_db()
    assert log.status == "guessed"
    confirm(client, log)
    assert log.status == "checking"
    is_killed_at_it()
    work()
    log.refresh_from_db()
    assert (log.status, log.facts["cases"]) == ("checked", 30)
    job.refresh_from_db()
    assert job.status == "FAILED"


def test_a_log_that_took_two_workers_down_says_so_and_is_not_tried_for_ever(client, log):
    is_killed_at_it()
    assert resume_interrupted() == 1
    is_killed_at_it()
    work()
    log.refresh_from_db()
    assert (log.status, [one["code"] for one in log.problems]) == ("problems", ["check_interrupted"])
    page = client.get(f"/assessments/{log.study_id}/logs/{log.pk}/").content.decode()
    assert "interrupted twice" in page and "Upload the table again" in page
    assert not DBTaskResult.objects.ready().exists()


def test_an_assessment_whose_worker_was_killed_is_computed_again(client, log):
    work()
    log.refresh_from_db()
    client.post(
        f"/assessments/{log.study_id}/logs/{log.pk}/columns/",
        {name: value for name, value in shown_form(client, log).items() if value},
    )
    client.post(f"/assessments/{log.study_id}/logs/{log.pk}/assess/", {"key": str(uuid.uuid4())})
    is_killed_at_it()
    assert AssessmentRun.objects.get().status == "queued"
    work()
    assert AssessmentRun.objects.get().status == "done"


def shown_form(client, log: CaseLog) -> dict[str, object]:
    form = client.get(f"/assessments/{log.study_id}/logs/{log.pk}/columns/").context["form"]
    return {field.name: field.value() for field in form}


def test_a_job_that_is_still_waiting_is_left_alone(log):
    assert resume_interrupted() == 0
    assert DBTaskResult.objects.ready().count() == 1


def test_a_check_that_two_workers_do_is_written_down_once(client, log):
    """The first worker was alive after all: the second changes nothing and leaves no tables behind."""
    is_killed_at_it()
    resume_interrupted()
    from straume.web.studies.tasks import check_log

    before = set(Path(settings.MEDIA_ROOT).rglob("*.parquet"))
    check_log.func(log.pk)
    kept = set(Path(settings.MEDIA_ROOT).rglob("*.parquet")) - before
    work()
    log.refresh_from_db()
    assert log.status == "guessed"
    assert set(Path(settings.MEDIA_ROOT).rglob("*.parquet")) - before == kept

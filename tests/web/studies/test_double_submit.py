"""Eight submits of one form at the same moment make one row, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from straume.web.studies.actions import logs, runs
from straume.web.studies.actions import studies as actions
from straume.web.studies.models import AssessmentRun, CaseLog, Publication, StepTable, Study, Verdict

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
AT_ONCE = 8
ROWS = [{"step": "Paraksta", "unit": "Vadība", "touch": "5 min", "wait": "1 nedēļa"}]


def at_once(submit: Callable[[], Any]) -> list[Any]:
    """Run it in so many threads that begin together; what any of them raised is raised here."""
    barrier, answers, faults = threading.Barrier(AT_ONCE), [], []

    def one() -> None:
        barrier.wait()
        try:
            answers.append(submit())
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers


def test_a_study_is_begun_once(offer, alice):
    key = uuid.uuid4()
    answers = at_once(
        lambda: actions.begin_study(
            offer=offer, owner=alice, scope="", entrance="log", team=[], key=key, now=NOW
        )
    )
    assert Study.objects.count() == 1
    assert len({study.pk for study in answers}) == 1


def test_a_file_is_stored_once(study, alice):
    key = uuid.uuid4()

    def submit() -> CaseLog:
        what = logs.Upload(ContentFile(b"a;b\n", name="a.csv"), "2018", keeps_original=False, key=key)
        return logs.store_log(study=study, upload=what, by=alice, now=NOW)

    answers = at_once(submit)
    assert CaseLog.objects.count() == 1
    assert {log.file.name for log in answers} == {CaseLog.objects.get().file.name}


def test_steps_are_kept_and_assessed_once(study, alice):
    key = uuid.uuid4()
    at_once(lambda: runs.save_steps(study=study, rows=ROWS, demand_per_year=10, key=key, by=alice, now=NOW))
    assert (StepTable.objects.count(), AssessmentRun.objects.count()) == (1, 1)
    run = AssessmentRun.objects.get()
    assert run.status == "done"
    assert run.findings.count() == len({row.key for row in run.findings.all()})


def test_different_versions_at_the_same_moment_get_different_numbers(study, alice):
    at_once(
        lambda: runs.save_steps(
            study=study, rows=ROWS, demand_per_year=10, key=uuid.uuid4(), by=alice, now=NOW
        )
    )
    assert sorted(StepTable.objects.values_list("version", flat=True)) == list(range(1, AT_ONCE + 1))


def test_a_verdict_is_given_once_and_a_run_published_once(study, alice):
    run = runs.save_steps(study=study, rows=ROWS, demand_per_year=10, key=uuid.uuid4(), by=alice, now=NOW)
    key = uuid.uuid4()
    said = {
        "choice": "simplify",
        "reason": "It waits.",
        "law": "silent",
        "document": "Rules",
        "decided_by_post": "Director",
        "due_on": date(2019, 5, 1),
    }
    at_once(
        lambda: runs.give_verdict(
            study=study, run=run, finding_key="k", said=said, key=key, by=alice, now=NOW
        )
    )
    at_once(lambda: actions.publish(study=study, run=run, by=alice, now=NOW))
    assert Verdict.objects.count() == 1
    assert Publication.objects.count() == 1


def test_of_two_runs_published_at_the_same_moment_one_stands(study, alice):
    both = [
        runs.save_steps(study=study, rows=ROWS, demand_per_year=10, key=uuid.uuid4(), by=alice, now=NOW)
        for _number in range(2)
    ]
    turn = itertools.count()
    at_once(lambda: actions.publish(study=study, run=both[next(turn) % 2], by=alice, now=NOW))
    assert Publication.objects.filter(withdrawn_at=None).count() == 1

"""Each constraint of the studies refuses what it must, on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from straume.web.studies.models import (
    AssessmentRun,
    CaseLog,
    FindingRow,
    Publication,
    StepJudgement,
    Study,
    Verdict,
)
from web.studies.conftest import NOW

pytestmark = pytest.mark.django_db


def refused(name: str, write) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        write()
    told = str(refusal.value)
    assert name in told or "UNIQUE constraint failed" in told


def test_a_study_begins_by_a_known_entrance_only(study):
    refused("study_entrance_known", lambda: Study.objects.filter(pk=study.pk).update(entrance="guess"))


def test_a_study_is_submitted_once(study, offer, alice):
    refused(
        "idempotency_key",
        lambda: Study.objects.create(
            offer=offer, owner=alice, created_at=NOW, idempotency_key=study.idempotency_key
        ),
    )


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("log_has_bytes", {"bytes": 0}),
        ("log_has_a_label", {"label": ""}),
        ("log_status_known", {"status": "lost"}),
        ("log_checked_has_its_table", {"status": "checked"}),
        ("log_checked_has_its_table", {"status": "checked", "folder": "abc"}),
    ],
)
def test_a_log_is_refused(make_log, name, values):
    refused(name, lambda: make_log(**values))


def test_a_log_is_submitted_once(make_log):
    key = uuid.uuid4()
    make_log(idempotency_key=key)
    refused("log_submitted_once", lambda: make_log(idempotency_key=key))


def test_a_log_is_replaced_once(make_log):
    first = make_log()
    make_log(replaces=first)
    refused("replaces", lambda: make_log(replaces=first))


def test_versions_of_a_step_table_are_counted_from_one_and_once(make_table):
    make_table(version=1)
    refused("step_table_version_once", lambda: make_table(version=1))
    refused("step_table_version_from_one", lambda: make_table(version=0))


def test_a_step_table_is_submitted_once(make_table):
    first = make_table(version=1)
    refused(
        "step_table_submitted_once",
        lambda: make_table(version=2, idempotency_key=first.idempotency_key),
    )


def test_a_run_has_one_source(make_log, make_table, make_run):
    refused("run_has_one_source", lambda: make_run(log=None, step_table=None))
    refused("run_has_one_source", lambda: make_run(log=make_log(), step_table=make_table()))


@pytest.mark.parametrize(
    "values",
    [{"result": None}, {"made_at": None}, {"library_version": ""}],
    ids=["result", "when", "version"],
)
def test_a_finished_run_has_its_result(make_run, values):
    refused("run_done_has_its_result", lambda: make_run(**values))


def test_a_run_has_a_known_status_and_is_submitted_once(make_run):
    run = make_run()
    refused("run_status_known", lambda: AssessmentRun.objects.filter(pk=run.pk).update(status="lost"))
    refused("run_submitted_once", lambda: make_run(idempotency_key=run.idempotency_key))


def test_a_finding_stands_once_in_a_run(make_run):
    run = make_run()

    def finding(**values):
        return FindingRow.objects.create(
            **{"run": run, "rank": 2, "key": "k2", "code": "x", "figures": {}, **values}
        )

    refused("finding_once_in_a_run", lambda: finding(key="k1"))
    refused("finding_rank_once_in_a_run", lambda: finding(rank=1))
    refused("finding_has_key_and_code", lambda: finding(code=""))


def test_a_study_is_published_once_at_a_time(study, make_run, alice):
    run = make_run()

    def published(**values):
        return Publication.objects.create(
            study=study, run=run, published_by=alice, published_at=NOW, **values
        )

    published(withdrawn_at=NOW)
    published()
    refused("study_published_once_at_a_time", published)
    refused(
        "publication_withdrawn_after_it_was_made", lambda: published(withdrawn_at=NOW - timedelta(days=1))
    )


@pytest.mark.parametrize(
    ("name", "values"),
    [("judgement_value_known", {"value": "useless"}), ("judgement_names_a_step", {"step": ""})],
)
def test_a_judgement_is_refused(study, alice, name, values):
    fields = {"study": study, "step": "Paraksta", "value": "value", "given_by": alice, "given_at": NOW}
    refused(name, lambda: StepJudgement.objects.create(**{**fields, **values}))


KEEP = {"choice": "keep", "reason": "The client needs it.", "law": "silent"}
CHANGE = {
    "choice": "simplify",
    "reason": "It waits a week.",
    "law": "unknown",
    "document": "Internal rules",
    "decided_by_post": "Executive director",
    "due_on": date(2019, 3, 1),
}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("verdict_choice_known", {**KEEP, "choice": "punish"}),
        ("verdict_has_a_reason", {**KEEP, "reason": ""}),
        ("verdict_law_known", {**KEEP, "law": "maybe"}),
        ("verdict_names_the_law_that_asks", {**KEEP, "law": "asks"}),
        ("verdict_names_the_law_that_asks", {**KEEP, "law": "asks", "legal_basis": "Law, article 9"}),
        (
            "verdict_law_ends_after_it_begins",
            {
                **KEEP,
                "law": "asks",
                "legal_basis": "Law",
                "law_from_on": date(2018, 1, 1),
                "law_until_on": date(2017, 1, 1),
            },
        ),
        ("verdict_for_a_change_says_what_who_and_when", {**CHANGE, "document": ""}),
        ("verdict_for_a_change_says_what_who_and_when", {**CHANGE, "decided_by_post": ""}),
        ("verdict_for_a_change_says_what_who_and_when", {**CHANGE, "due_on": None}),
    ],
)
def test_a_verdict_is_refused(study, make_run, alice, name, values):
    fields = {"study": study, "run": make_run(), "finding_key": "k1", "given_by": alice, "given_at": NOW}
    refused(name, lambda: Verdict.objects.create(**{**fields, **values}))


def test_a_verdict_is_submitted_once(study, make_run, alice):
    fields = {"study": study, "run": make_run(), "finding_key": "k1", "given_by": alice, "given_at": NOW}
    first = Verdict.objects.create(**fields, **CHANGE)
    refused(
        "verdict_submitted_once",
        lambda: Verdict.objects.create(**fields, **KEEP, idempotency_key=first.idempotency_key),
    )


def test_a_status_moves_only_from_where_it_stands(make_log):
    log = make_log(status="checking")
    late = CaseLog.objects.get(pk=log.pk)
    assert log.moves("cancelled", only_from=("checking",))
    assert not late.moves("problems", only_from=("checking",))
    assert CaseLog.objects.get(pk=log.pk).status == "cancelled"

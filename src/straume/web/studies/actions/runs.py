"""Assessments: asked for, computed, written down with their findings; and what people say about them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.studies import analysis
from straume.web.studies.actions.touch import standing_touch_times
from straume.web.studies.models import (
    AssessmentRun,
    FindingRow,
    StepJudgement,
    StepTable,
    StreamMap,
    Study,
    Verdict,
)


def save_steps(
    *,
    study: Study,
    rows: list[dict[str, str]],
    demand_per_year: int | None,
    key: uuid.UUID,
    by: User,
    now: datetime,
    is_simulated: bool = False,
    from_map: StreamMap | None = None,
) -> AssessmentRun:
    """Keep a new version of the steps and assess it at once (it takes milliseconds)."""

    def create() -> StepTable:
        with transaction.atomic():
            Study.objects.select_for_update().get(pk=study.pk)
            newest = study.step_tables.aggregate(newest=Max("version"))["newest"] or 0
            return StepTable.objects.create(
                study=study,
                version=newest + 1,
                rows=rows,
                demand_per_year=demand_per_year,
                is_simulated=is_simulated,
                from_map=from_map,
                idempotency_key=key,
                made_by=by,
                made_at=now,
            )

    table = once(create, lambda: study.step_tables.filter(idempotency_key=key).first())
    run = once(
        lambda: AssessmentRun.objects.create(
            study=study, step_table=table, idempotency_key=key, asked_by=by, asked_at=now
        ),
        lambda: study.runs.filter(idempotency_key=key).first(),
    )
    if run.status == AssessmentRun.Status.QUEUED:
        make_run(run=run, now=now)
    return run


def make_run(*, run: AssessmentRun, now: datetime) -> bool:
    """Compute an assessment and write it down with its findings; False where none came of it."""
    made = analysis.assess_run(run)
    with transaction.atomic():
        waiting = AssessmentRun.objects.filter(pk=run.pk, status=AssessmentRun.Status.QUEUED)
        if made.refusal is not None:
            waiting.update(status=AssessmentRun.Status.FAILED, refusal=made.refusal)
            run.refresh_from_db()
            return False
        moved = waiting.update(
            status=AssessmentRun.Status.DONE,
            result=made.result,
            parameters=made.parameters,
            library_version=made.library_version,
            made_at=now,
            covers_until_on=made.covers_until_on or now.date(),
        )
        if moved:
            FindingRow.objects.bulk_create(
                FindingRow(run=run, rank=rank, **values) for rank, values in enumerate(made.findings, 1)
            )
    run.refresh_from_db()
    return bool(moved)


def give_verdict(
    *,
    study: Study,
    run: AssessmentRun,
    finding_key: str,
    said: dict[str, Any],
    key: uuid.UUID,
    by: User,
    now: datetime,
) -> Verdict:
    """Write down a verdict; what was said before stays as history."""
    return once(
        lambda: Verdict.objects.create(
            study=study,
            run=run,
            finding_key=finding_key,
            idempotency_key=key,
            given_by=by,
            given_at=now,
            **said,
        ),
        lambda: study.verdicts.filter(idempotency_key=key).first(),
    )


@dataclass(frozen=True)
class Judged:
    """What people said of one step."""

    value: str
    is_check: bool = False


NOT_JUDGED = Judged(StepJudgement.Value.NOT_JUDGED)


def judge_steps(*, study: Study, said: Mapping[str, Judged], by: User, now: datetime) -> bool:
    """Write down what is new; True where other steps than before are checks, so that questions may change."""
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        standing = {row.step: Judged(row.value, row.is_check) for row in study.judgements.order_by("pk")}
        checks_before = {step for step, one in standing.items() if one.is_check}
        fresh = {step: one for step, one in said.items() if one != standing.get(step, NOT_JUDGED)}
        StepJudgement.objects.bulk_create(
            StepJudgement(
                study=study, step=step, value=one.value, is_check=one.is_check, given_by=by, given_at=now
            )
            for step, one in fresh.items()
        )
    return checks_before != {step for step, one in {**standing, **said}.items() if one.is_check}


def assess_again(*, run: AssessmentRun, key: uuid.UUID, by: User, now: datetime) -> AssessmentRun:
    """Another run of the same source, with the steps that people call checks; the earlier one is kept."""
    from straume.web.studies.tasks import assess_run

    def create() -> AssessmentRun:
        again = AssessmentRun.objects.create(
            study=run.study,
            log=run.log,
            step_table=run.step_table,
            parameters={"checks": standing_checks(run.study), "touch": standing_touch_times(run.study)},
            idempotency_key=key,
            asked_by=by,
            asked_at=now,
        )
        transaction.on_commit(lambda: assess_run.enqueue(again.pk))
        return again

    return once(create, lambda: run.study.runs.filter(idempotency_key=key).first())


def standing_checks(study: Study) -> list[str]:
    """Steps that people call checks, by their newest word."""
    newest = dict(study.judgements.order_by("pk").values_list("step", "is_check"))
    return sorted(step for step, is_check in newest.items() if is_check)


def standing_judgements(study: Study) -> dict[str, str]:
    """Step → value as it stands; the newest word on each step."""
    newest = dict(study.judgements.order_by("pk").values_list("step", "value"))
    return {step: value for step, value in newest.items() if value != StepJudgement.Value.NOT_JUDGED}


def standing_verdicts(study: Study) -> dict[str, Verdict]:
    """Finding key → the verdict that stands."""
    return {verdict.finding_key: verdict for verdict in study.verdicts.order_by("pk")}

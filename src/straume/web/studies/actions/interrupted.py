"""What a worker that was killed left behind: checks and computations without a job are done again, once."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from straume.web.studies.models import AssessmentRun, CaseLog, ModelTrial, ScenarioSearch

logger = logging.getLogger(__name__)
MOST_INTERRUPTIONS = 2  # a table that took two workers down is not given to a third
INTERRUPTED_CHECK = [{"code": "check_interrupted", "params": {}, "place": {}}]
INTERRUPTED_RUN = {"code": "assessment_interrupted", "params": {}}


def resume_interrupted() -> int:
    """Called when a worker starts: give every unfinished log and run a job again; return how many were left.

    Where another worker is alive and at one of them, it is done twice and the first to end counts
    (statuses move by conditional UPDATE, decision 0020).
    """
    from straume.web.studies.tasks import assess_run, check_log

    with transaction.atomic():
        checks, runs = jobs_of(check_log.module_path), jobs_of(assess_run.module_path)
        logs = [
            log for log in CaseLog.objects.filter(status__in=CaseLog.BUSY) if not checks.is_queued(log.pk)
        ]
        queued = AssessmentRun.objects.filter(status=AssessmentRun.Status.QUEUED)
        unfinished = [run for run in queued if not runs.is_queued(run.pk)]
        close_jobs([check_log.module_path, assess_run.module_path])
        for log in logs:
            if checks.interrupted[log.pk] >= MOST_INTERRUPTIONS:
                log.moves(CaseLog.Status.PROBLEMS, only_from=CaseLog.BUSY, problems=INTERRUPTED_CHECK)
            else:
                transaction.on_commit(lambda pk=log.pk: check_log.enqueue(pk))  # type: ignore[misc]
        for run in unfinished:
            if runs.interrupted[run.pk] >= MOST_INTERRUPTIONS:
                queued.filter(pk=run.pk).update(status=AssessmentRun.Status.FAILED, refusal=INTERRUPTED_RUN)
            else:
                transaction.on_commit(lambda pk=run.pk: assess_run.enqueue(pk))  # type: ignore[misc]
        resume_scenarios()
    if logs or unfinished:
        logger.warning("left by a worker that ended: %s checks, %s assessments", len(logs), len(unfinished))
    return len(logs) + len(unfinished)


def resume_scenarios() -> None:
    """The same for searches and for models that are tried against their log."""
    from straume.web.studies.tasks import search_scenarios, try_model

    kinds = (
        (search_scenarios, ScenarioSearch.objects.filter(status__in=ScenarioSearch.BUSY), "pk"),
        (try_model, ModelTrial.objects.filter(status=ModelTrial.Status.QUEUED), "log"),
    )
    for task, unfinished, by in kinds:
        jobs = jobs_of(task.module_path)
        close_jobs([task.module_path])
        for key in unfinished.values_list(by, flat=True):
            if jobs.interrupted[key] >= MOST_INTERRUPTIONS:
                unfinished.filter(**{by: key}).update(status="failed", refusal=INTERRUPTED_RUN)
            elif not jobs.is_queued(key):
                transaction.on_commit(lambda task=task, key=key: task.enqueue(key))  # type: ignore[misc]


@dataclass
class Jobs:
    """The jobs of one kind, by the row that they are for."""

    queued: set[int] = field(default_factory=set)
    # how often since a job for it last came to its end
    interrupted: Counter[int] = field(default_factory=Counter)

    def is_queued(self, pk: int) -> bool:
        return pk in self.queued


def jobs_of(path: str) -> Jobs:
    """Jobs catch what goes wrong in them, so one that failed or still runs was ended from outside."""
    jobs = Jobs()
    rows = DBTaskResult.objects.filter(task_path=path).order_by("enqueued_at")
    for asked, status in rows.values_list("args_kwargs", "status"):
        pk = asked["args"][0]
        if status == TaskResultStatus.READY:
            jobs.queued.add(pk)
        elif status == TaskResultStatus.SUCCESSFUL:
            jobs.interrupted[pk] = 0
        else:
            jobs.interrupted[pk] += 1
    return jobs


def close_jobs(paths: list[str]) -> None:
    """The rows of jobs that nobody does any more say so."""
    DBTaskResult.objects.filter(task_path__in=paths, status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="builtins.InterruptedError",
    )

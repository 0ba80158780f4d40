"""Jobs of the worker: checking a log in a child process, and assessing it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from straume.web.studies import analysis
from straume.web.studies.actions import logs, runs
from straume.web.studies.models import AssessmentRun, CaseLog

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_QUESTIONS = 0.5
BROKEN = [{"code": "check_broke_off", "params": {}, "place": {}}]


@task()
def check_log(log_pk: int) -> None:
    """Read one log in a child process. Whatever happens, the log does not stay "being checked" for ever."""
    log = CaseLog.objects.select_related("study__offer__institution").filter(pk=log_pk).first()
    if log is None or not log.is_busy:
        return
    began_as = log.status

    def is_cancelled() -> bool:
        return not CaseLog.objects.filter(pk=log_pk, status=began_as).exists()

    def progress(share: float) -> None:
        CaseLog.objects.filter(pk=log_pk, status=began_as).update(done_share=share)

    try:
        checked = analysis.check(log, is_cancelled=seldom(is_cancelled), progress=progress)
        if checked is None:
            return
        if began_as == CaseLog.Status.UPLOADED:
            logs.finish_guess(log=log, checked=checked)
        else:
            logs.finish_check(log=log, checked=checked, now=timezone.now())
    except Exception:
        logger.exception("check of log %s broke off", log_pk)
        log.moves(CaseLog.Status.PROBLEMS, only_from=(began_as,), problems=BROKEN)


def seldom(ask: Callable[[], bool]) -> Callable[[], bool]:
    """Ask the database at most twice a second; the child is watched far more often."""
    last = [time.monotonic()]

    def asked() -> bool:
        if time.monotonic() - last[0] < SECONDS_BETWEEN_QUESTIONS:
            return False
        last[0] = time.monotonic()
        return ask()

    return asked


@task()
def assess_run(run_pk: int) -> None:
    """Compute one assessment."""
    run = AssessmentRun.objects.select_related("study__offer", "log").filter(pk=run_pk).first()
    if run is None or run.status != AssessmentRun.Status.QUEUED:
        return
    try:
        runs.make_run(run=run, now=timezone.now())
    except Exception:
        logger.exception("assessment %s broke off", run_pk)
        AssessmentRun.objects.filter(pk=run_pk, status=AssessmentRun.Status.QUEUED).update(
            status=AssessmentRun.Status.FAILED, refusal={"code": "assessment_broke_off", "params": {}}
        )

"""Jobs of the worker: checking a log in a child process, assessing it, trying its model, searches."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from straume.lean.errors import StraumeError
from straume.web.studies import analysis, scenario_analysis, search_analysis
from straume.web.studies.actions import logs, runs, searches
from straume.web.studies.models import AssessmentRun, CaseLog, ModelTrial, ScenarioSearch

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


@task()
def try_model(log_pk: int) -> None:
    """Try whether the model of a log finds the log again, and keep what came of it."""
    log = CaseLog.objects.select_related("study__offer").filter(pk=log_pk).first()
    trial = ModelTrial.objects.filter(log=log_pk, status=ModelTrial.Status.QUEUED)
    if log is None or not trial.exists():
        return
    try:
        result = scenario_analysis.try_log(log)
    except StraumeError as refused:
        trial.update(status=ModelTrial.Status.FAILED, refusal=search_analysis.refusal_of(refused))
    except Exception:
        logger.exception("trial of the model of log %s broke off", log_pk)
        trial.update(status=ModelTrial.Status.FAILED, refusal={"code": "assessment_broke_off", "params": {}})
    else:
        trial.update(status=ModelTrial.Status.DONE, result=result)


@task()
def search_scenarios(search_pk: int) -> None:
    """One search over many scenarios; it tells how far it is, and stops when nobody wants it."""
    search = ScenarioSearch.objects.select_related("map__study__offer", "log__study__offer")
    asked = search.filter(pk=search_pk, status__in=ScenarioSearch.BUSY).first()
    if asked is None:
        return
    wanted = ScenarioSearch.objects.filter(pk=search_pk, status__in=ScenarioSearch.BUSY)
    tell = seldom(lambda: True)

    def progress(done: int, whole: int) -> bool:
        if not tell():
            return True
        return bool(wanted.update(done_share=min(1.0, done / max(1, whole))))

    try:
        searches.make_search(search=asked, progress=progress)
    except Exception:
        logger.exception("search %s broke off", search_pk)
        wanted.update(
            status=ScenarioSearch.Status.FAILED, refusal={"code": "assessment_broke_off", "params": {}}
        )

"""A case log on its way: stored, guessed, checked by a job, confirmed, replaced, cancelled, deleted."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.studies import analysis
from straume.web.studies.actions.runs import standing_checks
from straume.web.studies.actions.touch import standing_touch_times
from straume.web.studies.models import AssessmentRun, CaseLog, Study
from straume.web.studies.stored import removal, remove_on_commit

NAME_LENGTH = 200


@dataclass(frozen=True)
class Upload:
    """What came with a file."""

    file: File[Any]
    label: str
    keeps_original: bool
    key: uuid.UUID
    is_simulated: bool = False


def store_log(
    *, study: Study, upload: Upload, by: User, now: datetime, replaces: CaseLog | None = None
) -> CaseLog:
    """Store the file under a name that tells nothing; the row is written once per submit."""

    def create() -> CaseLog:
        log = CaseLog(
            study=study,
            label=upload.label,
            original_name=(upload.file.name or "")[-NAME_LENGTH:],
            bytes=upload.file.size or 0,
            keeps_original=upload.keeps_original,
            timezone=study.institution.timezone,
            is_simulated=upload.is_simulated,
            replaces=replaces,
            idempotency_key=upload.key,
            uploaded_by=by,
            uploaded_at=now,
        )
        log.file.save(upload.file.name or "log", upload.file, save=False)
        try:
            log.save()
        except BaseException:
            log.file.storage.delete(log.file.name or "")
            raise
        return log

    return once(create, lambda: study.logs.filter(idempotency_key=upload.key).first())


def look_into(*, log: CaseLog) -> None:
    """Have a job read the file and guess its columns."""
    from straume.web.studies.tasks import check_log

    if log.status == CaseLog.Status.UPLOADED:
        transaction.on_commit(lambda: check_log.enqueue(log.pk))


def finish_guess(*, log: CaseLog, checked: analysis.Checked) -> bool:
    """Write down what was guessed, and what the whole file holds if the guess is right."""
    to = CaseLog.Status.GUESSED if checked.guess else CaseLog.Status.PROBLEMS
    moved = log.moves(
        to,
        only_from=(CaseLog.Status.UPLOADED,),
        guess=checked.guess,
        facts=checked.facts,
        problems=checked.problems,
        folder=checked.folder,
    )
    if not moved:
        removal("", checked.folder)()
    return moved


def confirm_columns(*, log: CaseLog, mapping: dict[str, Any], timezone: str, now: datetime) -> bool:
    """People have set the columns; a job checks the file, unless it was read just so already."""
    from straume.web.studies.tasks import check_log

    as_guessed = said(mapping) == said(log.guess.get("mapping", {})) and timezone == log.timezone
    if as_guessed and log.folder and log.status == CaseLog.Status.GUESSED:
        return settle(log=log, from_status=CaseLog.Status.GUESSED, now=now, mapping=mapping)
    unused = log.folder
    with transaction.atomic():
        moved = log.moves(
            CaseLog.Status.CHECKING,
            only_from=(CaseLog.Status.GUESSED, CaseLog.Status.PROBLEMS),
            mapping=mapping,
            timezone=timezone,
            problems=[],
            facts={},
            folder="",
            done_share=0,
        )
        if moved:
            transaction.on_commit(removal("", unused))
            transaction.on_commit(lambda: check_log.enqueue(log.pk))
    return moved


def said(mapping: dict[str, Any]) -> dict[str, Any]:
    """The roles that have a column."""
    return {role: value for role, value in mapping.items() if value not in (None, "", [], ())}


def finish_check(*, log: CaseLog, checked: analysis.Checked, now: datetime) -> bool:
    """Write down what the check found, unless the log was cancelled meanwhile."""
    if checked.problems:
        return log.moves(
            CaseLog.Status.PROBLEMS, only_from=(CaseLog.Status.CHECKING,), problems=checked.problems
        )
    moved = settle(
        log=log,
        from_status=CaseLog.Status.CHECKING,
        now=now,
        facts=checked.facts,
        folder=checked.folder,
    )
    if not moved:
        removal("", checked.folder)()
    return moved


def settle(*, log: CaseLog, from_status: str, now: datetime, **found: Any) -> bool:
    """The file is fine: keep its tables, forget the preview, delete the original unless it is to stay."""
    guess = {name: value for name, value in log.guess.items() if name != "preview"}
    original = log.file.name or ""
    forget = {} if log.keeps_original else {"file": ""}
    with transaction.atomic():
        moved = log.moves(
            CaseLog.Status.CHECKED,
            only_from=(from_status,),
            guess=guess,
            problems=[],
            checked_at=now,
            **found,
            **forget,
        )
        if moved and not log.keeps_original:
            transaction.on_commit(removal(original, ""))
    return moved


def confirm_facts(*, log: CaseLog, key: uuid.UUID, by: User, now: datetime) -> AssessmentRun:
    """The facts are right: the log takes the place of the one that it replaces, and is assessed in a job."""
    from straume.web.studies.tasks import assess_run

    def create() -> AssessmentRun:
        if log.replaces is not None:
            retire(log.replaces)
        run = AssessmentRun.objects.create(
            study=log.study,
            log=log,
            parameters={"checks": standing_checks(log.study), "touch": standing_touch_times(log.study)},
            idempotency_key=key,
            asked_by=by,
            asked_at=now,
        )
        transaction.on_commit(lambda: assess_run.enqueue(run.pk))
        return run

    return once(create, lambda: log.study.runs.filter(idempotency_key=key).first())


def retire(log: CaseLog) -> None:
    """A log that another one replaces: its original goes, its table and assessments stay."""
    original = log.file.name or ""
    only_from = (CaseLog.Status.CHECKED, CaseLog.Status.PROBLEMS, CaseLog.Status.GUESSED)
    if log.moves(CaseLog.Status.REPLACED, only_from=only_from, file=""):
        transaction.on_commit(removal(original, ""))


def cancel_log(*, log: CaseLog) -> bool:
    """Stop the check (the job sees it and ends the child process) and remove the file."""
    with transaction.atomic():
        original, folder = log.file.name or "", log.folder
        moved = log.moves(
            CaseLog.Status.CANCELLED,
            only_from=CaseLog.CANCELLABLE,
            file="",
            guess={},
            mapping={},
            problems=[],
        )
        if moved:
            transaction.on_commit(removal(original, folder))
    return moved


def delete_log(*, log: CaseLog) -> None:
    """Remove a log, its files and what was computed from it; verdicts stay with the study."""
    with transaction.atomic():
        remove_on_commit(log)
        log.delete()

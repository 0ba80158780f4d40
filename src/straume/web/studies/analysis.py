"""The only place of the studies that calls the library's methods; everything else handles what it returns."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from straume.lean.assess.assessing import Deadline, assess
from straume.lean.assess.difference import difference
from straume.lean.assess.observed import measured_again
from straume.lean.assess.plain import assessment_from_dict, assessment_to_dict
from straume.lean.assess.records import Assessment, Finding
from straume.lean.errors import InputProblems, Problem, StraumeError
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.child import check_in_child
from straume.lean.events.store import load
from straume.lean.flow.causes.starts import estimate_starts
from straume.lean.flow.variants import variants
from straume.lean.protect import is_small
from straume.lean.stream.clocks import WorkingTime, expected
from straume.lean.stream.durations import parse_duration
from straume.lean.stream.step_table import StepTable, read_steps
from straume.lean.stream.step_workbook import read_step_rows
from straume.web.studies.figures import Way, judged
from straume.web.studies.models import AssessmentRun, CaseLog, Study
from straume.web.studies.stored import tables_folder

__all__ = ["difference"]


@dataclass(frozen=True)
class Checked:
    """What a check found: the guess, and facts with the folder of the tables, or problems."""

    guess: dict[str, Any]
    facts: dict[str, Any]
    problems: list[dict[str, Any]]
    folder: str


@dataclass(frozen=True)
class Made:
    """An assessment as it is written down, or why there is none."""

    result: dict[str, Any] | None = None
    parameters: dict[str, Any] | None = None
    library_version: str = ""
    covers_until_on: date | None = None  # last day of the log; None: no log stands behind it
    findings: tuple[dict[str, Any], ...] = ()
    refusal: dict[str, Any] | None = None


def assess_run(run: AssessmentRun) -> Made:
    """The assessment of a run's log or step table, with what people said of its steps."""
    study = run.study
    try:
        if run.log is not None:
            made = assess_log(run.log, study, run.parameters)
        else:
            assert run.step_table is not None
            table = read_table(study, run.step_table.rows, run.step_table.demand_per_year)
            made = assess(table.stream, deadline=deadline_of(study))
    except StraumeError as refusal:
        return Made(refusal={"code": refusal.code, "params": plain(refusal.params)})
    return Made(
        result=assessment_to_dict(made),
        parameters=plain(made.parameters),
        library_version=made.library_version,
        covers_until_on=date.fromisoformat(made.last_on) if made.last_on else None,
        findings=tuple(finding_row(finding) for finding in made.findings),
    )


def assess_log(log: CaseLog, study: Study, asked: Mapping[str, Any]) -> Assessment:
    events = load(tables_folder(log.folder))
    if is_small(events.facts.cases):
        raise StraumeError("too_few_cases_to_show")
    known = set(events.activities)
    checks = [name for name in asked.get("checks", []) if name in known]
    told = told_touch(asked.get("touch", {}), events.activities)
    made = assess(estimate_starts(events, told=told), deadline=deadline_of(study), checks=checks)
    return replace(made, parameters={**made.parameters, "touch_seconds": told})


def told_touch(said: Mapping[str, str], steps: Sequence[str]) -> dict[str, float]:
    """Touch time [seconds of working time] of the steps of a log, as typed under the same names."""
    by_name = {step.strip().casefold(): step for step in steps}
    found = {by_name.get(name.strip().casefold()): touch_seconds(text) for name, text in said.items()}
    return {step: seconds for step, seconds in found.items() if step and seconds is not None}


def touch_seconds(said: str) -> float | None:
    """What somebody typed as seconds of working time: a range by its expected value; None: not readable."""
    try:
        span = parse_duration(said, working=WorkingTime())
    except StraumeError:
        return None
    minutes = expected(span, clock="working", working=WorkingTime())
    return None if minutes is None else minutes * 60


def read_table(study: Study, rows: Sequence[Mapping[str, Any]], demand: int | None) -> StepTable:
    """Steps as typed become a stream. Raises InputProblems with everything that cannot be read."""
    return read_steps(
        rows,
        name=str(study.offer.service),
        demand_per_year=demand or study.offer.demand_per_year(),
        calendar=calendar_of(study),
    )


def problems_of_steps(
    study: Study, rows: Sequence[Mapping[str, Any]], demand: int | None
) -> tuple[Problem, ...]:
    """What cannot be read in a step table; nothing: it can be assessed."""
    try:
        read_table(study, rows, demand)
    except InputProblems as found:
        return found.problems
    return ()


@dataclass(frozen=True)
class SheetRead:
    """Rows of an uploaded spreadsheet as typed, or why there are none."""

    rows: list[dict[str, str]]
    demand: int | None = None
    problems: tuple[Problem, ...] = ()


def rows_of_sheet(sheet: UploadedFile) -> SheetRead:
    """The rows of a filled-in template, by role."""
    with NamedTemporaryFile(suffix=".xlsx") as kept:
        for chunk in sheet.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            read = read_step_rows(Path(kept.name))
        except InputProblems as found:
            return SheetRead([], problems=found.problems)
    return SheetRead(list(read.rows), int(read.demand_per_year) if read.demand_per_year else None)


def check(
    log: CaseLog, *, is_cancelled: Callable[[], bool], progress: Callable[[float], None]
) -> Checked | None:
    """Check the whole file in a child process with its own limits; None where it was cancelled meanwhile."""
    folder = uuid.uuid4().hex
    tables_folder(folder).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = check_in_child(
        Path(log.file.path),
        tables_folder(folder),
        mapping=log.mapping or None,
        timezone=log.timezone,
        calendar=WorkCalendar.from_dict(calendar_of(log.study)),
        salt=salt_of(log.study),
        now_at=int(log.uploaded_at.timestamp() * 1_000_000),
        cancelled=is_cancelled,
        progress=progress,
    )
    if any(problem.code == "check_cancelled" for problem in found.problems):
        return None
    kept = found.to_dict()
    return Checked(
        guess=kept["guess"] or {},
        facts=kept["facts"] or {},
        problems=kept["problems"],
        folder=folder if found.facts else "",
    )


def deadline_of(study: Study) -> Deadline | None:
    """By when the law asks for the answer, as the service's offer says."""
    known = study.offer.deadline()
    return (
        Deadline(days=known.days, clock="working" if known.clock.value == "working" else "calendar")
        if known
        else None
    )


def calendar_of(study: Study) -> dict[str, Any]:
    """The institution's working hours; where it keeps none, Monday to Friday 8–17 of its country."""
    institution = study.institution
    kept = getattr(institution, "calendar", None)
    if kept is not None and kept.rules:
        return dict(kept.rules)
    default = WorkCalendar.default(country=institution.country.upper(), timezone=institution.timezone)
    return default.to_dict()


def salt_of(study: Study) -> bytes:
    """The same worker is the same number in every log of one study, and another in every other study."""
    from django.conf import settings

    return hashlib.sha256(f"{settings.SECRET_KEY}/study/{study.pk}".encode()).digest()


@lru_cache(maxsize=32)
def _stored(run_pk: int, key: uuid.UUID) -> Assessment:
    """By number and key: a number alone may come again in another database of the same process."""
    result = AssessmentRun.objects.values_list("result", flat=True).get(pk=run_pk)
    return assessment_from_dict(result or {})


def stored(run: AssessmentRun, judgements: Mapping[str, str]) -> Assessment:
    """A finished run's assessment (it never changes), as people have judged its steps until now."""
    made = _stored(run.pk, run.idempotency_key)
    if not judgements:
        return made
    marked = judged(made, judgements)
    return replace(marked, measures=measured_again(marked))


def ways(log: CaseLog) -> list[Way]:
    """The ways that cases of a log took, most frequent first; each with its number of cases."""
    found = variants(log=load(tables_folder(log.folder)))
    rows = found.table.to_pylist()
    return [Way(tuple(row["activities"]), row["cases"]) for row in rows]


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding as a row, under a key that a later run gives the same question again."""
    return {
        "key": key_of(finding),
        "code": finding.code,
        "step": finding.step or "",
        "figures": plain(asdict(finding)),
    }


def key_of(finding: Finding) -> str:
    """Code, step or edge, and unit: the same in every run; figures and rank are no part of it."""
    other = [str(finding.counts[name]) for name in ("other_unit", "trigger") if name in finding.counts]
    named = [finding.code, finding.step or "", *(finding.edge or ("", "")), finding.unit or "", *other]
    return hashlib.sha256("\x1f".join(named).encode()).hexdigest()[:24]


def plain(value: Any) -> Any:
    """The same in lists, dicts, strings and numbers, as a JSON column holds it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if hasattr(value, "item") and callable(value.item):
        return value.item()
    return value

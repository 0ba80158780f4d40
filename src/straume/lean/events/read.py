"""Any case log in, one checked table out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import InputProblems, Problem
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.check_mapping import check_kinds, check_mapping
from straume.lean.events.column_words import DATES
from straume.lean.events.formats import SourceOptions, open_log
from straume.lean.events.guess import ColumnMapping, Guess, guess, overridden, preview_of
from straume.lean.events.link import Source, link
from straume.lean.events.log import EventLog, Facts, Flag
from straume.lean.events.raw import RawTable, Wanted
from straume.lean.events.report import Report
from straume.lean.events.source import Limits, Progress
from straume.lean.events.work import Lifecycle, Work, work_of
from straume.lean.events.zones import zone_of

_COUNTRY_OF_ZONE = {"Europe/Riga": "LV", "Europe/Vilnius": "LT"}


@dataclass(frozen=True)
class Inspection:
    """What a file turned out to be: the guess and a preview, and either the log with its facts or the
    problems.
    """

    guess: Guess | None  # None where not even the columns could be read
    log: EventLog | None
    problems: tuple[Problem, ...]

    @property
    def facts(self) -> Facts | None:
        return self.log.facts if self.log else None


def read_log(
    path: Path | str,
    *,
    mapping: ColumnMapping | Mapping[str, Any] | None = None,
    timezone: str = "Europe/Riga",
    calendar: WorkCalendar | None = None,
    unit_calendars: Mapping[str, WorkCalendar] | None = None,
    lifecycle: Lifecycle = "pair",
    case_type: str | None = None,
    salt: bytes | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    now_at: int | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> EventLog:
    """Read a case log: XES, CSV or TSV (also .gz, .zip), XLSX, Parquet, OCEL 2.0 (JSON, XML, SQLite).

    Parameters
    ----------
    path : the file; what it is, its content tells, not its name.
    mapping : columns that the caller sets: a whole ColumnMapping, or a dict that corrects the guess.
    timezone : IANA name, of times that do not name theirs.
    calendar : working hours; by default Monday to Friday 8–17 with the public holidays of the zone's country.
    unit_calendars : working hours of units that keep others.
    lifecycle : "pair" starts and completions to pieces of work; "complete" alone; "all" events as they are.
    case_type : the object type that is the case, in OCEL.
    salt : key of the workers' pseudonyms, where the same worker shall be known again in another log.
    encoding, delimiter, sheet : where the file cannot tell.
    now_at : [µs UTC] later times are noticed.
    limits : what the file may ask of the machine.
    progress : called with bytes read and bytes in all.

    Returns
    -------
    EventLog, with what was odd but did not stop the reading in `facts.notices`.

    Raises
    ------
    InputProblems : the file cannot be used; all problems found.
    WrongCall : no such file, zone or role.
    """
    inspection = inspect_log(
        path,
        mapping=mapping,
        timezone=timezone,
        calendar=calendar,
        unit_calendars=unit_calendars,
        lifecycle=lifecycle,
        case_type=case_type,
        salt=salt,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        now_at=now_at,
        limits=limits,
        progress=progress,
    )
    if inspection.log is None:
        raise InputProblems(inspection.problems)
    return inspection.log


def inspect_log(
    path: Path | str,
    *,
    mapping: ColumnMapping | Mapping[str, Any] | None = None,
    timezone: str = "Europe/Riga",
    calendar: WorkCalendar | None = None,
    unit_calendars: Mapping[str, WorkCalendar] | None = None,
    lifecycle: Lifecycle = "pair",
    case_type: str | None = None,
    salt: bytes | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    now_at: int | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Inspection:
    """Read a log as `read_log` does, and tell what was guessed and what is wrong instead of raising.

    Raises
    ------
    WrongCall : no such file, zone or role.
    """
    zone_of(timezone)
    options = SourceOptions(
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        case_type=case_type,
        limits=limits or Limits(),
        progress=progress,
    )
    calendar = calendar or WorkCalendar.default(timezone=timezone, country=_COUNTRY_OF_ZONE.get(timezone))
    found: Guess | None = None
    try:
        source = open_log(Path(path), options)
        found = guess(source.sample)
        roles = overridden(found.mapping, mapping)
        found = replace(
            found, mapping=roles, wide=bool(roles.steps), preview=preview_of(source.sample, roles)
        )
        report = Report()
        later = () if source.all_names else roles.columns().values()
        check_mapping(roles, (*source.sample.names, *later), report)
        report.stop_if_any()
        raw = source.read(_wanted(roles))
        report = Report(raw)
        if not source.all_names:
            check_mapping(roles, raw.names, report)
        check_kinds(roles, raw, report)
        report.stop_if_any()
        work = work_of(raw, roles, timezone=timezone, lifecycle=lifecycle, now_at=now_at, report=report)
        log = _log(raw, roles, work, timezone, calendar, unit_calendars or {}, salt, report)
    except InputProblems as refusal:
        return Inspection(found, None, refusal.problems)
    return Inspection(found, log, ())


def _wanted(mapping: ColumnMapping) -> Wanted:
    return {
        column: not (role in DATES or role.startswith("step:")) for role, column in mapping.columns().items()
    }


def _log(
    raw: RawTable,
    mapping: ColumnMapping,
    work: Work,
    timezone: str,
    calendar: WorkCalendar,
    unit_calendars: Mapping[str, WorkCalendar],
    salt: bytes | None,
    report: Report,
) -> EventLog:
    log = link(
        work.items,
        cases=work.cases,
        stops=work.stops,
        calendar=calendar,
        unit_calendars=unit_calendars,
        salt=salt,
        source=Source(
            timezone=timezone,
            raw_events=work.raw_events,
            paired=work.paired,
            source_format=raw.format,
            columns=mapping.columns(),
        ),
    )
    _notice_order(log, raw, mapping, report)
    for unit in unit_calendars:
        if unit not in log.units:
            report.notice("calendar_for_unknown_unit", unit=unit[:60])
    return replace(log, facts=replace(log.facts, notices=report.notice_dicts()))


def _notice_order(log: EventLog, raw: RawTable, mapping: ColumnMapping, report: Report) -> None:
    """What only the finished table shows: ties, doubled rows, dates without a time, shapes that speak of
    a wrong column.
    """
    facts = log.facts
    if facts.ties:
        report.notice("ties", count=facts.ties)
    doubled = _doubled_positions(log)
    if len(doubled):
        width = max(len(mapping.steps), 1)
        report.rows("duplicate_rows", np.sort(doubled) // width, None, stops=False)
    if facts.date_only:
        share = 100 * facts.date_only / facts.work_items
        percent = round(share) if share >= 10 else max(0.1, round(share, 1))  # some are never "0 %"
        report.notice("dates_without_time", count=facts.date_only, percent=percent)
    if facts.cases == 1:
        report.notice("single_case", column=mapping.case or "")
    elif facts.cases == facts.work_items:
        report.notice("every_case_has_one_step", column=mapping.case or "")


def _doubled_positions(log: EventLog) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Positions of items that repeat another of the same case in everything; such stand among ties."""
    flags = log.items["flags"].to_numpy()
    tied = (flags & int(Flag.TIE)) > 0
    if not tied.any():
        return np.zeros(0, np.int64)
    tied[:-1] |= tied[1:]
    keys = ["case", "activity", "worker", "unit", "start_at", "end_at"]
    among = log.items.select([*keys, "position"]).filter(pa.array(tied))
    groups = among.group_by(keys).aggregate([("position", "count"), ("position", "list")])
    groups = groups.filter(pc.greater(groups["position_count"], 1))
    repeats = [sorted(positions)[1:] for positions in groups["position_list"].to_pylist()]
    return np.array([position for positions in repeats for position in positions], np.int64)

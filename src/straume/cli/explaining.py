"""`straume explain`: why work waits, from a case log with starts."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from straume.cli import FINE, paper, results
from straume.cli.refusals import told
from straume.cli.source import WorkingTimeSaid, check_outputs, existing, read_in_child
from straume.lean.errors import StraumeError, WrongCall
from straume.lean.events.enabled import parallel_steps
from straume.lean.events.log import EventLog
from straume.lean.flow.causes.explain import Explanation, explain
from straume.lean.flow.causes.filled import Filled, fill_causes
from straume.lean.flow.causes.given import Matched, calendars_from_file, matched
from straume.lean.stream.clocks import WorkingTime
from straume.lean.stream.durations import DurationError, parse_duration
from straume.words import causes as words
from straume.words import cli as cli_words
from straume.words import format as fmt

EDGES_SHOWN = 12
SCHEMA_VERSION = 1
HOURS_FOUND = ("workers", "workers_of_unit", "workers_of_log", "units", "units_of_log", "support")


def run_explain(file: Path, *, lang: str, **options: Any) -> int:
    return told(lambda: _refused_in_words(file, lang, options), lang, file)


def _refused_in_words(file: Path, lang: str, options: dict[str, Any]) -> int:
    try:
        return _explain(file, lang, options)
    except StraumeError as error:
        if error.code not in words.CODES:
            raise
        click.echo(words.refusal(error.code, error.params, lang), err=True)
        return error.exit_code


def _explain(file: Path, lang: str, options: dict[str, Any]) -> int:
    said = (options["calendar"], options["calendars_file"])
    check_outputs(options, file, *(Path(name) for name in said if name))
    working = WorkingTimeSaid(options["calendar"], options["timezone"])
    salt = secrets.token_bytes(16)  # lives as long as this command: nobody can be known again later
    log = read_in_child(file, working, options, salt=salt)
    given = _hours_given(log, working, options["calendars_file"], salt)
    filled = fill_causes(
        log,
        calendars=given.calendars if given else None,
        told=touch_told(options.get("touch", ()), log),
        min_batch=options["min_batch"],
    )
    told_of = Told(explain(filled.log), filled, given, parallel_steps(log))
    if options["json_file"] == "-":
        click.echo(as_json(told_of))
        return FINE
    _say(told_of, lang)
    if options["json_file"]:
        results.write(options["json_file"], as_json(told_of) + "\n")
        click.echo(cli_words.written(options["json_file"], lang), err=True)
    return FINE


@dataclass(frozen=True)
class Told:
    """What the command tells, and on what it rests."""

    found: Explanation
    filled: Filled
    given: Matched | None  # hours by name; None: none were given
    parallel: tuple[tuple[str, str], ...]


def _hours_given(log: EventLog, working: WorkingTimeSaid, file: str | None, salt: bytes) -> Matched | None:
    """Hours by worker or unit, or the one calendar of a file for all; None where nobody gave hours."""
    if not file:
        return Matched({}, 0, 0, 0) if working.source == "file" else None
    hours = calendars_from_file(existing(Path(file)), timezone=working.timezone, country=working.country)
    return matched(hours, log=log, salt=salt)


def touch_told(entries: Sequence[str], log: EventLog) -> dict[str, float]:
    """Seconds of work by step, from "Step=15 min" as people say durations; of a range its expected value.

    Raises WrongCall `touch_without_step`, `touch_not_understood`, `touch_not_working_time`.
    """
    working = WorkingTime.of(log.calendar)
    told = {}
    for entry in entries:
        step, equals, text = entry.rpartition("=")
        if not equals or not step.strip():
            raise WrongCall("touch_without_step", text=entry)
        try:
            span = parse_duration(text, working=working)
        except DurationError as error:
            raise WrongCall("touch_not_understood", text=entry) from error
        if span.clock != "working" and span.high_minutes:
            raise WrongCall("touch_not_working_time", text=entry)
        told[step.strip()] = span.expected_minutes * 60
    return told


def as_json(told_of: Told) -> str:
    """All figures (docs/schemas/causes.schema.json); of people none: the smallest group is a unit."""
    found, hours = told_of.found, told_of.filled.hours
    data = {"version": SCHEMA_VERSION} | {name: getattr(found, name) for name in found.__dataclass_fields__}
    data["causes"] = {name: vars(cause) for name, cause in found.causes.items()}
    for name in ("by_step", "by_edge", "by_unit", "by_week"):
        data[name] = data[name].to_pylist()
    data["parallel_steps"] = [list(pair) for pair in told_of.parallel]
    data["touch"] = {step: vars(touch) for step, touch in told_of.filled.touch.items()}
    data["hours_found"] = hours and {name: getattr(hours, name) for name in HOURS_FOUND}
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False, default=str)


def _say(told_of: Told, lang: str) -> None:
    found = told_of.found
    for sentence in (
        words.lead(found.waiting_seconds / 3600, found.items, lang),
        words.efficiency(found.efficiency if _mostly_known(found) else None, lang),
        words.unknown_starts(found.unknown_items, lang),
        words.estimated(found.estimated_share, lang),
        *_hours_said(told_of, lang),
        words.parallel(told_of.parallel, lang),
    ):
        paper.paragraph(sentence)
    paper.heading(words.heading("causes", lang))
    paper.rows([_columns(lang), *_cause_rows(found, lang)], right=(1, 2, 3, 4, 5))
    paper.heading(words.heading("edges", lang))
    edges = [row for row in found.by_edge.to_pylist() if row["waiting_seconds"]]
    paper.rows([_edge_row(row, found, lang) for row in edges[:EDGES_SHOWN]], right=(0,))
    if len(edges) > EDGES_SHOWN:
        paper.paragraph(cli_words.more(len(edges) - EDGES_SHOWN, lang), indent=2)


def _mostly_known(found: Explanation) -> bool:
    """Where most of the work is left out, what is left shows no cycle efficiency."""
    return found.items > found.unknown_items


def _hours_said(told_of: Told, lang: str) -> list[str]:
    """Whose hours were given or found; nobody is named."""
    hours = told_of.filled.hours
    if hours is None:
        return [words.unmatched(told_of.given.unmatched if told_of.given else 0, lang)]
    return [
        words.hours_found(bool(hours.calendars), lang),
        words.own_hours(hours.workers, hours.units, lang),
        words.hours_of_unit(hours.workers_of_unit, lang),
        words.hours_of_log(hours.workers_of_log, lang),
    ]


def _columns(lang: str) -> tuple[str, ...]:
    return ("", *(words.heading(key, lang) for key in ("share", "waiting", "a_year", "a_case", "without")))


def _cause_rows(found: Explanation, lang: str) -> list[tuple[str, ...]]:
    return [
        (
            words.cause(name, lang),
            fmt.percent(cause.share, lang),
            fmt.number(cause.seconds / 3600, lang),
            "–" if cause.hours_a_year is None else fmt.number(cause.hours_a_year, lang),
            fmt.number(cause.days_a_case, lang, 2),
            fmt.percent(cause.efficiency_without, lang)
            if cause.efficiency_without is not None and _mostly_known(found)
            else "–",
        )
        for name, cause in found.causes.items()
    ]


def _edge_row(row: dict[str, Any], found: Explanation, lang: str) -> tuple[str, str, str]:
    most = max(found.causes, key=lambda name: row[f"{name}_seconds"])
    waiting = fmt.number(row["waiting_seconds"] / 3600, lang)
    return waiting, f"{row['source']} → {row['target']}", words.cause(most, lang)

"""`straume explain`: why work waits, from a case log with starts."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import click

from straume.cli import FINE, paper
from straume.cli.refusals import told
from straume.cli.source import WorkingTimeSaid, existing, read_in_child
from straume.lean.errors import StraumeError
from straume.lean.flow.causes.explain import Explanation, explain
from straume.lean.flow.causes.given import Matched, calendars_from_file, matched
from straume.lean.flow.causes.split import split
from straume.words import causes as words
from straume.words import cli as cli_words
from straume.words import format as fmt

EDGES_SHOWN = 12


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
    working = WorkingTimeSaid(options["calendar"], options["timezone"])
    salt = secrets.token_bytes(16)  # lives as long as this command: nobody can be known again later
    log = read_in_child(file, working, options, salt=salt)
    given = Matched({}, 0, 0, 0)
    if options["calendars_file"]:
        path = existing(Path(options["calendars_file"]))
        hours = calendars_from_file(path, timezone=working.timezone, country=working.country)
        given = matched(hours, log=log, salt=salt)
    found = explain(split(log, calendars=given.calendars, min_batch=options["min_batch"]))
    if options["json_file"] == "-":
        click.echo(as_json(found))
        return FINE
    _say(found, given, lang)
    if options["json_file"]:
        Path(options["json_file"]).write_text(as_json(found) + "\n", encoding="utf-8")
        click.echo(cli_words.written(options["json_file"], lang), err=True)
    return FINE


def as_json(found: Explanation) -> str:
    """All figures; of people none: the smallest group is a unit."""
    data = {name: getattr(found, name) for name in found.__dataclass_fields__}
    data["causes"] = {name: vars(cause) for name, cause in found.causes.items()}
    for name in ("by_step", "by_edge", "by_unit", "by_week"):
        data[name] = data[name].to_pylist()
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False, default=str)


def _say(found: Explanation, given: Matched, lang: str) -> None:
    for sentence in (
        words.lead(found.waiting_seconds / 3600, found.items, lang),
        words.efficiency(found.efficiency, lang),
        words.unknown_starts(found.unknown_items, lang),
        words.estimated(found.estimated_share, lang),
        words.unmatched(given.unmatched, lang),
    ):
        paper.paragraph(sentence)
    paper.heading(words.heading("causes", lang))
    paper.rows([_columns(lang), *_cause_rows(found, lang)], right=(1, 2, 3, 4, 5))
    paper.heading(words.heading("edges", lang))
    edges = [row for row in found.by_edge.to_pylist() if row["waiting_seconds"]]
    paper.rows([_edge_row(row, found, lang) for row in edges[:EDGES_SHOWN]], right=(0,))
    if len(edges) > EDGES_SHOWN:
        paper.paragraph(cli_words.more(len(edges) - EDGES_SHOWN, lang), indent=2)


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
            "–" if cause.efficiency_without is None else fmt.percent(cause.efficiency_without, lang),
        )
        for name, cause in found.causes.items()
    ]


def _edge_row(row: dict[str, Any], found: Explanation, lang: str) -> tuple[str, str, str]:
    most = max(found.causes, key=lambda name: row[f"{name}_seconds"])
    waiting = fmt.number(row["waiting_seconds"] / 3600, lang)
    return waiting, f"{row['source']} → {row['target']}", words.cause(most, lang)

"""`straume log`: what a case log holds, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from straume.cli import FINE, PROBLEMS, ROLES, paper
from straume.cli.refusals import say_problems, told
from straume.cli.source import WorkingTimeSaid, columns_of, existing
from straume.lean.errors import Problem
from straume.lean.events.guess import Guess
from straume.lean.events.read import inspect_log
from straume.words import cli as words
from straume.words import problems as problem_words


def run_log(file: Path, *, lang: str, **options: Any) -> int:
    return told(lambda: _log(file, lang, options), lang)


def _log(file: Path, lang: str, options: dict[str, Any]) -> int:
    working = WorkingTimeSaid(options["calendar"], options["timezone"])
    found = inspect_log(
        existing(file),
        mapping=columns_of(options, ROLES),
        timezone=working.timezone,
        calendar=working.calendar,
        case_type=options["case_type"],
    )
    columns = _columns(found.guess, lang) if found.guess is not None else []
    if columns:
        paper.heading(words.heading("columns", lang))
        paper.rows(columns)
    if found.facts is None:
        click.echo(words.heading("problems", lang), err=True)
        say_problems(found.problems, lang)
        return PROBLEMS
    paper.heading(words.heading("facts", lang))
    paper.rows(words.fact_rows(found.facts, lang), right=(1,))
    if found.facts.notices:
        paper.heading(words.heading("notices", lang))
        for notice in found.facts.notices:
            paper.paragraph("– " + problem_words.sentence(Problem.from_dict(notice), lang), indent=2)
    return FINE


def _columns(guess: Guess, lang: str) -> list[tuple[str, str, str]]:
    reasons = {choice.role.partition(":")[0]: choice.reason for choice in reversed(guess.choices)}
    return words.column_rows(guess.mapping.to_dict(), reasons, lang)

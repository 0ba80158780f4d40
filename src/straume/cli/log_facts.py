"""`straume log`: what a case log holds, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from straume.cli import FINE, PROBLEMS, paper
from straume.cli.refusals import say_problems, told
from straume.cli.source import WorkingTimeSaid, check_only
from straume.lean.errors import Problem
from straume.words import cli as words
from straume.words import problems as problem_words

if TYPE_CHECKING:
    from straume.lean.events.guess import Guess


def run_log(file: Path, *, lang: str, **options: Any) -> int:
    return told(lambda: _log(file, lang, options), lang, file)


def _log(file: Path, lang: str, options: dict[str, Any]) -> int:
    working = WorkingTimeSaid(options["calendar"], options["timezone"])
    found = check_only(file, working, options)
    columns = _columns(found.guess, lang) if found.guess is not None else []
    if columns:
        paper.heading(words.heading("columns", lang))
        paper.rows(columns)
    if found.facts is None:
        click.echo(words.heading("problems", lang), err=True)
        say_problems(found.problems, lang, file)
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

"""Refusals on the terminal: problems of the input (exit code 1), wrong calls (exit code 2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from straume.lean.errors import InputProblems, Problem, StraumeError
from straume.words import bpmn as bpmn_words
from straume.words import cli as words
from straume.words import model_problems as model_words
from straume.words import problems as problem_words
from straume.words import steps as step_words


def told(run: Callable[[], int], lang: str, file: Path) -> int:
    """Run a command on a file; print what it refuses and return the exit code."""
    try:
        return run()
    except InputProblems as refused:
        click.echo(words.heading(_heading(refused.problems), lang), err=True)
        say_problems(refused.problems, lang, file)
        return refused.exit_code
    except StraumeError as error:
        click.echo(words.refusal(error, lang), err=True)
        return error.exit_code
    except BrokenPipeError:  # nothing that anybody did wrong; `main` ends quietly
        raise
    except OSError as error:
        click.echo(words.wrong_use("cannot_write", {"file": error.filename}, lang), err=True)
        return StraumeError.exit_code


def _heading(problems: Sequence[Problem]) -> str:
    codes = {problem.code for problem in problems}
    if codes & set(step_words.CODES):
        return "problems_of_steps"
    if codes & set(model_words.CODES) and any(problem.place.row is not None for problem in problems):
        return "problems_of_changes"
    of_stream = codes & {*bpmn_words.CODES, "stream_file_unreadable", "stream_version"}
    return "problems_of_stream" if of_stream else "problems"


def say_problems(problems: Sequence[Problem], lang: str, file: Path) -> None:
    """All of them, numbered: place (the file, where the whole of it is meant), what is wrong, what to do."""
    for number, problem in enumerate(problems, 1):
        where = problem_words.place(problem, lang) or file.name
        says = step_words if problem.code in step_words.CODES else problem_words
        sentence = says.sentence(problem, lang)
        click.echo(f"{number}. {where}: {sentence}", err=True)
        if advice := says.advice(problem, lang):
            click.echo(f"   → {advice}", err=True)

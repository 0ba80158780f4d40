"""The command line: parse, call one function, print. Sentences are in `straume.words`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

import straume
from straume.words.catalog import LANGUAGES, known

FINE, PROBLEMS, WRONG_CALL = 0, 1, 2
PAPERS = ("a3", "a1", "a0")
ROLES = (
    "case", "activity", "start", "end", "unit", "worker", "outcome", "channel", "received", "due", "closed",
    "stop_from", "stop_to",
)  # fmt: skip
F = TypeVar("F", bound=Callable[..., Any])


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of `straume`. Exit codes: 0 fine, 1 the input has problems, 2 wrong call."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = language_of(given)
    try:
        code = commands.main(args=given, prog_name="straume", standalone_mode=False)
    except click.UsageError as error:
        _say_wrong_use(error, lang)
        code = WRONG_CALL
    except click.Abort:
        code = WRONG_CALL
    except BrokenPipeError:  # the reader of our output has gone, as `straume … | head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FINE
    sys.exit(code if isinstance(code, int) else FINE)


def language_of(arguments: Sequence[str]) -> str:
    """The language of the output: --lang, else the locale of the environment, else English."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            return known(arguments[place + 1])
        if argument.startswith("--lang="):
            return known(argument.removeprefix("--lang="))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return known(os.environ[name])
    return "en"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(straume.__version__, prog_name="straume")
def commands() -> None:
    """Evaluate a service: from its case log, or from the list of its steps.

    \b
    Examples:
      straume assess cases.csv --deadline "30 days"
      straume assess steps.xlsx --lang lv --pdf a3.pdf
      straume simulate stream.json --change future.json
      straume log cases.xes.gz
      straume demo

    Shell completion (bash; for zsh and fish put their names in place of bash):
      eval "$(_STRAUME_COMPLETE=bash_source straume)"
    """


def input_options(command: F) -> F:
    """Options of the commands that read a case log."""
    for role in reversed(ROLES):
        name = f"--{role.replace('_', '-')}"
        command = click.option(name, role, metavar="COLUMN", help=_ROLE_HELP[role])(command)
    command = click.option("--timezone", metavar="ZONE", help="Of times that name none, e.g. Europe/Riga.")(
        command
    )
    command = click.option(
        "--calendar",
        metavar="lv|lt|FILE",
        help="Working time: Monday to Friday 8–17 with holidays, or a JSON file.",
    )(command)
    command = click.option("--case-type", metavar="TYPE", help="OCEL: the object type that is the case.")(
        command
    )
    return click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the output.")(command)


_ROLE_HELP = {
    "case": "Column with the case number.",
    "activity": "Column with the step.",
    "start": "Column with the start.",
    "end": "Column with the end.",
    "unit": "Column with the unit that does the step.",
    "worker": "Column with the worker; only pseudonyms are kept.",
    "outcome": "Column with the outcome of the case.",
    "channel": "Column with the channel of the request.",
    "received": "Column with the day of the request.",
    "due": "Column with the day when the answer is due.",
    "closed": "Column with the day when the case was closed.",
    "stop_from": "Column from when the statutory clock stands.",
    "stop_to": "Column until when the statutory clock stands.",
}


@commands.command()
@click.argument("file", metavar="LOG|STEPS.xlsx", type=click.Path(path_type=Path))
@input_options
@click.option("--deadline", metavar="DAYS", help='Legal deadline: "30 days", "20 working days".')
@click.option(
    "--check", "checks", multiple=True, metavar="STEP", help="A step that is a check; may be repeated."
)
@click.option(
    "--bad-outcome", "bad", multiple=True, metavar="OUTCOME", help="An unwanted outcome; may be repeated."
)
@click.option(
    "--json", "json_file", metavar="FILE", help="Write all figures as JSON; - for the terminal alone."
)
@click.option("--pdf", "pdf_file", metavar="FILE", help="Write the A3 sheet.")
@click.option(
    "--engine", metavar="URL", help="Measure on a Spark cluster: spark://host:7077; LOG is Parquet."
)
@click.option(
    "--within",
    multiple=True,
    metavar="COLUMN",
    help="On a cluster: case numbers are unique within this column.",
)
def assess(file: Path, **options: Any) -> int:
    """Assess a service and print it in words and numbers.

    \b
    Examples:
      straume assess cases.csv
      straume assess cases.csv --case Lieta --activity Solis --end Beigas --deadline "30 dienas" --lang lv
      straume assess cases.xes.gz --timezone Europe/Vilnius --calendar lt --deadline "20 darbo dienų"
      straume assess cases.csv --check "Vīzē jurists" --json all.json --pdf a3.pdf
      straume assess steps.xlsx --lang lt
      straume assess /data/logs.parquet --engine spark://master:7077 --within municipality

    Without --calendar working time is Monday to Friday 8–17 in the country of the time zone. The JSON
    follows docs/schemas/assessment.schema.json. Exit codes: 0 fine, 1 the input has problems (all are
    listed), 2 wrong call.
    """
    lang = _language(options)
    if not file.is_file() and not options["engine"]:
        return _say_no_file(file, lang)
    from straume.cli.assessing import run_assess

    return run_assess(file, lang=lang, **options)


@commands.command()
@click.argument("file", metavar="LOG", type=click.Path(path_type=Path))
@input_options
def log(file: Path, **options: Any) -> int:
    """Print what a case log holds, or what is wrong with it.

    \b
    Examples:
      straume log cases.csv
      straume log cases.csv --end Pabeigts --timezone Europe/Riga --lang lv

    Exit codes: 0 fine, 1 the log has problems (all are listed with place and advice), 2 wrong call.
    """
    from straume.cli.log_facts import run_log

    return run_log(file, lang=_language(options), **options)


@commands.command()
@click.argument("file", metavar="LOG", type=click.Path(path_type=Path))
@input_options
@click.option("--calendars", "calendars_file", metavar="FILE", help="Weekly hours by worker or unit (JSON).")
@click.option("--min-batch", type=int, default=2, show_default=True, metavar="N", help="Work in a batch.")
@click.option(
    "--touch", multiple=True, metavar="STEP=TIME", help="How long the work of a step takes; may be repeated."
)
@click.option("--json", "json_file", metavar="FILE", help="Write all figures as JSON; - for the terminal.")
def explain(file: Path, **options: Any) -> int:
    """Tell why work waits: five causes, in hours and days, and where.

    \b
    Examples:
      straume explain cases.csv
      straume explain cases.csv --calendars hours.json --min-batch 2 --json causes.json --lang lv
      straume explain cases.csv --touch "Check=15 min" --touch "Decide=1.5 h"

    Without --calendars (or a --calendar FILE) working hours are looked for in the log. Where a start is not
    recorded it is estimated from the touch time of the step: from --touch, else from the starts that are
    recorded. The JSON follows docs/schemas/causes.schema.json. Exit codes: 0 fine, 1 the input has
    problems, 2 wrong call.
    """
    from straume.cli.explaining import run_explain

    return run_explain(file, lang=_language(options), **options)


@commands.command()
@click.argument("file", metavar="LOG|STREAM", type=click.Path(path_type=Path))
@input_options
@click.option("--bpmn", "bpmn_file", metavar="FILE", help="Write BPMN 2.0 with lanes and layout.")
@click.option("--svg", "svg_file", metavar="FILE", help="Write the printed map as SVG.")
@click.option("--pdf", "pdf_file", metavar="FILE", help="Write the printed map as PDF.")
@click.option(
    "--paper", type=click.Choice(PAPERS), default="a3", show_default=True, help="Size of SVG and PDF."
)
@click.option("--pool", metavar="NAME", help="BPMN: the pool that is the service.")
@click.option("--title", metavar="TEXT", help="Title of the sheet; otherwise the name of the service.")
def draw(file: Path, **options: Any) -> int:
    """Draw how a service works: BPMN for other tools, SVG and PDF for the wall.

    \b
    Examples:
      straume draw cases.csv --pdf map.pdf --paper a1 --lang lv
      straume draw steps.xlsx --bpmn service.bpmn --svg map.svg
      straume draw service.bpmn --pool "Preiļu novads" --pdf map.pdf
      straume draw stream.json --bpmn service.bpmn

    STREAM is a list of steps (XLSX), a value stream as JSON or a BPMN 2.0 file. What a map cannot show of a
    BPMN file is told element by element, and stays in the file that is written from it. Exit codes: 0 fine,
    1 the input has problems (all are listed), 2 wrong call.
    """
    lang = _language(options)
    if not file.is_file():
        return _say_no_file(file, lang)
    from straume.cli.drawing import run_draw

    return run_draw(file, lang=lang, **options)


@commands.command()
@click.argument("file", metavar="STREAM.json|.bpmn|.xlsx|LOG", type=click.Path(path_type=Path))
@input_options
@click.option("--change", "changes", multiple=True, metavar="FILE", help="A scenario; may be repeated.")
@click.option("--deadline", metavar="DAYS", help='Legal deadline: "30 days", "20 working days".')
@click.option("--demand", type=click.FloatRange(min=0, min_open=True), metavar="N", help="Requests a year.")
@click.option("--from", "since", metavar="DATE", help="First day that counts, e.g. 2025-01-01.")
@click.option("--until", metavar="DATE", help="Day on which it ends; otherwise after a year.")
@click.option("--replications", type=int, default=30, show_default=True, metavar="N", help="Simulated years.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Same seed, same result.")
@click.option("--pool", metavar="NAME", help="BPMN: the pool that is the service.")
@click.option("--json", "json_file", metavar="FILE", help="Write all figures as JSON; - for the terminal.")
@click.option("--log", "log_file", metavar="FILE", help="Write a simulated case log: CSV, Parquet, XES.")
def simulate(file: Path, **options: Any) -> int:
    """Simulate a service as it is, and as it would be with changes.

    \b
    Examples:
      straume simulate stream.json --deadline "30 days"
      straume simulate steps.xlsx --demand 340 --change without-signature.json --lang lv
      straume simulate cases.csv --change more-people.json --change fewer-steps.json --json all.json
      straume simulate service.bpmn --until 2026-01-01 --log simulated.xes.gz

    Every scenario has the same requests and the same luck, so differences show what the changes do. A file
    of changes follows docs/schemas/changes.schema.json, the JSON that is written
    docs/schemas/simulation.schema.json; --log writes the last scenario. Exit codes: 0 fine, 1 the input
    or a change has problems, 2 wrong call.
    """
    lang = _language(options)
    if not file.is_file():
        return _say_no_file(file, lang)
    from straume.cli.simulating import run_simulate

    return run_simulate(file, lang=lang, **options)


@commands.command()
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--data", type=click.Path(path_type=Path), default=Path("demo-data"), show_default=True)
def demo(port: int, data: Path) -> int:
    """Fill the demo with simulated data and serve it."""
    from straume.web import start

    return start.demo(port=port, data=data, say=click.echo)


@commands.command()
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the database and files.")
def serve(port: int, host: str, data: Path | None) -> int:
    """Serve Straume for an institution."""
    from straume.web import start

    return start.serve(port=port, host=host, data=data, say=click.echo)


@commands.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Django's management commands, e.g. straume manage migrate."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "straume.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["straume manage", *arguments])


def _say_no_file(file: Path, lang: str) -> int:
    """Said at once: what reads and assesses takes a second to load."""
    from straume.cli.refusals import told
    from straume.cli.source import existing

    return told(lambda: FINE if existing(file) else WRONG_CALL, lang, file)


def _language(options: dict[str, Any]) -> str:
    given = options.pop("lang", None)
    return given or language_of([])


def _say_wrong_use(error: click.UsageError, lang: str) -> None:
    """One line, in the language asked for, for what could not be parsed."""
    from straume.words.cli import wrong_use

    command = error.ctx.info_name if error.ctx and error.ctx.parent else "assess"
    params: dict[str, Any] = {"command": command}
    if isinstance(error, click.NoSuchOption):
        code, params["option"] = "no_option", error.option_name
    elif isinstance(error, click.BadOptionUsage):
        code, params["option"] = "option_needs_value", error.option_name
    elif isinstance(error, click.MissingParameter):
        code = "no_file_given"
    elif isinstance(error, click.BadParameter) and isinstance(error.param, click.Option):
        params["option"] = error.param.opts[0]
        choices = getattr(error.param.type, "choices", ())
        code = "not_one_of" if choices else "no_number"
        params["allowed"] = ", ".join(choices)
    elif error.ctx is not None and error.ctx.parent is None:
        code, params["command"] = "no_command", _named_command(error)
    else:
        code = "too_many"
    click.echo(wrong_use(code, params, lang), err=True)


def _named_command(error: click.UsageError) -> str:
    """The word that stood where a command was expected; click names it in its message alone."""
    quoted = error.message.split("'")
    return quoted[1] if len(quoted) > 2 else ""

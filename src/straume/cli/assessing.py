"""`straume assess`: a case log or a list of steps in, the assessment out, in words and numbers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from straume.cli import FINE, ROLES, paper, results
from straume.cli.refusals import told
from straume.cli.source import (
    SPREADSHEETS,
    WorkingTimeSaid,
    check_outputs,
    columns_of,
    days_and_clock,
    existing,
    read_in_child,
)
from straume.cli.waiting import say_waiting
from straume.lean.assess import Deadline
from straume.lean.assess import assess as assess_service
from straume.lean.assess.records import Assessment
from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog
from straume.lean.stream.records import ValueStream
from straume.lean.stream.step_workbook import is_step_workbook, read_step_workbook
from straume.words import assessment as words
from straume.words import cli as cli_words
from straume.words import clocks, map_limits
from straume.words import findings as finding_words
from straume.words import format as fmt
from straume.words.assessment_figures import figure_rows

TIME_PARTS_SHOWN = 12


def run_assess(file: Path, *, lang: str, **options: Any) -> int:
    return told(lambda: _assess(file, lang, options), lang, file)


def _assess(file: Path, lang: str, options: dict[str, Any]) -> int:
    deadline = _deadline(options["deadline"])
    check_outputs(options, file)
    working = WorkingTimeSaid(options["calendar"], options["timezone"])
    if options["engine"]:
        from straume.cli.on_cluster import read_there

        source: EventLog | ValueStream = read_there(file, working, options)
    else:
        source = _read(existing(file), working, options)
    _check_outcomes(source, options["bad"])
    found = assess_service(
        source, deadline=deadline, checks=options["checks"], outcome_is_bad=list(options["bad"]) or None
    )
    if options["json_file"] == "-":
        click.echo(_as_json(found))
    else:
        print_assessment(found, working, lang)
    return _write(found, file, lang, options)


def _deadline(said: str | None) -> Deadline | None:
    return None if said is None else Deadline(*days_and_clock(said))


def _read(file: Path, working: WorkingTimeSaid, options: dict[str, Any]) -> EventLog | ValueStream:
    """The case log, or the value stream where a spreadsheet holds a list of steps."""
    columns = columns_of(options, ROLES)
    if file.suffix.lower() in SPREADSHEETS and not columns and is_step_workbook(file):
        _check_said_of_steps(options)
        calendar = working.calendar.to_dict() if working.calendar else None
        return read_step_workbook(file, calendar=calendar).stream
    return read_in_child(file, working, options)


def _check_said_of_steps(options: dict[str, Any]) -> None:
    """What a list of steps does not know would be passed over in silence."""
    if options["case_type"]:
        raise WrongCall("not_of_steps", option="--case-type")
    if options["bad"]:
        raise WrongCall("not_of_steps", option="--bad-outcome")
    if options["timezone"] and not options["calendar"]:  # with a calendar it says whose holidays count
        raise WrongCall("not_of_steps", option="--timezone")


def _check_outcomes(source: EventLog | ValueStream, bad: tuple[str, ...]) -> None:
    if not bad or isinstance(source, ValueStream):
        return
    known = set(source.cases["outcome"].to_pylist())
    for outcome in bad:
        if outcome not in known:
            raise WrongCall("unknown_outcome", outcome=outcome)


def _write(found: Assessment, file: Path, lang: str, options: dict[str, Any]) -> int:
    target = options["json_file"]
    if target and target != "-":
        results.write(target, _as_json(found) + "\n")
        click.echo(cli_words.written(target, lang), err=True)
    if options["pdf_file"]:
        from straume.web.reports.a3 import a3_pdf

        sheet = a3_pdf(found, title=file.name.split(".")[0], institution="", lang=lang, made_on=date.today())  # noqa: DTZ011 - the day on the wall
        results.write(options["pdf_file"], sheet)
        click.echo(cli_words.written(options["pdf_file"], lang), err=True)
    return FINE


def _as_json(found: Assessment) -> str:
    return json.dumps(found.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)


def print_assessment(found: Assessment, working: WorkingTimeSaid, lang: str) -> None:
    """The assessment in the order in which a department head asks."""
    _say_source(found, working, lang)
    if found.sampled_share < 1:
        paper.paragraph(cli_words.sampled(found.sampled_share, lang))
    click.echo()
    paper.paragraph(words.lead(found, lang))
    if found.entrance == "steps" and found.parameters.get("deadline_days") is not None:
        paper.paragraph(cli_words.no_promise_of_steps(lang))
    for note in (
        words.open_cases(found.lead_time, lang) if found.lead_time else "",
        words.how_sure(found, lang),
    ):
        paper.paragraph(note)
    paper.heading(words.heading("how_long", lang))
    paper.rows(figure_rows(found, lang), right=(1,))
    for note in (map_limits.warning(found, lang), map_limits.limits(found, lang)):
        paper.paragraph(note, indent=2)
    paper.paragraph(words.littles_law(found, lang), indent=2)
    _say_time(found, lang)
    say_waiting(found, lang)
    _say_questions(found, lang)
    _say_withheld(found, lang)


def _say_source(found: Assessment, working: WorkingTimeSaid, lang: str) -> None:
    if found.facts is None:
        return
    period = fmt.period(found.first_on, found.last_on, lang) if found.first_on and found.last_on else ""
    paper.paragraph(cli_words.source_line(found.facts, period, lang))
    paper.paragraph(
        cli_words.working_time(
            source=working.source, timezone=working.timezone, country=working.country, lang=lang
        )
    )


def _say_time(found: Assessment, lang: str) -> None:
    if not found.time_parts:
        return
    paper.heading(words.heading("time", lang))
    shown = sorted(found.time_parts, key=lambda part: -part.days)[:TIME_PARTS_SHOWN]
    kinds, hours = {part.kind for part in found.time_parts}, words.knows_hours(found)
    if len(kinds) == 1:
        paper.paragraph(words.part(shown[0].kind, lang) + ":", indent=2)
    paper.rows(
        [
            (
                fmt.percent(part.share, lang),
                words.duration(part.days, lang, hours=hours),
                part.step or "",
                words.part(part.kind, lang) if len(kinds) > 1 else "",
            )
            for part in shown
        ],
        right=(0, 1),
    )
    if len(found.time_parts) > len(shown):
        paper.paragraph(cli_words.more(len(found.time_parts) - len(shown), lang), indent=2)
    for note in (
        clocks.two_clocks(found, lang),
        clocks.longest_way(found, lang),
        clocks.around_work(found, lang),
        words.not_judged(found, lang),
    ):
        paper.paragraph(note, indent=2)


def _say_questions(found: Assessment, lang: str) -> None:
    paper.heading(words.heading("questions", lang))
    if not found.findings:
        paper.paragraph(cli_words.no_findings(lang), indent=2)
    for number, finding in enumerate(found.findings, 1):
        paper.paragraph(f"{number}. {finding_words.question(finding, lang)}", indent=2)
        paper.paragraph(finding_words.evidence(finding, lang), indent=5)
        effect = finding_words.effect(finding, lang)
        certainty = finding_words.certainty(finding.certainty, lang)
        paper.paragraph(" · ".join(part for part in (effect, certainty) if part), indent=5)


def _say_withheld(found: Assessment, lang: str) -> None:
    if not found.withheld:
        return
    paper.heading(words.heading("withheld", lang))
    for one in found.withheld:
        paper.paragraph("– " + finding_words.withheld(one, lang), indent=2)

"""`straume simulate`: a service as it is and as it would be with changes, simulated beside each other."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from straume.cli import FINE, ROLES, paper, results
from straume.cli.drawing import check_said, say_notices
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
from straume.lean.errors import InputProblems, WrongCall
from straume.lean.events.calendar import DAY_US
from straume.lean.events.write import ENDINGS, write_log
from straume.lean.simulate.building import Setting
from straume.lean.simulate.carried import carried
from straume.lean.simulate.reproduction import fit_and_try
from straume.lean.simulate.results import Comparison, Difference, Estimate, Scenario
from straume.lean.simulate.scenarios import Deadline, compare_scenarios
from straume.lean.simulate.simulating import simulate, warm_up_days
from straume.lean.simulate.simulation_form import Simulation
from straume.lean.stream.bpmn import read_bpmn_file
from straume.lean.stream.changes import Plan, change
from straume.lean.stream.changes import told as told_changes
from straume.lean.stream.changes_form import plan_from_dict, plan_to_dict
from straume.lean.stream.records import ValueStream
from straume.lean.stream.step_workbook import is_step_workbook, read_step_workbook
from straume.lean.stream.stream_file import is_bpmn, is_stream_json, read_stream_json
from straume.words import changes as change_words
from straume.words import cli as cli_words
from straume.words import format as fmt
from straume.words import scenarios as words

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class _Given:
    """What the file holds, ready to be simulated."""

    stream: ValueStream
    setting: Setting
    reproduction: dict[str, Any] | None = None


def run_simulate(file: Path, *, lang: str, **options: Any) -> int:
    return told(lambda: _simulate(file, lang, options), lang, file)


def _simulate(file: Path, lang: str, options: dict[str, Any]) -> int:
    check_outputs(options, file, *(Path(name) for name in options["changes"]))
    deadline, plans = _deadline(options["deadline"]), [_plan(Path(name)) for name in options["changes"]]
    if options["log_file"] and not options["log_file"].lower().endswith(ENDINGS):
        raise WrongCall("log_format_unknown", file=options["log_file"], known=", ".join(ENDINGS))
    given = _read(existing(file), options, lang)
    unknown = [step.name for step in given.stream.steps if step.touch is None]
    if unknown and given.reproduction is None:
        everything = len(unknown) == len(given.stream.steps)
        click.echo(words.without_times(() if everything else unknown, lang), err=True)
    if options["demand"] is not None:
        given = _with_demand(given, options["demand"])
    begin, until, warm_up = _period(given, options)
    base = replace(given.setting, begin=begin - round(warm_up * DAY_US), warm_up_days=warm_up)
    streams = [given.stream, *(_changed(given.stream, plan) for plan in plans)]
    settings = [base, *(carried(base, before=given.stream, after=stream) for stream in streams[1:])]
    found = Simulation(
        name=given.stream.name or file.name.split(".")[0],
        seed=options["seed"],
        begin_on=_day(begin),
        until_on=_day(until),
        warm_up_days=warm_up,
        deadline=deadline,
        plans=tuple(plan_to_dict(plan) for plan in plans),
        comparison=compare_scenarios(
            streams,
            replications=options["replications"],
            seed=options["seed"],
            until=until,
            settings=settings,
            deadline=deadline,
        ),
        reproduction=given.reproduction,
    )
    _hand_out(found, given, plans, lang, options)
    if options["log_file"]:
        simulated = simulate(streams[-1], seed=options["seed"], until=until, setting=settings[-1])
        results.write_by(Path(options["log_file"]), lambda path: write_log(simulated, path))
        click.echo(cli_words.written(options["log_file"], lang), err=True)
    return FINE


def _deadline(said: str | None) -> Deadline | None:
    return None if said is None else Deadline(*days_and_clock(said))


def _plan(file: Path) -> Plan:
    try:
        data = json.loads(existing(file).read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise WrongCall("changes_file_unreadable", file=file.name) from error
    plan = plan_from_dict(data)
    return plan if plan.name else replace(plan, name=file.name.split(".")[0])


def _changed(stream: ValueStream, plan: Plan) -> ValueStream:
    """The stream of a scenario; what cannot be is told with its name."""
    try:
        return change(stream, plan.changes)
    except InputProblems as refused:
        raise InputProblems(
            tuple(replace(one, place=replace(one.place, sheet=plan.name)) for one in refused.problems)
        ) from refused


def _read(file: Path, options: dict[str, Any], lang: str) -> _Given:
    """A stream, a BPMN file, a list of steps, or a log to which a stream is fitted."""
    if is_bpmn(file):
        check_said(options, pool_allowed=True)
        document = read_bpmn_file(file, pool=options["pool"])
        say_notices(document.notices, lang)
        return _Given(document.stream, Setting())
    if is_stream_json(file):
        check_said(options, pool_allowed=False)
        return _Given(read_stream_json(file), Setting())
    if options["pool"]:
        raise WrongCall("not_of_bpmn", option="--pool")
    working = WorkingTimeSaid(options["calendar"], options["timezone"])
    if file.suffix.lower() in SPREADSHEETS and not columns_of(options, ROLES) and is_step_workbook(file):
        calendar = working.calendar.to_dict() if working.calendar else None
        return _Given(read_step_workbook(file, calendar=calendar).stream, Setting())
    trusted = fit_and_try(read_in_child(file, working, options), seed=options["seed"])
    return _Given(trusted.fitted.stream, trusted.fitted.setting, trusted.reproduction.to_dict())


def _with_demand(given: _Given, per_year: float) -> _Given:
    """The same service with so many requests a year."""
    stream = replace(given.stream, demand_per_year=per_year)
    arrivals = replace(given.setting.arrivals, per_year=None)
    return replace(given, stream=stream, setting=replace(given.setting, arrivals=arrivals))


def _period(given: _Given, options: dict[str, Any]) -> tuple[int, int, float]:
    """From when cases count, until when, and how many days are simulated before."""
    begin = _midnight(options["since"], given.setting.begin)
    until = _midnight(options["until"], _a_year_on(begin))
    if until <= begin:
        raise WrongCall("until_too_early", until=_day(until), begin=_day(begin))
    return begin, until, warm_up_days(given.stream)


def _a_year_on(begin: int) -> int:
    """The same day and time of the next year; after a 29 February, 1 March."""
    at = EPOCH + timedelta(microseconds=begin)
    day = date(at.year + 1, 3, 1) if (at.month, at.day) == (2, 29) else at.date().replace(year=at.year + 1)
    return begin + (day - at.date()).days * DAY_US


def _midnight(said: str | None, otherwise: int) -> int:
    if said is None:
        return otherwise
    try:
        day = date.fromisoformat(said)
    except ValueError as error:
        raise WrongCall("no_date", value=said) from error
    return (day - EPOCH.date()).days * DAY_US


def _day(instant: int) -> str:
    return (EPOCH + timedelta(microseconds=instant)).date().isoformat()


def _hand_out(
    found: Simulation, given: _Given, plans: Sequence[Plan], lang: str, options: dict[str, Any]
) -> None:
    written = json.dumps(found.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)
    if options["json_file"] == "-":
        click.echo(written)
        return
    _say(found, given, plans, lang)
    if options["json_file"]:
        results.write(options["json_file"], written + "\n")
        click.echo(cli_words.written(options["json_file"], lang), err=True)


def _say(found: Simulation, given: _Given, plans: Sequence[Plan], lang: str) -> None:
    compared = found.comparison
    paper.paragraph(words.heading("simulated", lang))
    last = date.fromisoformat(found.until_on) - timedelta(days=1)
    paper.paragraph(words.period(found.begin_on, last.isoformat(), found.warm_up_days, lang))
    if given.reproduction is not None:
        fit = given.reproduction
        paper.paragraph(words.reproduced(fit["verdict"], fit["median_off"], fit["p90_off"], lang))
    needed = max([compared.replications_needed, *(each.replications_needed for each in compared.differences)])
    paper.paragraph(words.replications(compared.replications, needed, compared.wanted_days, lang))
    base = compared.scenarios[0]
    paper.heading(words.heading("base", lang))
    _say_scenario(base, None, lang)
    if not base.units:
        paper.paragraph(words.no_people(lang))
    for number, plan in enumerate(plans, 1):
        paper.heading(words.scenario(number, plan.name, lang))
        for one in told_changes(given.stream, plan.changes):
            paper.paragraph("– " + change_words.sentence(one, lang), indent=2)
        difference = compared.differences[number - 1]
        paper.paragraph(words.saved(difference.mean_days, base.mean_days.mean, lang))
        _say_scenario(compared.scenarios[number], base, lang)
        if difference.hours_a_year is not None:
            paper.paragraph(words.hours(difference.hours_a_year, lang))
    paper.heading(words.heading("difference", lang) if plans else words.heading("mean", lang))
    paper.rows(_table(compared, lang), right=range(1, 2 * len(compared.scenarios)))


def _say_scenario(scenario: Scenario, base: Scenario | None, lang: str) -> None:
    paper.paragraph(words.lead(scenario.median_days.mean, scenario.p90_days.mean, lang))
    if scenario.within_deadline is not None:
        was = base.within_deadline if base else None
        paper.paragraph(words.within_deadline(scenario.within_deadline, was, lang))
    for unit, load in scenario.units.items():
        paper.paragraph(words.load(unit, load, lang))


def _table(compared: Comparison, lang: str) -> list[tuple[str, ...]]:
    """One line per figure: as it is, then each scenario with its difference."""
    heads = [words.heading("base", lang)]
    for number in range(1, len(compared.scenarios)):
        heads += [words.scenario(number, "", lang), words.heading("difference", lang)]
    rows = [("", *heads)]
    for key, name in (
        ("median", "median_days"),
        ("p90", "p90_days"),
        ("mean", "mean_days"),
        ("within", "within_deadline"),
        ("hours", "hours_a_year"),
        ("in_progress", "work_in_progress"),
        ("answered", "answered"),
    ):
        if getattr(compared.scenarios[0], name) is None:
            continue
        cells = [_figure(getattr(compared.scenarios[0], name), name, lang)]
        for scenario, difference in zip(compared.scenarios[1:], compared.differences):
            cells += [_figure(getattr(scenario, name), name, lang), _change(difference, name, lang)]
        rows.append((words.heading(key, lang), *cells))
    return rows


def _figure(estimate: Estimate, name: str, lang: str) -> str:
    return fmt.percent(estimate.mean, lang) if name == "within_deadline" else fmt.number(estimate.mean, lang)


def _change(difference: Difference, name: str, lang: str) -> str:
    """ "−8.1 … −7.2" """
    estimate: Estimate = getattr(difference, name)
    scale, unit = (100, " %") if name == "within_deadline" else (1, "")
    ends = [fmt.number(end * scale, lang) for end in (estimate.low, estimate.high)]
    return " … ".join(ends) + unit

"""`straume draw`: a case log, a list of steps, a stream or a BPMN file in; BPMN, SVG or PDF out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from straume.cli import FINE, ROLES, results
from straume.cli.refusals import told
from straume.cli.source import (
    SPREADSHEETS,
    WorkingTimeSaid,
    check_outputs,
    columns_of,
    existing,
    read_in_child,
)
from straume.lean.assess import assess
from straume.lean.assess.records import Assessment
from straume.lean.errors import Problem, WrongCall
from straume.lean.stream.bpmn import BpmnDocument, read_bpmn_file, write_bpmn
from straume.lean.stream.records import ValueStream
from straume.lean.stream.step_workbook import is_step_workbook, read_step_workbook
from straume.lean.stream.stream_file import is_bpmn, is_stream_json, read_stream_json
from straume.words import bpmn as bpmn_words
from straume.words import cli as cli_words

if TYPE_CHECKING:
    from straume.web.reports.map_sheet import Paper

OUTPUTS = ("bpmn_file", "svg_file", "pdf_file")


def run_draw(file: Path, *, lang: str, **options: Any) -> int:
    return told(lambda: _draw(file, lang, options), lang, file)


def _draw(file: Path, lang: str, options: dict[str, Any]) -> int:
    if not any(options[name] for name in OUTPUTS):
        raise WrongCall("nothing_to_draw")
    check_outputs(options, file)
    drawn = _read(existing(file), options)
    stream = drawn if isinstance(drawn, ValueStream) else drawn.stream
    title = options["title"] or stream.name or file.name.split(".")[0]
    if isinstance(drawn, BpmnDocument):
        say_notices(drawn.notices, lang)
    if options["bpmn_file"]:
        _write(options["bpmn_file"], _bpmn(drawn, title), lang)
    if options["svg_file"] or options["pdf_file"]:
        _sheets(_assessed(drawn), title, lang, options)
    return FINE


def _read(file: Path, options: dict[str, Any]) -> BpmnDocument | ValueStream | Assessment:
    """What the file holds: told by its ending, and of a spreadsheet by its headings."""
    if is_bpmn(file):
        check_said(options, pool_allowed=True)
        return read_bpmn_file(file, pool=options["pool"])
    if is_stream_json(file):
        check_said(options, pool_allowed=False)
        return read_stream_json(file)
    if options["pool"]:
        raise WrongCall("not_of_bpmn", option="--pool")
    working = WorkingTimeSaid(options["calendar"], options["timezone"])
    if file.suffix.lower() in SPREADSHEETS and not columns_of(options, ROLES) and is_step_workbook(file):
        calendar = working.calendar.to_dict() if working.calendar else None
        return read_step_workbook(file, calendar=calendar).stream
    return assess(read_in_child(file, working, options))


def check_said(options: dict[str, Any], *, pool_allowed: bool) -> None:
    """What a stream does not know would be passed over in silence."""
    said = [role for role in ROLES if options.get(role)]
    said += [name for name in ("timezone", "calendar", "case_type") if options.get(name)]
    if said:
        raise WrongCall("not_of_a_stream", option=f"--{said[0].replace('_', '-')}")
    if options["pool"] and not pool_allowed:
        raise WrongCall("not_of_bpmn", option="--pool")


def say_notices(notices: Sequence[Problem], lang: str) -> None:
    """What the map cannot show of a BPMN file: what is alike told once, with its lines."""
    for one in bpmn_words.told_together(notices, lang):
        lines = ", ".join(str(line) for _, line in one.elements if line)
        click.echo(f"– {one.sentence} [{cli_words.on_lines(lines, len(one.elements), lang)}]", err=True)
        click.echo(f"   → {one.advice}", err=True)


def _bpmn(drawn: BpmnDocument | ValueStream | Assessment, name: str) -> bytes:
    if isinstance(drawn, BpmnDocument):
        return drawn.written().data
    return write_bpmn(drawn if isinstance(drawn, ValueStream) else drawn.stream, name=name)


def _assessed(drawn: BpmnDocument | ValueStream | Assessment) -> Assessment:
    if isinstance(drawn, Assessment):
        return drawn
    return assess(drawn.stream if isinstance(drawn, BpmnDocument) else drawn)


def _sheets(found: Assessment, title: str, lang: str, options: dict[str, Any]) -> None:
    from straume.web.reports.map_sheet import SheetHead, map_sheet_pdf, map_sheet_svg

    size: Paper = options["paper"]
    head = SheetHead(title=title, made_on=date.today())  # noqa: DTZ011 - the day on the wall
    if options["svg_file"]:
        svg = map_sheet_svg(found, head=head, lang=lang, size=size)
        _write(options["svg_file"], svg.encode("utf-8"), lang)
    if options["pdf_file"]:
        _write(options["pdf_file"], map_sheet_pdf(found, head=head, lang=lang, size=size), lang)


def _write(target: str, data: bytes, lang: str) -> None:
    results.write(target, data)
    click.echo(cli_words.written(target, lang), err=True)

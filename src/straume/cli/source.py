"""From the options of a command to the input that they name."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from straume.lean.errors import InputProblems, Problem, WrongCall
from straume.words.deadlines import parse_deadline

if TYPE_CHECKING:  # a wrong file name is answered before the library is loaded
    from straume.lean.events.calendar import WorkCalendar
    from straume.lean.events.child import Checked
    from straume.lean.events.log import EventLog

SPREADSHEETS = (".xlsx", ".xls", ".ods", ".xlsm")
ZONE_OF = {"lv": "Europe/Riga", "lt": "Europe/Vilnius"}
COUNTRY_OF = {"Europe/Riga": "LV", "Europe/Vilnius": "LT"}


def existing(file: Path) -> Path:
    """The file itself; WrongCall where there is none, InputProblems where it is a pipe or a device."""
    if not file.exists():
        raise WrongCall("no_such_file", path=str(file))
    if file.is_dir():
        raise WrongCall("is_folder", file=str(file))
    if not file.is_file():
        raise InputProblems((Problem("not_a_plain_file"),))
    return file


def check_outputs(options: dict[str, Any], *inputs: Path) -> None:
    """Nothing is written over what is read, nor two results over each other; WrongCall otherwise."""
    taken = {one.resolve() for one in inputs}
    for name in ("bpmn_file", "svg_file", "pdf_file", "json_file", "log_file"):
        said = options.get(name)
        if not said or said == "-":
            continue
        target = Path(said).resolve()
        if target in taken:
            raise WrongCall("file_named_twice", file=said)
        taken.add(target)


def read_in_child(
    file: Path, working: WorkingTimeSaid, options: dict[str, Any], *, salt: bytes | None = None
) -> EventLog:
    """The case log, checked and read in a process of its own with little memory and time.

    Raises InputProblems, WrongCall.
    """
    with tempfile.TemporaryDirectory(prefix="straume-") as folder:
        tables = Path(folder) / "log"
        checked = check_only(file, working, options, out_folder=tables, salt=salt)
        if checked.facts is None:
            raise InputProblems(checked.problems)
        from straume.lean.events.store import load

        return load(tables)


def check_only(
    file: Path,
    working: WorkingTimeSaid,
    options: dict[str, Any],
    *,
    out_folder: Path | None = None,
    salt: bytes | None = None,
) -> Checked:
    """What the file is and what is wrong with it; the log itself only where a folder is named for it."""
    from straume.cli import ROLES
    from straume.lean.events.child import check_in_child

    return check_in_child(
        existing(file),
        out_folder,
        mapping=columns_of(options, ROLES),
        timezone=working.timezone,
        calendar=working.calendar,
        case_type=options["case_type"],
        salt=salt,
    )


def days_and_clock(said: str) -> tuple[float, Literal["calendar", "working"]]:
    """A deadline as people say it; WrongCall where it is none."""
    parsed = parse_deadline(said)
    if parsed is None:
        raise WrongCall("no_deadline", value=said)
    return parsed


def columns_of(options: dict[str, Any], roles: tuple[str, ...]) -> dict[str, str]:
    """Role → column for what was set."""
    return {role: options[role] for role in roles if options.get(role)}


class WorkingTimeSaid:
    """Working time as asked for: calendar, zone, and how to say it."""

    def __init__(self, calendar: str | None, timezone: str | None) -> None:
        named = (calendar or "").lower()
        self.timezone = timezone or ZONE_OF.get(named, "Europe/Riga")
        self.source = "default" if calendar is None else ("country" if named in ZONE_OF else "file")
        self.country = named.upper() if named in ZONE_OF else COUNTRY_OF.get(self.timezone)
        self._given = calendar

    @property
    def calendar(self) -> WorkCalendar | None:
        """None where none was asked for: the process that reads makes the same one by default."""
        if self.source == "default":
            return None
        from straume.lean.events.calendar import WorkCalendar
        from straume.lean.events.zones import zone_of

        if self.source == "file":
            assert self._given is not None
            return WorkCalendar.from_file(existing(Path(self._given)))
        zone_of(self.timezone)  # refuses a zone that there is not, before a calendar is blamed for it
        return WorkCalendar.default(country=self.country, timezone=self.timezone)

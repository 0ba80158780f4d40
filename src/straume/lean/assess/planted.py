"""Case logs of a described process, made by a seeded generator: to test findings with, and for the demo.

    process = Process(
        steps=(PlantedStep("Reģistrē", unit="Lietvedība", touch_minutes=(3, 5, 12)),
               PlantedStep("Paraksta", unit="Vadība", touch_minutes=(2, 4, 10), weekdays=(1,))),
        units=(PlantedUnit("Lietvedība", workers=2), PlantedUnit("Vadība")))
    table = generate(process, cases=400, first_on="2018-01-01", last_on="2018-12-31", seed=7)
    write_csv(table, Path("cases.csv"))

Waiting is not drawn but comes about: workers of a unit take what became ready first, in the unit's hours.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.errors import WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.link import Source, link
from straume.lean.events.log import EventLog

Spread = tuple[float, float, float]  # least, usual, most


@dataclass(frozen=True)
class PlantedUnit:
    """A unit with so many workers, each doing one thing at a time in the unit's hours."""

    name: str
    workers: int = 1
    calendar: WorkCalendar | None = None  # None: the process's own


@dataclass(frozen=True)
class PlantedStep:
    """One step: who does it, how long it takes, when it can be done, what it can lead to."""

    name: str
    unit: str
    touch_minutes: Spread = (5.0, 10.0, 30.0)
    delay_days: Spread | None = (
        None  # calendar days before it can start: a client, a deadline, another institution
    )
    stops_clock: bool = False  # that delay is waiting for the citizen: the statutory clock stops
    weekdays: tuple[int, ...] = ()  # done on these only, 0 = Monday: a signing day
    weeks_of_month: tuple[int, ...] = ()  # with weekdays: their nth in the month, 1 = first: a committee
    share: float = 1.0  # of cases that take it
    share_by_channel: Mapping[str, float] = field(default_factory=dict)
    other_units: Mapping[str, float] = field(
        default_factory=dict
    )  # share of cases that another unit does it in
    ends: Mapping[str, float] = field(default_factory=dict)  # outcome → share of cases that end here with it


@dataclass(frozen=True)
class Loop:
    """After a step a share of cases goes back to an earlier one; the largest share that applies counts."""

    after: str
    back_to: str
    share: float
    share_by_channel: Mapping[str, float] = field(default_factory=dict)
    share_by_unit: Mapping[str, float] = field(default_factory=dict)  # unit that did `back_to` the last time
    at_most: int = 3  # rounds in a case


@dataclass(frozen=True)
class Change:
    """From a day on (gradually over so many days, case by case) the process is another."""

    on: str
    over_days: int = 0
    without: tuple[str, ...] = ()  # steps taken out
    touch_factor: Mapping[str, float] = field(default_factory=dict)  # step → times as long
    delay_days: Mapping[str, Spread] = field(default_factory=dict)
    weekdays: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # () frees a step of its signing days
    loop_share: Mapping[str, float] = field(default_factory=dict)  # step `after` → share that goes back
    step_share: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Process:
    """A service as it runs in one place: steps in their order, loops back, units, when requests come."""

    steps: tuple[PlantedStep, ...]
    units: tuple[PlantedUnit, ...]
    loops: tuple[Loop, ...] = ()
    changes: tuple[Change, ...] = ()
    channels: Mapping[str, float] = field(default_factory=dict)  # channel → share of requests
    outcomes: Mapping[str, float] = field(default_factory=dict)  # of cases that come to the end
    month_weights: tuple[float, ...] = (1.0,) * 12  # January first: how many requests against other months
    yearly_growth: float = 0.0  # 0.1: a tenth more requests each year
    timezone: str = "Europe/Riga"
    country: str | None = "LV"

    def __post_init__(self) -> None:
        check(self)

    @property
    def calendar(self) -> WorkCalendar:
        return WorkCalendar.default(country=self.country, timezone=self.timezone)


def check(process: Process) -> None:
    """Raise WrongCall where the description names a step or a unit that it does not have."""
    names = [step.name for step in process.steps]
    units = {unit.name for unit in process.units}
    if not names or len(set(names)) != len(names):
        raise WrongCall("planted_steps_need_names")
    for step in process.steps:
        if unknown := {step.unit, *step.other_units} - units:
            raise WrongCall("planted_unknown_unit", unit=sorted(unknown)[0], step=step.name)
    changed = {name for change in process.changes for name in (*change.without, *change.touch_factor)}
    for name in {*changed, *(end for loop in process.loops for end in (loop.after, loop.back_to))}:
        if name not in names:
            raise WrongCall("planted_unknown_step", step=name)
    for loop in process.loops:
        if names.index(loop.back_to) > names.index(loop.after):
            raise WrongCall("planted_loop_leads_forward", step=loop.after)
    if len(process.month_weights) != 12 or min(process.month_weights) < 0 or not any(process.month_weights):
        raise WrongCall("planted_months")


def generate(
    process: Process,
    *,
    cases: int,
    first_on: str | date,
    last_on: str | date,
    seed: int,
    drawn_on: str | date | None = None,
    prefix: str = "",
) -> pa.Table:
    """Run the process for requests received between two days and return one row per piece of work done.

    Parameters: cases [count]; first_on, last_on: days of the first and last request; seed of the random
    numbers; drawn_on: the day at whose end the log is taken – later work is not in it, unfinished cases are
    open (None: all cases end); prefix of the case numbers.
    Returns: table with case, activity, unit, worker, start, end, received, closed (null: open), channel,
    outcome (null: open), stopped_from, stopped_to (the wait for the citizen before this row), by end.
    Raises: WrongCall for a description that does not hold together.
    """
    from straume.lean.assess.planted_run import run

    first, last = _day(first_on), _day(last_on)
    if cases < 1 or last < first:
        raise WrongCall("planted_nothing_to_make")
    drawn = None if drawn_on is None else _day(drawn_on)
    return run(process, cases=cases, first=first, last=last, seed=seed, drawn=drawn, prefix=prefix)


def as_log(table: pa.Table, process: Process, *, starts: bool = True, salt: bytes | None = None) -> EventLog:
    """What `generate` returned as an EventLog, without the way over a file."""
    zone = process.timezone

    def instants(name: str, of: pa.Table) -> pa.Array:
        return of[name].cast(pa.int64())

    items = {
        "case": table["case"],
        "activity": table["activity"],
        "unit": table["unit"],
        "worker": table["worker"],
    }
    items["end_at"] = instants("end", table)
    if starts:
        items["start_at"] = instants("start", table)
    firsts = table.group_by("case", use_threads=False).aggregate(
        [(name, "first") for name in ("received", "closed", "outcome", "channel")]
    )
    cases = pa.table(
        {
            "case": firsts["case"],
            "received_at": instants("received_first", firsts),
            "closed": pc.is_valid(firsts["closed_first"]),
            "outcome": firsts["outcome_first"],
            "channel": firsts["channel_first"],
        }
    )
    stopped = table.filter(pc.is_valid(table["stopped_from"]))
    stops = pa.table(
        {
            "case": stopped["case"],
            "from_at": instants("stopped_from", stopped),
            "to_at": instants("stopped_to", stopped),
        }
    )
    source = Source(timezone=zone, source_format="simulated", columns={"received": "received"})
    return link(
        pa.table(items), source=source, cases=cases, stops=stops, calendar=process.calendar, salt=salt
    )


HEADERS = ("case", "activity", "unit", "worker", "start", "end", "received", "closed", "channel", "outcome",
           "stopped_from", "stopped_to")  # fmt: skip


def write_csv(
    table: pa.Table,
    path: Path,
    *,
    header: Mapping[str, str] | None = None,
    starts: bool = True,
    dates_only: tuple[str, ...] = (),
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> None:
    """Write what `generate` returned as a file that a document system might export; instants in local time.

    Parameters: header: column → its name in the file (None: all columns by their own names; what is not
    named is left out); starts: whether start times are exported; dates_only: steps with a date and no time.
    """
    names = dict(header) if header is not None else {name: name for name in table.column_names}
    if not starts:
        names.pop("start", None)
    kept = [name for name in HEADERS if name in names and name in table.column_names]
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow([names[name] for name in kept])
        for row in table.select([*kept, *({"activity"} - set(kept))]).to_pylist():
            without_time = row["activity"] in dates_only
            writer.writerow([_written(row[name], without_time and name in ("start", "end")) for name in kept])


def _written(value: object, date_only: bool) -> object:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if date_only else "%Y-%m-%d %H:%M:%S")
    return "" if value is None else value


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)

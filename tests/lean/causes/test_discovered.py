"""Working hours found in a log: planted ones are found again, little-used workers borrow, the twin agrees."""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from data_folder import shared_data
from lean.causes import hours_twin as twin
from lean.causes.expected import discovered_calendars
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.link import Source, link
from straume.lean.events.log import EventLog, Flag
from straume.lean.events.pseudonyms import keys_of
from straume.lean.events.read import read_log
from straume.lean.flow.causes.discovered import Evidence, discover_calendars
from straume.lean.flow.causes.split import CAUSES, split

SALT = b"salt of the tests"
RIGA = WorkCalendar.default(country="LV", timezone="Europe/Riga")
Piece = tuple[str | None, str | None, datetime | None, datetime]  # worker, unit, start, end; local time


def at_us(local: datetime, zone: str) -> int:
    return round(local.replace(tzinfo=ZoneInfo(zone)).timestamp() * 1e6)


def log_of(pieces: list[Piece], *, calendar: WorkCalendar = RIGA, flags: int = 0) -> EventLog:
    zone = calendar.timezone
    items = pa.table(
        {
            "case": [str(n) for n in range(len(pieces))],
            "activity": ["Answer"] * len(pieces),
            "worker": pa.array([piece[0] for piece in pieces], pa.string()),
            "unit": pa.array([piece[1] for piece in pieces], pa.string()),
            "start_at": pa.array([None if p[2] is None else at_us(p[2], zone) for p in pieces], pa.int64()),
            "end_at": [at_us(piece[3], zone) for piece in pieces],
            "flags": pa.array([flags] * len(pieces), pa.int32()),
        }
    )
    return link(items, source=Source(timezone=zone), calendar=calendar, salt=SALT)


def office(
    worker: str, unit: str, *, begin: int, stop: int, days: range, weekdays: tuple[int, ...]
) -> list[Piece]:
    """Work of an hour and a half, twice a day at changing hours inside [begin, stop), from 8 January 2018."""
    chance = random.Random(worker)
    pieces: list[Piece] = []
    for n in days:
        day = datetime(2018, 1, 8) + timedelta(days=n)  # noqa: DTZ001 - a local clock
        if day.weekday() in weekdays:
            for _ in range(2):
                start = day + timedelta(minutes=chance.randrange(begin * 60, stop * 60 - 90))
                pieces.append((worker, unit, start, start + timedelta(minutes=89)))
    return pieces


WORKDAYS = (0, 1, 2, 3, 4)
DESK = [
    *office("anna", "Desk", begin=8, stop=17, days=range(200), weekdays=WORKDAYS),
    *office("bela", "Desk", begin=12, stop=20, days=range(200), weekdays=(1, 3, 5)),
    *office("new", "Desk", begin=9, stop=12, days=range(14), weekdays=WORKDAYS),
    *office("guest", "Archive", begin=9, stop=12, days=range(14), weekdays=WORKDAYS),
]


def test_planted_hours_are_found_again_and_little_used_workers_borrow() -> None:
    log = log_of(DESK)
    found = discover_calendars(log)
    anna, bela, new, guest = keys_of(["anna", "bela", "new", "guest"], salt=SALT)
    assert found.calendars[anna].weekly == (((480, 1020),),) * 5 + ((), ())
    assert found.calendars[bela].weekly == ((), ((720, 1200),), (), ((720, 1200),), (), ((720, 1200),), ())
    assert new not in found.calendars and guest not in found.calendars
    assert set(found.calendars) == {anna, bela, "Desk"}
    assert found.calendars["Desk"].weekly[1] == ((480, 1200),)  # anybody's hours are the unit's
    counts = found.workers, found.workers_of_unit, found.workers_of_log, found.units, found.units_of_log
    assert counts == (2, 1, 1, 1, 1)
    assert found.support == 1.0


def test_time_zone_holidays_and_closures_stay_those_of_the_log() -> None:
    closed = (date(2018, 7, 2), date(2018, 7, 8))
    calendar = WorkCalendar(RIGA.weekly, "Europe/Riga", country="LV", closures=(closed,))
    found = discover_calendars(log_of(DESK, calendar=calendar)).calendars["Desk"]
    assert (found.timezone, found.country, found.closures) == ("Europe/Riga", "LV", (closed,))
    assert not found.is_working_day(date(2018, 11, 19)) and not found.is_working_day(date(2018, 7, 3))
    assert found.hours_on(date(2018, 6, 19)) == ((480, 1200),)  # summer time: still 8 to 20 on the wall


def test_work_on_holidays_shows_nothing_of_a_usual_week() -> None:
    """On 1 May, a Tuesday, somebody works at night, and on each public holiday of ten years."""
    nights: list[Piece] = [
        ("anna", "Desk", None, datetime(year, month, day, 2))  # noqa: DTZ001 - a local clock
        for year in range(2010, 2020)
        for month, day in ((1, 1), (5, 1), (5, 4), (6, 23), (6, 24), (11, 18), (12, 25), (12, 31))
    ]
    with_them = discover_calendars(log_of([*DESK, *nights]))
    assert with_them.calendars == discover_calendars(log_of(DESK)).calendars


def test_too_little_evidence_leaves_the_calendar_of_the_log() -> None:
    found = discover_calendars(log_of(DESK[:20]))
    assert (found.calendars, found.support) == ({}, None)
    assert (found.workers, found.workers_of_log, found.units_of_log) == (0, 1, 1)


@pytest.mark.parametrize("flag", [Flag.END_DATE_ONLY | Flag.START_DATE_ONLY])
def test_dates_without_a_time_show_no_hours(flag: int) -> None:
    assert discover_calendars(log_of(DESK, flags=int(flag))).calendars == {}


def test_several_pieces_of_work_at_once_count_once() -> None:
    at_once = [piece for piece in DESK[:400] for _ in range(3)]
    one, many = discover_calendars(log_of(DESK[:400])), discover_calendars(log_of(at_once))
    assert one == many


def test_without_keys_of_workers_their_units_hours_are_found() -> None:
    log = log_of(DESK)
    bare = EventLog(**{**vars(log), "worker_keys": ()})
    assert set(discover_calendars(bare).calendars) == {"Desk"}


moments = some.lists(
    some.tuples(
        some.sampled_from(["a", "b", None]),
        some.sampled_from(["Desk", "Archive", None]),
        some.integers(0, 24 * 7 * 6 - 1),
        some.one_of(some.none(), some.integers(0, 30)),
    ),
    min_size=1,
    max_size=80,
)


@given(moments, some.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_plain_twin_agrees_and_the_order_of_rows_does_not_matter(
    rows: list[tuple[str | None, str | None, int, int | None]], chance: random.Random
) -> None:
    monday = datetime(2018, 1, 8)  # noqa: DTZ001 - a local clock
    pieces: list[Piece] = []
    for worker, unit, hour, took in rows:
        end = monday + timedelta(hours=hour, minutes=30)
        pieces.append((worker, unit, None if took is None else end - timedelta(hours=took), end))
    chance.shuffle(pieces)
    plain = WorkCalendar(RIGA.weekly, "Europe/Riga")
    enough = Evidence(hours=5, dates=2)
    found = discover_calendars(log_of(pieces, calendar=plain), enough=enough).calendars
    expected = {}
    for name, place in (("a", 0), ("b", 0), ("Desk", 1), ("Archive", 1)):
        seen = {
            moment for piece in pieces if piece[place] == name for moment in twin.seen(piece[2], piece[3])
        }
        week = twin.open_hours(seen, hours=5, dates=2) if seen else None
        if week is not None:
            expected[name if place else keys_of([name], salt=SALT)[0]] = week
    assert {name: twin.week_of(calendar.weekly) for name, calendar in found.items()} == expected


def test_the_published_calendars_of_the_purchasing_example() -> None:
    """By the rule of the source theirs come out; ours are coarser (docs/methods/working-hours.md)."""
    path = shared_data("eventlogs/kronos_PurchasingExample.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        work = [
            (
                row["org:resource"],
                row["concept:name"],
                utc(row["start_timestamp"]),
                utc(row["time:timestamp"]),
            )
            for row in csv.DictReader(lines)
        ]
    theirs = discovered_calendars(shared_data("eventlogs/kronos_PurchasingExample_discovered_calendars.json"))
    granules = {name: twin.week_of(calendar.weekly, minutes=15) for name, calendar in theirs.items()}
    assert granules == twin.as_published(
        sorted(work, key=lambda each: (each[3], each[2], each[1])), confidence=0.1, support=0.7
    )
    assert len(granules) == 27

    log = read_log(path, timezone="UTC", calendar=WorkCalendar.always(), salt=SALT)
    ours = discover_calendars(log)
    assert (ours.workers, ours.units) == (27, 0)
    key = dict(zip(theirs, keys_of(list(theirs), salt=SALT)))
    their_hours = {(name, slot) for name in theirs for slot in twin.week_of(theirs[name].weekly, minutes=15)}
    our_hours = {
        (name, slot) for name in theirs for slot in twin.week_of(ours.calendars[key[name]].weekly, minutes=15)
    }
    within = len(their_hours & our_hours) / len(their_hours)
    assert (within, len(our_hours) / len(their_hours)) == (
        pytest.approx(0.73, abs=0.01),
        pytest.approx(1.56, abs=0.01),
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_a_municipality_works_on_weekdays() -> None:
    """The receipt of permits: completions of ten groups; nobody told us the hours of the town hall."""
    log = read_log(shared_data("eventlogs/receipt_wabo.xes.gz"), timezone="Europe/Amsterdam", salt=SALT)
    found = discover_calendars(log)
    assert found.units == 5 and found.support is not None and found.support > 0.95
    for group in ("Group 1", "Group 2", "Group 3", "Group 4"):
        assert found.calendars[group].weekly == (((480, 1020),),) * 5 + ((), ())


def test_found_hours_change_causes_and_not_the_whole() -> None:
    log = log_of(DESK)
    one, other = split(log), split(log, calendars=discover_calendars(log).calendars)
    sums = [sum(each.items[f"{cause}_us"].to_numpy() for cause in CAUSES) for each in (one, other)]
    assert np.array_equal(*sums)

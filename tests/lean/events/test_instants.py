"""Dates and times as people and systems write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from straume.lean.events.instants import Instants, instants_of
from straume.lean.events.zones import from_local, to_local

RIGA = "Europe/Riga"
FIRST, LAST = datetime(1950, 1, 1), datetime(2099, 12, 31)  # noqa: DTZ001  wall clocks


def read(*values: str | None, day_first: bool = True) -> Instants:
    return instants_of(pa.chunked_array([pa.array(values, pa.string())]), timezone=RIGA, day_first=day_first)


def iso(found: Instants, row: int = 0) -> str | None:
    if not found.known[row]:
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(found.at[row]))).isoformat()


@pytest.mark.parametrize(
    ("written", "utc", "date_only"),
    [
        ("2023-01-05 10:11:12", "2023-01-05T08:11:12+00:00", False),
        ("2023-01-05T10:11", "2023-01-05T08:11:00+00:00", False),
        ("2023-01-05T10:11:12.123456789+02:00", "2023-01-05T08:11:12.123456+00:00", False),
        ("2023-07-05 10:11:12,5", "2023-07-05T07:11:12.500000+00:00", False),
        ("2023-01-05T10:11:12Z", "2023-01-05T10:11:12+00:00", False),
        ("2023-01-05 10:11:12 UTC", "2023-01-05T10:11:12+00:00", False),
        ("2022-10-14 21:28:27.999000+0000", "2022-10-14T21:28:27.999000+00:00", False),
        ("2023-01-05T10:11:12-05", "2023-01-05T15:11:12+00:00", False),
        ("05.01.2023.", "2023-01-04T22:00:00+00:00", True),
        ("5.1.2023 9:05", "2023-01-05T07:05:00+00:00", False),
        ("05.01.2023. plkst. 09:05", "2023-01-05T07:05:00+00:00", False),
        ("2023.01.05", "2023-01-04T22:00:00+00:00", True),
        ("2023. gada 5. janvāris", "2023-01-04T22:00:00+00:00", True),
        ("2023 m. sausio 5 d. 10:15", "2023-01-05T08:15:00+00:00", False),
        ("5 Jan 2023 1:05 PM", "2023-01-05T11:05:00+00:00", False),
        ("January 5, 2023 12:30 AM", "2023-01-04T22:30:00+00:00", False),
        ("20230105", "2023-01-04T22:00:00+00:00", True),
        ("44931,5", "2023-01-05T10:00:00+00:00", False),
        ("1672905600", "2023-01-05T08:00:00+00:00", False),
        ("1672905600123", "2023-01-05T08:00:00.123000+00:00", False),
        ("2023-01-05 24:00", "2023-01-05T22:00:00+00:00", False),
        ("2024-02-29", "2024-02-28T22:00:00+00:00", True),
        ("2011-10-11T00:00:00+02:00", "2011-10-10T22:00:00+00:00", True),
        ("31/01/2023 10:00", "2023-01-31T08:00:00+00:00", False),
        ("01/31/2023 10:00", "2023-01-31T08:00:00+00:00", False),
    ],
)
def test_a_written_time_is_read(written: str, utc: str, date_only: bool) -> None:
    found = read(written)
    assert iso(found) == utc
    assert bool(found.date_only[0]) == date_only
    assert iso(read("", None, f"  {written} "), 2) == utc


@pytest.mark.parametrize(
    "written",
    ["2023-02-29", "2023-13-01", "31.04.2023", "2023-01-01 25:00", "soon", "12", "2023-00-10", "13 PM"],
)
def test_what_is_no_time_is_told(written: str) -> None:
    found = read("2023-01-05", written)
    assert found.known.tolist() == [True, False]
    assert found.unreadable.tolist() == [1]


def test_the_order_of_day_and_month_follows_the_other_values() -> None:
    assert iso(read("01/02/2023", "31/01/2023")) == "2023-01-31T22:00:00+00:00"
    assert iso(read("01/02/2023", "01/31/2023")) == "2023-01-01T22:00:00+00:00"
    assert iso(read("01/02/2023", day_first=False)) == "2023-01-01T22:00:00+00:00"


def test_the_clock_of_daylight_saving() -> None:
    found = read("2023-03-26 03:30", "2023-10-29 03:30", "2023-10-29 04:30")
    assert (found.gaps, found.folds) == (1, 1)
    assert [iso(found, row) for row in range(3)] == [
        "2023-03-26T01:30:00+00:00",
        "2023-10-29T00:30:00+00:00",
        "2023-10-29T02:30:00+00:00",
    ]


@given(
    st.lists(st.datetimes(FIRST, LAST), min_size=1, max_size=50),
    st.sampled_from([RIGA, "Europe/Vilnius", "Europe/Amsterdam", "America/New_York", "UTC"]),
)
@settings(max_examples=100, deadline=None)
def test_every_time_is_as_the_standard_library_reads_it(times: list[datetime], zone: str) -> None:
    column = pa.chunked_array([pa.array([time.isoformat(sep=" ") for time in times])])
    found = instants_of(column, timezone=zone)
    expected = [
        (time.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC))
        // timedelta(microseconds=1)
        for time in times
    ]
    assert found.at.tolist() == expected


@given(st.lists(st.integers(-631_152_000, 4_102_444_800), min_size=1, max_size=50))
@settings(max_examples=100, deadline=None)
def test_local_time_and_back_is_the_same_outside_the_repeated_hour(seconds: list[int]) -> None:
    at = np.array(seconds, np.int64) * 1_000_000
    local = to_local(at, timezone=RIGA)
    back = from_local(local, timezone=RIGA)
    assert back.gaps == 0
    assert set(np.unique(at - back.at)) <= {0, 3_600_000_000}

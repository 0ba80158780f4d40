"""Working time between instants: by hand, over daylight saving, by property, against a twin by the minute."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lean.calendar.clock import EPOCH, local, us
from straume.lean.errors import WrongCall
from straume.lean.events.calendar import OFFICE_HOURS, WorkCalendar

HOUR = 3_600_000_000
MINUTE = 60_000_000
RIGA = WorkCalendar.default(country="LV", timezone="Europe/Riga")
NIGHT = ((120, 300),)  # 02:00–05:00, over the change of the clock


def worked_hours(calendar, a, b):
    zone = calendar.timezone
    return float(calendar.working_us(us(a, zone), us(b, zone))) / HOUR


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2018-01-08 08:00", "2018-01-08 17:00", 9),
        ("2018-01-08 07:00", "2018-01-08 09:30", 1.5),
        ("2018-01-08 16:00", "2018-01-09 09:00", 2),
        ("2018-01-12 16:00", "2018-01-15 09:00", 2),  # over a weekend
        ("2018-01-13 00:00", "2018-01-14 23:00", 0),
        ("2018-04-27 16:00", "2018-05-02 09:00", 2),  # moved Monday and Labour Day between
        ("2018-04-20 17:00", "2018-04-23 08:00", 8),  # the Saturday worked in its stead
        ("2018-12-28 08:00", "2019-01-02 17:00", 18),  # over the year's end
    ],
)
def test_working_hours_by_hand(a, b, expected):
    assert worked_hours(RIGA, a, b) == expected
    assert worked_hours(RIGA, b, a) == -expected


@pytest.mark.parametrize("zone", ["Europe/Riga", "Europe/Vilnius"])
def test_weeks_in_which_the_clock_changes_have_as_many_office_hours_as_others(zone):
    calendar = WorkCalendar(OFFICE_HOURS, zone)
    for monday in ("2018-03-19", "2018-03-26", "2018-10-22", "2018-10-29"):
        start = datetime.fromisoformat(monday)
        assert (
            worked_hours(calendar, f"{start:%Y-%m-%d} 00:00", f"{start + timedelta(days=7):%Y-%m-%d} 00:00")
            == 45
        )
    # the instant of eight o'clock moves by an hour against UTC
    assert us("2018-03-23 08:00", zone) % (24 * HOUR) == 6 * HOUR
    assert us("2018-03-26 08:00", zone) % (24 * HOUR) == 5 * HOUR


@pytest.mark.parametrize("zone", ["Europe/Riga", "Europe/Vilnius"])
def test_a_night_shift_loses_the_skipped_hour_and_gains_the_repeated_one(zone):
    night = WorkCalendar((NIGHT,) * 7, zone)
    assert worked_hours(night, "2018-03-24 00:00", "2018-03-25 00:00") == 3
    assert worked_hours(night, "2018-03-25 00:00", "2018-03-26 00:00") == 2
    assert worked_hours(night, "2018-10-28 00:00", "2018-10-29 00:00") == 4
    always = WorkCalendar.always(timezone=zone)
    assert worked_hours(always, "2018-03-25 00:00", "2018-03-26 00:00") == 23


def test_adding_working_time_lands_where_a_clerk_would_count():
    at = us("2018-04-27 16:00", "Europe/Riga")
    assert local(RIGA.add_working_us(at, 1 * HOUR), "Europe/Riga") == "2018-04-27 17:00"
    assert local(RIGA.add_working_us(at, 1 * HOUR + MINUTE), "Europe/Riga") == "2018-05-02 08:01"
    assert local(RIGA.add_working_us(at, -9 * HOUR), "Europe/Riga") == "2018-04-26 16:00"
    saturday = us("2018-01-13 12:00", "Europe/Riga")
    assert RIGA.add_working_us(saturday, 0) == saturday


def test_a_deadline_of_working_days_counts_from_the_day_after():
    received, answered = us("2018-04-26 23:00", "Europe/Riga"), us("2018-05-03 00:10", "Europe/Riga")
    assert RIGA.working_days(received, answered) == 3  # 27 April, 2 May, 3 May
    assert RIGA.working_days(answered, received) == -3
    assert RIGA.working_days(received, received + 1) == 0


def test_closures_are_closed_on_both_ends():
    closed = WorkCalendar(
        OFFICE_HOURS, "Europe/Riga", "LV", closures=((date(2018, 7, 16), date(2018, 7, 20)),)
    )
    assert worked_hours(closed, "2018-07-13 17:00", "2018-07-23 09:00") == 1


def test_the_horizon_grows_and_ends_with_a_clear_refusal():
    fresh = WorkCalendar(OFFICE_HOURS, "Europe/Riga", closures=((date(1931, 1, 1), date(1931, 1, 1)),))
    assert (
        fresh.working_us(us("2018-01-08 08:00", "Europe/Riga"), us("2018-01-08 09:00", "Europe/Riga")) == HOUR
    )
    assert fresh.working_us(us("1931-06-01 00:00"), us("2055-06-01 00:00")) > 0
    assert local(
        fresh.add_working_us(us("2018-01-08 08:00", "Europe/Riga"), 45 * 60 * HOUR), "Europe/Riga"
    ) == ("2019-03-01 17:00")
    for wrong in (-(2**62), 2**62):
        with pytest.raises(WrongCall) as refusal:
            fresh.working_us(0, wrong)
        assert refusal.value.code == "calendar_horizon"
    with pytest.raises(WrongCall) as refusal:
        fresh.add_working_us(0, 10**15 * 8)
    assert refusal.value.code == "calendar_horizon"


def test_arrays_of_any_shape_and_none_at_all():
    starts = np.arange(12, dtype=np.int64).reshape(3, 4) * HOUR
    assert RIGA.working_us(starts, starts + 100 * HOUR).shape == (3, 4)
    assert RIGA.working_us(np.array([], dtype=np.int64), np.array([], dtype=np.int64)).shape == (0,)
    assert RIGA.add_working_us(np.array([], dtype=np.int64), 0).shape == (0,)
    many = np.arange(400_000, dtype=np.int64) * 7 * MINUTE
    assert (
        RIGA.working_us(many, many + HOUR)[::1000] == RIGA.working_us(many[::1000], many[::1000] + HOUR)
    ).all()


day_hours = st.lists(st.integers(0, 1440), max_size=6, unique=True).map(
    lambda cuts: tuple(zip(sorted(cuts)[::2], sorted(cuts)[1::2]))
)
calendars = st.builds(
    lambda weekly, zone, country, closed: WorkCalendar(
        tuple(weekly), zone, country, ((closed, closed + timedelta(2)),)
    ),
    st.lists(day_hours, min_size=7, max_size=7).filter(any),
    st.sampled_from(["Europe/Riga", "Europe/Vilnius", "UTC", "America/St_Johns"]),
    st.sampled_from([None, "LV", "LT"]),
    st.dates(date(2018, 1, 1), date(2018, 12, 28)),
)
instants = st.integers(us("2017-12-20 00:00"), us("2019-01-10 00:00"))


@given(calendars, instants, instants, instants)
@settings(max_examples=150, deadline=None)
def test_working_time_adds_up_and_grows(calendar, a, b, c):
    a, b, c = sorted((a, b, c))
    ab, bc, ac = (int(calendar.working_us(x, y)) for x, y in ((a, b), (b, c), (a, c)))
    assert ab + bc == ac
    assert 0 <= ab <= ac <= c - a
    assert int(calendar.working_us(c, a)) == -ac


@given(calendars, instants, st.integers(-60 * HOUR, 60 * HOUR))
@settings(max_examples=150, deadline=None)
def test_adding_is_the_inverse_of_counting(calendar, at, amount):
    then = int(calendar.add_working_us(at, amount))
    assert int(calendar.working_us(at, then)) == amount
    if amount:  # and no instant nearer to `at` has the same working time
        nearer = then - 1 if amount > 0 else then + 1
        assert int(calendar.working_us(at, nearer)) != amount


@given(
    calendars,
    st.integers(us("2018-01-01 00:00") // MINUTE, us("2018-12-20 00:00") // MINUTE),
    st.integers(1, 7200),
)
@settings(max_examples=60, deadline=None)
def test_counting_minute_by_minute_on_the_wall_clock_agrees(calendar, start, minutes):
    begin = start * MINUTE
    assert int(calendar.working_us(begin, begin + minutes * MINUTE)) == MINUTE * sum(
        is_open(calendar, begin + n * MINUTE) for n in range(minutes)
    )


@pytest.mark.parametrize("night", ["2018-03-24 22:00", "2018-10-27 22:00"])
@pytest.mark.parametrize(
    "hours", [((90, 200),), ((0, 1440),), ((185, 205), (210, 230)), ((0, 180), (240, 300))]
)
def test_the_wall_clock_twin_agrees_in_the_nights_of_the_change(night, hours):
    for zone in ("Europe/Riga", "Europe/Vilnius"):
        calendar = WorkCalendar((hours,) * 7, zone)
        begin = us(night)
        for minutes in range(0, 300, 7):
            at = begin + minutes * MINUTE
            expected = sum(is_open(calendar, at + n * MINUTE) for n in range(90))
            assert int(calendar.working_us(at, at + 90 * MINUTE)) == MINUTE * expected


def is_open(calendar: WorkCalendar, at: int) -> bool:
    wall = (EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(calendar.timezone))
    minute = wall.hour * 60 + wall.minute
    return any(start <= minute < stop for start, stop in calendar.hours_on(wall.date()))


@given(instants, st.sampled_from(["Europe/Riga", "Europe/Vilnius", "America/St_Johns"]))
@settings(max_examples=200, deadline=None)
def test_the_local_day_is_the_date_on_the_wall(at, zone):
    calendar = WorkCalendar(OFFICE_HOURS, zone)
    wall = (EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone)).date()
    assert int(calendar.local_day(at)) == (wall - date(1970, 1, 1)).days
    midnight = int(calendar.local_midnight_us(calendar.local_day(at)))
    assert local(midnight, zone) == f"{wall} 00:00"

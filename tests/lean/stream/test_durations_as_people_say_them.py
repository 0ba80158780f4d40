"""Durations in three languages: what is understood, on which clock, and what is refused with which code."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from straume.lean.stream.clocks import WorkingTime
from straume.lean.stream.durations import DurationError, parse_duration

DAY, WEEK = 1440, 7 * 1440

UNDERSTOOD = [
    # text, least, usual, most [min], clock; a working day has 480 min
    ("15–40 min", 15, 27.5, 40, "working"),
    ("15-40 min.", 15, 27.5, 40, "working"),
    ("15/20/40 min", 15, 20, 40, "working"),
    ("no 15 līdz 40 min", 15, 27.5, 40, "working"),
    ("nuo 15 iki 40 min.", 15, 27.5, 40, "working"),
    ("between 15 and 40 min", 15, 27.5, 40, "working"),
    ("2 nedēļas", 2 * WEEK, 2 * WEEK, 2 * WEEK, "calendar"),
    ("2 savaitės", 2 * WEEK, 2 * WEEK, 2 * WEEK, "calendar"),
    ("two weeks", 2 * WEEK, 2 * WEEK, 2 * WEEK, "calendar"),
    ("2-3 ned.", 2 * WEEK, 2.5 * WEEK, 3 * WEEK, "calendar"),
    ("3 d. d.", 1440, 1440, 1440, "working"),
    ("3 d.d.", 1440, 1440, 1440, "working"),
    ("2 darba dienas", 960, 960, 960, "working"),
    ("2 darbo dienos", 960, 960, 960, "working"),
    ("2 working days", 960, 960, 960, "working"),
    ("viena darbo diena", 480, 480, 480, "working"),
    ("2 darba nedēļas", 4800, 4800, 4800, "working"),
    ("5 dienas", 5 * DAY, 5 * DAY, 5 * DAY, "calendar"),
    ("5 d.", 5 * DAY, 5 * DAY, 5 * DAY, "calendar"),
    ("10 kalendārās dienas", 10 * DAY, 10 * DAY, 10 * DAY, "calendar"),
    ("10 kalendorinių dienų", 10 * DAY, 10 * DAY, 10 * DAY, "calendar"),
    ("3 k. d.", 3 * DAY, 3 * DAY, 3 * DAY, "calendar"),
    ("5 paros", 5 * DAY, 5 * DAY, 5 * DAY, "calendar"),
    ("trīs diennaktis", 3 * DAY, 3 * DAY, 3 * DAY, "calendar"),
    ("1 mēnesis", 43830, 43830, 43830, "calendar"),
    ("1,5 val.", 90, 90, 90, "working"),
    ("2,5 st.", 150, 150, 150, "working"),
    ("1.5 h", 90, 90, 90, "working"),
    ("1 h 20 min", 80, 80, 80, "working"),
    ("1 h 20", 80, 80, 80, "working"),
    ("1:20", 80, 80, 80, "working"),
    ("1 stunda un 20 minūtes", 80, 80, 80, "working"),
    ("1 val. ir 20 min.", 80, 80, 80, "working"),
    ("pusstunda", 30, 30, 30, "working"),
    ("pusvalandis", 30, 30, 30, "working"),
    ("half an hour", 30, 30, 30, "working"),
    ("½ h", 30, 30, 30, "working"),
    ("1/2 h", 30, 30, 30, "working"),
    ("pusotra stunda", 90, 90, 90, "working"),
    ("pusantros valandos", 90, 90, 90, "working"),
    ("an hour and a half", 90, 90, 90, "working"),
    ("stunda ar pusi", 90, 90, 90, "working"),
    ("pusdiena", 240, 240, 240, "working"),
    ("half a day", 240, 240, 240, "working"),
    ("līdz 2 h", 0, 60, 120, "working"),
    ("iki 3 darbo dienų", 0, 720, 1440, "working"),
    ("up to 2 working days", 0, 480, 960, "working"),
    ("ap 20 min", 20, 20, 20, "working"),
    ("~20 min", 20, 20, 20, "working"),
    ("1 200 min", 1200, 1200, 1200, "working"),
    ("uzreiz", 0, 0, 0, "working"),
    ("iš karto", 0, 0, 0, "working"),
    ("0", 0, 0, 0, "working"),
]
REFUSED = [
    ("", "duration_empty"),
    ("20", "duration_no_unit"),
    ("min", "duration_no_number"),
    ("3 foo", "duration_unknown_word"),
    ("5 m", "duration_unknown_word"),  # minutes, months or metres?
    ("1 h (2)", "duration_unknown_word"),
    ("15 20 min", "duration_two_numbers"),
    ("40-15 min", "duration_reversed"),
    ("20 min - 2 dienas", "duration_mixed_clocks"),
    ("1 diena 2 stundas", "duration_mixed_clocks"),
    ("-5 min", "duration_negative"),
    ("vismaz 2 h", "duration_open_ended"),
    ("daugiau nei 2 val.", "duration_open_ended"),
    ("at least 2 h", "duration_open_ended"),
    ("1-2-3-4 h", "duration_too_many_values"),
    ("100 gadi", "duration_too_long"),
]


@pytest.mark.parametrize(("text", "low", "mode", "high", "clock"), UNDERSTOOD)
def test_it_understands(text: str, low: float, mode: float, high: float, clock: str) -> None:
    span = parse_duration(text, working=WorkingTime())
    assert (span.low_minutes, span.mode_minutes, span.high_minutes) == pytest.approx((low, mode, high))
    assert span.clock == clock


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_it_refuses(text: str, code: str) -> None:
    with pytest.raises(DurationError) as refusal:
        parse_duration(text, working=WorkingTime())
    assert refusal.value.code == code


def test_a_working_day_is_as_long_as_the_calendar_says() -> None:
    calendar = {"timezone": "Europe/Riga", "weekly": {"monday": [["08:00", "12:00"], ["12:30", "16:00"]]}}
    span = parse_duration("2 d. d.", working=WorkingTime.of(calendar))
    assert span.mode_minutes == 2 * 450


def test_a_bare_number_takes_the_unit_of_its_column() -> None:
    assert parse_duration("20", working=WorkingTime(), unit="minute").mode_minutes == 20
    assert parse_duration("2", working=WorkingTime(), unit="working_day").mode_minutes == 960


def test_hours_run_around_the_clock_where_that_is_declared() -> None:
    assert parse_duration("48 h", working=WorkingTime(), hours_clock="calendar").clock == "calendar"


def test_time_cells_of_a_spreadsheet_are_durations() -> None:
    assert parse_duration(time(1, 20), working=WorkingTime()).mode_minutes == 80
    assert parse_duration(timedelta(days=1, hours=2), working=WorkingTime()).mode_minutes == 26 * 60


@given(
    low=st.integers(0, 300),
    more=st.integers(0, 300),
    words=st.sampled_from([("no ", " līdz ", " min"), ("nuo ", " iki ", " minučių"), ("", "–", " minutes")]),
)
def test_a_range_says_the_same_in_each_language(low: int, more: int, words: tuple[str, str, str]) -> None:
    before, between, unit = words
    span = parse_duration(f"{before}{low}{between}{low + more}{unit}", working=WorkingTime())
    assert (span.low_minutes, span.high_minutes, span.clock) == (low, low + more, "working")


@given(st.text(max_size=30))
def test_any_text_is_understood_or_refused_with_a_code(text: str) -> None:
    try:
        span = parse_duration(text, working=WorkingTime())
    except DurationError as refusal:
        assert refusal.code.startswith("duration_")
    else:
        assert 0 <= span.low_minutes <= span.mode_minutes <= span.high_minutes

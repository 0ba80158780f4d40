"""Holidays, moved Saturdays and short eves as they were published."""

from datetime import date, timedelta

import pytest

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.public_days import public_days

RIGA = WorkCalendar.default(country="LV", timezone="Europe/Riga")
VILNIUS = WorkCalendar.default(country="LT", timezone="Europe/Vilnius")


def hours(calendar: WorkCalendar, iso: str) -> float:
    return sum(stop - start for start, stop in calendar.hours_on(date.fromisoformat(iso))) / 60


@pytest.mark.parametrize(
    ("free", "worked"),
    [  # orders of the Cabinet of Ministers "Par darba dienas pārcelšanu", likumi.lv by number of the document
        ("2010-05-03", "2010-05-29"),  # 203023
        ("2012-04-30", "2012-04-28"),  # 228399
        ("2015-01-02", "2015-01-10"),  # 266487
        ("2017-05-05", "2017-05-13"),  # 282928
        ("2018-04-30", "2018-04-21"),  # 290413
        ("2020-06-22", "2020-06-13"),  # 308097
        ("2023-05-05", "2023-05-20"),  # 333470
        ("2024-12-23", "2024-12-14"),  # 342680
        ("2024-12-30", "2024-12-28"),
        ("2025-05-02", "2025-05-10"),  # 351684
        ("2025-11-17", "2025-11-08"),
        ("2026-01-02", "2026-01-17"),  # 361161
        ("2026-06-22", "2026-06-27"),
    ],
)
def test_a_latvian_working_day_that_the_cabinet_moved_is_worked_on_the_saturday(free, worked):
    assert hours(RIGA, free) == 0
    assert hours(RIGA, worked) in (8, 9)
    assert (date.fromisoformat(free), date.fromisoformat(worked)) in public_days(
        country="LV", year=int(free[:4])
    ).moved


@pytest.mark.parametrize("year", [2016, 2019, 2022])
def test_in_years_without_an_order_no_saturday_is_worked(year):
    assert public_days(country="LV", year=year).moved == ()


@pytest.mark.parametrize("iso", ["2018-04-21", "2024-12-14", "2024-12-28", "2010-05-29"])
def test_a_saturday_worked_for_the_eve_of_a_holiday_is_short(iso):
    # Valsts darba inspekcija 16.04.2018 (21 April); Ventas Balss December 2024; Delfi May 2010 (29 May)
    assert hours(RIGA, iso) == 8


def test_a_saturday_worked_for_a_day_after_a_holiday_is_full():
    assert hours(RIGA, "2023-05-20") == 9


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2017-11-17", 8),  # Friday before Saturday 18 November
        ("2017-11-20", 0),  # Monday in its stead
        ("2019-05-06", 0),  # Monday after Saturday 4 May
        ("2018-09-24", 0),  # visit of Pope Francis, law of 21.06.2018
        ("2018-07-09", 0),  # after the Song and Dance Celebration
        ("2023-05-29", 0),  # bronze in ice hockey, law of 28.05.2023
        ("2018-04-20", 9),  # an ordinary Friday before a Saturday that is worked
        ("2019-05-03", 8),
        ("2018-03-29", 8),  # Thursday before Good Friday
        ("2018-12-24", 0),
        ("2018-12-21", 9),  # a Friday: the eve of 24 December is a Sunday
    ],
)
def test_latvian_days(iso, expected):
    assert hours(RIGA, iso) == expected


@pytest.mark.parametrize(
    ("iso", "expected"),
    [  # Valstybinė darbo inspekcija on the eves of 2025: 31 October, 23, 24 and 31 December
        ("2025-10-31", 8),
        ("2025-12-23", 8),
        ("2025-12-24", 0),
        ("2025-12-31", 8),
        ("2018-02-16", 0),
        ("2018-02-15", 8),
        ("2018-11-02", 9),  # All Souls' Day is free since 2020 only
        ("2020-11-02", 0),
        ("2018-06-22", 9),  # 24 June on a Sunday: its eve is a Saturday
        ("2018-07-06", 0),
        ("2018-11-19", 9),  # Lithuania gives no Monday for a holiday on a Sunday
    ],
)
def test_lithuanian_days(iso, expected):
    assert hours(VILNIUS, iso) == expected


def test_working_days_of_a_year_agree_with_the_published_counts():
    # Labklājības ministrija and VDI calendars of working time: Latvia 2018 had 249 working days, 2017 had 248
    # counted here from the law: 52 weeks of five days less the holidays on weekdays
    def working_days(calendar, year):
        return sum(calendar.is_working_day(date(year, 1, 1) + timedelta(days=n)) for n in range(365))

    in_lieu = len(public_days(country="LV", year=2018).moved)
    weekdays_free = {d for d in _free("LV", 2018) if d.weekday() < 5}
    assert working_days(RIGA, 2018) == 261 - len(weekdays_free) + in_lieu
    assert working_days(VILNIUS, 2018) == 261 - len({d for d in _free("LT", 2018) if d.weekday() < 5})


def test_a_unit_that_does_not_follow_the_order_works_the_bridge_day():
    follows_not = WorkCalendar(RIGA.weekly, RIGA.timezone, "LV", moved_days=False)
    assert hours(follows_not, "2018-04-30") == 8
    assert hours(follows_not, "2018-04-21") == 0


def test_eves_can_be_full_days():
    assert hours(WorkCalendar(RIGA.weekly, RIGA.timezone, "LV", shortened_eves=False), "2017-11-17") == 9


def test_every_year_has_holidays_and_every_moved_day_is_a_weekday_for_a_saturday():
    for year in range(1995, 2060):
        for country in ("LV", "LT"):
            days = public_days(country=country, year=year)
            assert date(year, 1, 1) in days.holidays
            assert date(year, 12, 25) in days.holidays
            assert not days.holidays & days.days_off
            assert all(off.weekday() < 5 and worked.weekday() == 5 for off, worked in days.moved)


def _free(country, year):
    days = public_days(country=country, year=year)
    return days.holidays | days.days_off

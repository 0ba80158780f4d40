"""Public holidays of Latvia and Lithuania, working days moved to a Saturday, and eves with a shorter day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

COUNTRIES = ("LV", "LT")
EVE_SHORTER_MINUTES = {
    "LV": 60,  # Darba likums (Labour Law, in force since 1 June 2002) section 135
    "LT": 60,  # Darbo kodeksas (Labour Code) art. 112; before 1 July 2017 art. 153 of the former code
}
_MOVED = re.compile(r"^Brīvdiena \(pārcelta no (\d\d\.\d\d\.\d{4})\)$")


@dataclass(frozen=True)
class PublicDays:
    """What the law makes of the days of one year in one country."""

    holidays: frozenset[date]  # holidays by name of the law; the working day before one is shorter
    days_off: frozenset[
        date
    ]  # free in their stead: a Monday after 4 May on a Sunday, a bridge day that was moved
    moved: tuple[tuple[date, date], ...]  # (day that became free, Saturday that is worked instead)

    def is_free(self, day: date) -> bool:
        return day in self.holidays or day in self.days_off


@lru_cache(maxsize=1024)
def public_days(*, country: str, year: int) -> PublicDays:
    """Public days of a year. Empty before 1990 (LT) and 1991 (LV), when the law in force began.

    Latvian working days are moved by a yearly cabinet order (Labour Law section 133(4)): binding for what
    the state budget pays, recommended to municipalities. Years without an order have none. Days that
    Lithuania moved in its earlier law are not known here.
    """
    legal = holidays.country_holidays(country, years=year, observed=False, language=country.lower())
    free = holidays.country_holidays(country, years=year, language=country.lower())
    moved = tuple((day, worked) for day, name in sorted(free.items()) for worked in _moved_from(name))
    bridges = {day for day, _ in moved}
    named = frozenset(day for day in legal if day.year == year and day not in bridges)
    return PublicDays(named, frozenset(day for day in free if day.year == year) - named, moved)


def is_eve(day: date, *, country: str) -> bool:
    """Whether the next day is a holiday by name of the law, so that a working day is shorter."""
    following = day + timedelta(days=1)
    return following in public_days(country=country, year=following.year).holidays


def _moved_from(name: str) -> list[date]:
    found = _MOVED.match(name)
    return [datetime.strptime(found[1], "%d.%m.%Y").date()] if found else []  # noqa: DTZ007 - a date, no instant

"""Durations as people say them in three languages: "15–40 min", "2 nedēļas", "3 d. d.", "1,5 val.".

Minutes and hours are working time unless the caller says otherwise, "d. d.", "darba dienas", "darbo dienos",
"working days" too; days, weeks, months and years by themselves run on the calendar clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

from straume.lean.errors import StraumeError
from straume.lean.stream.clocks import DAYS_PER_MONTH, DAYS_PER_YEAR, MINUTES_PER_DAY, WorkingTime
from straume.lean.stream.folding import fold
from straume.lean.stream.records import Clock, Span

LONGEST_MINUTES = 10 * DAYS_PER_YEAR * MINUTES_PER_DAY

_UNITS = {
    "second": r"s|sek|sec|secs|sekund\w*|seconds?",
    "minute": r"min|mins|minut\w*|minuci\w*|minus[ui]",
    "hour": r"h|hr|hrs|hours?|st|stund\w*|val|valand\w*",
    "day": r"d|days?|dien\w*|par[aou]s?|diennakt\w*|diennaks\w*",
    "week": r"w|wk|wks|weeks?|ned|nedel\w*|sav|savait\w*|savaic\w*",
    "month": r"mo|months?|men|menes\w*|menuo",
    "year": r"g|gad[siua]?m?|metai|metu|metus|years?|yrs?|yr",
    "working_day": r"dd|wd|darbdien\w*|darbadien\w*|workdays?|darbd",
    "calendar_day": r"kd|cd",
}
_UNIT = {unit: re.compile(pattern) for unit, pattern in _UNITS.items()}
_WORKING = re.compile(r"darba|darbo|darb|working|work|business")
_CALENDAR = re.compile(r"kalendar\w*|kalendor\w*|kal|calendar")
_WHOLE = {  # a word that is number and unit at once
    re.compile(r"pusstund\w*|pusvaland\w*"): (0.5, "hour"),
    re.compile(r"ceturtdalstund\w*"): (0.25, "hour"),
    re.compile(r"pusdien\w*"): (0.5, "working_day"),
}
_NUMBERS = {  # folded number words: lv, lt, en
    0.25: r"ceturtdal\w*|ketvirt\w*|quarter",
    0.5: r"puse|pusi|pus|half",
    1.5: r"pusotr\w*|pusantr\w*",
    1: r"vien[asuio]*|one|an|a",
    2: r"div[iasu]*|du|dvi|dvieju|two",
    3: r"tris|triju|trys|three",
    4: r"cetr\w*|ketur\w*|four",
    5: r"piec\w*|penk\w*|five",
    6: r"ses[ias]*|sesi\w*|six",
    7: r"septin\w*|septyn\w*|seven",
    8: r"aston\w*|astuon\w*|eight",
    9: r"devin\w*|devyn\w*|nine",
    10: r"desmit\w*|desimt\w*|ten",
    15: r"piecpadsmit\w*|penkiolik\w*|fifteen",
    20: r"divdesmit\w*|dvidesimt\w*|twenty",
    30: r"trisdesmit\w*|trisdesimt\w*|thirty",
}
_NUMBER = [(value, re.compile(pattern)) for value, pattern in sorted(_NUMBERS.items(), reverse=True)]
_NOTHING = re.compile(
    r"0|uzreiz|nekavejoties|nav|bez gaidisanas|iskart|is karto|nera|none|immediately|at once|no wait"
)
_FILLER = re.compile(
    r"no|nuo|from|between|ap|apm|apie|apytiksl\w*|aptuven\w*|about|approx\w*|circa|ca|around|of|kad\w*"
)
_RANGE = re.compile(r"-|lidz|iki|to|and|un|ir|till|until|/|;|\.\.+")
_UP_TO = re.compile(r"(lidz|iki|up to|ne vairak ka|ne daugiau kaip|max\.?|maks\.?|at most|<=?) ?(?=\S)")
_OPEN = re.compile(
    r"(vismaz|maziausiai|ne maziau|bent|at least|vairak|daugiau|ilgak|over|more than|>)\b|.*\+$"
)
_AND_A_HALF = re.compile(r"\b(ar pusi|su puse|and a half|un pus[ei]|ir puse)\b")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|\.\.+|[^\s]")
_SILENT = frozenset("~≈,")
_FRACTION = re.compile(r"(?<![\d/])([13])/([24])(?![\d/])")


class DurationError(StraumeError):
    """A duration that cannot be understood; `code` says why, `params` hold the text."""


@dataclass(frozen=True)
class _Quantity:
    number: float
    unit: str | None


def parse_duration(
    text: object, *, working: WorkingTime, unit: str | None = None, hours_clock: Clock = "working"
) -> Span:
    """One duration or range as a span [min].

    Parameters: text – what somebody typed, or a time cell of a spreadsheet; working – minutes of a working
    day; unit – "minute", "hour", "day", "working_day", "week", … for a bare number (None: it is refused);
    hours_clock – the clock on which minutes and hours run.
    Returns: Span; two values are least and most with the middle as usual, three are least, usual, most;
    "up to x" starts at 0. Raises: DurationError with code duration_…
    """
    if isinstance(text, (time, timedelta)):
        return _of_cell(text, hours_clock)
    shown = str(text).strip()
    folded = _prepare(text)
    if not folded:
        raise DurationError("duration_empty", text=shown)
    if _NOTHING.fullmatch(folded):
        return Span(0.0, 0.0, 0.0, "working" if hours_clock == "working" else "calendar")
    if folded.startswith("-"):
        raise DurationError("duration_negative", text=shown)
    if _OPEN.match(folded):
        raise DurationError("duration_open_ended", text=shown)
    up_to = _UP_TO.match(folded)
    sides = _sides(folded[up_to.end() :] if up_to else folded, shown=shown)
    values = _minutes_of(sides, working=working, unit=unit, hours_clock=hours_clock, shown=shown)
    return _span(values, up_to=bool(up_to), shown=shown)


def _of_cell(value: time | timedelta, clock: Clock) -> Span:
    if isinstance(value, time):
        minutes = value.hour * 60 + value.minute + value.second / 60
    else:
        minutes = value.total_seconds() / 60
    if minutes < 0:
        raise DurationError("duration_negative", text=str(value))
    return Span(minutes, minutes, minutes, clock)


def _prepare(text: object) -> str:
    """Folded, with abbreviations that contain blanks or dots made one word and half signs made numbers."""
    folded = fold(str(text).replace("½", ",5").replace("¼", ",25"))
    folded = re.sub(r"(?<![\d])[.,](25|5)\b", r"0,\1", folded)
    folded = re.sub(r"(\d) ,(25|5)\b", r"\1,\2", folded)
    folded = _FRACTION.sub(lambda part: str(int(part[1]) / int(part[2])), folded)
    folded = re.sub(r"\bd\. ?d\b\.?", "dd", folded)
    folded = re.sub(r"\bk(?:al)?\. ?d\b\.?", "kd", folded)
    folded = re.sub(r"\bdarb\. ?d\b\.?", "dd", folded)
    folded = re.sub(r"(\d):([0-5]\d)\b", r"\1 h \2 min", folded)
    folded = re.sub(r"(?<=\d) (?=\d{3}\b)", "", folded)
    return re.sub(r"(?<=[^\W\d_])\.(?!\.)", " ", folded).strip()


def _sides(folded: str, *, shown: str) -> list[list[_Quantity]]:
    """The quantities on each side of the range marks: "1 h 20 min - 2 h" → [[1 h, 20 min], [2 h]]."""
    half = bool(_AND_A_HALF.search(folded))
    reader = _Reader(shown)
    for token in _TOKEN.findall(_AND_A_HALF.sub(" ", folded)):
        reader.take(token)
    sides = reader.ended()
    if half and sides[-1][-1].unit:
        sides[-1].append(_Quantity(0.5, sides[-1][-1].unit))
    return sides


class _Reader:
    """Takes the words of a duration one by one; a number waits for its unit, a quality for its day."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.sides: list[list[_Quantity]] = [[]]
        self.number: float | None = None
        self.spoken = False  # the waiting number was said as a word
        self.quality = ""

    def take(self, token: str) -> None:
        whole = next((amount for pattern, amount in _WHOLE.items() if pattern.fullmatch(token)), None)
        unit = self._unit(token)
        if whole:
            self._add((self.number or 1.0) * whole[0], whole[1])
        elif unit and self.number is None and len(token) < 4:
            raise DurationError("duration_no_number", text=self.shown)
        elif unit:
            self._add(1.0 if self.number is None else self.number, unit)
        elif _WORKING.fullmatch(token):
            self.quality = "working"
        elif _CALENDAR.fullmatch(token):
            self.quality = "calendar"
        elif self._is_range(token):
            self._side_ended()
            self.sides.append([])
        elif (value := _number(token)) is not None:
            self._number(value, spoken=token[0].isalpha())
        elif not (_FILLER.fullmatch(token) or _RANGE.fullmatch(token) or token in _SILENT):
            raise DurationError("duration_unknown_word", text=self.shown, word=token)

    def ended(self) -> list[list[_Quantity]]:
        self._side_ended()
        sides = [side for side in self.sides if side]
        if not sides:
            raise DurationError("duration_no_number", text=self.shown)
        return sides

    def _unit(self, token: str) -> str | None:
        unit = next((name for name, pattern in _UNIT.items() if pattern.fullmatch(token)), None)
        half_a_day = self.spoken and self.number is not None and self.number < 1
        if unit == "day" and (self.quality == "working" or half_a_day):
            return "working_day"
        if unit in ("week", "hour") and self.quality:
            return f"{self.quality}_{unit}"
        return "day" if unit == "calendar_day" else unit

    def _is_range(self, token: str) -> bool:
        joins = token in ("and", "un", "ir") and self.number is None and bool(self.sides[-1])
        return bool(_RANGE.fullmatch(token)) and not joins

    def _number(self, value: float, *, spoken: bool) -> None:
        if self.number is not None and not (spoken or self.spoken):
            raise DurationError("duration_two_numbers", text=self.shown)
        self.number = value if self.number is None else self.number * value
        self.spoken = spoken or self.spoken

    def _add(self, number: float, unit: str | None) -> None:
        self.sides[-1].append(_Quantity(number, unit))
        self.number, self.spoken, self.quality = None, False, ""

    def _side_ended(self) -> None:
        if self.number is None:
            return
        before = self.sides[-1][-1].unit if self.sides[-1] else None
        if before not in (None, "hour"):
            raise DurationError("duration_two_numbers", text=self.shown)
        self._add(self.number, "minute" if before == "hour" else None)  # "1 h 20"


def _number(token: str) -> float | None:
    if token[0].isdigit():
        return float(token.replace(",", "."))
    return next((value for value, pattern in _NUMBER if pattern.fullmatch(token)), None)


def _minutes_of(
    sides: list[list[_Quantity]], *, working: WorkingTime, unit: str | None, hours_clock: Clock, shown: str
) -> list[tuple[float, Clock]]:
    """Minutes and clock of each side; a bare number takes the unit of the sides after it, or `unit`."""
    later = unit
    result: list[tuple[float, Clock]] = []
    for side in reversed(sides):
        named = [quantity.unit for quantity in side if quantity.unit]
        later = named[0] if named else later
        if later is None:
            raise DurationError("duration_no_unit", text=shown)
        parts = [_minutes(q, q.unit or later, working=working, hours_clock=hours_clock) for q in side]
        if len({clock for _, clock in parts}) > 1:
            raise DurationError("duration_mixed_clocks", text=shown)
        result.append((sum(minutes for minutes, _ in parts), parts[0][1]))
    return result[::-1]


def _minutes(
    quantity: _Quantity, unit: str, *, working: WorkingTime, hours_clock: Clock
) -> tuple[float, Clock]:
    each: dict[str, tuple[float, Clock]] = {
        "second": (1 / 60, hours_clock),
        "minute": (1.0, hours_clock),
        "hour": (60.0, hours_clock),
        "working_hour": (60.0, "working"),
        "calendar_hour": (60.0, "calendar"),
        "working_day": (working.minutes_per_day, "working"),
        "working_week": (working.minutes_per_week, "working"),
        "calendar_week": (7.0 * MINUTES_PER_DAY, "calendar"),
        "day": (float(MINUTES_PER_DAY), "calendar"),
        "week": (7.0 * MINUTES_PER_DAY, "calendar"),
        "month": (DAYS_PER_MONTH * MINUTES_PER_DAY, "calendar"),
        "year": (DAYS_PER_YEAR * MINUTES_PER_DAY, "calendar"),
    }
    minutes, clock = each[unit]
    return quantity.number * minutes, clock


def _span(values: list[tuple[float, Clock]], *, up_to: bool, shown: str) -> Span:
    if len({clock for _, clock in values}) > 1:
        raise DurationError("duration_mixed_clocks", text=shown)
    if len(values) > 3 or (up_to and len(values) > 1):
        raise DurationError("duration_too_many_values", text=shown)
    minutes, clock = [value for value, _ in values], values[0][1]
    if up_to:
        minutes.insert(0, 0.0)
    if minutes != sorted(minutes):
        raise DurationError("duration_reversed", text=shown)
    if minutes[-1] > LONGEST_MINUTES:
        raise DurationError("duration_too_long", text=shown)
    low, high = minutes[0], minutes[-1]
    return Span(low, minutes[1] if len(minutes) == 3 else (low + high) / 2, high, clock)

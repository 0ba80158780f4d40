"""One base class for everything the library refuses, with codes that `straume.words` turns into sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where in a source a problem stands.

    Row as a spreadsheet shows it: of CSV and XLSX the row with the headings is mostly row 1 and the first
    case stands in row 2; blank rows count. Without headings (XES, OCEL, Parquet): the number of the event or
    row, from 1. Column, line of a text file (a row may take several), sheet of a workbook.
    """

    row: int | None = None
    column: str | None = None
    line: int | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the input: a code, its parameters and its place.

    The sentence and the advice are made by `straume.words`.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    place: Place = Place()

    def to_dict(self) -> dict[str, Any]:
        place = {key: value for key, value in vars(self.place).items() if value is not None}
        return {"code": self.code, "params": dict(self.params), "place": place}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Problem:
        return cls(data["code"], dict(data.get("params", {})), Place(**data.get("place", {})))


class StraumeError(Exception):
    """Base of all refusals: `code` and `params` name the sentence, `exit_code` is for the command line."""

    exit_code = 2

    def __init__(self, code: str, /, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class InputProblems(StraumeError):
    """The input was checked as a whole and cannot be used: all problems found, in the order of the source."""

    exit_code = 1

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("input_problems", count=len(problems))
        self.problems = problems


class WrongCall(StraumeError):
    """The caller asked for something that does not exist: an unknown column, a calendar that is not one, …"""


class ClockMismatch(StraumeError):
    """Two durations on different clocks (working time, calendar time) were about to be added or divided."""


class Withheld(StraumeError):
    """A figure cannot be given on this input (no outcome column, fewer than five cases, …)."""

"""A log that is written is read back as it was, from every format."""

from pathlib import Path

import pytest

from lean.simulate.streams import BEGIN, DAY_US, chain
from straume.lean.errors import WrongCall
from straume.lean.events.log import EventLog
from straume.lean.events.read import read_log
from straume.lean.events.write import ENDINGS, write_log
from straume.lean.simulate.simulating import simulate
from straume.lean.stream.records import Span, Step, UnitCapacity


@pytest.fixture(scope="module")
def log() -> EventLog:
    steps = [
        Step("a", "Saņem <un> “pārbauda”", unit="Kanceleja", touch=Span(5, 10, 15)),
        Step("b", "klients, paraksta", wait=Span(1440, 2880, 9000, "calendar")),
    ]
    stream = chain(steps, (UnitCapacity("Kanceleja", 2),), demand_per_year=2000)
    return simulate(stream, seed=1, until=BEGIN + 60 * DAY_US)


def seconds(log: EventLog, column: str, table: str = "items") -> list[int | None]:
    values = getattr(log, table)[column].to_pylist()
    return [None if value is None else value // 1_000_000 for value in values]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_written_log_is_read_back(ending: str, log: EventLog, tmp_path: Path) -> None:
    path = tmp_path / f"log{ending}"
    write_log(log, path)
    again = read_log(path, timezone="Europe/Riga")
    assert (again.facts.cases, again.facts.work_items) == (log.facts.cases, log.facts.work_items)
    assert (again.facts.open_cases, again.facts.workers) == (log.facts.open_cases, 2)
    assert log.facts.open_cases > 0
    assert (set(again.activities), set(again.units)) == (set(log.activities), set(log.units))
    for column in ("start_at", "end_at"):
        assert sorted(seconds(again, column)) == sorted(seconds(log, column))  # type: ignore[type-var]
    assert sorted(seconds(again, "received_at", "cases")) == sorted(seconds(log, "received_at", "cases"))  # type: ignore[type-var]


def test_another_format_is_refused(log: EventLog, tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="log_format_unknown"):
        write_log(log, tmp_path / "log.docx")

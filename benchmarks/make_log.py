"""A seeded case log of any size: 15 activities, 9 units, office calendars, loops; as CSV or XES.

Whole columns at a time: 5.8 million rows take about half a minute. Nothing in it comes from a real log.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.zones import to_local

TIMEZONE = "Europe/Riga"
# Each activity: the unit that does it, touch time (median working minutes), waiting before it (mean working
# hours).
STEPS = (
    ("Receive application", "Client centre", 6, 0.2),
    ("Register application", "Records office", 8, 2.0),
    ("Assign case", "Head of department", 4, 6.0),
    ("Check completeness", "Planning", 25, 9.0),
    ("Ask for documents", "Planning", 15, 3.0),
    ("Receive documents", "Client centre", 5, 40.0),
    ("Inspect site", "Building control", 90, 24.0),
    ("Ask for opinion", "Environment", 12, 8.0),
    ("Give opinion", "Environment", 45, 36.0),
    ("Calculate fee", "Finance", 10, 6.0),
    ("Draft decision", "Planning", 60, 12.0),
    ("Legal check", "Legal office", 30, 20.0),
    ("Sign decision", "Executive director", 3, 10.0),
    ("Send decision", "Records office", 6, 4.0),
    ("Archive case", "Archive", 5, 30.0),
)
MAIN_ROUTE = (0, 1, 2, 3, 6, 9, 10, 11, 12, 13, 14)
WORKERS_PER_UNIT = 12
ROUTES = 400


@dataclass(frozen=True)
class MadeLog:
    """case_id, activity, unit, worker, start_time, end_time (local wall clock), in order of start."""

    table: pa.Table
    cases: int


def make_log(*, rows: int, seed: int = 20_170_501) -> MadeLog:
    """Make exactly `rows` pieces of work; the same seed gives the same log."""
    random = np.random.default_rng(seed)
    case, index, activity, length = _walks(rows, random)
    start, end = _times(case, index, activity, length, random)
    unit_names = sorted({step[1] for step in STEPS})
    unit_of_step = np.array([unit_names.index(step[1]) for step in STEPS], np.int32)
    unit = unit_of_step[activity]
    worker = unit * WORKERS_PER_UNIT + (random.random(rows) ** 1.5 * WORKERS_PER_UNIT).astype(np.int32)
    order = np.argsort(start, kind="stable")
    names = [
        f"{unit_names[n // WORKERS_PER_UNIT][:4]}-{n:03d}" for n in range(len(unit_names) * WORKERS_PER_UNIT)
    ]
    case_ids = pa.array(np.char.add("P-2021-", np.char.zfill(np.arange(len(length)).astype("U7"), 7)))
    table = pa.table(
        {
            "case_id": case_ids.take(pa.array(case[order])),
            "activity": pa.array([step[0] for step in STEPS]).take(pa.array(activity[order])),
            "unit": pa.array(unit_names).take(pa.array(unit[order])),
            "worker": pa.array(names).take(pa.array(worker[order])),
            "start_time": pa.array(to_local(start[order], timezone=TIMEZONE)).cast(pa.timestamp("us")),
            "end_time": pa.array(to_local(end[order], timezone=TIMEZONE)).cast(pa.timestamp("us")),
        }
    )
    return MadeLog(table, len(length))


def _walks(rows: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Case, place in the case and activity of each row; few routes are common, many are rare."""
    routes = [_route(random) for _ in range(ROUTES)]
    lengths = np.array([len(route) for route in routes])
    weights = 1 / np.arange(1, ROUTES + 1) ** 1.1
    drawn = random.choice(ROUTES, size=int(rows / lengths.min()) + 1, p=weights / weights.sum())
    ends = np.cumsum(lengths[drawn])
    cases = int(np.searchsorted(ends, rows)) + 1
    drawn = drawn[:cases]
    length = lengths[drawn]
    length[-1] -= int(ends[cases - 1]) - rows
    padded = np.zeros((ROUTES, lengths.max()), np.int32)
    for number, route in enumerate(routes):
        padded[number, : len(route)] = route
    case = np.repeat(np.arange(cases, dtype=np.int32), length)
    index = np.arange(rows) - np.repeat(np.cumsum(length) - length, length)
    return case, index, padded[drawn[case], index], length


def _route(random: np.random.Generator) -> list[int]:
    """The main route with detours (opinion) and loops (documents asked again, back to the draft)."""
    route: list[int] = []
    for step in MAIN_ROUTE:
        route.append(step)
        if step == 3:
            while random.random() < 0.3:
                route += [4, 5, 3]
        if step == 6 and random.random() < 0.4:
            route += [7, 8]
        if step == 11:
            while random.random() < 0.25:
                route += [10, 11]
    if random.random() < 0.2:
        route.remove(9)
    return route


def _times(
    case: np.ndarray, index: np.ndarray, activity: np.ndarray, length: np.ndarray, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Start and end of each piece of work [µs UTC], all of them within office hours."""
    rows = len(case)
    touch_minutes = np.array([step[2] for step in STEPS])[activity] * np.exp(random.normal(0, 0.6, rows))
    wait_minutes = np.array([step[3] for step in STEPS])[activity] * random.exponential(60, rows)
    first = np.cumsum(length) - length
    through = np.cumsum(touch_minutes + wait_minutes)
    before_case = np.repeat(through[first] - touch_minutes[first] - wait_minutes[first], length)
    end_minutes = through - before_case
    begin = 1_609_459_200_000_000  # 2021-01-01 UTC
    arrival = np.sort(random.integers(0, 3 * 365 * 86_400, len(length))) * 1_000_000 + begin
    calendar = WorkCalendar.default(timezone=TIMEZONE, country="LV")
    arrived = np.repeat(arrival, length)
    second = 1_000_000
    start_work = (np.maximum(end_minutes - touch_minutes, 0) * 60).astype(np.int64) * second
    end_work = np.maximum((end_minutes * 60).astype(np.int64) * second, start_work)
    start = calendar.add_working_us(arrived, start_work + second)
    end = np.maximum(calendar.add_working_us(arrived, end_work + second), start)
    return start // second * second, end // second * second


def write_csv(log: MadeLog, path: Path) -> None:
    """CSV as an export would write it: local wall clock to the second, no quotes."""
    table = log.table
    for name in ("start_time", "end_time"):
        text = pc.strftime(table[name].cast(pa.timestamp("s")), format="%Y-%m-%d %H:%M:%S")
        table = table.set_column(table.column_names.index(name), name, text)
    pacsv.write_csv(table, path, pacsv.WriteOptions(quoting_style="none"))


def write_xes(log: MadeLog, path: Path) -> None:
    """XES with one complete event per piece of work, traces in order of their first event."""
    table = log.table
    coded = table["case_id"].combine_chunks().dictionary_encode()
    code = coded.indices.to_numpy()
    order = np.argsort(code, kind="stable")
    table = table.take(pa.array(order))
    code = code[order]
    end = pc.strftime(table["end_time"].cast(pa.timestamp("ms")), format="%Y-%m-%dT%H:%M:%S")
    events = pc.binary_join_element_wise(
        '<event>\n<string key="concept:name" value="',
        table["activity"],
        '"/>\n<string key="org:group" value="',
        table["unit"],
        '"/>\n<string key="org:resource" value="',
        table["worker"],
        '"/>\n<string key="lifecycle:transition" value="complete"/>\n<date key="time:timestamp" value="',
        end,
        '+00:00"/>\n</event>\n',
        "",
    ).combine_chunks()
    first = np.flatnonzero(np.diff(code, prepend=-1))
    bounds = np.append(first, len(code))
    offsets = np.frombuffer(events.buffers()[1], np.int32)
    text = events.buffers()[2]
    names = coded.dictionary.to_pylist()
    with path.open("wb") as out:
        out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n')
        for place in range(len(first)):
            begin, stop = int(offsets[bounds[place]]), int(offsets[bounds[place + 1]])
            head = f'<trace>\n<string key="concept:name" value="{names[int(code[first[place]])]}"/>\n'
            out.write(head.encode())
            out.write(text[begin:stop])
            out.write(b"</trace>\n")
        out.write(b"</log>\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="file to write; its ending .csv or .xes says which form")
    parser.add_argument("--rows", type=int, default=5_800_000)
    parser.add_argument("--seed", type=int, default=20_170_501)
    arguments = parser.parse_args()
    log = make_log(rows=arguments.rows, seed=arguments.seed)
    write = write_xes if arguments.path.suffix == ".xes" else write_csv
    write(log, arguments.path)
    print(f"{len(log.table):,} rows, {log.cases:,} cases, {arguments.path.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()

"""From a case log to a value stream: times that can be checked by hand, and the public logs."""

import json
import time
from pathlib import Path
from random import Random

import pytest

from data_folder import shared_data
from straume.lean.events.log import EventLog
from straume.lean.events.read import read_log
from straume.lean.stream import fitness
from straume.lean.stream.discovery import LEAST_SHARE_OF_CASES, discover
from straume.lean.stream.from_log import from_log
from straume.lean.stream.measures import measure
from straume.lean.stream.records import ValueStream
from straume.lean.stream.variants import case_counts, variants_of

from .test_value_streams_hold_together import VALIDATOR, check_graph

HOUR = 60

# Monday 2 March 2020, calendar 8–17; "check" and "inspect" happen in both orders, so they run in parallel
PARALLEL = """case,activity,start,end,department
1,register,2020-03-02 09:00,2020-03-02 10:00,Front
1,check,2020-03-02 11:00,2020-03-02 12:00,Legal
1,inspect,2020-03-02 14:00,2020-03-02 16:00,Field
1,decide,2020-03-03 09:00,2020-03-03 10:00,Legal
2,register,2020-03-02 09:00,2020-03-02 10:00,Front
2,inspect,2020-03-02 12:00,2020-03-02 14:00,Field
2,check,2020-03-02 15:00,2020-03-02 16:00,Legal
2,decide,2020-03-03 11:00,2020-03-03 12:00,Legal
"""


def read(tmp_path: Path, text: str, **options: object) -> ValueStream:
    path = tmp_path / "log.csv"
    path.write_text(text, encoding="utf-8")
    return from_log(read_log(path, timezone="Europe/Riga", **options))  # type: ignore[arg-type]


def test_parallel_steps_wait_from_where_the_case_parted(tmp_path: Path) -> None:
    stream = read(tmp_path, PARALLEL)
    assert stream.discovery is not None
    assert stream.discovery.tree == "→(register, ∧(check, inspect), decide)"
    steps = {step.name: step for step in stream.steps}
    # check began 1 h and 5 h after register ended, though in case 2 it came right after inspect
    assert steps["check"].wait is not None
    assert steps["check"].wait.mean_minutes == 3 * HOUR
    assert steps["inspect"].wait is not None
    assert steps["inspect"].wait.mean_minutes == 3 * HOUR
    # decide waits for the later of the two: 16:00 → 9:00 and 16:00 → 11:00, of which 2 h and 4 h are open
    decide = steps["decide"]
    assert decide.wait is not None
    assert (decide.wait.clock, decide.wait.mean_minutes) == ("calendar", 18 * HOUR)
    assert (decide.other_clock["wait"].clock, decide.other_clock["wait"].mean_minutes) == (
        "working",
        3 * HOUR,
    )
    assert decide.touch is not None
    assert (decide.touch.clock, decide.touch.mean_minutes) == ("working", HOUR)
    assert [steps[name].unit for name in ("register", "check", "inspect")] == ["Front", "Legal", "Field"]


def test_measures_of_a_log_use_both_clocks_as_they_were_counted(tmp_path: Path) -> None:
    stream = read(tmp_path, PARALLEL)
    found = measure(stream, calendar=stream.calendar)
    # register 1 h; inspect 3 h + 2 h against check 3 h + 1 h; decide 3 h + 1 h of working time
    assert found.lead_time_minutes == (1 + 5 + 4) * HOUR
    assert found.path_process_minutes == (1 + 2 + 1) * HOUR
    assert found.process_minutes == 5 * HOUR
    assert found.activity_ratio == pytest.approx(0.4)
    assert found.lead_time_days == pytest.approx((1 + 5 + 19) / 24)
    assert found.handoffs == 3  # Front → Legal, Front → Field, Field → Legal; Legal stays with Legal


def test_without_starts_work_and_waiting_are_not_told_apart(tmp_path: Path) -> None:
    lines = PARALLEL.splitlines()
    ends = [",".join(cell for index, cell in enumerate(line.split(",")) if index != 2) for line in lines]
    stream = read(tmp_path, "\n".join(ends) + "\n")
    assert all(step.touch is None and step.wait is None for step in stream.steps)
    check = next(step for step in stream.steps if step.name == "check")
    assert check.between is not None
    assert check.between.mean_minutes == 4 * HOUR
    found = measure(stream, calendar=stream.calendar)
    assert found.process_minutes is None
    assert found.missing["activity_ratio"] == "touch_unknown"
    assert found.lead_time_days is not None


def test_the_order_of_cases_in_the_file_does_not_matter(tmp_path: Path) -> None:
    names = "abcdef"
    random = Random(5)
    cases = []
    for case in range(60):
        middle = random.sample(names[1:4], 3) + (["e"] if random.random() < 0.5 else [])
        cases.append(
            [f"{case},{name},2020-03-02 {9 + i:02d}:00" for i, name in enumerate(["a", *middle, "f"])]
        )
    head = "case,activity,end\n"
    one = read(tmp_path, head + "\n".join(line for case in cases for line in case))
    random.shuffle(cases)
    other = read(tmp_path, head + "\n".join(line for case in cases for line in case))
    assert one == other


def test_the_order_of_cases_in_a_real_log_does_not_matter(tmp_path: Path) -> None:
    head, *rows = shared_data("eventlogs/receipt_wabo.csv").read_text(encoding="utf-8").splitlines()
    place = head.split(",").index("case:concept:name")
    by_case: dict[str, list[str]] = {}
    for row in rows:
        by_case.setdefault(row.split(",")[place], []).append(row)
    turned = [head, *(row for case in reversed(by_case) for row in by_case[case])]
    one, other = read(tmp_path, "\n".join([head, *rows])), read(tmp_path, "\n".join(turned))
    assert one.discovery == other.discovery
    assert one.routes == other.routes
    assert [(s.name, s.items, s.unit) for s in one.steps] == [(s.name, s.items, s.unit) for s in other.steps]


def test_variants_come_from_the_link_table(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(PARALLEL, encoding="utf-8")
    log = read_log(tmp_path / "log.csv", timezone="Europe/Riga")
    names = [[log.activities[code] for code in variant] for variant in sorted(variants_of(log))]
    assert sorted(names) == [
        ["register", "check", "inspect", "decide"],
        ["register", "inspect", "check", "decide"],
    ]
    register = log.activities.index("register")
    assert variants_of(log, keep=[register]) == {(register,): 2}


@pytest.mark.parametrize(
    ("name", "least_fitness", "steps"),
    [
        ("receipt_wabo.xes.gz", 0.92, 6),
        ("Sepsis.xes.gz", 0.95, 11),
        ("running-example.xes", 1.0, 8),
        ("BPIC20_DomesticDeclarations.xes.gz", 0.9, 8),
        ("tartu_AcademicCredentials.csv.gz", 0.92, 13),
    ],
)
def test_public_logs_become_streams_that_hold_together(name: str, least_fitness: float, steps: int) -> None:
    log = read_log(shared_data(f"eventlogs/{name}"))
    stream = from_log(log)
    check_graph(stream)
    assert stream.discovery is not None
    assert stream.discovery.replay.fitness >= least_fitness
    assert stream.discovery.replay.exact
    assert len(stream.steps) == steps
    assert len(stream.steps) + len(stream.discovery.left_out) == len(log.activities)
    kept = {step.name for step in stream.steps}
    items = sum(log.activities[code] in kept for code in log.items["activity"].to_pylist())
    assert sum(step.items or 0 for step in stream.steps) == items
    assert items == pytest.approx(stream.discovery.events_kept_share * log.items.num_rows)
    written = json.loads(json.dumps(stream.to_dict()))
    VALIDATOR.validate(written)
    assert ValueStream.from_dict(written) == stream


def test_a_map_begins_where_nearly_all_cases_begin() -> None:
    """Steps of one or two cases in a hundred stood before the first that all take."""
    log = read_log(shared_data("eventlogs/receipt_wabo.xes.gz"))
    stream = from_log(log)
    assert stream.discovery is not None
    assert stream.discovery.tree.startswith("→(Confirmation of receipt, ")
    assert all(step.share >= LEAST_SHARE_OF_CASES for step in stream.steps)
    shares = {name: count / 1434 for name, count in named(log, case_counts(log)).items()}
    rare = {name for name, share in shares.items() if share < LEAST_SHARE_OF_CASES}
    assert set(stream.discovery.left_out) == rare and len(rare) == 21
    everything = discover(log, least_share=0.0).discovery
    assert everything.activities_kept == 14  # as before there was a least share


def named(log: EventLog, counts: dict[int, int]) -> dict[str, int]:
    return {log.activities[code]: count for code, count in counts.items()}


def test_a_step_that_four_of_a_hundred_cases_take_is_left_out_and_one_of_five_is_not(tmp_path: Path) -> None:
    rows = ["case,activity,end"]
    for case in range(100):
        rows.append(f"{case},register,2020-03-02 09:00")
        rows += [f"{case},{name},2020-03-02 1{at}:00" for at, name in rare_steps(case)]
        rows.append(f"{case},decide,2020-03-02 16:00")
    stream = read(tmp_path, "\n".join(rows) + "\n")
    assert stream.discovery is not None
    assert [step.name for step in stream.steps] == ["register", "visit", "decide"]
    assert stream.discovery.left_out == ("ask",)


def rare_steps(case: int) -> list[tuple[int, str]]:
    """Cases 0 to 3 ask, each three times; cases 50 to 54 visit."""
    if case < 4:
        return [(1, "ask"), (2, "ask"), (3, "ask")]
    return [(1, "visit")] if 50 <= case < 55 else []


@pytest.mark.slow
def test_a_log_of_398_activities_becomes_a_model_that_can_be_drawn_in_seconds() -> None:
    log = read_log(shared_data("eventlogs/BPIC15_1.xes.gz"))
    began = time.process_time()
    stream = from_log(log)
    assert time.process_time() - began < 20  # of computing, whatever else the machine does
    assert stream.discovery is not None
    assert len(stream.steps) <= 40
    assert len(stream.discovery.left_out) == 398 - len(stream.steps)
    assert stream.discovery.replay.fitness_kept >= 0.9
    check_graph(stream)


def test_the_command_prints_a_row_for_every_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.csv").write_text(PARALLEL, encoding="utf-8")
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert fitness.main([str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[2].startswith("| bad.csv | not read:")
    assert "| 1.0000 | 1.0000 |" in lines[3]
    assert fitness.main([]) == 2


@pytest.mark.parametrize("name", ["receipt_wabo.xes.gz", "Sepsis.xes.gz", "kronos_PurchasingExample.csv"])
def test_the_table_in_the_docs_is_what_a_fresh_run_gives(name: str) -> None:
    page = Path(__file__).parents[3] / "docs/methods/replay-fitness.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith(f"| {name} |")]
    (row,) = fitness.fitness_of(shared_data(f"eventlogs/{name}"))
    assert rows == [f"| {' | '.join(row.cells()[:-1])} |"]

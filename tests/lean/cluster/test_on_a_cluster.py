"""A log on two workers gives what the same log gives on this machine."""

from __future__ import annotations

import json
import math
import threading
import time
from dataclasses import asdict, is_dataclass

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lean.cluster.conftest import SAID
from straume.lean.assess import Deadline, assess
from straume.lean.errors import InputProblems, WrongCall
from straume.lean.flow import arrivals, durations, handoffs, process_map, rework, steps, variants

pytestmark = pytest.mark.cluster
NEW_YEAR_US = 1_514_764_800_000_000  # 2018
MEASURED = (
    process_map.process_map,
    durations.case_durations,
    steps.steps,
    rework.rework,
    rework.first_time_right,
    handoffs.handoffs,
    handoffs.handoff_times,
    handoffs.ping_pong,
    variants.variants,
    arrivals.weeks,
    arrivals.littles_law,
)


def read(session, folder, **options):
    from straume.lean.cluster.reading import read_on_cluster

    return read_on_cluster(session, str(folder), within=["municipality"], mapping=SAID, **options)


@pytest.fixture(scope="module")
def there(session, both):
    return read(session, both[0], bucket_items=400)


def test_the_facts_are_those_of_the_whole_log(there, both):
    here = both[1]
    assert there.facts.cases == 300
    left_out = {"columns", "notices"}  # the case column is another one here
    facts, expected = asdict(there.facts), asdict(here.facts)
    assert {name: facts[name] for name in set(facts) - left_out} == {
        name: expected[name] for name in set(expected) - left_out
    }
    assert [notice["code"] for notice in there.facts.notices] == [
        notice["code"] for notice in here.facts.notices
    ]


@pytest.mark.parametrize("measure", MEASURED, ids=lambda measure: measure.__name__)
def test_every_row_is_the_one_that_this_machine_finds(there, both, measure):
    same(measure(log=there), measure(log=both[1]), measure.__name__)


def test_the_whole_assessment_with_causes_is_the_same(there, both):
    deadline = Deadline(30)
    found, expected = assess(there, deadline=deadline).to_dict(), assess(both[1], deadline=deadline).to_dict()
    assert found["waiting"]["causes"]
    found["facts"] = expected["facts"] = None
    same(found, expected, "assessment")


def test_of_a_log_beyond_the_sample_only_model_and_questions_come_from_a_part(session, both, there):
    part = read(session, both[0], bucket_items=400, sample_items=700)
    assert 0.2 < part.sampled_share < 0.8
    assert len(part.items) < len(there.items)
    assert part.sample.facts.cases == len(part.cases)
    same(durations.case_durations(log=part), durations.case_durations(log=both[1]), "durations")
    found = assess(part)
    assert found.sampled_share == part.sampled_share
    assert found.facts.cases == 300
    assert found.measures.required_hours_per_year == pytest.approx(
        assess(both[1]).measures.required_hours_per_year, rel=0.2
    )


def test_a_worker_that_dies_in_the_middle_changes_nothing(cluster, session, both):
    killed = threading.Timer(1.5, cluster.kill_a_worker)
    killed.start()
    there = read(session, both[0], bucket_items=150)
    killed.join()
    while len(cluster.workers) > 1:
        time.sleep(0.1)
    try:
        for measure in (process_map.process_map, steps.steps, variants.variants):
            same(measure(log=there), measure(log=both[1]), measure.__name__)
    finally:
        cluster.workers.append(cluster.start_worker())


def test_what_is_wrong_is_gathered_from_all_workers(session, tmp_path):
    table = pa.table(
        {
            "case": [None if row % 7 == 0 else f"c{row % 20}" for row in range(100)],
            "activity": ["a", "b"] * 50,
            "end": pa.array([NEW_YEAR_US + row for row in range(100)], pa.timestamp("us", tz="UTC")),
        }
    )
    pq.write_table(table, tmp_path / "log.parquet")
    from straume.lean.cluster.reading import read_on_cluster

    with pytest.raises(InputProblems) as refused:
        read_on_cluster(session, str(tmp_path / "log.parquet"), bucket_items=30)
    problem = refused.value.problems[0]
    assert (problem.code, problem.params["count"]) == ("blank_case", 15)
    pq.write_table(table.set_column(2, "end", pa.array(["2018-01-01"] * 100)), tmp_path / "text.parquet")
    with pytest.raises(InputProblems) as refused:
        read_on_cluster(session, str(tmp_path / "text.parquet"), mapping={"end": "end"})
    assert [problem.code for problem in refused.value.problems] == ["times_not_typed"]
    with pytest.raises(WrongCall, match="no_such_file"):
        read_on_cluster(session, str(tmp_path / "nothing"))


def test_the_command_line_prints_what_it_prints_of_one_file(session, cluster, both, capsys):
    from straume.cli import main

    columns = [part for role, name in SAID.items() for part in (f"--{role.replace('_', '-')}", name)]
    with pytest.raises(SystemExit) as ended:
        main(
            ["assess", str(both[0]), "--engine", cluster.engine, "--within", "municipality"]
            + [*columns, "--json", "-", "--lang", "lv"]
        )
    assert ended.value.code == 0
    found, expected = json.loads(capsys.readouterr().out), assess(both[1]).to_dict()
    found["facts"] = expected["facts"] = None
    same(found, json.loads(json.dumps(expected)), "assessment")


@pytest.mark.parametrize(
    ("engine", "said"),
    [("hadoop", "“hadoop” names no engine."), ("local[1]", "On a cluster only Parquet is read.")],
)
def test_a_wrong_engine_or_file_is_told_in_a_sentence(engine, said, tmp_path, capsys):
    from straume.cli import main

    (tmp_path / "log.csv").write_text("case,activity,end\n", encoding="utf-8")
    file = tmp_path / ("log.csv" if engine.startswith("local") else "log.parquet")
    with pytest.raises(SystemExit) as ended:
        main(["assess", str(file), "--engine", engine, "--lang", "en"])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def same(found, expected, where):
    """Equal to the last row; numbers that are not whole to one part in 10⁹."""
    if isinstance(expected, pa.Table):
        same(found.to_pydict(), expected.to_pydict(), where)
    elif is_dataclass(expected):
        assert type(found) is type(expected), where
        for name in vars(expected):
            same(getattr(found, name), getattr(expected, name), f"{where}.{name}")
    elif isinstance(expected, dict):
        assert found.keys() == expected.keys(), where
        for name, value in expected.items():
            same(found[name], value, f"{where}.{name}")
    elif isinstance(expected, (list, tuple)):
        assert len(found) == len(expected), where
        for place, value in enumerate(expected):
            same(found[place], value, f"{where}[{place}]")
    elif isinstance(expected, float) and isinstance(found, float):
        assert math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9), f"{where}: {found} {expected}"
    else:
        assert found == expected, where

"""Generated case logs: seeded, with queues, and readable like any file."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pyarrow.compute as pc
import pytest

from straume.lean.assess.planted import (
    Change,
    Loop,
    PlantedStep,
    PlantedUnit,
    Process,
    as_log,
    generate,
    write_csv,
)
from straume.lean.errors import WrongCall
from straume.lean.events.read import read_log

STEPS = (
    PlantedStep("Reģistrē", "Lietvedība", (3, 5, 10)),
    PlantedStep("Sagatavo", "Nodokļi", (15, 30, 60)),
    PlantedStep("Paraksta", "Vadība", (2, 4, 8), weekdays=(1,)),
)
UNITS = (PlantedUnit("Lietvedība"), PlantedUnit("Nodokļi", 2), PlantedUnit("Vadība"))
YEAR = {"first_on": "2018-01-01", "last_on": "2018-12-31"}


def process(**changes):
    return Process(**({"steps": STEPS, "units": UNITS, "channels": {"e": 0.6, "p": 0.4}} | changes))


def made(cases=120, seed=3, drawn_on=None, **changes):
    return generate(process(**changes), cases=cases, seed=seed, drawn_on=drawn_on, **YEAR)


def test_the_same_seed_makes_the_same_log_and_another_makes_another():
    assert made(seed=3).equals(made(seed=3))
    assert not made(seed=3).equals(made(seed=4))


def test_a_signing_day_is_kept():
    signed = [row["start"] for row in made().to_pylist() if row["activity"] == "Paraksta"]
    assert len(signed) == 120
    assert {at.weekday() for at in signed} == {1}


def test_a_committee_meets_in_its_weeks_of_the_month():
    steps = (*STEPS[:2], PlantedStep("Lemj", "Vadība", (2, 4, 8), weekdays=(2,), weeks_of_month=(1, 3)))
    met = [row["start"] for row in made(steps=steps).to_pylist() if row["activity"] == "Lemj"]
    assert {at.weekday() for at in met} == {2}
    assert {(at.day - 1) // 7 + 1 for at in met} == {1, 3}


def test_nobody_does_two_things_at_once_and_what_is_ready_first_goes_first():
    rows = sorted(
        (row for row in made(cases=400).to_pylist() if row["unit"] == "Nodokļi"), key=lambda row: row["start"]
    )
    for worker in {row["worker"] for row in rows}:
        own = [row for row in rows if row["worker"] == worker]
        assert all(one["end"] <= other["start"] for one, other in pairwise(own))


def test_work_happens_in_the_hours_of_the_unit_and_not_on_a_holiday():
    for row in made().to_pylist():
        assert 8 <= row["start"].hour < 17
        assert row["start"].weekday() < 5
        assert row["start"].date() not in {date(2018, 5, 4), date(2018, 12, 24), date(2018, 11, 19)}


def test_a_loop_that_a_channel_takes_is_taken_by_it():
    loop = Loop("Paraksta", "Sagatavo", 0.0, share_by_channel={"p": 1.0}, at_most=1)
    rows = made(loops=(loop,)).to_pylist()
    again = [row["channel"] for row in rows if row["activity"] == "Sagatavo"]
    cases = {row["case"]: row["channel"] for row in rows}
    assert again.count("p") == 2 * list(cases.values()).count("p")
    assert again.count("e") == list(cases.values()).count("e")


def test_a_change_takes_a_step_out_from_its_day_on():
    rows = made(changes=(Change("2018-07-01", without=("Paraksta",)),)).to_pylist()
    signed = {row["case"] for row in rows if row["activity"] == "Paraksta"}
    for row in rows:
        assert (row["case"] in signed) == (row["received"].date() < date(2018, 7, 1))


def test_a_log_that_is_drawn_early_has_open_cases():
    table = made(drawn_on="2018-06-30")
    log = as_log(table, process())
    assert 0 < log.facts.open_cases < log.facts.cases
    assert all(row["end"].date() <= date(2018, 6, 30) for row in table.to_pylist())
    assert pc.sum(pc.is_null(table["closed"])).as_py() > 0


def test_waiting_for_the_citizen_stops_the_clock():
    steps = (
        STEPS[0],
        PlantedStep("Saņem ziņas", "Nodokļi", (3, 5, 9), delay_days=(2, 4, 9), stops_clock=True),
    )
    log = as_log(made(steps=steps), process(steps=steps))
    stopped = log.cases["stopped_us"].to_numpy() / 86_400_000_000
    assert stopped.min() >= 2 and stopped.max() <= 9


def test_the_file_is_read_back_as_the_same_log(tmp_path):
    table = made()
    roles = {"case": "Lieta", "activity": "Solis", "unit": "Nodaļa", "start": "Sākums", "end": "Beigas"}
    write_csv(table, tmp_path / "cases.csv", header=roles, delimiter=";")
    read = read_log(tmp_path / "cases.csv", mapping=roles, timezone="Europe/Riga")
    direct = as_log(table, process())
    assert read.facts.cases == direct.facts.cases == 120
    assert read.facts.work_items == direct.facts.work_items
    assert read.activities == direct.activities
    ends = sorted(at // 1_000_000 for at in direct.items["end_at"].to_pylist())
    assert sorted(at // 1_000_000 for at in read.items["end_at"].to_pylist()) == ends


def test_dates_only_and_completions_only_can_be_written(tmp_path):
    write_csv(made(), tmp_path / "cases.csv", starts=False, dates_only=("Paraksta",))
    lines = (tmp_path / "cases.csv").read_text().splitlines()
    assert "start" not in lines[0].split(",")
    signed = next(line for line in lines if "Paraksta" in line)
    assert len(signed.split(",")[4]) == len("2018-01-02")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"units": UNITS[:2]}, "planted_unknown_unit"),
        ({"loops": (Loop("Paraksta", "Nav", 0.1),)}, "planted_unknown_step"),
        ({"loops": (Loop("Reģistrē", "Paraksta", 0.1),)}, "planted_loop_leads_forward"),
        ({"month_weights": (1.0,)}, "planted_months"),
        ({"steps": ()}, "planted_steps_need_names"),
    ],
)
def test_it_refuses_a_description_that_does_not_hold_together(changes, code):
    with pytest.raises(WrongCall) as refused:
        process(**changes)
    assert refused.value.code == code

"""One cluster of two workers for the tests of this room, and a log of two municipalities on it."""

from __future__ import annotations

import os
import shutil

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from lean.cluster.local_cluster import ENVIRONMENT, SETTINGS, LocalCluster
from straume.lean.assess.planted import Loop, PlantedStep, PlantedUnit, Process, generate
from straume.lean.events.read import read_log

PROCESS = Process(
    steps=(
        PlantedStep("Reģistrē", unit="Lietvedība", touch_minutes=(3, 5, 12)),
        PlantedStep("Pārbauda", unit="Nodaļa", touch_minutes=(20, 40, 90)),
        PlantedStep("Lūdz papildināt", unit="Nodaļa", share=0.3, delay_days=(2, 5, 12), stops_clock=True),
        PlantedStep("Vīzē", unit="Jurists", touch_minutes=(5, 10, 20), other_units={"Nodaļa": 0.2}),
        PlantedStep("Paraksta", unit="Vadība", touch_minutes=(2, 4, 10), weekdays=(1, 3)),
    ),
    units=(
        PlantedUnit("Lietvedība", workers=2),
        PlantedUnit("Nodaļa", workers=3),
        PlantedUnit("Jurists"),
        PlantedUnit("Vadība"),
    ),
    loops=(Loop(after="Vīzē", back_to="Pārbauda", share=0.2),),
    channels={"klātiene": 0.6, "e-pasts": 0.4},
    outcomes={"apmierināts": 0.9, "noraidīts": 0.1},
)
PLACES = ("Ludza", "Preiļi")
SAID = {"stop_from": "stopped_from", "stop_to": "stopped_to", "worker": "worker", "closed": "closed"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    if shutil.which("java") is None:
        pytest.skip("no Java: apt-get install openjdk-17-jre-headless")
    os.environ.update(ENVIRONMENT)
    with LocalCluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


@pytest.fixture(scope="module")
def session(cluster):
    from straume.lean.cluster.session import connect

    session = connect(cluster.engine, settings=SETTINGS)
    yield session
    session.stop()


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same log as a partitioned folder, in which each municipality counts its cases from one, and read
    here from one file."""
    folder = tmp_path_factory.mktemp("logs")
    tables = []
    for place, name in enumerate(PLACES):
        made = generate(
            PROCESS, cases=150, first_on="2018-01-01", last_on="2018-06-30", drawn_on="2018-07-02", seed=place
        )
        made = pa.table({each: made[each] for each in made.column_names})
        for part in range(2):
            half = len(made) // 2
            into = folder / "log" / f"municipality={name}"
            into.mkdir(parents=True, exist_ok=True)
            pq.write_table(made.slice(part * half, half if part == 0 else None), into / f"{part}.parquet")
        key = pc.binary_join_element_wise(pa.scalar(name), made["case"], "\x1f")
        tables.append(made.set_column(made.column_names.index("case"), "case", key))
    pq.write_table(pa.concat_tables(tables), folder / "one.parquet")
    return folder / "log", read_log(folder / "one.parquet", mapping=SAID)

"""Parallel steps told bucket by bucket are those of the whole log."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from data_folder import shared_data
from straume.lean.cluster.evidence import cases_with_pairs, overlapping_pairs, parallel_pairs, told_of
from straume.lean.events.enabled import parallel_steps
from straume.lean.events.read import read_log


@pytest.mark.parametrize("parts", [1, 2, 7])
@pytest.mark.parametrize("name", ["tartu_work_orders_pre.csv.gz", "BPIC15_1.xes.gz"])
def test_evidence_of_parts_adds_up(name, parts):
    log = read_log(shared_data(f"eventlogs/{name}"))
    names = pa.array(log.activities)
    items = pa.table(
        {
            "case_name": log.items["case"].cast(pa.string()),
            "activity_name": names.take(log.items["activity"].combine_chunks()),
            "start_at": log.items["start_at"],
            "end_at": log.items["end_at"],
            "position": log.items["position"],
        }
    )
    bucket = log.items["case"].to_numpy() % parts
    buckets = [items.take(pa.array(np.flatnonzero(bucket == part))) for part in range(parts)]
    told = [told_of(each) for each in buckets]
    pairs = overlapping_pairs(told)
    counts = np.sum([cases_with_pairs(each, pairs) for each in buckets], axis=0) if pairs else []
    found = parallel_pairs(told, dict(zip(pairs, counts)), log.activities)
    assert found == parallel_steps(log)
    assert found, "a log without parallel steps shows nothing"

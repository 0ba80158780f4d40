"""A sample of whole cases as a log on this machine."""

from __future__ import annotations

from typing import Any

from straume.lean.cluster.buckets import Linking, log_of_bucket
from straume.lean.cluster.stack import KIND
from straume.lean.events.log import EventLog

_FINE = 1 << 30


def sample_of(work: Any, *, whole: Linking, items: int) -> EventLog:
    """All cases where they have at most so many items together, else a part of them, always the same.

    Whether a case is in is decided by a hash of its number, so neither the workers nor their order matter.
    """
    from pyspark.sql import functions as f

    rows = work.filter(f.col(KIND) != "note")
    count = rows.filter(f.col(KIND) == "item").count()
    if count > items:
        rows = rows.filter(f.pmod(f.xxhash64("case_name"), f.lit(_FINE)) < int(items / count * _FINE))
    return log_of_bucket(rows.toArrow(), whole=whole)

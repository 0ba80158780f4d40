"""A log whose rows lie on a cluster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any

import ibis
import pyarrow as pa

from straume.lean.cluster.buckets import EXPLAINED, Linking, explained_of_group
from straume.lean.cluster.stack import spark_schema
from straume.lean.events.log import EventLog


@dataclass(frozen=True)
class ClusterLog(EventLog):
    """All cases are on the cluster, where `run` measures them; the tables here are those of a sample of whole
    cases, from which a model is drawn and questions are asked. `facts` are those of the whole.
    """

    session: Any = field(default=None, repr=False, compare=False)
    sample: EventLog = field(default=None, repr=False)  # type: ignore[assignment]  # its facts are its own
    whole: Linking = field(default=None, repr=False)  # type: ignore[assignment]
    groups: int = 1  # parts that fit a worker

    @property
    def sampled_share(self) -> float:
        """Share of the cases that the tables hold [0..1]."""
        return len(self.cases) / self.facts.cases if self.facts.cases else 1.0

    def run(self, expression: Callable[[], ibis.Table], **given: pa.Table) -> pa.Table:
        """The rows of an expression over the items and cases of the whole log; `given` are further tables
        that it names.
        """
        for name, rows in given.items():
            self.session.createDataFrame(rows).createOrReplaceTempView(name)
        table = expression()
        sql = str(ibis.pyspark.connect(self.session).compile(table))
        columns = table.schema().to_pyarrow()
        return self.session.sql(sql).toArrow().select(columns.names).cast(columns)

    def split_causes(self) -> None:
        """Find the causes of waiting: all work of one worker together, many workers at the same time.

        The rows that `explain` sums up are then on the cluster under the name that its expressions use.
        """
        from pyspark.sql import functions as f

        person = f.when(f.col("worker") >= 0, f.col("worker").cast("long")).otherwise(f.col("start_at"))
        rows = self.session.table("waits").withColumn("together", f.pmod(f.hash(person), f.lit(self.groups)))
        explained = rows.groupBy("together").applyInArrow(
            partial(explained_of_group, whole=self.whole), spark_schema(EXPLAINED)
        )
        explained.persist().createOrReplaceTempView("causes")


def of_parts(log: EventLog, *, session: Any, sample: EventLog, whole: Linking, groups: int) -> ClusterLog:
    """The log of a sample, made one of the whole."""
    own = {each.name: getattr(log, each.name) for each in fields(EventLog)}
    return ClusterLog(**own, session=session, sample=sample, whole=whole, groups=groups)

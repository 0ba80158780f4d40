"""A log whose rows lie on a cluster."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

import ibis
import pyarrow as pa

from straume.lean.events.log import EventLog


@dataclass(frozen=True)
class ClusterLog(EventLog):
    """All cases are on the cluster, where `run` measures them; the tables here are those of a sample of whole
    cases, from which a model is drawn and questions are asked. `facts` are those of the whole.
    """

    session: Any = field(default=None, repr=False, compare=False)
    sample: EventLog | None = None  # its facts are its own

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
        found = self.session.sql(_compiled(self.session, table)).toArrow()
        columns = table.schema().to_pyarrow()
        return found.select(columns.names).cast(_plain(columns))

    def rows(self, name: str) -> Any:
        """The Spark table of a view: items, cases."""
        return self.session.table(name)


def of_parts(log: EventLog, *, session: Any, sample: EventLog) -> ClusterLog:
    return ClusterLog(
        **{each.name: getattr(log, each.name) for each in fields(EventLog)}, session=session, sample=sample
    )


_backends: dict[int, Any] = {}
_numbers = itertools.count()


def _compiled(session: Any, table: ibis.Table) -> str:
    backend = _backends.get(id(session))
    if backend is None:
        backend = _backends[id(session)] = ibis.pyspark.connect(session)
    return str(backend.compile(table))


def _plain(schema: pa.Schema) -> pa.Schema:
    return pa.schema([pa.field(column.name, column.type) for column in schema])

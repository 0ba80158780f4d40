"""Some cases of a log, as a log."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from straume.lean.events.log import EventLog, Flag


def some_cases(log: EventLog, kept: npt.NDArray[np.bool_]) -> EventLog:
    """The log of the cases for which `kept` (by row of `log.cases`) is true; activities and units stay.

    Cases are numbered anew in their order. Its facts count what is left; a start that was paired counts as
    recorded, and notices of the reading are dropped.
    """
    of_case = log.cases["case"].to_numpy()
    number = np.full(int(of_case.max(initial=-1)) + 1, -1, np.int32)
    number[of_case[kept]] = np.arange(np.count_nonzero(kept), dtype=np.int32)

    def renumbered(table: pa.Table) -> pa.Table:
        new = number[table["case"].to_numpy()]
        left = table.filter(pa.array(new >= 0))
        return left.set_column(0, table.schema.field("case"), pa.array(new[new >= 0]))

    items, cases = renumbered(log.items), renumbered(log.cases)
    flags = items["flags"].to_numpy()
    unknown = items["start_at"].null_count
    estimated = int(np.count_nonzero(flags & Flag.START_ESTIMATED))
    facts = replace(
        log.facts,
        cases=len(cases),
        open_cases=len(cases) - int(pc.sum(cases["closed"]).as_py() or 0),
        raw_events=len(items),
        work_items=len(items),
        ties=int(np.count_nonzero(flags & Flag.TIE)),
        first_at=pc.min(cases["first_at"]).as_py() or 0,
        last_at=pc.max(cases["last_at"]).as_py() or 0,
        start_recorded=len(items) - unknown - estimated,
        start_paired=0,
        start_estimated=estimated,
        start_unknown=unknown,
        date_only=int(np.count_nonzero(flags & Flag.END_DATE_ONLY)),
        notices=(),
    )
    return replace(log, items=items, cases=cases, stops=renumbered(log.stops), facts=facts)

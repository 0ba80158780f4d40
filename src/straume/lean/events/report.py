"""What was found wrong or odd in a source: problems stop the reading, notices go with the facts.

A problem is what would make figures wrong without anybody seeing it (an unreadable date, two meanings of one
column, an end before its start). A notice is what real exports have and the methods stand (ties, doubled
rows, dates without a time); it is counted, kept in `Facts.notices` and shown. docs/methods/reading.md lists
both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from straume.lean.errors import InputProblems, Place, Problem
from straume.lean.events.raw import RawTable

_ROWS_NAMED = 5


class Report:
    """Gathers problems and notices of one source; one entry per cause and column, with its first place
    and a count.
    """

    def __init__(self, raw: RawTable | None = None) -> None:
        self._raw = raw
        self.problems: list[Problem] = []
        self.notices: list[Problem] = list(raw.notices) if raw else []

    def problem(self, code: str, place: Place | None = None, /, **params: Any) -> None:
        self.problems.append(Problem(code, params, place or Place()))

    def notice(self, code: str, place: Place | None = None, /, **params: Any) -> None:
        self.notices.append(Problem(code, params, place or Place()))

    def rows(
        self,
        code: str,
        rows: npt.NDArray[np.int64],
        column: str | None = None,
        /,
        *,
        stops: bool = True,
        **params: Any,
    ) -> None:
        """Report rows (0-based) of the source, where there are any: the first as the place, a few more by
        number.
        """
        if not len(rows):
            return
        assert self._raw is not None
        place = self._raw.place(int(rows[0]), column)
        named = ", ".join(str(self._raw.row_number(int(row))) for row in rows[:_ROWS_NAMED]) + (
            " …" if len(rows) > _ROWS_NAMED else ""
        )
        found = Problem(code, {"count": len(rows), "rows": named, **params}, place)
        (self.problems if stops else self.notices).append(found)

    def stop_if_any(self) -> None:
        if self.problems:
            raise InputProblems(tuple(self.problems))

    def notice_dicts(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(notice.to_dict() for notice in self.notices)

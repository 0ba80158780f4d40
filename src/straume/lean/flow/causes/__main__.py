"""`python -m straume.lean.flow.causes`: compile the kernels, as set-up does, so that no request waits."""

from __future__ import annotations

import numpy as np

from straume.lean.events.calendar import WorkCalendar
from straume.lean.flow.causes.split import Work, split_work

_HOUR_US = 3_600_000_000


def main() -> None:
    hours = np.arange(4, dtype=np.int64) * _HOUR_US
    nobody = np.zeros(4, np.int64)
    work = Work(
        activity=nobody, worker=nobody, calendar=nobody, enabled=hours, start=hours + 1, end=hours + _HOUR_US
    )
    split_work(work, calendars=(WorkCalendar.always(),))


if __name__ == "__main__":
    main()

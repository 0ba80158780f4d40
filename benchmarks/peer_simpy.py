"""SimPy's side of simulation.py: the same five steps as processes and resources, in its own environment."""

from __future__ import annotations

import json
import random
import sys
import time
from importlib.metadata import version
from pathlib import Path

import simpy

OPENS, CLOSES, DAY = 480, 960, 1440  # minutes; Monday to Friday
PEOPLE, STEPS, MEAN_MINUTES = 8, 5, 12.5


def simulated(cases: int, per_minute: float, seed: int) -> list[tuple[int, int, float, float, float]]:
    """Rows of a log: case, step, when it could begin, began and ended, in minutes from a Monday."""
    env, chance = simpy.Environment(), random.Random(seed)
    units = [simpy.Resource(env, capacity=PEOPLE) for _ in range(2)]
    rows = []

    def arrive():
        for case in range(cases):
            wait = after_work(env.now, chance.expovariate(per_minute)) - env.now
            yield env.timeout(wait)
            env.process(go(case))

    def go(case):
        for step in range(1, STEPS + 1):
            ready = env.now
            with units[step % 2].request() as turn:
                yield turn
                begun = opening(env.now)
                yield env.timeout(after_work(begun, chance.expovariate(1 / MEAN_MINUTES)) - env.now)
            rows.append((case, step, ready, begun, env.now))

    env.process(arrive())
    env.run()
    return rows


def opening(at: float) -> float:
    """Now in open hours, otherwise the next opening."""
    day, minute = divmod(at, DAY)
    if day % 7 < 5 and minute < CLOSES:
        return max(at, day * DAY + OPENS)
    day += 1
    while day % 7 >= 5:
        day += 1
    return day * DAY + OPENS


def after_work(at: float, minutes: float) -> float:
    """When so much working time has passed."""
    at = opening(at)
    while True:
        left = CLOSES - at % DAY
        if minutes <= left:
            return at + minutes
        minutes -= left
        at = opening(at - at % DAY + CLOSES)


def main() -> None:
    cases, per_minute = int(sys.argv[1]), float(sys.argv[2])
    simulated(200, per_minute, 1)
    seconds = []
    for repeat in range(2):
        began = time.process_time()
        rows = simulated(cases, per_minute, repeat)
        seconds.append(time.process_time() - began)
    ended: dict[int, float] = {}
    first: dict[int, float] = {}
    for case, _, ready, _, end in rows:
        ended[case] = max(end, ended.get(case, 0.0))
        first[case] = min(ready, first.get(case, ready))
    waits = [begun - ready for _, _, ready, begun, _ in rows]
    report = {
        "version": version("simpy"),
        "seconds": min(seconds),
        "items": len(rows),
        "mean_lead_days": sum(ended[case] - first[case] for case in ended) / len(ended) / DAY,
        "mean_wait_days": sum(waits) / len(waits) / DAY,
    }
    Path(sys.argv[3]).write_text(json.dumps(report), encoding="utf-8")


if __name__ == "__main__":
    main()

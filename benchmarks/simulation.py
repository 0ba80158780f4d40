"""The simulator's speed on a year-after-year model of five steps with calendars."""

from __future__ import annotations

import time

YEARS = 5
REPEATS = 5  # the middle one counts


def main(years: int = YEARS) -> str:
    """Runs the compiled event loop and the whole way to an EventLog; returns the table as Markdown."""
    from straume.lean.simulate.building import STANDARD_BEGIN, Setting, build
    from straume.lean.simulate.kernel import run as run_kernel
    from straume.lean.simulate.simulating import simulate

    stream = five_steps()
    until = STANDARD_BEGIN + years * 365 * 86_400_000_000
    built = build(stream, seed=1, until=until, cases=None, setting=Setting())
    count = len(run_kernel(built.model, 1024).case)
    loop = _seconds(lambda: run_kernel(built.model, count + 1024))
    whole = _seconds(lambda: simulate(stream, seed=1, until=until))
    lines = [
        f"### Simulation, five steps, two units of eight with office hours, {count:,} activity instances",
        "",
        "| what | CPU s | million activity instances per CPU second |",
        "|---|--:|--:|",
        f"| event loop | {loop:.2f} | {count / loop / 1e6:.2f} |",
        f"| `simulate`, stream to EventLog | {whole:.2f} | {count / whole / 1e6:.2f} |",
        "",
        f"The middle of {REPEATS} runs after a warm-up; compiled code comes from its cache.",
    ]
    return "\n".join(lines) + "\n"


def five_steps():
    from straume.lean.stream.records import Node, Route, Span, Step, UnitCapacity, ValueStream

    units = (UnitCapacity("front office", 8), UnitCapacity("back office", 8))
    steps = tuple(
        Step(f"s{n}", f"step {n}", unit=units[n % 2].name, touch=Span(5, 10, 30)) for n in range(1, 6)
    )
    keys = ["start", *(step.key for step in steps), "end"]
    return ValueStream(
        steps=steps,
        nodes=(Node("start", "start"), Node("end", "end")),
        routes=tuple(Route(keys[n], keys[n + 1]) for n in range(len(keys) - 1)),
        units=units,
        demand_per_year=30_000,
    )


def _seconds(call) -> float:
    taken = []
    for _ in range(REPEATS):
        began = time.process_time()
        call()
        taken.append(time.process_time() - began)
    return sorted(taken)[REPEATS // 2]


if __name__ == "__main__":
    print(main())

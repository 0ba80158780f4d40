"""How often findings find what was planted, and what they find where nothing was.

Each kind is planted in one otherwise clean process; each seed draws another process (steps, units, volumes,
touch times, channels) and other cases. `python benchmarks/findings_recall.py` writes the table of
docs/methods/findings.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from straume.lean.assess.log_findings import LOG_CODES, log_findings
from straume.lean.assess.planted import Loop, PlantedStep, PlantedUnit, Process, as_log, generate
from straume.lean.assess.records import Finding
from straume.lean.assess.seen import Seen

FIRST_ON, LAST_ON, DRAWN_ON = "2017-01-02", "2018-12-28", "2018-12-31"
CHECK = "Check"


@dataclass(frozen=True)
class Planted:
    """A process with one thing in it that a finding should show: its code, and the step or unit it is at."""

    code: str
    process: Process
    step: str | None = None
    unit: str | None = None
    cases: int = 500

    def shown_by(self, findings: Sequence[Finding]) -> bool:
        return any(
            one.code == self.code
            and (self.step is None or one.step == self.step)
            and (self.unit is None or one.unit == self.unit or one.counts.get("other_unit") == self.unit)
            for one in findings
        )


@dataclass(frozen=True)
class Row:
    """One kind: in how many logs it was planted and shown, and in how many clean logs it was shown."""

    code: str
    with_starts: bool
    planted: int
    shown_weak: int
    shown_clear: int
    clean: int
    false_alarms: int


def clean(seed: int) -> Planted:
    """A process with nothing to find: spare capacity, no fixed days, a check that sends back what is
    wrong.
    """
    random = np.random.default_rng([seed, 1])
    scale = float(random.uniform(0.6, 1.4))
    cases = int(random.integers(150, 1_200))

    def touch(low: float, mode: float, high: float) -> tuple[float, float, float]:
        return low * scale, mode * scale, high * scale

    steps = (
        PlantedStep("Register", "Registry", touch(3, 6, 15)),
        PlantedStep("Prepare", "Experts", touch(15, 35, 120)),
        PlantedStep("Advise", "Experts", touch(5, 15, 40), share=float(random.uniform(0.2, 0.6))),
        PlantedStep(CHECK, "Lawyers", touch(5, 12, 30), ends={"refused": float(random.uniform(0.06, 0.15))}),
        PlantedStep("Decide", "Experts", touch(5, 10, 30)),
        PlantedStep("Send", "Experts", touch(2, 5, 12)),
    )
    return Planted(
        code="clean",
        cases=cases,
        process=Process(
            steps=steps,
            units=(
                PlantedUnit("Registry", 1),
                PlantedUnit("Experts", int(random.integers(1, 4))),
                PlantedUnit("Lawyers", 1),
            ),
            loops=(Loop(CHECK, "Prepare", float(random.uniform(0.0, 0.03))),),
            channels={"web": 0.5, "counter": 0.3, "post": 0.2},
            outcomes={"granted": 0.9, "refused": 0.1},
            month_weights=tuple(random.uniform(0.7, 1.3, size=12).tolist()),
        ),
    )


def _with_step(process: Process, name: str, **changes: object) -> Process:
    steps = tuple(
        replace(one, **changes) if one.name == name else one  # type: ignore[arg-type]
        for one in process.steps
    )
    return replace(process, steps=steps)


def _long_wait(of: Planted, seed: int, weak: bool) -> Planted:
    delay = (0.5, 1.0, 3.0) if weak else (2.0 + seed % 3, 5.0 + seed % 3, 11.0)
    return replace(
        of, code="long_wait", process=_with_step(of.process, "Decide", delay_days=delay), step="Decide"
    )


def _late_start(of: Planted, seed: int, weak: bool) -> Planted:
    delay = (0.5, 1.0, 3.0) if weak else (2.0 + seed % 3, 4.0 + seed % 3, 8.0)
    process = _with_step(of.process, "Register", delay_days=delay)
    return replace(of, code="late_start", process=process, step="Register")


def _hand_offs(of: Planted, seed: int, weak: bool) -> Planted:
    names = ("Registry", "Experts", "Lawyers", "Finance", "Board", "Office")[: 5 if weak else 6]
    delay = (0.05, 0.2, 0.6) if weak else (0.1, 0.4 + 0.1 * (seed % 3), 1.5)
    steps = tuple(
        PlantedStep(f"Step {number}", unit, (4, 10, 30), delay_days=delay)
        for number, unit in enumerate(names, 1)
    )
    units = tuple(PlantedUnit(name, 2) for name in names)
    return replace(of, code="hand_offs", process=replace(of.process, steps=steps, units=units, loops=()))


def _ping_pong(of: Planted, seed: int, weak: bool) -> Planted:
    process = _with_step(of.process, "Prepare", delay_days=(0.3, 1.0, 3.0))
    loops = (Loop(CHECK, "Prepare", 0.13 if weak else 0.2 + 0.05 * (seed % 3)),)
    return replace(of, code="ping_pong", process=replace(process, loops=loops), unit="Experts")


def _rework_loop(of: Planted, seed: int, weak: bool) -> Planted:
    process = _with_step(of.process, "Prepare", delay_days=(0.2, 0.8, 2.0))
    loops = (Loop("Decide", "Prepare", 0.07 if weak else 0.12 + 0.04 * (seed % 3)),)
    return replace(of, code="rework_loop", process=replace(process, loops=loops), step="Prepare")


def _rework_trigger(of: Planted, seed: int, weak: bool) -> Planted:
    process = _with_step(of.process, "Prepare", delay_days=(0.2, 0.8, 2.0))
    share = 0.2 if weak else 0.4
    if seed % 2:
        loop = Loop("Decide", "Prepare", 0.08, share_by_channel={"post": share})
    else:
        units = (*process.units, PlantedUnit("Branch", 1))
        process = _with_step(replace(process, units=units), "Prepare", other_units={"Branch": 0.3})
        loop = Loop("Decide", "Prepare", 0.08, share_by_unit={"Branch": share})
    return replace(of, code="rework_trigger", process=replace(process, loops=(loop,)), step="Prepare")


def _check_changes_nothing(of: Planted, seed: int, weak: bool) -> Planted:
    process = _with_step(of.process, CHECK, ends={}, share=1.0 if seed % 2 else 0.7)
    loops = (Loop(CHECK, "Prepare", 0.02),) if weak else ()
    return replace(of, code="check_changes_nothing", process=replace(process, loops=loops), step=CHECK)


def _repeated_check(of: Planted, seed: int, weak: bool) -> Planted:
    share = 0.14 if weak else 0.2 + 0.1 * (seed % 3)
    loops = (*of.process.loops, Loop(CHECK, CHECK, share, at_most=1))
    return replace(of, code="repeated_check", process=replace(of.process, loops=loops), step=CHECK)


def _batching(of: Planted, seed: int, weak: bool) -> Planted:
    """Weak: two days a week. Clear: one a week, every other week, once a month, or a month's first
    Tuesday.
    """
    clear: tuple[dict[str, tuple[int, ...]], ...] = (
        {"weekdays": (1,)},
        {"weekdays": (2,), "weeks_of_month": (1, 3)},
        {"weekdays": (0, 1, 2, 3, 4), "weeks_of_month": (1,)},
        {"weekdays": (4,), "weeks_of_month": (2,)},
    )
    days: dict[str, tuple[int, ...]] = {"weekdays": (seed % 2, 3)} if weak else clear[seed % 4]
    return replace(of, code="batching", process=_with_step(of.process, "Decide", **days), step="Decide")


def _bottleneck(of: Planted, seed: int, weak: bool) -> Planted:
    """One person for the work of a year: weak with a tenth to spare, clear with more than there is time
    for.
    """
    working_minutes_a_year = 250 * 9 * 60
    load = 0.9 if weak else 1.05 + 0.05 * (seed % 3)
    mean = load * 2 * working_minutes_a_year / of.cases
    process = _with_step(of.process, CHECK, touch_minutes=(0.6 * mean, mean, 1.4 * mean), ends={})
    return replace(of, code="bottleneck", process=replace(process, loops=()), unit="Lawyers")


KINDS: dict[str, Callable[[Planted, int, bool], Planted]] = {
    "long_wait": _long_wait,
    "late_start": _late_start,
    "hand_offs": _hand_offs,
    "ping_pong": _ping_pong,
    "rework_loop": _rework_loop,
    "rework_trigger": _rework_trigger,
    "check_changes_nothing": _check_changes_nothing,
    "repeated_check": _repeated_check,
    "batching": _batching,
    "bottleneck": _bottleneck,
}


def findings_of(planted: Planted, *, seed: int, starts: bool = True) -> tuple[Finding, ...]:
    """The findings of a log of this process, drawn with this seed."""
    table = generate(
        planted.process, cases=planted.cases, first_on=FIRST_ON, last_on=LAST_ON, drawn_on=DRAWN_ON, seed=seed
    )
    log = as_log(table, planted.process, starts=starts)
    checks = (CHECK,) if CHECK in log.activities else ()
    found, _ = log_findings(Seen.of(log), checks=checks, outcome_is_bad=frozenset({"refused"}))
    return found


def measure(
    *, seeds: Sequence[int], clean_seeds: Sequence[int] | None = None, starts: bool = True
) -> tuple[Row, ...]:
    """Recall and false alarms of every kind over these seeds; effects weak (near the threshold) and clear."""
    clean_seeds = seeds if clean_seeds is None else clean_seeds
    alarms = dict.fromkeys(LOG_CODES, 0)
    shown = {(code, weak): 0 for code in LOG_CODES for weak in (True, False)}
    for seed in clean_seeds:
        for code in {one.code for one in findings_of(clean(seed), seed=seed, starts=starts)}:
            alarms[code] += 1
    for seed in seeds:
        for (code, weak), _ in shown.items():
            planted = KINDS[code](clean(seed), seed, weak)
            shown[code, weak] += planted.shown_by(findings_of(planted, seed=seed, starts=starts))
    count = len(seeds)
    return tuple(
        Row(code, starts, count, shown[code, True], shown[code, False], len(clean_seeds), alarms[code])
        for code in LOG_CODES
    )

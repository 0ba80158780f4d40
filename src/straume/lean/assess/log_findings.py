"""All findings that a case log shows, ranked, and those that it cannot show, with the reason."""

from __future__ import annotations

from dataclasses import replace

from straume.lean.assess.batching import batching
from straume.lean.assess.bottleneck import MIN_WEEKS, bottlenecks
from straume.lean.assess.checks import bad_outcomes, checks_that_change_nothing, repeated_checks
from straume.lean.assess.handoffs import hand_offs, ping_pong
from straume.lean.assess.records import Finding, WithheldFinding
from straume.lean.assess.rework import loops, rework_loops, rework_triggers
from straume.lean.assess.seen import Seen
from straume.lean.assess.thresholds import MIN_CASES, MIN_DAYS, MIN_HOURS_PER_YEAR
from straume.lean.assess.waits import late_starts, long_waits
from straume.lean.errors import WrongCall

LOG_CODES = (
    "long_wait",
    "late_start",
    "hand_offs",
    "ping_pong",
    "rework_loop",
    "rework_trigger",
    "check_changes_nothing",
    "repeated_check",
    "batching",
    "bottleneck",
)


def log_findings(
    seen: Seen, *, checks: tuple[str, ...] = (), outcome_is_bad: frozenset[str] | None = None
) -> tuple[tuple[Finding, ...], tuple[WithheldFinding, ...]]:
    """Findings of a log, the costliest first; a plain long wait gives way to what explains it."""
    check_codes = _codes(seen, checks)
    if seen.cases < MIN_CASES:
        return (), tuple(WithheldFinding(code, "too_few_cases") for code in LOG_CODES)
    returning = [loop for loop in loops(seen) if loop.days.value >= MIN_DAYS or seen.starts_known]
    explained = [
        *late_starts(seen),
        *batching(seen),
        *bottlenecks(seen),
    ]
    findings = _worth_asking(
        *explained,
        *_unexplained(seen, long_waits(seen), explained),
        *hand_offs(seen, aside=_steps_of(seen, explained)),
        *ping_pong(seen),
        *rework_loops(seen, returning),
        *rework_triggers(seen, returning),
        *checks_that_change_nothing(seen, check_codes, bad_outcomes(seen, outcome_is_bad)),
        *repeated_checks(seen, check_codes),
    )
    return ranked(findings, cases_per_year=seen.cases / seen.arrival_years), _withheld(seen, check_codes)


def _worth_asking(*found: Finding) -> list[Finding]:
    """Without those that cost a case less than half a day and a unit less than a working day a year.

    What a check takes is not small because nobody recorded it: there the hours decide where they are known.
    """
    return [
        one
        for one in found
        if (one.days_per_case is not None and one.days_per_case.value >= MIN_DAYS)
        or (one.hours_per_year or 0.0) >= MIN_HOURS_PER_YEAR
        or (one.hours_per_year is None and one.code in ("check_changes_nothing", "repeated_check"))
    ]


# Kinds whose working hours would be saved if the work were not needed; elsewhere they are the step's own.
AVOIDABLE = frozenset(
    {"rework_loop", "check_changes_nothing", "repeated_check", "low_accuracy", "no_legal_basis"}
)
HOURS_A_DAY = 8.0


def ranked(findings: list[Finding], *, cases_per_year: float) -> tuple[Finding, ...]:
    """Findings by what the mean case loses: its days, and the working days of what might not be needed."""
    scored = [
        replace(one, score=one.score + (one.hours_per_year or 0.0) / HOURS_A_DAY / cases_per_year)
        if one.code in AVOIDABLE and cases_per_year > 0
        else one
        for one in findings
    ]
    return tuple(sorted(scored, key=lambda one: (-one.score, one.code, one.step or "", one.unit or "")))


def _codes(seen: Seen, names: tuple[str, ...]) -> tuple[int, ...]:
    for name in names:
        if name not in seen.log.activities:
            raise WrongCall("unknown_step", step=name)
    return tuple(seen.log.activities.index(name) for name in dict.fromkeys(names))


def _unexplained(seen: Seen, waits: list[Finding], explained: list[Finding]) -> list[Finding]:
    steps = {seen.name(step) for step in _steps_of(seen, explained)}
    units = {one.unit for one in explained if one.code == "bottleneck"}
    return [one for one in waits if one.step not in steps and (one.unit is None or one.unit not in units)]


def _steps_of(seen: Seen, explained: list[Finding]) -> list[int]:
    names = {one.step for one in explained if one.code in ("late_start", "batching")}
    return [seen.log.activities.index(name) for name in sorted(names - {None}, key=str) if name is not None]


def _withheld(seen: Seen, checks: tuple[int, ...]) -> tuple[WithheldFinding, ...]:
    reasons: list[tuple[str, str]] = []
    if not seen.knows_receipts:
        reasons.append(("late_start", "no_received"))
    if len(seen.log.units) < 2:
        why = "one_unit" if seen.log.units else "no_units"
        reasons += [("hand_offs", why), ("ping_pong", why)]
    if not checks:
        reasons += [("check_changes_nothing", "no_check_step"), ("repeated_check", "no_check_step")]
    if not seen.log.units:
        reasons.append(("bottleneck", "no_units"))
    elif seen.years * 52 < MIN_WEEKS:
        reasons.append(("bottleneck", "short_period"))
    return tuple(WithheldFinding(code, why) for code, why in reasons)

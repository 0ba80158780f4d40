"""Findings about checks: those after which nothing changes, and those that a case gets more than once.

Which steps are checks is said by people; a log does not know.
"""

from __future__ import annotations

import numpy as np

from straume.lean.assess import estimates
from straume.lean.assess.records import Certainty, Estimate, Finding
from straume.lean.assess.seen import Bools, Ints, Seen
from straume.lean.assess.thresholds import CHECK_CHANGES, MIN_CASES, OUTCOME_MARGIN, REPEATED_CHECK_SHARE
from straume.lean.events.calendar import DAY_US

END = -1  # "next step" of the last item of a case


def checks_that_change_nothing(
    seen: Seen, checks: tuple[int, ...], bad_outcomes: frozenset[str]
) -> list[Finding]:
    """Checks after which at most one case in twenty goes another way than usual, and no fewer end badly.

    Going back, ending where others go on, and taking another branch all count as a change. Where cases
    without the check exist, their outcomes must be as good; where there are none, an outcome column cannot
    speak against the check and the certainty is low.
    """
    return [finding for step in checks for finding in _changes_nothing(seen, step, bad_outcomes)]


def _changes_nothing(seen: Seen, step: int, bad_outcomes: frozenset[str]) -> list[Finding]:
    followed = _next(seen)
    rows = (seen.activity == step) & ~(
        (followed == END) & ~seen.closed[seen.case]
    )  # open cases: not known yet
    n = int(rows.sum())
    if n < MIN_CASES:
        return []
    usual, _ = seen.mostly(followed[rows])
    changed = rows & ((followed != usual) | _next_goes_back(seen))
    share = estimates.exact_share(int(changed.sum()), n)
    if share.high is None or share.high > CHECK_CHANGES:
        return []
    counts: dict[str, float | int | str] = {
        "checks": n,
        "changed": int(changed.sum()),
        "changed_high": share.high,
    }
    if usual != END:
        counts["next_step"] = seen.name(usual)
    verdict = _outcomes(seen, step, bad_outcomes, counts)
    if verdict is None:
        return []
    taken = (seen.end - seen.enabled) / DAY_US
    all_rows = seen.activity == step
    days = estimates.median(seen.sum_per_case(all_rows, taken))
    touched = seen.count_cases(all_rows)
    return [
        seen.finding(
            "check_changes_nothing",
            step=step,
            unit=seen.mostly(seen.unit[rows])[0],
            touched=touched,
            days=days,
            hours=seen.hours_per_year(all_rows),
            counts=counts,
            # sure is the share that changes nothing, however long the check takes
            effect=Estimate(value=1 - share.value, low=1 - share.high, high=1 - (share.low or 0.0), n=n),
            cap=verdict,
        )
    ]


def _outcomes(
    seen: Seen, step: int, bad: frozenset[str], counts: dict[str, float | int | str]
) -> Certainty | None:
    """How sure the outcomes let one be that the check changes nothing; None: they speak for the check."""
    known = seen.closed & np.array([outcome is not None for outcome in seen.outcome], dtype=np.bool_)
    if not known.any() or not bad:
        return "medium"
    checked = np.zeros(seen.cases, np.bool_)
    checked[seen.case[seen.activity == step]] = True
    is_bad = np.isin(seen.outcome.astype(str), sorted(bad))
    with_it, without = known & checked, known & ~checked
    hits, n = int((is_bad & with_it).sum()), int(with_it.sum())
    other_hits, other_n = int((is_bad & without).sum()), int(without.sum())
    if n == 0 or other_n < MIN_CASES:
        return "low"
    gap = estimates.difference(hits, n, other_hits, other_n)
    assert gap.low is not None and gap.high is not None
    counts |= {"outcome_with": hits / n, "outcome_without": other_hits / other_n}
    if gap.low >= -OUTCOME_MARGIN and gap.high <= OUTCOME_MARGIN:
        return "high"
    if gap.low > 0 or gap.high < 0:
        return None
    counts.pop("outcome_with")
    counts.pop("outcome_without")
    return "low"  # too few to say


def bad_outcomes(seen: Seen, said: frozenset[str] | None) -> frozenset[str]:
    """The unwanted outcomes: as said, else every outcome but the most frequent one."""
    if said is not None:
        return said
    names = [outcome for outcome in seen.outcome.tolist() if outcome is not None]
    if not names:
        return frozenset()
    usual = max(sorted(set(names)), key=names.count)
    return frozenset(names) - {usual}


def repeated_checks(seen: Seen, checks: tuple[int, ...]) -> list[Finding]:
    """Checks that a case gets again although since the last time it was sent back to no other step."""
    rounds = np.cumsum(seen.goes_back & ~np.isin(seen.activity, checks))  # rows are in the order of the cases
    found = []
    for step in checks:
        rows = np.flatnonzero(seen.activity == step)
        same_case = seen.case[rows][1:] == seen.case[rows][:-1]
        again = rows[1:][same_case & (rounds[rows][1:] == rounds[rows][:-1])]
        marked = np.zeros(len(seen.case), np.bool_)
        marked[again] = True
        found += _repeated(seen, step, marked)
    return found


def _repeated(seen: Seen, step: int, rows: Bools) -> list[Finding]:
    touched = seen.count_cases(rows)
    share = estimates.share(touched, seen.cases)
    if touched < MIN_CASES or share.low is None or share.low < REPEATED_CHECK_SHARE:
        return []
    days = estimates.median(seen.sum_per_case(rows, (seen.end - seen.enabled) / DAY_US))
    return [
        seen.finding(
            "repeated_check",
            step=step,
            unit=seen.mostly(seen.unit[rows])[0],
            touched=touched,
            days=days,
            effect=share,
            hours=seen.hours_per_year(rows),
            counts={"repeats": int(rows.sum())},
        )
    ]


def _next(seen: Seen) -> Ints:
    if not len(seen.case):
        return seen.activity
    following = np.append(seen.activity[1:], END)
    return np.where(np.append(seen.first[1:], True), END, following)


def _next_goes_back(seen: Seen) -> Bools:
    back = np.append(seen.goes_back[1:], False)[: len(seen.case)]
    result: Bools = back & (_next(seen) != END)
    return result

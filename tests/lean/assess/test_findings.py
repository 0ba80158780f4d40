"""Each kind of finding: shown where it is, not shown where it is not, withheld where it cannot be seen."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from straume.lean.assess.log_findings import LOG_CODES, log_findings
from straume.lean.assess.planted import as_log, generate
from straume.lean.assess.recall import CHECK, DRAWN_ON, FIRST_ON, KINDS, LAST_ON, clean, findings_of
from straume.lean.assess.seen import Seen
from straume.lean.errors import WrongCall
from straume.lean.events.calendar import WorkCalendar
from straume.lean.events.link import Source, link

HOUR, DAY = 3_600_000_000, 86_400_000_000
MONDAY = 17_532 * DAY  # 1 January 2018, 00:00 UTC


def log_of(rows, *, cases=None, always=True):
    """A log of (case, activity, unit, start or None, end) in hours since Monday 00:00 UTC."""
    columns = list(zip(*rows, strict=True))
    items = {"case": columns[0], "activity": columns[1], "unit": columns[2]}
    items["start_at"] = pa.array(
        [None if at is None else MONDAY + at * HOUR for at in columns[3]], pa.int64()
    )
    items["end_at"] = pa.array([MONDAY + at * HOUR for at in columns[4]], pa.int64())
    calendar = WorkCalendar.always() if always else WorkCalendar.default(country=None, timezone="UTC")
    return link(pa.table(items), source=Source(timezone="UTC"), cases=cases, calendar=calendar)


def found_in(log, **options):
    findings, withheld = log_findings(Seen.of(log), **options)
    return {one.code: one for one in findings}, {one.code: one.reason for one in withheld}


@pytest.mark.parametrize("starts", [True, False])
@pytest.mark.parametrize("code", [code for code in LOG_CODES if code != "bottleneck"])
def test_it_shows_what_was_planted(code, starts):
    planted = KINDS[code](clean(5), 5, False)
    assert planted.shown_by(findings_of(planted, seed=5, starts=starts))


def test_it_shows_a_unit_with_more_work_than_time():
    planted = KINDS["bottleneck"](clean(5), 5, False)
    found = {one.code: one for one in findings_of(planted, seed=5)}["bottleneck"]
    assert found.unit == "Lawyers"
    assert found.counts["utilisation"] > 0.85
    assert found.counts["queue_last"] > found.counts["queue_first"]


@pytest.mark.parametrize("seed", range(6))
def test_it_asks_nothing_of_a_process_with_nothing_in_it(seed):
    assert findings_of(clean(seed), seed=seed) == ()


def test_a_long_wait_is_counted_by_hand():
    """30 of 60 cases wait 48 h before B, the others none; work takes an hour each: 24 h of 26 h on
    average.
    """
    rows = []
    for case in range(60):
        wait = 48 if case % 2 else 0
        rows += [
            (f"c{case}", "A", "u", case, case + 1),
            (f"c{case}", "B", "u", case + 1 + wait, case + 2 + wait),
        ]
    found, _ = found_in(log_of(rows))
    wait = found["long_wait"]
    assert (wait.step, wait.edge, wait.cases_touched, wait.cases) == ("B", ("A", "B"), 30, 60)
    assert wait.days_per_case.value == 2.0
    assert (wait.days_per_case.low, wait.days_per_case.high, wait.days_per_case.n) == (2.0, 2.0, 30)
    assert wait.counts["share_of_lead"] == pytest.approx(24 / 26)
    assert wait.certainty == "low"  # 30 cases are few, however alike


def test_a_night_and_a_weekend_are_no_long_wait():
    """Friday 16:00 to Monday 9:00 is 65 hours, but two of working time."""
    rows = []
    for case in range(40):
        friday = 24 * 7 * case + 4 * 24
        rows += [
            (f"c{case}", "A", "u", friday + 15, friday + 16),
            (f"c{case}", "B", "u", friday + 81, friday + 82),
        ]
    found, _ = found_in(log_of(rows, always=False))
    assert "long_wait" not in found


def test_rework_is_counted_by_hand():
    """25 of 100 cases go A B A B: back to A, 10 h after it was first done, from B."""
    rows = []
    for case in range(100):
        at = 2 * case
        rows += [(f"c{case}", "A", "u", at, at + 1), (f"c{case}", "B", "v", at + 1, at + 2)]
        if case % 4 == 0:
            rows += [(f"c{case}", "A", "u", at + 60, at + 61), (f"c{case}", "B", "v", at + 61, at + 62)]
    found, _ = found_in(log_of(rows))
    loop = found["rework_loop"]
    assert (loop.step, loop.cases_touched, loop.edge) == ("A", 25, ("B", "A"))
    assert loop.days_per_case.value == 60 / 24
    assert loop.counts["sent_back_from"] == "B"
    assert loop.counts["repeats"] == 25
    assert loop.hours_per_year == pytest.approx(
        50 * 12
    )  # 25 × (A and B an hour each); a short log counts as a month
    assert found["ping_pong"].unit == "u"
    assert found["ping_pong"].counts["other_unit"] == "v"


def test_a_short_self_repetition_is_too_small_a_matter():
    """Every case does A twice within a minute and nothing is known of its duration."""
    rows = [(f"c{case}", "A", "u", None, 5 * case + minute) for case in range(60) for minute in (0, 1)]
    found, _ = found_in(log_of(rows))
    assert "rework_loop" not in found


def test_a_check_that_once_in_ten_ends_the_case_changes_something():
    idle = KINDS["check_changes_nothing"](clean(5), 5, False)
    steps = tuple(
        replace(step, ends={"refused": 0.1}) if step.name == CHECK else step for step in idle.process.steps
    )
    useful = replace(idle, process=replace(idle.process, steps=steps))
    assert any(one.code == "check_changes_nothing" for one in findings_of(idle, seed=5))
    assert not any(one.code == "check_changes_nothing" for one in findings_of(useful, seed=5))


def test_outcomes_that_are_worse_without_the_check_speak_for_it():
    rows, outcomes = [], {}
    for case in range(400):
        at, checked = 30 * case, case % 2 == 0
        rows.append((f"c{case}", "A", "u", at, at + 1))
        if checked:
            rows.append((f"c{case}", "Check", "u", at + 1, at + 20))
        rows.append((f"c{case}", "B", "u", at + 20, at + 21))
        outcomes[f"c{case}"] = "bad" if (case % 20 == 0 if checked else case % 4 == 1) else "good"
    worse = pa.table({"case": list(outcomes), "outcome": list(outcomes.values())})
    equal = pa.table(
        {"case": list(outcomes), "outcome": ["bad" if int(c[1:]) % 10 < 2 else "good" for c in outcomes]}
    )
    bad = frozenset({"bad"})
    with_help, _ = found_in(log_of(rows, cases=worse), checks=("Check",), outcome_is_bad=bad)
    without_help, _ = found_in(log_of(rows, cases=equal), checks=("Check",), outcome_is_bad=bad)
    assert "check_changes_nothing" not in with_help
    assert without_help["check_changes_nothing"].counts["changed"] == 0
    assert without_help["check_changes_nothing"].counts["outcome_without"] == pytest.approx(0.2)


def test_what_cannot_be_seen_is_withheld_with_its_reason():
    rows = [
        (f"c{case}", step, None, None, 10 * case + place)
        for case in range(30)
        for place, step in enumerate("AB")
    ]
    _, withheld = found_in(log_of(rows))
    assert withheld == {
        "late_start": "no_received",
        "hand_offs": "no_units",
        "ping_pong": "no_units",
        "check_changes_nothing": "no_check_step",
        "repeated_check": "no_check_step",
        "bottleneck": "no_units",
    }


def test_nineteen_cases_are_too_few_for_any_finding():
    rows = [(f"c{case}", "A", "u", 100 * case, 100 * case + 90) for case in range(19)]
    found, withheld = found_in(log_of(rows))
    assert found == {}
    assert set(withheld) == set(LOG_CODES)
    assert set(withheld.values()) == {"too_few_cases"}


def test_completions_alone_give_no_hours_and_no_high_certainty_of_a_wait():
    planted = KINDS["long_wait"](clean(5), 5, False)
    found = [one for one in findings_of(planted, seed=5, starts=False) if one.code == "long_wait"]
    assert found and all(one.hours_per_year is None and one.certainty != "high" for one in found)
    assert all(one.counts["between"] == 1 for one in found)


def test_a_batch_explains_the_long_wait_before_it():
    planted = KINDS["batching"](clean(4), 4, False)
    codes = [(one.code, one.step) for one in findings_of(planted, seed=4)]
    assert ("batching", "Decide") in codes
    assert ("long_wait", "Decide") not in codes


def test_a_signing_day_is_named():
    planted = KINDS["batching"](clean(4), 4, False)
    found = next(one for one in findings_of(planted, seed=4) if one.code == "batching")
    assert found.counts["weekdays"] == "1"  # Tuesday
    assert found.counts["on_days_share"] == 1.0
    assert found.days_per_case.value > 2


def test_findings_do_not_depend_on_the_order_of_the_cases():
    planted = KINDS["rework_loop"](clean(5), 5, False)
    table = generate(
        planted.process, cases=planted.cases, first_on=FIRST_ON, last_on=LAST_ON, drawn_on=DRAWN_ON, seed=5
    )
    turned = table.take(list(range(len(table) - 1, -1, -1))).sort_by(
        [("case", "descending"), ("end", "ascending")]
    )
    one, _ = log_findings(Seen.of(as_log(table, planted.process)), checks=(CHECK,))
    other, _ = log_findings(Seen.of(as_log(turned, planted.process)), checks=(CHECK,))
    assert one == other


def test_a_check_that_does_not_exist_is_refused():
    rows = [(f"c{case}", "A", "u", case, case + 1) for case in range(30)]
    with pytest.raises(WrongCall) as refused:
        log_findings(Seen.of(log_of(rows)), checks=("Nav",))
    assert (refused.value.code, refused.value.params) == ("unknown_step", {"step": "Nav"})


@pytest.mark.parametrize(("weeks", "code"), [(0, "batching"), (4, "long_wait")])
def test_a_wait_of_weeks_is_no_wait_for_the_next_tuesday(weeks, code):
    """All are signed on a Tuesday; ready on any day. Weeks of waiting have another cause."""
    rows = []
    for case in range(140):
        ready = case * 24 + 9
        tuesday = ((case - 1) // 7 + 1 + weeks) * 168 + 24 + 10
        rows += [
            (f"c{case}", "Ready", "u", ready - 1, ready),
            (f"c{case}", "Sign", "u", tuesday, tuesday + 1),
        ]
    found, _ = found_in(log_of(rows))
    assert found[code].step == "Sign"
    assert {"batching", "long_wait"} & set(found) == {code}

"""What tells parallel steps, counted bucket by bucket and put together by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
import pyarrow as pa

from straume.lean.events.enabled import Counts, Evidence, Ints, Rows, cases_with_both, evidence, told_by
from straume.lean.events.link import named
from straume.lean.events.ordering import by_case

Pair = tuple[str, str]
Told = Mapping[str, Sequence[Sequence[Any]]]  # kind of evidence → (activity, activity, times)
KINDS = tuple(each.name for each in fields(Evidence) if each.name != "activities")


def told_of(items: pa.Table) -> dict[str, list[tuple[str, str, int]]]:
    """The evidence of some whole cases, with names in place of codes.

    Parameters: items – case_name, activity_name, end_at, position, start_at where it is known [µs UTC].
    """
    names, rows = _rows(items)
    found = evidence(rows)
    return {kind: _with_names(getattr(found, kind), names) for kind in KINDS}


def cases_with_pairs(items: pa.Table, pairs: Sequence[Pair]) -> list[int]:
    """How many of these cases hold both steps of each pair."""
    names, rows = _rows(items)
    code = {name: place for place, name in enumerate(names)}
    here = [place for place, (one, other) in enumerate(pairs) if one in code and other in code]
    keys = np.array([code[pairs[place][0]] * len(names) + code[pairs[place][1]] for place in here], np.int64)
    counts = [0] * len(pairs)
    for place, count in zip(here, cases_with_both(keys, rows).tolist() if here else []):
        counts[place] = count
    return counts


def overlapping_pairs(told: Iterable[Told]) -> list[Pair]:
    """Pairs that are worked on at the same time in any case."""
    return sorted({(one, other) for each in told for one, other, _ in each["overlapping"]})


def parallel_pairs(
    told: Iterable[Told], with_both: Mapping[Pair, int], names: Sequence[str]
) -> tuple[Pair, ...]:
    """The pairs of steps that the evidence of all buckets tells to be parallel."""
    found = told_by(
        _together(list(told), names),
        lambda keys: np.array(
            [with_both[names[key // len(names)], names[key % len(names)]] for key in keys.tolist()], np.int64
        ),
    )
    return tuple((names[one], names[other]) for one, other in found.pairs())


def _rows(items: pa.Table) -> tuple[tuple[str, ...], Rows]:
    columns = {"case": items["case_name"], "end_at": items["end_at"], "position": items["position"]}
    if "start_at" in items.column_names:
        columns["start_at"] = items["start_at"]
    ordered = by_case(pa.table(columns))
    names, activity = named(items["activity_name"], ordered.order)
    return names, Rows(
        case=ordered.case, activity=activity, start=ordered.start, started=ordered.started, end=ordered.end
    )


def _with_names(found: Counts, names: Sequence[str]) -> list[tuple[str, str, int]]:
    return [
        (names[key // len(names)], names[key % len(names)], count)
        for key, count in zip(found.keys.tolist(), found.counts.tolist())
    ]


def _together(told: Sequence[Told], names: Sequence[str]) -> Evidence:
    code = {name: place for place, name in enumerate(names)}
    return Evidence(activities=len(names), **{kind: _added(told, kind, code) for kind in KINDS})


def _added(told: Sequence[Told], kind: str, code: Mapping[str, int]) -> Counts:
    sums: Counter[int] = Counter()
    for each in told:
        for one, other, count in each[kind]:
            sums[code[one] * len(code) + code[other]] += count
    keys: Ints = np.array(sorted(sums), np.int64)
    return Counts(keys, np.array([sums[key] for key in keys.tolist()], np.int64))

"""Variants and activity counts of a log, counted on the link table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import numpy as np

from straume.lean.events.log import EventLog
from straume.lean.flow.prepare import in_order
from straume.lean.flow.sequences import Codes, Ints, first_of_pair_in_case, sequence_marks
from straume.lean.stream.directly_follows import Variant


def activity_counts(log: EventLog) -> dict[int, int]:
    """Items by activity code, the most frequent first; ties by code."""
    items = np.bincount(log.items["activity"].to_numpy(), minlength=len(log.activities)).tolist()
    codes = sorted(range(len(items)), key=lambda code: (-items[code], code))
    return {code: items[code] for code in codes if items[code]}


def case_counts(log: EventLog) -> dict[int, int]:
    """Cases in which each activity happens at least once, by its code."""
    items = in_order(log.items)
    case, activity = items["case"].to_numpy(), items["activity"].to_numpy()
    first = first_of_pair_in_case(case=case, source=np.zeros_like(activity), target=activity)
    cases = np.bincount(activity[first], minlength=len(log.activities)).tolist()
    return {code: count for code, count in enumerate(cases) if count}


def variants_of(log: EventLog, *, keep: Collection[int] | None = None) -> Counter[Variant]:
    """Cases by their sequence of activities; with `keep` of these activities alone, others passed over."""
    items = in_order(log.items)
    case, activity = items["case"].to_numpy(), items["activity"].to_numpy()
    if keep is not None:
        kept = np.zeros(len(log.activities), np.bool_)
        kept[list(keep)] = True
        rows = kept[activity]
        case, activity = case[rows], activity[rows]
    found: Counter[Variant] = Counter()
    starts = np.flatnonzero(np.diff(case, prepend=-1))
    if len(starts):
        found.update(_counted(starts, activity))
    without = log.cases.num_rows - found.total()
    if without > 0:
        found[()] += without
    return found


def _counted(starts: Ints, activity: Codes) -> dict[Variant, int]:
    """Cases by sequence; cases that begin at `starts` have the same one where both their marks are equal."""
    lengths = np.diff(np.append(starts, len(activity)))
    place = np.arange(len(activity)) - np.repeat(starts, lengths)
    low, high = sequence_marks(starts=starts, activity=activity, index=place.astype(np.int32))
    order = np.lexsort((high, low))
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0)
    cases = np.diff(np.append(np.flatnonzero(first), len(order)))
    return {
        tuple(activity[starts[one] : starts[one] + lengths[one]].tolist()): int(count)
        for one, count in zip(order[first], cases, strict=True)
    }


def most_frequent(variants: Counter[Variant], *, most_events: int) -> Counter[Variant]:
    """The most frequent variants that together are not longer than `most_events`; at least one."""
    chosen: Counter[Variant] = Counter()
    events = 0
    for variant in sorted(variants, key=lambda variant: (-variants[variant], len(variant), variant)):
        events += len(variant)
        if chosen and events > most_events:
            break
        chosen[variant] = variants[variant]
    return chosen

"""Two maps beside each other: steps added, taken out, changed, moved; figures before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from straume.lean.stream.records import StreamMeasures
from straume.web.studies import map_words
from straume.web.studies.map_analysis import MapRead
from straume.web.studies.map_state import STEP_FIELDS, Element, MapState, with_numbers
from straume.words import format as words_format
from straume.words import terms

MEASURES = (
    "lead_time_days",
    "process_minutes",
    "activity_ratio",
    "process_cycle_efficiency",
    "rolled_yield",
    "handoffs",
    "steps",
    "loops",
    "direct_cost_eur_per_case",
    "required_fte",
    "required_hours_per_year",
)


@dataclass(frozen=True)
class Change:
    """One field of a step that says something else."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class StepChange:
    """What became of one step."""

    kind: str  # added, removed, changed, moved
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class MeasureChange:
    label: str
    before: str
    after: str
    difference: str


def step_changes(before: MapState, after: MapState) -> list[StepChange]:
    """Steps in the order of the later map; those that were taken out stand last."""
    pairs = matched(before.steps, after.steps)
    left = {one.id for one, _other in pairs}
    by_new = {other.id: one for one, other in pairs}
    numbers = [{str(step.id): str(at) for at, step in enumerate(state.steps, 1)} for state in (before, after)]
    moved = out_of_order([(one, other) for one, other in pairs], before.steps)
    found = []
    for step in after.steps:
        old = by_new.get(step.id)
        if old is None:
            found.append(StepChange("added", name_of(step)))
            continue
        changes = [*field_changes(old, step, numbers), *place_change(step, moved, numbers, old)]
        if changes:
            found.append(StepChange("changed", name_of(step), tuple(changes)))
    found += [StepChange("removed", name_of(step)) for step in before.steps if step.id not in left]
    return found


def matched(before: Sequence[Element], after: Sequence[Element]) -> list[tuple[Element, Element]]:
    """Which step is which: by identity where one map began from the other, else by its name."""
    known = {step.id: step for step in before}
    pairs = [(known[step.id], step) for step in after if step.id in known]
    taken = {one.id for one, _other in pairs}
    free = {folded(step): step for step in before if step.id not in taken and folded(step)}
    for step in after:
        if step.id not in known and folded(step) in free:
            pairs.append((free.pop(folded(step)), step))
    order = {step.id: at for at, step in enumerate(after)}
    return sorted(pairs, key=lambda pair: order[pair[1].id])


def folded(step: Element) -> str:
    return " ".join(step.values.get("step", "").casefold().split())


def name_of(step: Element) -> str:
    return step.values.get("step", "") or _("a step without a name")


def field_changes(old: Element, new: Element, numbers: Sequence[dict[str, str]]) -> list[Change]:
    changes = []
    for name in STEP_FIELDS:
        one, other = old.values.get(name, ""), new.values.get(name, "")
        if one != other:
            changes.append(
                Change(map_words.label_of(name), told(name, one, numbers[0]), told(name, other, numbers[1]))
            )
    return changes


def told(name: str, value: str, numbers: dict[str, str]) -> str:
    """A value as people read it; "–" for none."""
    if name == "goes_to":
        return with_numbers(value, numbers) or "–"
    options = dict(map_words.more(name).options) if name in ("value_class", "medium") else {}
    return options.get(value, value) or "–"


def out_of_order(pairs: Sequence[tuple[Element, Element]], before: Sequence[Element]) -> set[str]:
    """The fewest steps that one must have moved: those outside the longest run that kept its order."""
    place = {step.id: at for at, step in enumerate(before)}
    line = [place[one.id] for one, _other in pairs]
    best: list[list[int]] = []
    for at, value in enumerate(line):
        before_it = [run for run in best if line[run[-1]] < value]
        best.append([*longest(before_it), at])
    kept = set(longest(best))
    return {str(other.id) for at, (_one, other) in enumerate(pairs) if at not in kept}


def longest(runs: Sequence[list[int]]) -> list[int]:
    return sorted(runs, key=len)[-1] if runs else []


def place_change(
    step: Element, moved: set[str], numbers: Sequence[dict[str, str]], old: Element
) -> list[Change]:
    if str(step.id) not in moved:
        return []
    return [Change(map_words.label_of("place"), numbers[0][str(old.id)], numbers[1][str(step.id)])]


def measure_changes(before: MapRead, after: MapRead, lang: str) -> list[MeasureChange]:
    """Figures of both; a difference only where both are known."""
    old = before.assessment.measures if before.assessment else None
    new = after.assessment.measures if after.assessment else None
    return [measure_change(name, old, new, lang) for name in MEASURES]


def measure_change(
    name: str, old: StreamMeasures | None, new: StreamMeasures | None, lang: str
) -> MeasureChange:
    values = [getattr(one, name) if one is not None else None for one in (old, new)]
    difference = ""
    if values[0] is not None and values[1] is not None:
        change = values[1] - values[0]
        difference = signed(name, change, lang)
    before, after = ("–" if value is None else in_words(name, value, lang) for value in values)
    return MeasureChange(terms.measure(name, lang), before, after, difference)


def in_words(name: str, value: float, lang: str) -> str:
    if name == "lead_time_days":
        return words_format.days(value, lang)
    if name == "process_minutes":
        return words_format.minutes(value, lang)
    if name in ("activity_ratio", "process_cycle_efficiency", "rolled_yield"):
        return words_format.percent(value, lang)
    if name == "direct_cost_eur_per_case":
        return f"{words_format.number(value, lang, 2)} EUR"
    if name == "required_fte":
        return words_format.number(value, lang, 2)
    return words_format.number(value, lang)


def signed(name: str, change: float, lang: str) -> str:
    """With a plus or a minus; shares differ by percentage points, which have no sign of per cent."""
    shown_alike = in_words(name, abs(change), lang) == in_words(name, 0.0, lang)
    if abs(change) < 1e-9 or shown_alike:
        return "0"
    sign = "+" if change > 0 else "\N{MINUS SIGN}"
    if name in ("activity_ratio", "process_cycle_efficiency", "rolled_yield"):
        points = words_format.number(abs(change) * 100, lang)
        if points == words_format.number(0.0, lang):
            return "0"
        return _("%(sign)s%(points)s percentage points") % {"sign": sign, "points": points}
    return sign + in_words(name, abs(change), lang)

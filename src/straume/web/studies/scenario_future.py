"""The changes of a scenario as edits of a map: what the studio would have written, had people typed it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from straume.lean.stream.records import ValueStream
from straume.web.studies.map_analysis import MapRead
from straume.web.studies.map_bpmn import rows_of_stream
from straume.web.studies.map_state import PLACE, STEP_NUMBER, WHOLE_MAP, MapState
from straume.web.studies.models.maps import MOST_CHARACTERS
from straume.web.studies.scenario_analysis import Changed, find_step
from straume.words import changes as change_words

Said = tuple[uuid.UUID, str, str]  # element, field, value
FIGURES = "0123456789abcdefghijklmnopqrstuvwxyz"
UNSAID = frozenset({"goes_to", "unit", "lane"})


@dataclass(frozen=True)
class Teller:
    """A stream as rows of a map by step key, "goes to" with keys in braces in place of numbers."""

    rows: Mapping[str, Mapping[str, str]]
    simplified: tuple[str, ...] = ()  # steps whose ways on a list of steps cannot say in full

    @classmethod
    def of(cls, stream: ValueStream, day_minutes: float, lang: str) -> Teller:
        told = rows_of_stream(stream, day_minutes=day_minutes, lang=lang)

        def keyed(text: str) -> str:
            return STEP_NUMBER.sub(lambda found: f"{{{told.keys[int(found[1]) - 1]}}}", text)

        return cls(
            {
                key: {**row, "goes_to": keyed(row.get("goes_to", ""))}
                for key, row in zip(told.keys, told.rows, strict=True)
            },
            told.simplified,
        )


@dataclass(frozen=True)
class Edits:
    """What is written on the future map, and at which steps people have to look at the way on again."""

    said: list[Said]
    look_again: tuple[str, ...] = ()


def edits_of(*, state: MapState, read: MapRead, before: ValueStream, changed: Changed, lang: str) -> Edits:
    """What becomes of each field of the map; and each change as a burst, so that it may become an action."""
    filled = [state.steps[row] for row in read.step_rows]
    elements = {step.key: one.id for step, one in zip(before.steps, filled, strict=True)}
    old = Teller.of(before, read.day_minutes, lang)
    new = Teller.of(changed.stream, read.day_minutes, lang)
    order = [key for key in elements if key in new.rows]
    said: list[Said] = [(elements[key], PLACE, "") for key in elements if key not in new.rows]
    for key in (key for key in new.rows if key not in elements):
        elements[key] = uuid.uuid4()
        order.insert(_where(key, order, old, new), key)
        said.append((elements[key], PLACE, _place_of(key, order, elements, state, said)))
    for at, key in enumerate(order):
        following = order[at + 1] if at + 1 < len(order) else "end"
        now = state.values.get(elements[key], {})
        said += _of_step(key, elements, old.rows.get(key, {}), new.rows[key], now, following, lang)
    if changed.stream.demand_per_year != before.demand_per_year and changed.stream.demand_per_year:
        said.append((WHOLE_MAP, "demand", f"{changed.stream.demand_per_year:.0f}"))
    said += _bursts(changed, before, order, elements, lang)
    return Edits(said, tuple(name for name in new.simplified if name not in old.simplified))


def _of_step(
    key: str,
    elements: Mapping[str, uuid.UUID],
    old: Mapping[str, str],
    new: Mapping[str, str],
    now: Mapping[str, str],
    following: str,
    lang: str,
) -> Iterator[Said]:
    """The fields of one step that changed."""
    element = elements[key]
    for name in sorted((set(old) | set(new)) - UNSAID if old else set(new) - {"goes_to"}):
        if old.get(name, "") != new.get(name, ""):
            yield element, name, new.get(name, "")[:MOST_CHARACTERS]
    onward = new["goes_to"]
    is_next = onward in (f"{{{following}}}", "") or (following == "end" and "{" not in onward)
    wanted = "" if is_next else _with_elements(onward, elements)
    if old and not now.get("goes_to") and not wanted:
        return
    if old and now.get("goes_to") and onward == old["goes_to"]:
        return
    if wanted != now.get("goes_to", ""):
        yield element, "goes_to", wanted[:MOST_CHARACTERS]


def _with_elements(text: str, elements: Mapping[str, uuid.UUID]) -> str:
    """Steps by their identity on the map, as the studio keeps them."""
    return re.sub(r"\{([^{}]+)\}", lambda found: f"{{{elements[found[1]]}}}", text)


def _where(key: str, order: Sequence[str], old: Teller, new: Teller) -> int:
    """A new step stands after the last one that leads to it."""
    before = [at for at, other in enumerate(order) if f"{{{key}}}" in new.rows[other]["goes_to"]]
    return max(before) + 1 if before else 0


def _place_of(
    key: str,
    order: Sequence[str],
    elements: Mapping[str, uuid.UUID],
    state: MapState,
    said: Sequence[Said],
) -> str:
    """Between the step before it and the one behind it."""
    given = {element: value for element, name, value in said if name == PLACE and value}

    def place(at: int) -> str:
        if not 0 <= at < len(order):
            return ""
        element = elements[order[at]]
        return given.get(element) or state.values.get(element, {}).get(PLACE, "")

    at = order.index(key)
    return between(place(at - 1), place(at + 1))


def between(low: str, high: str) -> str:
    """A place after `low` and before `high` ("": nothing there); in browsers studio-places.js does it."""
    made, at = "", 0
    while True:
        first = FIGURES.index(low[at]) if at < len(low) else 0
        last = FIGURES.index(high[at]) if at < len(high) else len(FIGURES)
        if last - first > 1:
            return made + FIGURES[(first + last) // 2]
        made += FIGURES[first]
        if last > first:
            high = ""
        at += 1


def _bursts(
    changed: Changed,
    before: ValueStream,
    order: Sequence[str],
    elements: Mapping[str, uuid.UUID],
    lang: str,
) -> Iterator[Said]:
    """Each change on the step that it is about; of a step that is gone, on the one that was before it."""
    for one, told in zip(changed.made, changed.told, strict=True):
        named = getattr(one, "step", "") or next(iter(getattr(one, "steps", ())), "")
        step = find_step(before, named) if named else None
        key = _nearest(step.key if step else "", before, order)
        if not key:
            return
        burst = uuid.uuid4()
        yield burst, "burst_of", str(elements[key])
        yield burst, "text", change_words.sentence(told, lang)[:MOST_CHARACTERS]
        yield burst, PLACE, "100"


def _nearest(key: str, before: ValueStream, order: Sequence[str]) -> str:
    keys = [step.key for step in before.steps]
    if key in order or key not in keys:
        return key if key in order else next(iter(order), "")
    earlier = [other for other in reversed(keys[: keys.index(key)]) if other in order]
    return earlier[0] if earlier else next(iter(order), "")

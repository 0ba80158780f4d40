"""What stands on a map, folded from its edits: fields, conflicts, steps. The rule is decision 0060."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

PLACE = "place"
WHOLE_MAP = uuid.UUID(int=0)  # the element that holds what is said of the map as a whole
MAP_FIELDS = ("demand", "rate")
STEP_FIELDS = (
    "step",
    "lane",
    "unit",
    "touch",
    "wait",
    "complete_accurate",
    "share",
    "occurrences",
    "goes_to",
    "batch_size",
    "batch_days",
    "value_class",
    "is_check",
    "legal_basis",
    "legal_from",
    "legal_until",
    "medium",
    "system",
    "notes",
)
BURST_FIELDS = ("burst_of", "text")
FIELDS = frozenset({PLACE, *MAP_FIELDS, *STEP_FIELDS, *BURST_FIELDS})
REFERENCE = re.compile(r"\{([0-9a-f-]{36})\}")  # a step in "goes to", by its identity
STEP_NUMBER = re.compile(r"(?<![\d.,])(\d{1,3})(?![\d.,]*\s*%|\d)")  # not a share: "3 60 %" is step 3
PLACE_KEY = re.compile(r"[0-9a-z]{1,80}")


@dataclass(frozen=True)
class Edit:
    """One edit as the merge sees it; `number` is its place in the order in which the server took them."""

    number: int
    element: uuid.UUID
    field: str
    value: str
    base: int
    client: uuid.UUID
    value_before: str = ""


@dataclass(frozen=True)
class Conflict:
    """Two or more people wrote one field without seeing each other; `stands` is shown until they choose."""

    element: uuid.UUID
    field: str
    stands: str
    others: tuple[str, ...]
    changed: tuple[
        str, ...
    ] = ()  # on `place`: the fields that somebody wrote while another took the step out


@dataclass(frozen=True)
class Element:
    """A step or a burst with its values, as they stand."""

    id: uuid.UUID
    values: Mapping[str, str]

    @property
    def is_burst(self) -> bool:
        return bool(self.values.get("burst_of"))


@dataclass(frozen=True)
class MapState:
    """Everything that stands on a map after its edit number `number`."""

    number: int
    values: Mapping[uuid.UUID, Mapping[str, str]]  # element → field → value; also of what was taken out
    conflicts: tuple[Conflict, ...] = ()

    @property
    def steps(self) -> list[Element]:
        """Steps in the order of the page."""
        return [one for one in self._placed() if not one.is_burst]

    def bursts(self, step: uuid.UUID | None = None) -> list[Element]:
        """Bursts on steps that are there; of one step, if asked."""
        there = {str(one.id) for one in self.steps}
        all_of_them = [one for one in self._placed() if one.is_burst and one.values["burst_of"] in there]
        return [one for one in all_of_them if step is None or one.values["burst_of"] == str(step)]

    def of_map(self, name: str) -> str:
        return self.values.get(WHOLE_MAP, {}).get(name, "")

    def _placed(self) -> list[Element]:
        placed = [Element(key, values) for key, values in self.values.items() if values.get(PLACE)]
        return sorted(placed, key=lambda one: (one.values[PLACE], str(one.id)))


def fold(edits: Iterable[Edit]) -> MapState:
    """The state after these edits (in the order of their numbers)."""
    registers: dict[tuple[uuid.UUID, str], list[Edit]] = defaultdict(list)
    by_element: dict[uuid.UUID, list[Edit]] = defaultdict(list)
    number = 0
    for edit in edits:
        heads = registers[edit.element, edit.field]
        heads[:] = [head for head in heads if not replaces(edit, head)] + [edit]
        by_element[edit.element].append(edit)
        number = max(number, edit.number)
    values: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    conflicts = []
    for (element, name), heads in registers.items():
        shown, conflict = _settled(element, name, heads, by_element[element])
        values[element][name] = shown
        if conflict is not None:
            conflicts.append(conflict)
    return MapState(number, dict(values), tuple(conflicts))


def replaces(later: Edit, earlier: Edit) -> bool:
    """Whether an edit takes the place of an earlier one of its field: its browser had seen it, or made it."""
    return earlier.number <= later.base or earlier.client == later.client


def _settled(
    element: uuid.UUID, name: str, heads: Sequence[Edit], of_element: Sequence[Edit]
) -> tuple[str, Conflict | None]:
    """What a field shows, and the conflict on it if there is one."""
    if name == PLACE:
        return _placed(element, heads, of_element)
    said = list(dict.fromkeys(head.value for head in heads))
    conflict = Conflict(element, name, said[0], tuple(said[1:])) if len(said) > 1 else None
    return said[0], conflict


def _placed(
    element: uuid.UUID, heads: Sequence[Edit], of_element: Sequence[Edit]
) -> tuple[str, Conflict | None]:
    """Where a step stands. Taken out by one and moved or changed by another, it stays until people choose."""
    said = list(dict.fromkeys(head.value for head in heads if head.value))
    removals = [head for head in heads if not head.value]
    if not removals:
        return said[0], Conflict(element, PLACE, said[0], tuple(said[1:])) if len(said) > 1 else None
    unseen = [
        edit
        for edit in of_element
        if edit.field != PLACE and any(_unknown_to_each_other(edit, removal) for removal in removals)
    ]
    if not said and not unseen:
        return "", None
    stands = said[0] if said else _place_before(heads, of_element)
    changed = tuple(dict.fromkeys(edit.field for edit in unseen))
    return stands, Conflict(element, PLACE, stands, (*said[1:], ""), changed)


def _unknown_to_each_other(one: Edit, other: Edit) -> bool:
    apart = one.client != other.client
    return apart and one.number > other.base and other.number > one.base


def _place_before(heads: Sequence[Edit], of_element: Sequence[Edit]) -> str:
    """The last place that the step had before it was taken out."""
    places = [edit.value for edit in of_element if edit.field == PLACE and edit.value]
    return places[-1] if places else next((head.value_before for head in heads if head.value_before), "")


@dataclass(frozen=True)
class Rows:
    """The steps as the library's step table reads them, and which row is which step."""

    rows: list[dict[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def rows_of(steps: Sequence[tuple[str, Mapping[str, str]]], *, rate: str = "") -> Rows:
    """Rows by role; each has its number, so that "goes to" may name steps by number whatever is left out."""
    numbers = {key: str(at) for at, (key, _values) in enumerate(steps, 1)}
    rows = []
    for key, values in steps:
        row = {name: values[name] for name in STEP_FIELDS if values.get(name)}
        if row:
            row = {"number": numbers[key], "step": "", **row}
            if "goes_to" in row:
                row["goes_to"] = with_numbers(row["goes_to"], numbers)
            if rate:
                row["rate"] = rate
        rows.append(row)
    return Rows(rows, [key for key, _values in steps])


def rows_of_state(state: MapState) -> Rows:
    return rows_of([(str(one.id), one.values) for one in state.steps], rate=state.of_map("rate"))


def with_numbers(text: str, numbers: Mapping[str, str]) -> str:
    """ "Goes to" as people read it: steps by their number; one that was taken out is "?"."""
    return REFERENCE.sub(lambda found: numbers.get(found[1], "?"), text)

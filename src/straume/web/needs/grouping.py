"""How exactly a sheet says where its writer works: never so exactly that fewer than five share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from straume.lean.protect import SMALLEST_GROUP


@dataclass(frozen=True)
class Place:
    """Country, institution (its key; 0: not said), kind of unit and role of one sheet."""

    country: str = ""
    institution: int = 0
    unit_kind: str = ""
    role: str = ""


# from the most exact down; what rare combinations lose first is the kind of unit, then the institution
LEVELS: tuple[tuple[str, ...], ...] = (
    ("country", "institution", "unit_kind", "role"),
    ("country", "institution", "role"),
    ("country", "institution", "unit_kind"),
    ("country", "unit_kind", "role"),
    ("country", "role"),
    ("country", "institution"),
    ("country",),
    (),
)
NOTHING = Place()


def rounded(places: Sequence[Place], *, standing: Sequence[Place] = ()) -> list[Place]:
    """Each place as exactly as at least five sheets share it, counted with those that stand already."""
    found: dict[int, Place] = {}
    fixed = Counter(standing)
    for level in LEVELS:
        left = {at: _kept(place, level) for at, place in enumerate(places) if at not in found}
        counts = Counter(left.values())
        for at, place in left.items():
            if counts[place] + fixed[place] >= SMALLEST_GROUP or place == NOTHING:
                found[at] = place
        fixed.update(found[at] for at in left if at in found)
    return [found[at] for at in range(len(places))]


def _kept(place: Place, level: tuple[str, ...]) -> Place:
    blank = {field.name: getattr(NOTHING, field.name) for field in fields(Place) if field.name not in level}
    return replace(place, **blank)

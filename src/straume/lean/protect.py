"""Small counts are people: what leaves a unit goes through here."""

from __future__ import annotations

SMALLEST_GROUP = 5


def is_small(count: int) -> bool:
    """Whether a group of `count` persons or cases is too small to be shown (1 to 4; nought tells nothing of anyone)."""
    return 0 < count < SMALLEST_GROUP


def shown(count: int) -> int | None:
    """The count itself, or None where the page must say "fewer than five"."""
    return None if is_small(count) else count

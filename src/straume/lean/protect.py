"""Small counts are people: what leaves a unit goes through here."""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_GROUP = 5


def is_small(count: int) -> bool:
    """Whether a group of `count` persons or cases is too small to be shown (1 to 4; 0 tells of nobody)."""
    return 0 < count < SMALLEST_GROUP


def shown(count: int) -> int | None:
    """The count itself, or None where the page must say "fewer than five"."""
    return None if is_small(count) else count


def shown_parts(parts: Sequence[int]) -> tuple[int | None, ...]:
    """Parts of a whole that is itself shown, the small ones hidden (complementary suppression).

    A lone hidden part could be had by subtraction, and of hidden parts that are few together each is as good
    as known: so the next smallest ones are hidden with them, until at least two parts and `SMALLEST_GROUP`
    cases stand behind what is hidden.
    """
    hidden = {place for place, count in enumerate(parts) if is_small(count)}
    if hidden:
        for place in sorted(
            (at for at, count in enumerate(parts) if not is_small(count) and count), key=parts.__getitem__
        ):
            if len(hidden) > 1 and sum(parts[at] for at in hidden) >= SMALLEST_GROUP:
                break
            hidden.add(place)
    return tuple(None if place in hidden else count for place, count in enumerate(parts))

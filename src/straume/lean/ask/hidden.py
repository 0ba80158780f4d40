"""What of a table of counts has to be hidden so that no small group can be had, not by subtraction either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from straume.lean.protect import SMALLEST_GROUP, is_small, shown_parts

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Line:
    """A whole and the parts that make it up, by their numbers: country and its places, all and its kinds."""

    whole: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Hidden:
    """What stays hidden. rows: whole groups, shape (rows,); cells: (rows, columns), True in hidden rows."""

    rows: Flags
    cells: Flags


def hidden_rows(*, sizes: Sequence[int], lines: Sequence[Line]) -> Flags:
    """Which groups are not shown: those of 1 to 4, and those that would give them away by subtraction.

    Parameters: sizes – answers of each group, shape (rows,); row 0 is everybody; lines – which groups add up
    to which.
    Returns: whether each is hidden, shape (rows,). Everybody (row 0) is hidden only where they are few.
    """
    values = np.asarray(sizes, dtype=np.int64)
    return _closed(values, small(values), lines, kept_open=frozenset({0}))


def hidden_cells(*, counts: Counts, lines: Sequence[Line]) -> Hidden:
    """Which groups and which cells are not shown in a table of groups × choices that exclude each other.

    A cell of 1 to 4 is hidden; so are all cells of a hidden group. Then as many others as it takes that
    (a) what is hidden on a line (group, choice, country and its places) are at least two cells and five
    answers, (b) no small cell follows from any combination of lines: it must not lie in the row space of the
    equations that tie the hidden cells. Row 0 hides by itself what `protect.shown_parts` hides, and is never
    hidden further, so that a page that shows row 0 alone says the same.

    Parameters: counts – answers, shape (rows, columns); lines – as in `hidden_rows`.
    Returns: Hidden.
    References: Willenborg, L., de Waal, T. (2001), Elements of Statistical Disclosure Control, Springer,
    chapters 5 and 6; Cox, L. H. (1980), Suppression methodology and statistical disclosure control. J. Am.
    Stat. Assoc. 75, 377–385, doi:10.1080/01621459.1980.10477481.
    """
    rows, columns = counts.shape
    sizes = counts.sum(axis=1)
    gone = hidden_rows(sizes=sizes.tolist(), lines=lines)
    width = columns + 1
    flat = np.concatenate([counts, sizes[:, None]], axis=1).ravel()
    every = [
        *(
            Line(row * width + columns, tuple(row * width + at for at in range(columns)))
            for row in range(rows)
        ),
        *(
            Line(line.whole * width + at, tuple(part * width + at for part in line.parts))
            for line in lines
            for at in range(width)
        ),
    ]
    while True:
        first = small(flat).reshape(rows, width)
        first[gone] = True
        if not gone[0]:
            first[0, :columns] |= np.array([part is None for part in shown_parts(counts[0].tolist())])
        closed = _closed(flat, first.ravel(), every, kept_open=frozenset(range(width))).reshape(rows, width)
        now = closed[:, columns]
        if (now == gone).all():
            return Hidden(gone, closed[:, :columns])
        gone = _closed(sizes, small(sizes) | now, lines, kept_open=frozenset({0}))


def small(values: Counts) -> Flags:
    return (values > 0) & (values < SMALLEST_GROUP)


def _closed(values: Counts, first: Flags, lines: Sequence[Line], *, kept_open: frozenset[int]) -> Flags:
    """`first` and what has to be hidden with it; `kept_open` is not added to it."""
    hidden = first.copy()
    while True:
        added = _by_lines(values, hidden, lines, kept_open)
        added = _by_combination(values, hidden, first, lines, kept_open) or added
        if not added:
            return hidden


def _by_lines(values: Counts, hidden: Flags, lines: Sequence[Line], kept_open: frozenset[int]) -> bool:
    """On each line whose whole is shown: at least two hidden parts and five answers, or none."""
    added = False
    for line in lines:
        while not hidden[line.whole]:
            gone = [part for part in line.parts if hidden[part] and values[part]]
            total = sum(int(values[part]) for part in gone)
            if not gone or (len(gone) > 1 and total >= SMALLEST_GROUP):
                break
            more = [
                part for part in line.parts if not hidden[part] and values[part] and part not in kept_open
            ]
            if not more:
                break
            hidden[min(more, key=lambda part: (int(values[part]), part))] = True
            added = True
    return added


def _by_combination(
    values: Counts, hidden: Flags, first: Flags, lines: Sequence[Line], kept_open: frozenset[int]
) -> bool:
    """Hide one more where a cell that must stay unknown follows from several lines together."""
    at = np.flatnonzero(hidden)
    secret = [place for place in at if first[place] and is_small(int(values[place]))]
    if not secret:
        return False
    position = {int(place): number for number, place in enumerate(at)}
    equations = np.zeros((len(lines), len(at)))
    for row, line in enumerate(lines):
        if line.whole in position:
            equations[row, position[line.whole]] = -1.0
        for part in line.parts:
            if part in position:
                equations[row, position[part]] = 1.0
    equations = equations[np.any(equations != 0, axis=1)]
    free = _null_space(equations)
    for place in secret:
        if np.abs(free[position[int(place)]]).max(initial=0.0) > 1e-9:
            continue
        more = _near(int(place), values, hidden, lines, kept_open)
        if more is not None:
            hidden[more] = True
            return True
    return False


def _null_space(equations: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    _left, sizes, right = np.linalg.svd(equations, full_matrices=True)
    rank = int((sizes > 1e-9).sum())
    return right[rank:].T


def _near(
    place: int, values: Counts, hidden: Flags, lines: Sequence[Line], kept_open: frozenset[int]
) -> int | None:
    """The smallest shown cell on a line with it; else the smallest shown cell that may be hidden at all."""

    def least(candidates: set[int]) -> int | None:
        fit = [one for one in candidates if not hidden[one] and values[one] and one not in kept_open]
        return min(fit, key=lambda one: (int(values[one]), one)) if fit else None

    beside = {
        one for line in lines if place in (line.whole, *line.parts) for one in (line.whole, *line.parts)
    }
    found = least(beside)
    return found if found is not None else least({one for line in lines for one in line.parts})

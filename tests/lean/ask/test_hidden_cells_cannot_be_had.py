"""A small group stays hidden, in its row, its column, its country, and from all of them together."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from straume.lean.ask.hidden import Line, hidden_cells, hidden_rows

# all; Latvia with three places; Lithuania with two; then the same people by two roles
LINES = [Line(0, (1, 2)), Line(1, (3, 4, 5)), Line(2, (6, 7)), Line(0, (8, 9))]


def test_one_small_place_takes_the_next_smallest_of_its_country_with_it():
    hidden = hidden_rows(sizes=[60, 40, 20, 3, 12, 25, 9, 11, 30, 30], lines=LINES)
    assert [at for at, hide in enumerate(hidden) if hide] == [3, 4]


def test_a_small_country_takes_the_other_and_a_place_of_it_with_it():
    """Were all places of the other country shown, their sum would give the small one away."""
    hidden = hidden_rows(sizes=[43, 40, 3, 12, 13, 15, 3, 0, 20, 23], lines=LINES)
    assert hidden[1] and hidden[2] and hidden[6] and hidden[[3, 4, 5]].any()


def test_a_table_by_hand():
    """De Waal and Willenborg's rule on a table of one row and its parts: the lone 2 takes a 6 with it."""
    counts = np.array([[20, 16], [8, 10], [12, 6]])
    assert not hidden_cells(counts=counts, lines=[Line(0, (1, 2))]).cells.any()
    counts = np.array([[20, 16], [18, 10], [2, 6]])
    hidden = hidden_cells(counts=counts, lines=[Line(0, (1, 2))])
    assert hidden.cells.tolist() == [[False, False], [True, True], [True, True]]


def test_two_rows_that_add_up_differently_do_not_unlock_each_other():
    """Each line hides two, yet the four hidden ones would follow from the lines together: one more goes."""
    counts = np.array([[21, 22, 23], [2, 9, 9], [10, 3, 9], [9, 10, 5]])
    hidden = hidden_cells(counts=counts, lines=[Line(0, (1, 2, 3))])
    assert unlocked(counts, [Line(0, (1, 2, 3))], hidden) == []


def tables():
    """Sheets of 0 to 60 people: country and place, role, choice."""
    sheet = st.tuples(st.integers(0, 4), st.integers(0, 1), st.integers(0, 2))
    return st.lists(sheet, min_size=5, max_size=60)


def counted(sheets):
    counts = np.zeros((10, 3), dtype=np.int64)
    for place, role, choice in sheets:
        for row in (0, 1 if place < 3 else 2, 3 + place, 8 + role):
            counts[row, choice] += 1
    return counts


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_small_cell_is_shown_or_follows_from_what_is_shown(sheets):
    counts = counted(sheets)
    hidden = hidden_cells(counts=counts, lines=LINES)
    shown = counts[~hidden.cells]
    assert not ((shown > 0) & (shown < 5)).any()
    assert unlocked(counts, LINES, hidden) == []
    assert lone_sums(counts, LINES, hidden) == []


@settings(max_examples=60, deadline=None)
@given(tables())
def test_everybody_together_hides_what_a_page_of_everybody_alone_hides(sheets):
    counts = counted(sheets)
    alone = hidden_cells(counts=counts[:1], lines=[])
    assert (hidden_cells(counts=counts, lines=LINES).cells[0] == alone.cells[0]).all()


def unlocked(counts, lines, hidden):
    """Small cells that an attacker computes from all shown cells and sizes: two different tables fit, or not.

    Another way than the library's: with every shown figure written as an equation, a cell is known if its
    unit vector can be combined from the equations (least squares leaves no rest).
    """
    rows, columns = counts.shape
    equations = []
    for row, column in itertools.product(range(rows), range(columns)):
        if not hidden.cells[row, column]:
            equations.append(vector(rows, columns, {(row, column): 1}))
    for row in range(rows):
        if not hidden.rows[row]:
            equations.append(vector(rows, columns, {(row, column): 1 for column in range(columns)}))
    for line in lines:
        for column in range(columns):
            known = {(line.whole, column): -1, **{(part, column): 1 for part in line.parts}}
            equations.append(vector(rows, columns, known))
    matrix = np.array(equations).T
    found = []
    for row, column in itertools.product(range(rows), range(columns)):
        if hidden.cells[row, column] and 0 < counts[row, column] < 5:
            wanted = vector(rows, columns, {(row, column): 1})
            made = matrix @ np.linalg.lstsq(matrix, wanted, rcond=None)[0]
            if np.allclose(made, wanted, atol=1e-7):
                found.append((row, column))
    return found


def lone_sums(counts, lines, hidden):
    """What is hidden of a shown whole: one to four people together."""
    found = []
    for line in lines:
        for column in range(counts.shape[1]):
            if hidden.cells[line.whole, column]:
                continue
            rest = sum(counts[part, column] for part in line.parts if hidden.cells[part, column])
            if 0 < rest < 5:
                found.append((line, column))
    return found


def vector(rows, columns, filled):
    made = np.zeros((rows, columns))
    for place, value in filled.items():
        made[place] = value
    return made.ravel()

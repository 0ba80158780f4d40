"""Two browsers edit one map unseen by each other: in whatever order they are heard, nothing is lost."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from straume.web.studies.map_state import PLACE, Edit, MapState, fold, rows_of, with_numbers

ANNA, BELLA = uuid.UUID(int=1), uuid.UUID(int=2)  # browser tabs
STEPS = [uuid.UUID(int=100), uuid.UUID(int=101)]
BEGUN = [
    ("place", "a", "step", "Registruoja", "touch", "10 min"),
    ("place", "m", "step", "Pasirašo", "touch", "5 min"),
]
VALUES = {"place": ["", "f", "t"], "touch": ["15 min", "20 min", ""], "lane": ["Seniūnija", "Raštinė"]}


@dataclass(frozen=True)
class Said:
    """One edit as somebody makes it without a connection."""

    client: uuid.UUID
    element: uuid.UUID
    field: str
    value: str


def begun() -> list[Edit]:
    """A map of two steps that both have seen."""
    edits = []
    for step, said in zip(STEPS, BEGUN, strict=True):
        for name, value in zip(said[::2], said[1::2], strict=True):
            number = len(edits) + 1
            edits.append(Edit(number, step, name, value, number - 1, uuid.UUID(int=0)))
    return edits


def heard(*said: Said) -> MapState:
    """The map when the server hears these edits in this order; each was made after the beginning alone."""
    edits = begun()
    base = len(edits)
    for one in said:
        edits.append(Edit(len(edits) + 1, one.element, one.field, one.value, base, one.client))
    return fold(edits)


def of(client: uuid.UUID) -> st.SearchStrategy[list[Said]]:
    one = st.sampled_from(sorted(VALUES)).flatmap(
        lambda name: st.builds(
            Said, st.just(client), st.sampled_from(STEPS), st.just(name), st.sampled_from(VALUES[name])
        )
    )
    return st.lists(one, max_size=5)


@st.composite
def interleaved(draw: st.DrawFn) -> tuple[list[Said], list[Said], list[Said]]:
    """What both made, and an order in which it may arrive: each one's own edits stay in their order."""
    anna, bella = draw(of(ANNA)), draw(of(BELLA))
    turns = draw(st.permutations([ANNA] * len(anna) + [BELLA] * len(bella)))
    left = {ANNA: list(anna), BELLA: list(bella)}
    return anna, bella, [left[turn].pop(0) for turn in turns]


def what_stands(state: MapState) -> tuple[dict[object, object], set[object]]:
    """Fields without a conflict with their value; conflicts with the set of what was said."""
    fought = {(one.element, one.field): frozenset([one.stands, *one.others]) for one in state.conflicts}
    calm = {
        (element, name): value
        for element, values in state.values.items()
        for name, value in values.items()
        if (element, name) not in fought
    }
    return calm, set(fought.items())


@given(interleaved())
def test_any_order_of_arrival_gives_the_same_map_and_the_same_conflicts(three):
    anna, bella, order = three
    assert (
        what_stands(heard(*order)) == what_stands(heard(*anna, *bella)) == what_stands(heard(*bella, *anna))
    )


@given(interleaved())
def test_what_somebody_wrote_last_stands_or_is_in_a_conflict(three):
    state = heard(*three[2])
    fought = {(one.element, one.field): {one.stands, *one.others} for one in state.conflicts}
    for client in (ANNA, BELLA):
        last = {(one.element, one.field): one.value for one in three[2] if one.client == client}
        for (element, name), value in last.items():
            shown = fought.get((element, name), {state.values[element][name]})
            assert value in shown


@given(interleaved())
def test_a_step_that_one_took_out_while_the_other_wrote_on_it_stays_on_the_page(three):
    state = heard(*three[2])
    for conflict in state.conflicts:
        if conflict.field == PLACE:
            assert conflict.stands and conflict.element in {step.id for step in state.steps}


@given(interleaved(), st.sampled_from(["take", "third"]))
def test_whoever_has_seen_a_conflict_settles_it_by_writing_the_field_again(three, how):
    edits = begun()
    base = len(edits)
    for one in three[2]:
        edits.append(Edit(len(edits) + 1, one.element, one.field, one.value, base, one.client))
    third = {"place": "z", "touch": "1 val.", "lane": "Meras"}
    for conflict in fold(edits).conflicts:
        value = conflict.others[0] if how == "take" else third[conflict.field]
        edits.append(Edit(len(edits) + 1, conflict.element, conflict.field, value, len(edits), BELLA))
        assert fold(edits).values[conflict.element][conflict.field] == value
    assert fold(edits).conflicts == ()


def test_different_steps_and_different_fields_go_together():
    state = heard(Said(ANNA, STEPS[0], "touch", "15 min"), Said(BELLA, STEPS[0], "lane", "Raštinė"))
    assert state.conflicts == ()
    assert (state.values[STEPS[0]]["touch"], state.values[STEPS[0]]["lane"]) == ("15 min", "Raštinė")


def test_the_same_field_with_different_values_keeps_both():
    state = heard(Said(ANNA, STEPS[0], "touch", "15 min"), Said(BELLA, STEPS[0], "touch", "20 min"))
    (conflict,) = state.conflicts
    assert (conflict.stands, conflict.others) == ("15 min", ("20 min",))


def test_the_same_value_twice_is_no_conflict():
    state = heard(Said(ANNA, STEPS[0], "touch", "15 min"), Said(BELLA, STEPS[0], "touch", "15 min"))
    assert state.conflicts == ()


def test_one_takes_a_step_out_while_another_writes_on_it():
    removal, edit = Said(ANNA, STEPS[1], PLACE, ""), Said(BELLA, STEPS[1], "touch", "20 min")
    for state in (heard(removal, edit), heard(edit, removal)):
        (conflict,) = state.conflicts
        assert (conflict.field, conflict.others, conflict.changed) == (PLACE, ("",), ("touch",))
        assert [step.id for step in state.steps] == STEPS
        assert state.values[STEPS[1]]["touch"] == "20 min"


def test_a_step_that_both_take_out_is_out():
    state = heard(Said(ANNA, STEPS[1], PLACE, ""), Said(BELLA, STEPS[1], PLACE, ""))
    assert state.conflicts == ()
    assert [step.id for step in state.steps] == STEPS[:1]


def test_ways_on_name_steps_by_the_number_that_they_have_now():
    first, second = (str(step) for step in STEPS)
    rows = rows_of([(second, {"step": "B"}), (first, {"step": "A", "goes_to": f"{{{second}}} 60 %; end"})])
    assert rows.rows[1]["goes_to"] == "1 60 %; end"
    assert with_numbers(f"{{{uuid.UUID(int=7)}}}", {}) == "?"

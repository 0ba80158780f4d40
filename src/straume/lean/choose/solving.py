"""The question as a model of CP-SAT. One worker and a fixed seed: the same question has the same answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any

from ortools.sat.python import cp_model

from straume.lean.choose.problem import FULL, Question
from straume.lean.choose.records import Constraint, Selection, Status

STATUS: dict[Any, Status] = {
    cp_model.OPTIMAL: "proven",
    cp_model.FEASIBLE: "bounded",
    cp_model.INFEASIBLE: "impossible",
}


@dataclass
class Clock:
    """What is left of the time that the whole answer may take."""

    seconds: float
    began: float

    @classmethod
    def start(cls, seconds: float) -> Clock:
        return cls(seconds, monotonic())

    @property
    def left(self) -> float:
        return max(0.05, self.seconds - (monotonic() - self.began))

    @property
    def is_up(self) -> bool:
        return monotonic() - self.began >= self.seconds


@dataclass
class Model:
    cp: Any
    taken: list[Any]  # by candidate: whether it is chosen
    begins: dict[int, Any]  # by candidate with days: ordinal of its first day


def feasible_model(asked: Question, *, without: Collection[Constraint] = ()) -> Model:
    """The limits alone, those in `without` left out."""
    cp = cp_model.CpModel()
    taken = [cp.new_bool_var(f"x{number}") for number in range(len(asked.candidates))]
    model = Model(cp, taken, {})
    kept = [one for one in asked.constraints if one not in without]
    _days(asked, model, within_limits=any(one.kind == "dates" for one in kept))
    for one in kept:
        KINDS[one.kind](asked, model, one)
    return model


def _days(asked: Question, model: Model, *, within_limits: bool) -> None:
    for number, taken in enumerate(model.taken):
        window = asked.window(number, within_limits=within_limits)
        if window is None:
            continue
        first, last = (day.toordinal() for day in window)
        if last < first:
            model.cp.add(taken == 0)
            first = last = (asked.candidates[number].earliest_on or date.min).toordinal()
        model.begins[number] = model.cp.new_int_var(first, last, f"day{number}")


def _line(asked: Question, model: Model, one: Constraint) -> None:
    numbers = [n for n, candidate in enumerate(asked.candidates) if candidate.line == one.key]
    model.cp.add(_cost(asked, model, numbers) <= one.amount)


def _total(asked: Question, model: Model, one: Constraint) -> None:
    model.cp.add(_cost(asked, model, range(len(model.taken))) <= one.amount)


def _municipality(asked: Question, model: Model, one: Constraint) -> None:
    model.cp.add(sum(x for x, places in zip(model.taken, asked.reached) if one.key in places) >= one.amount)


def _language(asked: Question, model: Model, one: Constraint) -> None:
    model.cp.add(
        sum(x for x, c in zip(model.taken, asked.candidates) if one.key in c.languages) >= one.amount
    )


def _places(asked: Question, model: Model, one: Constraint) -> None:
    model.cp.add(sum(c.places * x for x, c in zip(model.taken, asked.candidates)) >= one.amount)


def _town(asked: Question, model: Model, one: Constraint) -> None:
    model.cp.add(sum(x for x, c in zip(model.taken, asked.candidates) if c.town == one.key) <= one.amount)


def _activities(asked: Question, model: Model, one: Constraint) -> None:
    model.cp.add(sum(model.taken) <= one.amount)


def _clash(asked: Question, model: Model, one: Constraint) -> None:
    """One thing at a time, wherever in their windows they are put."""
    spans = []
    for number in asked.shared[one.key]:
        length = asked.candidates[number].days
        spans.append(
            model.cp.new_optional_fixed_size_interval_var(
                model.begins[number], length, model.taken[number], f"span{number}"
            )
        )
    model.cp.add_no_overlap(spans)


def _locked_in(asked: Question, model: Model, one: Constraint) -> None:
    model.cp.add(model.taken[asked.numbers[one.key]] == 1)


def _locked_out(asked: Question, model: Model, one: Constraint) -> None:
    model.cp.add(model.taken[asked.numbers[one.key]] == 0)


KINDS: dict[str, Callable[[Question, Model, Constraint], None]] = {
    "line": _line,
    "total": _total,
    "municipality": _municipality,
    "language": _language,
    "places": _places,
    "town": _town,
    "activities": _activities,
    "dates": lambda asked, model, one: None,  # in the windows
    "clash": _clash,
    "locked_in": _locked_in,
    "locked_out": _locked_out,
}


def _cost(asked: Question, model: Model, numbers: Sequence[int] | range) -> Any:
    return sum(asked.candidates[n].cost_cents * model.taken[n] for n in numbers)


def best(
    asked: Question,
    clock: Clock,
    *,
    without: Collection[Constraint] = (),
    leaving_out_one_of: Sequence[int] = (),
    seed: int = 0,
) -> Selection:
    """The most valuable portfolio, of equally valuable ones the cheapest.

    `leaving_out_one_of`: at least one of these is not in it, so it is no mere addition to them.
    """
    model = feasible_model(asked, without=without)
    if leaving_out_one_of:
        inside = [model.taken[n] for n in leaving_out_one_of]
        model.cp.add(sum(inside) <= len(inside) - 1)
    value = _value(asked, model)
    model.cp.maximize(value)
    solver, status = solved(model.cp, clock, seed)
    if status in ("impossible", "unknown"):
        return Selection(status, (), 0, asked.best_thinkable, 0)
    worth, bound = round(solver.objective_value), round(solver.best_objective_bound)
    found = _selection(asked, model, solver, status, worth, bound)
    if status != "proven" or clock.is_up:
        return found
    cheapest, _status = _cheapest(asked, model, value, worth, solver, clock, seed)
    return _selection(asked, model, cheapest, status, worth, bound) if cheapest else found


def _cheapest(
    asked: Question, model: Model, value: Any, worth: int, solver: Any, clock: Clock, seed: int
) -> tuple[Any, Status]:
    model.cp.add(value >= worth)
    model.cp.clear_objective()
    model.cp.minimize(_cost(asked, model, range(len(model.taken))))
    model.cp.clear_hints()
    for taken in model.taken:
        model.cp.add_hint(taken, solver.value(taken))
    cheapest, status = solved(model.cp, clock, seed)
    return (cheapest if status in ("proven", "bounded") else None), status


def _selection(
    asked: Question, model: Model, solver: Any, status: Status, worth: int, bound: int
) -> Selection:
    numbers = [number for number, taken in enumerate(model.taken) if solver.value(taken)]
    return Selection(
        status=status,
        codes=tuple(asked.candidates[number].code for number in numbers),
        value=worth,
        bound=max(bound, worth),
        cost_cents=asked.cost_cents(numbers),
        begins_on={
            asked.candidates[number].code: date.fromordinal(solver.value(model.begins[number]))
            for number in numbers
            if number in model.begins
        },
    )


def _value(asked: Question, model: Model) -> Any:
    """Each term by its steps: met by at least this percent once, and twice."""
    parts: list[Any] = []
    for at, term in enumerate(asked.terms):
        if len(term.percent) == 1:
            number, percent = term.percent[0]
            parts.append(term.weight * percent * FULL * model.taken[number])
            continue
        steps = sorted({percent for _number, percent in term.percent})
        for below, step in zip([0, *steps], steps, strict=False):
            meeting = [model.taken[number] for number, percent in term.percent if percent >= step]
            parts += _step(model, meeting, term.weight * (step - below), asked.again_percent, f"{at}_{step}")
    return sum(parts)


def _step(model: Model, meeting: list[Any], worth: int, again_percent: int, name: str) -> list[Any]:
    once = meeting[0] if len(meeting) == 1 else model.cp.new_bool_var(f"once{name}")
    counted = [once]
    if len(meeting) > 1 and again_percent:
        counted.append(model.cp.new_bool_var(f"twice{name}"))
    if len(meeting) > 1:
        model.cp.add(sum(meeting) >= sum(counted))
    return [worth * share * var for var, share in zip(counted, (FULL, again_percent), strict=False)]


def solved(cp: Any, clock: Clock, seed: int) -> tuple[Any, Status]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = clock.left
    solver.parameters.linearization_level = 2
    return solver, STATUS.get(solver.solve(cp), "unknown")


def conflict(asked: Question, clock: Clock) -> tuple[Constraint, ...]:
    """Limits that cannot be kept together; without any one of them they could (a deletion filter)."""
    dropped: list[Constraint] = []
    for one in asked.constraints:
        model = feasible_model(asked, without=[*dropped, one])
        _solver, status = solved(model.cp, clock, 0)
        if status == "impossible":
            dropped.append(one)
    return tuple(one for one in asked.constraints if one not in dropped)

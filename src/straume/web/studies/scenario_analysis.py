"""What the library makes of scenarios: the stream of a map or a log, run as it is and with changes."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any

from straume.lean.errors import InputProblems, Problem, StraumeError
from straume.lean.events.calendar import DAY_US
from straume.lean.events.store import load
from straume.lean.simulate.building import STANDARD_BEGIN, Setting
from straume.lean.simulate.carried import carried
from straume.lean.simulate.fitted import Fitted, fit
from straume.lean.simulate.records import Found, Reproduction
from straume.lean.simulate.reproduction import fit_and_try
from straume.lean.simulate.results import Comparison, Estimate, UnitLoad
from straume.lean.simulate.scenarios import Deadline, Figures, compared, replicated
from straume.lean.simulate.simulating import warm_up_days
from straume.lean.stream.changes import Change, SetStaff, Told, change, told
from straume.lean.stream.changes_form import change_from_dict
from straume.lean.stream.folding import fold
from straume.lean.stream.records import Step, ValueStream
from straume.web.studies.analysis import deadline_of
from straume.web.studies.map_analysis import stream_of
from straume.web.studies.map_state import MapState
from straume.web.studies.models import AssessmentRun, CaseLog, StaffSaid, StreamMap, Study
from straume.web.studies.stored import tables_folder

__all__ = ["Comparison", "Estimate", "Found", "Reproduction", "UnitLoad"]  # records that pages show

REPLICATIONS = 30
SEED = 1
YEAR_DAYS = 365
MOST_BASES = 64  # simulated bases kept by a process


@dataclass(frozen=True, eq=False)
class Ground:
    """What scenarios change: a stream, what it is run with, and by when the answer is due."""

    stream: ValueStream
    setting: Setting
    until: int  # [µs UTC]
    deadline: Deadline | None
    queues_known: bool  # whether staff and hours may be moved
    mark: str  # the same for the same base, whichever process asks

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.stream.steps


@dataclass(frozen=True)
class Plan:
    """Changes as they are kept, under a name."""

    name: str
    changes: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Changed:
    """A plan carried out as far as it can be."""

    stream: ValueStream
    made: tuple[Change, ...] = ()
    told: tuple[Told, ...] = ()
    refused: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The base and each plan beside each other, paired by replication."""

    comparison: Comparison
    changed: tuple[Changed, ...]


def ground_of_map(shown: StreamMap, state: MapState, said: StaffSaid | None) -> Ground | None:
    """The service as a map tells it; None where nothing on it can be measured yet."""
    stream = stream_of(shown, state)
    if stream is None:
        return None
    stream = with_units(stream)
    staff = _said_staff(stream, said)
    stream = change(stream, [SetStaff(unit, posts) for unit, posts in staff.items()])
    queue_only = bool(said and said.queue_only and staff)
    warm_up = warm_up_days(stream)
    begin = STANDARD_BEGIN - round(warm_up * DAY_US)
    setting = Setting(begin=begin, warm_up_days=warm_up, queue_only=queue_only)
    until = STANDARD_BEGIN + YEAR_DAYS * DAY_US
    deadline = _deadline(shown.study)
    mark = json.dumps([stream.to_dict(), queue_only, str(deadline)], sort_keys=True, default=str)
    return Ground(stream, setting, until, deadline, True, mark)


def ground_of_log(log: CaseLog, *, people: bool) -> Ground:
    """The service as its log shows it: the stream that was fitted, run as it was seen."""
    fitted = _fitted(log.pk, log.folder, people)
    warm_up = warm_up_days(fitted.stream)
    begin = fitted.setting.begin
    setting = replace(fitted.setting, begin=begin - round(warm_up * DAY_US), warm_up_days=warm_up)
    deadline = _deadline(log.study)
    mark = f"log {log.pk} {log.folder} {people} {deadline}"
    until = begin + YEAR_DAYS * DAY_US
    return Ground(fitted.stream, setting, until, deadline, bool(fitted.people), mark)


@lru_cache(maxsize=4)
def _fitted(_pk: int, folder: str, people: bool) -> Fitted:
    return fit(load(tables_folder(folder)), people=people)


def with_units(stream: ValueStream) -> ValueStream:
    """Whoever does a step is its unit, where the room named no unit."""
    return replace(stream, steps=tuple(replace(step, unit=step.unit or step.lane) for step in stream.steps))


def units_of(stream: ValueStream) -> list[str]:
    return list(dict.fromkeys(step.unit for step in stream.steps if step.unit))


def _said_staff(stream: ValueStream, said: StaffSaid | None) -> dict[str, float]:
    known = {fold(unit): unit for unit in units_of(stream)}
    kept = said.staff.items() if said else ()
    return {known[fold(unit)]: float(posts) for unit, posts in kept if fold(unit) in known}


def _deadline(study: Study) -> Deadline | None:
    law = deadline_of(study)
    return Deadline(law.days, law.clock) if law else None


def answer(ground: Ground, plans: Sequence[Plan]) -> Answer:
    """The base and the plans, simulated with the same requests and the same luck.

    Raises StraumeError where the ground itself cannot be simulated.
    """
    changed = [carried_out(ground, plan) for plan in plans]
    found = [_base(ground), *(_lived(ground, one.stream) for one in changed)]
    names = ["", *(plan.name for plan in plans)]
    return Answer(compared(found, names=names), tuple(changed))


def carried_out(ground: Ground, plan: Plan) -> Changed:
    """The changes one after the other; one that cannot be is left out and told."""
    stream = ground.stream
    made: list[Change] = []
    sentences: list[Told] = []
    refused: list[Problem] = []
    for values in plan.changes:
        try:
            one = change_from_dict(values)
            sentence, after = told(stream, [one])[0], change(stream, [one])
            carried(ground.setting, before=ground.stream, after=after)
        except InputProblems as found:
            refused += found.problems
        except StraumeError as refusal:
            refused.append(Problem(refusal.code, refusal.params))
        else:
            stream = after
            made.append(one)
            sentences.append(sentence)
    return Changed(stream, tuple(made), tuple(sentences), tuple(refused))


def _lived(ground: Ground, stream: ValueStream) -> tuple[Figures, ...]:
    return replicated(
        stream,
        replications=REPLICATIONS,
        seed=SEED,
        until=ground.until,
        setting=carried(ground.setting, before=ground.stream, after=stream),
        deadline=ground.deadline,
    )


_bases: OrderedDict[str, tuple[Figures, ...]] = OrderedDict()
_lock = Lock()


def _base(ground: Ground) -> tuple[Figures, ...]:
    """The ground as it is: simulated once by a process, then only the plans are."""
    with _lock:
        kept = _bases.get(ground.mark)
    if kept is None:
        kept = _lived(ground, ground.stream)
        with _lock:
            _bases[ground.mark] = kept
            while len(_bases) > MOST_BASES:
                _bases.popitem(last=False)
    return kept


def find_step(stream: ValueStream, named: str) -> Step | None:
    """The step that a change means: by its key, or by its name where one bears it."""
    by_key = next((step for step in stream.steps if step.key == named), None)
    same = [step for step in stream.steps if fold(step.name) == fold(named)]
    return by_key or (same[0] if len(same) == 1 else None)


def name_of(stream: ValueStream, step: Step) -> str:
    """How a change names a step: by its name, which stays when steps are moved, where one alone bears it."""
    return step.name if find_step(stream, step.name) is step else step.key


def try_log(log: CaseLog) -> dict[str, Any]:
    """Whether a model fitted to the log finds it again; plain values."""
    return fit_and_try(load(tables_folder(log.folder)), seed=SEED).reproduction.to_dict()


def reproduction(kept: Mapping[str, Any]) -> Reproduction:
    return Reproduction.from_dict(dict(kept))


def against_log(ground: Ground, run: AssessmentRun) -> Reproduction | None:
    """How near the simulated map comes to what the log of the same study shows; None: it shows too little."""
    from straume.web.studies.analysis import stored

    seen = stored(run, {}).lead_time
    if seen is None or seen.median_days is None or seen.p90_days is None:
        return None
    found = compared([_base(ground)], names=[""]).scenarios[0]
    return Reproduction(
        median=Found(seen.median_days.value, found.median_days.mean),
        p90=Found(seen.p90_days.value, found.p90_days.mean),
        cases=seen.cases - seen.open_cases,
        simulated_cases=round(found.answered.mean * REPLICATIONS),
        replications=REPLICATIONS,
        people=any(unit.staff for unit in ground.stream.units),
    )


def warm_up() -> None:
    """Load what set-up compiled, before anybody asks."""
    from straume.lean.stream.step_table import read_steps

    row = {"step": "A", "unit": "U", "touch": "10 min", "wait": "1 d"}
    stream = change(read_steps([row], demand_per_year=50).stream, [SetStaff("U", 1)])
    setting = Setting(begin=STANDARD_BEGIN)
    until = STANDARD_BEGIN + 30 * DAY_US
    replicated(stream, replications=2, seed=SEED, until=until, setting=setting)

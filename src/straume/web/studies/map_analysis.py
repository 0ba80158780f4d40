"""What the library makes of a map: a stream and its assessment; what could not be read is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from straume.lean.assess.assessing import assess
from straume.lean.assess.records import Assessment
from straume.lean.errors import InputProblems, Problem, StraumeError
from straume.lean.stream.bpmn import read_bpmn, write_bpmn
from straume.lean.stream.clocks import WorkingTime
from straume.lean.stream.measures import measure
from straume.lean.stream.records import ValueStream
from straume.lean.stream.step_table import StepTable, read_steps
from straume.web.studies.analysis import calendar_of, deadline_of
from straume.web.studies.map_bpmn import rows_of_stream
from straume.web.studies.map_state import STEP_FIELDS, MapState, Rows, rows_of, rows_of_state
from straume.web.studies.models import StreamMap, Study

MOST_ROUNDS = 8  # each leaves out what the one before could not read


@dataclass(frozen=True)
class MapRead:
    """A map as it was understood. `problems` and `notices` name the row (1 = first) and the role."""

    assessment: Assessment | None  # None: there is nothing yet that could be measured
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    step_rows: tuple[int, ...] = ()  # of each step of the stream the row it was read from, 0 = first
    day_minutes: float = 480.0  # of a working day where the service is given


def read_map(
    study: Study, rows: Rows, *, demand: int | None, calendar: dict[str, Any] | None = None
) -> MapRead:
    """Read and measure the rows of a map; a cell that is not understood is left out, and said."""
    kept = [dict(row) for row in rows.rows]
    problems: tuple[Problem, ...] = ()
    for round_number in range(MOST_ROUNDS):
        try:
            table = _table(study, kept, demand, calendar)
            made = assess(table.stream, deadline=deadline_of(study))
        except InputProblems as found:
            if round_number == 0:
                problems = found.problems
            if not _leave_out(kept, found.problems):
                break
        except StraumeError as refusal:
            return MapRead(None, (*problems, Problem(refusal.code, refusal.params)))
        else:
            filled = tuple(at for at, row in enumerate(kept) if any(row.values()))
            day = WorkingTime.of(table.stream.calendar).minutes_per_day
            return MapRead(made, problems, table.notices, filled, day)
    return MapRead(None, tuple(problem for problem in problems if problem.code != "steps_empty"))


def _table(
    study: Study, rows: Sequence[Mapping[str, str]], demand: int | None, calendar: dict[str, Any] | None
) -> StepTable:
    return read_steps(
        rows,
        name=str(study.offer.service),
        demand_per_year=demand or study.offer.demand_per_year(),
        calendar=calendar or calendar_of(study),
    )


def _leave_out(rows: list[dict[str, str]], problems: Sequence[Problem]) -> bool:
    """Take away the cells that problems name (without a name the row); False: nothing was there."""
    anything = False
    for problem in problems:
        at, role = (problem.place.row or 0) - 1, problem.place.column or ""
        if not 0 <= at < len(rows):
            continue
        if role == "step":
            anything = anything or bool(rows[at])
            rows[at] = {}
        elif role in rows[at]:
            del rows[at][role]
            anything = True
        elif "goes_to" in rows[at]:
            del rows[at]["goes_to"]
            anything = True
    return anything


def read_state(study: Study, state: MapState) -> MapRead:
    """A map as it stands, read and measured."""
    return read_map(study, rows_of_state(state), demand=demand_of_state(state))


def stream_of(shown: StreamMap, state: MapState) -> ValueStream | None:
    """The value stream that a map tells; None where nothing on it can be measured yet."""
    read = read_state(shown.study, state)
    return read.assessment.stream if read.assessment else None


def table_rows(state: MapState) -> list[dict[str, str]]:
    """The rows of a map as the step table keeps them: without empty ones, numbered by their order."""
    filled = [step for step in state.steps if any(step.values.get(name) for name in STEP_FIELDS)]
    made = rows_of([(str(step.id), step.values) for step in filled], rate=state.of_map("rate"))
    return [{name: value for name, value in row.items() if name != "number"} for row in made.rows]


def demand_of_state(state: MapState) -> int | None:
    from straume.web.studies.forms.maps import demand_of

    return demand_of(state.of_map("demand"))


def rows_of_log(study: Study, assessment: Assessment, lang: str) -> list[dict[str, str]]:
    """What a log shows of the way of the work, as rows to begin a map with."""
    day = WorkingTime.of(calendar_of(study)).minutes_per_day
    return rows_of_stream(assessment.stream, day_minutes=day, lang=lang).rows


@dataclass(frozen=True)
class BpmnRead:
    """A BPMN file as rows of a map, and what the map cannot hold of it; or why it is no map."""

    rows: tuple[dict[str, str], ...] = ()
    demand: int | None = None
    notices: tuple[Problem, ...] = ()
    simplified: tuple[str, ...] = ()  # steps whose ways on are more than a list of steps can say
    differs: bool = False  # the rows measure otherwise than the file: look at them again
    problems: tuple[Problem, ...] = ()


def read_bpmn_map(study: Study, data: bytes, *, lang: str) -> BpmnRead:
    """The rows of a map from a BPMN file, ours or that of another tool."""
    try:
        document = read_bpmn(data)
    except InputProblems as found:
        return BpmnRead(problems=found.problems)
    except StraumeError as refusal:
        return BpmnRead(problems=(Problem(refusal.code, refusal.params),))
    calendar = calendar_of(study)
    told = rows_of_stream(document.stream, day_minutes=WorkingTime.of(calendar).minutes_per_day, lang=lang)
    numbered = [{**row, "number": str(at)} for at, row in enumerate(told.rows, 1)]
    again = read_map(study, Rows(numbered, [str(at) for at in range(len(numbered))]), demand=None)
    differs = bool(again.problems) or not _alike(again, document.stream, calendar)
    demand = document.stream.demand_per_year
    return BpmnRead(
        tuple(told.rows), int(demand) if demand else None, document.notices, told.simplified, differs
    )


def _alike(read: MapRead, stream: ValueStream, calendar: dict[str, Any]) -> bool:
    """Whether the rows give the work and the lead time that the file gives."""
    if read.assessment is None:
        return False
    of_file, of_rows = measure(stream, calendar=calendar), read.assessment.measures
    pairs = [
        (of_file.process_minutes, of_rows.process_minutes),
        (of_file.lead_time_days, of_rows.lead_time_days),
    ]
    return all(_close(one, other) for one, other in pairs)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 0.005 * max(one, other)


def bpmn_of(shown: StreamMap, state: MapState) -> bytes | None:
    """The map as BPMN 2.0 with lanes and layout; None where nothing on it can be drawn yet."""
    stream = stream_of(shown, state)
    return None if stream is None else write_bpmn(stream, name=shown.name)

"""Which process of a file is the service, and who stands where in it: pools, lanes, nested lanes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from straume.lean.errors import InputProblems, Problem, WrongCall
from straume.lean.stream.bpmn.parsing import reference
from straume.lean.stream.bpmn.vocabulary import ACTIVITIES, BPMN, FLOW_NODES, OWN, is_bpmn, local, q


@dataclass(frozen=True)
class Pool:
    """A process and the pool that shows it; `name` is that of the pool, else of the process."""

    id: str
    name: str
    process: etree._Element
    participant: etree._Element | None = None

    @property
    def activities(self) -> int:
        return sum(is_bpmn(one) and local(one) in ACTIVITIES for one in self.process.iter(etree.Element))

    @property
    def begins(self) -> bool:
        return self.process.find(q(BPMN, "startEvent")) is not None


@dataclass(frozen=True)
class Who:
    """Who does a step: the innermost lane, and the lane around it; `drawn` is what both are called."""

    lane: str = ""
    unit: str = ""
    drawn: str = ""


def pools(root: etree._Element) -> list[Pool]:
    """The processes of a file that hold anything, in its order."""
    by_process: dict[str, etree._Element] = {}
    for participant in root.iter(q(BPMN, "participant")):
        by_process.setdefault(reference(participant.get("processRef")), participant)
    found = []
    for process in root.iterfind(q(BPMN, "process")):
        if not any(is_bpmn(child) and local(child) in FLOW_NODES for child in process):
            continue
        shown = by_process.get(process.get("id") or "")
        named = [one.get("name") or "" for one in (shown, process) if one is not None]
        name = next((tidy(one) for one in named if one.strip()), "")
        found.append(Pool(process.get("id") or "", name, process, shown))
    return found


def service_of(root: etree._Element, *, wanted: str | None) -> tuple[Pool, list[Pool]]:
    """The pool that is the service, and the others.

    The caller names it by an id or a name; else that which has a start event, and of several the one with
    most work. Raises InputProblems where there is none, WrongCall where no pool is called so.
    """
    every = pools(root)
    if not every:
        kinds = ", ".join(sorted({local(child) for child in root if is_bpmn(child)}))
        raise InputProblems((Problem("bpmn_no_process", {"kinds": kinds}),))
    if wanted is None:
        chosen = max(every, key=lambda pool: (pool.begins, pool.activities))
    else:
        named = [pool for pool in every if wanted in _names(pool)]
        if not named:
            raise WrongCall("bpmn_pool_unknown", wanted=wanted, pools=", ".join(map(_shown, every)))
        chosen = named[0]
    return chosen, [pool for pool in every if pool is not chosen]


def who_by_node(process: etree._Element) -> dict[str, Who]:
    """By the id of a flow node: the innermost lane that names it. Lanes of sub-processes count too."""
    found: dict[str, tuple[int, Who]] = {}
    for depth, lane, around in _lanes(process):
        who = _who(lane, around)
        for referred in lane.iterfind(q(BPMN, "flowNodeRef")):
            key = reference(referred.text)
            if depth >= found.get(key, (0, who))[0]:
                found[key] = depth, who
    return {key: who for key, (_, who) in found.items()}


def tidy(name: str | None) -> str:
    """A name on one line: tools break names where their boxes end."""
    return " ".join((name or "").split())


def _lanes(process: etree._Element) -> Iterator[tuple[int, etree._Element, etree._Element | None]]:
    """Each lane with its depth and the lane around it."""
    for lane in process.iter(q(BPMN, "lane")):
        around = list(lane.iterancestors(q(BPMN, "lane")))
        yield len(around), lane, around[0] if around else None


def _who(lane: etree._Element, around: etree._Element | None) -> Who:
    """Unit and function as they were written by us while the lane is still called the same."""
    name, unit = tidy(lane.get("name")), tidy(around.get("name")) if around is not None else ""
    drawn = lane_name(unit, name) if around is not None else name
    own = lane.find(f"{q(BPMN, 'extensionElements')}/{q(OWN, 'lane')}")
    if own is not None and drawn == lane_name(own.get("unit") or "", own.get("lane") or ""):
        return Who(own.get("lane") or "", own.get("unit") or "", drawn)
    return Who(name, unit, drawn)


def lane_name(unit: str, lane: str) -> str:
    """What the lane of a unit and a function is called."""
    parts = [unit, lane] if unit != lane else [unit]
    return tidy(" – ".join(part for part in parts if part))


def _names(pool: Pool) -> set[str]:
    participant = pool.participant
    given = {pool.id, pool.name, tidy(pool.process.get("name"))}
    if participant is not None:
        given |= {participant.get("id") or "", tidy(participant.get("name"))}
    return given - {""}


def _shown(pool: Pool) -> str:
    return f"{pool.name} ({pool.id})" if pool.name else pool.id

"""Streams of several municipalities in one, so that they can share a unit – or not, to compare with that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from straume.lean.errors import WrongCall
from straume.lean.stream.records import CaseAttribute, Node, Route, Step, UnitCapacity, ValueStream

PLACE = "place"  # the attribute that tells whose a case is


def pool_streams(
    streams: Mapping[str, ValueStream], *, shared: Mapping[str, Mapping[str, str]] | None = None
) -> ValueStream:
    """One stream that holds the cases of all places.

    Parameters: streams – by place (a municipality, say), each with its demand and units; shared – name of a
    unit that works for several → the unit that does so by place (`{"Joint": {"Utena": "Law", …}}`), whose
    people keep their hours. Without `shared` every place works alone: what the shared unit is compared with.
    Both have the same requests and the same luck of every case; `compare_scenarios` gives results by place.
    Returns: ValueStream with the attribute "place"; keys begin with "place/", units are called "place: unit".
    Raises: WrongCall `pool_without_streams`, `demand_unknown`, `pool_unit_missing`, `change_staff_unknown`.
    """
    if len(streams) < 2:
        raise WrongCall("pool_without_streams")
    demand = {place: stream.demand_per_year or 0.0 for place, stream in streams.items()}
    if min(demand.values()) <= 0:
        raise WrongCall("demand_unknown")
    together = _together(streams, shared or {})
    whole = sum(demand.values())
    nodes, routes = [Node("start", "start"), Node(PLACE, "xor"), Node("end", "end")], [Route("start", PLACE)]
    steps: list[Step] = []
    units: dict[str, UnitCapacity] = {}
    for place, stream in streams.items():
        key = {node.key: f"{place}/{node.key}" for node in stream.nodes} | {"end": "end"}
        key |= {step.key: f"{place}/{step.key}" for step in stream.steps}
        begins = {node.key for node in stream.nodes if node.kind == "start"}
        nodes += [Node(key[n.key], n.kind) for n in stream.nodes if n.key not in begins and n.key != "end"]
        for route in stream.routes:
            source, target = key[route.source], key[route.target]
            if route.source in begins:
                share = demand[place] / whole
                routes.append(Route(PLACE, target, share, when={PLACE: place}))
            else:
                routes.append(replace(route, source=source, target=target))
        names = {unit: together.get((place, unit), f"{place}: {unit}") for unit in _units(stream)}
        steps += [replace(s, key=key[s.key], unit=names.get(s.unit, "")) for s in stream.steps]
        for unit in stream.units:
            own = replace(unit, calendar=unit.calendar or stream.calendar)
            _add(units, names[unit.name], replace(own, name=f"{place}: {unit.name}"))
    first = next(iter(streams.values()))
    return ValueStream(
        steps=tuple(steps),
        nodes=tuple(nodes),
        routes=tuple(routes),
        units=tuple(units.values()),
        demand_per_year=whole,
        calendar=first.calendar,
        name=first.name,
        attributes=(CaseAttribute(PLACE, {place: each / whole for place, each in demand.items()}),),
    )


def _together(
    streams: Mapping[str, ValueStream], shared: Mapping[str, Mapping[str, str]]
) -> dict[tuple[str, str], str]:
    """Place and unit → the shared unit."""
    found = {}
    for name, by_place in shared.items():
        for place, unit in by_place.items():
            if place not in streams or unit not in _units(streams[place]):
                raise WrongCall("pool_unit_missing", place=place, unit=unit)
            staff = next((each.staff for each in streams[place].units if each.name == unit), None)
            if staff is None:
                raise WrongCall("change_staff_unknown", unit=unit)
            found[place, unit] = name
    return found


def _units(stream: ValueStream) -> list[str]:
    return list(dict.fromkeys([*(u.name for u in stream.units), *(s.unit for s in stream.steps if s.unit)]))


def _add(units: dict[str, UnitCapacity], name: str, own: UnitCapacity) -> None:
    if name == own.name:
        units[name] = own
        return
    before = units.get(name)
    parts = (*(before.pooled if before else ()), own)
    staff = sum(part.staff or 0.0 for part in parts)
    units[name] = UnitCapacity(name, staff, own.calendar, pooled=parts)

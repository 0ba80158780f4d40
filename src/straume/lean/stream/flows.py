"""How often a case comes to each step and gateway, from the shares of the routes alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from straume.lean.stream.records import Node, Route

Matrix = npt.NDArray[np.float64]


def visits(nodes: Sequence[Node], routes: Sequence[Route]) -> dict[str, float] | None:
    """Mean visits per case of every step and gateway; None where a case can never come to an end.

    Solves v = e_start + Pᵀv; a case that waits at a parallel join passes it once.
    """
    return _solved(nodes, routes, start=_start(nodes), prefer=None)


def reached(nodes: Sequence[Node], routes: Sequence[Route], keys: Iterable[str]) -> dict[str, float]:
    """Share of cases that come to each of `keys` at least once: its visits / visits when begun there."""
    position, start = _positions(routes, _start(nodes)), _start(nodes)
    solved: dict[tuple[float, ...], Matrix | None] = {}  # most keys share their weights
    shares: dict[str, float] = {}
    for key in keys:
        weights = tuple(_weights(nodes, routes, key))
        if weights not in solved:
            solved[weights] = _every_visit(routes, weights, position)
        times = solved[weights]
        if times is None or key not in position:
            return {}
        place = position[key]
        if not _is_sound(times[:, [position[start], place]]):
            return {}
        shares[key] = min(1.0, float(times[place, position[start]] / times[place, place]))
    return shares


def taken(nodes: Sequence[Node], routes: Sequence[Route], route: Route) -> float:
    """Share of cases that take `route` at least once: mean times / the same when begun after it."""
    from_start = _solved(nodes, routes, start=_start(nodes), prefer=route.source)
    after_it = _solved(nodes, routes, start=route.target, prefer=route.source)
    if from_start is None or after_it is None:
        return 0.0
    times, again = from_start[route.source] * route.share, after_it[route.source] * route.share
    return min(1.0, times / (1 + again))


def leads_to(nodes: Sequence[Node], routes: Sequence[Route], source: str, key: str) -> float:
    """Share of the cases at `source` that come to `key` from there."""
    from_source = _solved(nodes, routes, start=source, prefer=key)
    from_itself = _solved(nodes, routes, start=key, prefer=key)
    if from_source is None or from_itself is None:
        return 0.0
    return min(1.0, from_source.get(key, 0.0) / from_itself[key])


def followers(routes: Iterable[Route]) -> dict[str, list[str]]:
    """Targets by source."""
    by_source: dict[str, list[str]] = {}
    for route in routes:
        by_source.setdefault(route.source, []).append(route.target)
    return by_source


def reach(by_source: Mapping[str, Sequence[str]], start: str, *, without: str | None = None) -> set[str]:
    """All keys that can be come to from `start`, itself included, never passing `without`."""
    seen, stack = {start}, [start]
    while stack:
        for target in by_source.get(stack.pop(), ()):
            if target not in seen and target != without:
                seen.add(target)
                stack.append(target)
    return seen


def _start(nodes: Sequence[Node]) -> str:
    return next(node.key for node in nodes if node.kind == "start")


def _solved(
    nodes: Sequence[Node], routes: Sequence[Route], *, start: str, prefer: str | None
) -> dict[str, float] | None:
    position = _positions(routes, start)
    matrix = _transitions(routes, _weights(nodes, routes, prefer), position)
    begin = np.zeros(len(position))
    begin[position[start]] = 1.0
    try:
        solution = np.linalg.solve(np.eye(len(position)) - matrix, begin)
    except np.linalg.LinAlgError:
        return None
    if not _is_sound(solution.astype(np.float64)):
        return None
    return {key: float(solution[index]) for key, index in position.items()}


def _every_visit(
    routes: Sequence[Route], weights: Sequence[float], position: Mapping[str, int]
) -> Matrix | None:
    """(I − P)⁻¹: mean visits of each key (row) of a case that begins at each other (column)."""
    try:
        inverse = np.linalg.inv(np.eye(len(position)) - _transitions(routes, weights, position))
    except np.linalg.LinAlgError:
        return None
    return inverse.astype(np.float64)


def _positions(routes: Sequence[Route], start: str) -> dict[str, int]:
    keys = sorted({key for route in routes for key in (route.source, route.target)} | {start})
    return {key: index for index, key in enumerate(keys)}


def _transitions(routes: Sequence[Route], weights: Sequence[float], position: Mapping[str, int]) -> Matrix:
    matrix: Matrix = np.zeros((len(position), len(position)))
    for route, weight in zip(routes, weights):
        matrix[position[route.target], position[route.source]] += weight
    return matrix


def _is_sound(visits: Matrix) -> bool:
    """Whether a case comes to its end: otherwise it visits something without end."""
    return bool(np.all(np.isfinite(visits)) and visits.min() >= -1e-9 and visits.max() <= 1e9)


def _weights(nodes: Sequence[Node], routes: Sequence[Route], prefer: str | None) -> list[float]:
    """Share of each route; of the routes into a parallel join only one carries the case on."""
    arriving: dict[str, list[int]] = {}
    gateways = {node.key for node in nodes if node.kind == "and"}
    for index, route in enumerate(routes):
        if route.target in gateways:
            arriving.setdefault(route.target, []).append(index)
    weights = [route.share for route in routes]
    by_source = followers(routes)
    for join, indices in arriving.items():
        if len(indices) < 2:
            continue
        near = reach(by_source, prefer, without=join) if prefer else set()
        carrier = next((index for index in indices if routes[index].source in near), indices[0])
        for index in indices:
            if index != carrier:
                weights[index] = 0.0
    return weights

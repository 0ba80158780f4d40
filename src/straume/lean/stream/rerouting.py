"""Changes of the way that cases go: steps out, together, apart, elsewhere, side by side; shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from straume.lean.errors import WrongCall
from straume.lean.stream import changes as c
from straume.lean.stream.flows import followers, leads_to, reach, reached, visits
from straume.lean.stream.graph import NEGLIGIBLE, Graph
from straume.lean.stream.records import Route, Span, Step, ValueStream
from straume.lean.stream.settling import settled

SAME = 1e-6  # difference of shares that counts as none
ROUNDS = 60  # of halving, until a share fits


def taken_out(stream: ValueStream, step: Step) -> ValueStream:
    if len(stream.steps) == 1:
        raise WrongCall("change_last_step", step=step.name)
    graph = Graph(stream)
    graph.drop(step.key)
    return _finished(stream, graph, stream.steps)


def joined(stream: ValueStream, steps: Sequence[Step], asked: c.Join) -> ValueStream:
    first, rest = steps[0], steps[1:]
    if not rest:
        raise WrongCall("change_needs_two_steps", step=first.name)
    for other in rest:
        if not _same_cases(stream, first.key, other.key):
            raise WrongCall("change_not_same_cases", step=first.name, other=other.name)
    # where one of them is done again for rework, the joined step is too: its place is theirs
    times = visits(stream.nodes, stream.routes) or {}
    anchor = max(steps, key=lambda step: round(times[step.key], 9))
    graph = Graph(stream)
    for step in steps:
        if step is not anchor:
            graph.drop(step.key)
    spans = [step.touch for step in steps if step.touch is not None]
    qualities = [step.complete_accurate for step in steps if step.complete_accurate is not None]
    together = replace(
        first,
        key=anchor.key,
        share=anchor.share,
        occurrences=anchor.occurrences,
        name=asked.name or " + ".join(step.name for step in steps),
        touch=asked.touch or (added(spans) if spans else None),
        complete_accurate=math.prod(qualities) if qualities else None,
        is_check=all(step.is_check for step in steps),
        other_clock={key: span for key, span in first.other_clock.items() if key == "wait"},
    )
    return _finished(stream, graph, [together if step is anchor else step for step in stream.steps])


def added(spans: Sequence[Span]) -> Span:
    """One span for several one after another: ends and usual values add up, and so do exact means."""
    means = [span.expected_minutes for span in spans]
    exact = any(span.mean_minutes is not None for span in spans)
    return Span(
        sum(span.low_minutes for span in spans),
        sum(span.mode_minutes for span in spans),
        sum(span.high_minutes for span in spans),
        spans[0].clock,
        sum(means) if exact else None,
    )


def scaled(span: Span, factor: float) -> Span:
    mean = None if span.mean_minutes is None else span.mean_minutes * factor
    low, mode, high = (each * factor for each in (span.low_minutes, span.mode_minutes, span.high_minutes))
    return Span(low, mode, high, span.clock, mean)


def parted(stream: ValueStream, step: Step, asked: c.Split) -> ValueStream:
    """The first part keeps the key, what came before and the waiting; the last keeps %C&A."""
    count = len(asked.names)
    if count < 2 or not all(name.strip() for name in asked.names):
        raise WrongCall("change_needs_two_names", step=step.name)
    shares = asked.shares or (1 / count,) * count
    if len(shares) != count or min(shares) < 0 or abs(sum(shares) - 1) > SAME:
        raise WrongCall("change_parts_not_whole", step=step.name)
    if asked.units and len(asked.units) != count:
        raise WrongCall("change_units_too_few", step=step.name)
    graph, parts = Graph(stream), []
    before = step.key
    for number, (name, share) in enumerate(zip(asked.names, shares)):
        key = step.key
        if number:
            key = graph.free_key(f"{step.key}.part")
            graph.steps.append(key)
            graph.insert(key, key, share=1.0, where=graph.out_of(before)[0])
            before = key
        parts.append(_part(step, key, name, share, number, count, asked))
    steps = [part for each in stream.steps for part in (parts if each is step else [each])]
    return _finished(stream, graph, steps)


def _part(step: Step, key: str, name: str, share: float, number: int, count: int, asked: c.Split) -> Step:
    alone = {} if number else {key: span for key, span in step.other_clock.items() if key == "wait"}
    part = replace(
        step,
        key=key,
        name=name,
        unit=asked.units[number] if asked.units else step.unit,
        touch=None if step.touch is None else scaled(step.touch, share),
        complete_accurate=step.complete_accurate if number == count - 1 else None,
        other_clock=alone,
    )
    if number == 0:
        return part
    return replace(
        part, wait=None, between=None, batch_size=None, batch_every_days=None, batch_weekday=None, cases=None
    )


def reordered(stream: ValueStream, step: Step, after: Step | None) -> ValueStream:
    if step is after:
        raise WrongCall("change_after_itself", step=step.name)
    graph = Graph(stream)
    first, last = graph.body(step.key)
    share = graph.onward(first, last).share
    graph.lift(first, last)
    if after is None:
        where = graph.out_of(graph.start)[0]
    else:
        where = graph.onward(*graph.body(after.key))
    graph.insert(first, last, share=share, where=where)
    steps = [each for each in stream.steps if each is not step]
    place = 0 if after is None else steps.index(after) + 1
    return _finished(stream, graph, [*steps[:place], step, *steps[place:]])


def side_by_side(stream: ValueStream, steps: Sequence[Step]) -> ValueStream:
    """Steps that follow one another directly become branches between a split and a join."""
    if len(steps) < 2:
        raise WrongCall("change_needs_two_steps", step=steps[0].name)
    graph = Graph(stream)
    bodies = _chain(graph, steps)
    onward = [graph.onward(*body) for body in bodies]
    arriving = [route for route in graph.into(bodies[0][0]) if route.source != bodies[0][1]]
    split, join = graph.node(f"{steps[0].key}.all", "and"), graph.node(f"{steps[0].key}.joined", "and")
    gone = [id(route) for route in (*onward, *arriving)]
    graph.routes = [route for route in graph.routes if id(route) not in gone]
    graph.routes += [replace(route, target=split) for route in arriving]
    for (first, last), leaving in zip(bodies, onward):
        graph.routes += [Route(split, first), Route(last, join, leaving.share)]
    graph.routes.append(replace(onward[-1], source=join, share=1.0))
    return _finished(stream, graph, stream.steps)


def _chain(graph: Graph, steps: Sequence[Step]) -> list[tuple[str, str]]:
    """First and last keys of the steps in the order in which they follow one another."""
    bodies = {graph.body(step.key): step for step in steps}
    following = {graph.onward(*body).target: body for body in bodies}
    first = next((body for body in bodies if body[0] not in following), next(iter(bodies)))
    chain = [first]
    by_first = {body[0]: body for body in bodies}
    while len(chain) < len(bodies):
        after = by_first.get(graph.onward(*chain[-1]).target)
        if after is None or after in chain:
            other = next(step for body, step in bodies.items() if body not in chain)
            raise WrongCall("change_not_one_after_another", step=bodies[chain[-1]].name, other=other.name)
        chain.append(after)
    return chain


def route_share_set(stream: ValueStream, asked: c.SetShare) -> ValueStream:
    graph = Graph(stream)
    ways = graph.out_of(asked.source)
    way = next((route for route in ways if route.target == asked.target), None)
    if way is None:
        raise WrongCall("change_no_such_route", source=asked.source, target=asked.target)
    if graph.kinds.get(asked.source) != "xor" or len(ways) < 2:
        raise WrongCall("change_no_choice", source=asked.source)
    set_route(graph, way, asked.share)
    return _finished(stream, graph, stream.steps)


def step_share_set(stream: ValueStream, step: Step, share: float) -> ValueStream:
    """At the nearest choice that decides on the step; where none does, a way past it is made."""
    graph = Graph(stream)
    most = _reached(graph, step.key)
    for way in _choices(graph, step.key):
        few, many = (_reached_with(stream, step.key, way, each) for each in (0.25, 0.75))
        if many - few < SAME:  # all come here sooner or later, as out of a loop
            continue
        most_here = _reached_with(stream, step.key, way, 1.0)
        if share > most_here + SAME:
            most = most_here
            break
        set_route(graph, way, _fitting(stream, step.key, way, share))
        return _finished(stream, graph, stream.steps)
    if share > most + SAME:
        raise WrongCall("change_share_too_large", step=step.name, share=share, most=most)
    if share <= NEGLIGIBLE:
        return taken_out(stream, step)
    if share < most - SAME:
        way = _pass_by(graph, step.key)
        draft = replace(stream, nodes=graph.nodes(), routes=tuple(graph.routes))
        set_route(graph, way, _fitting(draft, step.key, way, share))
    return _finished(stream, graph, stream.steps)


def _choices(graph: Graph, key: str) -> list[Route]:
    """Routes out of choices by which a case may or may not come to `key`, the nearest first."""
    found: list[Route] = []
    seen: set[str] = set()
    while key not in seen and key != graph.start:
        seen.add(key)
        ways = [route for route in graph.into(key) if not route.is_rework]
        if len(ways) != 1:
            return found
        source = ways[0].source
        if graph.kinds.get(source) == "xor" and len(graph.out_of(source)) > 1:
            found.append(ways[0])
        key = source
    return found


def set_route(graph: Graph, way: Route, share: float) -> None:
    """One route of a choice takes `share`; the others keep their proportions.

    Raises WrongCall `change_choice_by_kind` where not chance decides but what kind of case it is.
    """
    if any(route.when for route in graph.out_of(way.source)):
        raise WrongCall("change_choice_by_kind")
    others = [route for route in graph.out_of(way.source) if route is not way]
    rest = sum(route.share for route in others)
    new = {id(way): share}
    for route in others:
        new[id(route)] = (1 - share) * (route.share / rest if rest > 0 else 1 / len(others))
    graph.routes = [
        replace(route, share=new[id(route)], count=None) if id(route) in new else route
        for route in graph.routes
    ]


def _fitting(stream: ValueStream, step: str, way: Route, wanted: float) -> float:
    """The share of a route at which `wanted` of all cases come to the step: it only grows, so by halving."""
    low, high = 0.0, 1.0
    if wanted <= NEGLIGIBLE or _reached_with(stream, step, way, 1.0) <= wanted + NEGLIGIBLE:
        return 0.0 if wanted <= NEGLIGIBLE else 1.0
    for _ in range(ROUNDS):
        middle = (low + high) / 2
        if _reached_with(stream, step, way, middle) < wanted:
            low = middle
        else:
            high = middle
    return high


def _reached_with(stream: ValueStream, step: str, way: Route, share: float) -> float:
    graph = Graph(stream)
    set_route(graph, next(route for route in graph.routes if route == way), share)
    return _reached(graph, step)


def _reached(graph: Graph, step: str) -> float:
    return reached(graph.nodes(), graph.routes, [step]).get(step, 0.0)


def _pass_by(graph: Graph, step: str) -> Route:
    """A choice before the step with its repeats: the route by which cases go to it."""
    first, last = graph.body(step)
    arriving = [route for route in graph.into(first) if route.source != last]
    onward = graph.onward(first, last)
    needed, done = graph.node(f"{step}.needed", "xor"), graph.node(f"{step}.done", "xor")
    gone = [id(route) for route in (onward, *arriving)]
    graph.routes = [route for route in graph.routes if id(route) not in gone]
    graph.routes += [replace(route, target=needed) for route in arriving]
    way = Route(needed, first, 0.5)
    graph.routes += [way, Route(needed, done, 0.5)]
    graph.routes += [Route(last, done, onward.share), replace(onward, source=done, share=1.0)]
    return way


def yield_set(stream: ValueStream, step: Step, complete_accurate: float) -> ValueStream:
    """What comes back to the step grows or shrinks as what is not right does."""
    graph, old = Graph(stream), step.complete_accurate
    if old is not None and old < 1:
        for way in _coming_back(graph, step.key):
            share = way.share * (1 - complete_accurate) / (1 - old)
            if share >= 1 - NEGLIGIBLE:
                raise WrongCall("change_never_right", step=step.name)
            current = next(
                r for r in graph.routes if (r.source, r.target, r.is_rework) == (way.source, way.target, True)
            )
            set_route(graph, current, share)
    better = replace(step, complete_accurate=complete_accurate)
    return _finished(stream, graph, [better if each is step else each for each in stream.steps])


def _coming_back(graph: Graph, step: str) -> list[Route]:
    """Routes of rework that lead to the step with nothing but gateways between."""
    gateways = followers(route for route in graph.routes if route.source in graph.kinds)
    return [route for route in graph.routes if route.is_rework and step in reach(gateways, route.target)]


def _same_cases(stream: ValueStream, one: str, other: str) -> bool:
    """Whether a case that comes to one of two steps comes to the other too."""
    nodes, routes = stream.nodes, stream.routes
    shares = reached(nodes, routes, (one, other))
    if abs(shares[one] - shares[other]) > SAME:
        return False
    if max(leads_to(nodes, routes, one, other), leads_to(nodes, routes, other, one)) > 1 - SAME:
        return True
    for node in stream.nodes:
        if node.kind == "and":
            targets = [route.target for route in routes if route.source == node.key]
            sure = [
                {target for target in targets if leads_to(nodes, routes, target, key) > 1 - SAME}
                for key in (one, other)
            ]
            if sure[0] and sure[1] and sure[0] != sure[1]:
                return True
    return False


def _finished(stream: ValueStream, graph: Graph, steps: Sequence[Step]) -> ValueStream:
    graph.tidy()
    if not graph.answers() or not graph.steps:
        raise WrongCall("change_no_way_left")
    return settled(stream, graph, steps)

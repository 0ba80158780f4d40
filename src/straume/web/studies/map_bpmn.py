"""A value stream from elsewhere as rows of a map: where each step leads, times as people would type them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from straume.lean.stream.records import Route, Span, Step, ValueStream

END, NOWHERE = "end", "nowhere"
WORDS = {  # as the step table reads them in each language
    "lv": {"end": "beigas", "nowhere": "nekur", "day": "d", "working_day": "d. d."},
    "lt": {"end": "pabaiga", "nowhere": "niekur", "day": "d", "working_day": "d. d."},
    "en": {"end": "end", "nowhere": "nowhere", "day": "days", "working_day": "working days"},
}
MINUTES_PER_DAY = 1440.0


@dataclass(frozen=True)
class Told:
    """Rows by role, and the names of the steps whose ways a list of steps cannot say in full."""

    rows: list[dict[str, str]]
    simplified: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()  # of the step of each row


@dataclass(frozen=True)
class Onward:
    """Where a step leads: one of these with its share, or all of them at once."""

    targets: tuple[tuple[str, float], ...]
    parallel: bool = False
    whole: bool = True  # false: more leads on from here than a row can say


def rows_of_stream(stream: ValueStream, *, day_minutes: float, lang: str) -> Told:
    """One row for each step, the first step of the way first."""
    ways = _Ways(stream)
    begin = ways.onward("start")
    first = next((key for key, _share in begin.targets if key not in (END, NOWHERE)), "")
    steps = sorted(stream.steps, key=lambda step: step.key != first)
    numbers = {step.key: str(at) for at, step in enumerate(steps, 1)}
    rows, simplified = [], []
    if not begin.whole or len(begin.targets) > 1:
        simplified += [step.name for step in steps if step.key == first]
    for step in steps:
        onward = ways.onward(step.key)
        if not onward.whole:
            simplified.append(step.name)
        row = _row(step, day_minutes, lang)
        row["goes_to"] = _goes_to(onward, numbers, lang)
        rows.append({role: value for role, value in row.items() if value})
    return Told(rows, tuple(simplified), tuple(step.key for step in steps))


class _Ways:
    """Follows the routes through gateways to the steps behind them."""

    def __init__(self, stream: ValueStream) -> None:
        self.steps = {step.key for step in stream.steps}
        self.kinds = {node.key: node.kind for node in stream.nodes}
        self.after: dict[str, list[Route]] = {}
        for route in stream.routes:
            self.after.setdefault(route.source, []).append(route)

    def onward(self, key: str) -> Onward:
        found = self._behind(key, 1.0, frozenset())
        if found.parallel or not found.targets:
            return found
        shares: dict[str, float] = {}
        for target, share in found.targets:
            shares[target] = shares.get(target, 0.0) + share
        return Onward(tuple(shares.items()), whole=found.whole)

    def _behind(self, key: str, share: float, seen: frozenset[str]) -> Onward:
        """What lies behind a step or gateway; a loop of gateways alone leads nowhere further."""
        routes = self.after.get(key, [])
        if self.kinds.get(key) == "and" and len(routes) > 1:
            return self._all_of(routes, seen | {key})
        targets: list[tuple[str, float]] = []
        whole, parallel = True, False
        for route in routes:
            part = share * route.share
            if route.target in self.steps:
                targets.append((route.target, part))
            elif self.kinds.get(route.target) == "end":
                targets.append((END if route.target == END else NOWHERE, part))
            elif route.target not in seen:
                behind = self._behind(route.target, part, seen | {key})
                if behind.parallel and len(routes) == 1:
                    return behind
                whole = whole and behind.whole and not behind.parallel
                targets += [(behind.targets[0][0], part)] if behind.parallel else behind.targets
        return Onward(tuple(targets), parallel, whole)

    def _all_of(self, routes: Sequence[Route], seen: frozenset[str]) -> Onward:
        """The first step of each branch; one that begins with a choice keeps its likeliest way alone."""
        targets, whole = [], True
        for route in routes:
            branch = self._behind_of(route, seen)
            if branch.targets:
                likeliest = max(branch.targets, key=lambda one: one[1])
                targets.append((likeliest[0], 1.0))
            whole = whole and branch.whole and len(branch.targets) == 1 and not branch.parallel
        return Onward(tuple(dict.fromkeys(targets)), parallel=True, whole=whole)

    def _behind_of(self, route: Route, seen: frozenset[str]) -> Onward:
        if route.target in self.steps:
            return Onward(((route.target, 1.0),))
        if self.kinds.get(route.target) == "end":
            return Onward(((END if route.target == END else NOWHERE, 1.0),))
        return Onward(()) if route.target in seen else self._behind(route.target, 1.0, seen)


def _goes_to(onward: Onward, numbers: dict[str, str], lang: str) -> str:
    def named(target: str) -> str:
        return numbers.get(target, WORDS[lang].get(target, target))

    if onward.parallel:
        return " + ".join(named(target) for target, _share in onward.targets)
    if len(onward.targets) == 1:
        return named(onward.targets[0][0])
    return "; ".join(f"{named(target)} {_percent(share, lang)}" for target, share in onward.targets)


def _row(step: Step, day_minutes: float, lang: str) -> dict[str, str]:
    basis = step.legal_basis
    return {
        "step": step.name,
        "lane": step.lane,
        "unit": step.unit,
        "touch": _span(step.touch, day_minutes, lang),
        "wait": _span(step.wait or step.between, day_minutes, lang),
        "complete_accurate": _percent(step.complete_accurate, lang),
        "value_class": step.value_class or "",
        "medium": step.medium or "",
        "system": step.system,
        "legal_basis": basis.text if basis else "",
        "legal_from": (basis.from_on or "") if basis else "",
        "legal_until": (basis.until_on or "") if basis else "",
        "batch_size": "" if step.batch_size is None else f"{step.batch_size:g}",
        "batch_days": "" if step.batch_every_days is None else f"{step.batch_every_days:g}",
        "is_check": "x" if step.is_check else "",
        "notes": step.notes,
    }


def _percent(share: float | None, lang: str) -> str:
    if share is None:
        return ""
    return f"{share * 100:.4g} %".replace(".", "." if lang == "en" else ",")


def _span(span: Span | None, day_minutes: float, lang: str) -> str:
    """ "15–40 min", "2 d. d.": in the largest unit in which every end is short to say."""
    if span is None:
        return ""
    ends = [span.low_minutes, span.mode_minutes, span.high_minutes]
    day = MINUTES_PER_DAY if span.clock == "calendar" else day_minutes
    unit = WORDS[lang]["day" if span.clock == "calendar" else "working_day"]
    short = all(abs(round(end / day, 2) * day - end) < 0.01 for end in ends)
    if span.clock == "calendar" or (short and ends[-1] >= day):
        shown, unit = [end / day for end in ends], unit
    else:
        shown, unit = ends, "min"
    numbers = [f"{number:.6g}".replace(".", "." if lang == "en" else ",") for number in shown]
    if numbers[0] == numbers[2]:
        return f"{numbers[0]} {unit}"
    if abs(shown[1] - (shown[0] + shown[2]) / 2) < 1e-6:
        return f"{numbers[0]}–{numbers[2]} {unit}"
    return f"{' / '.join(numbers)} {unit}"

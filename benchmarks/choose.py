"""How long the choice of activities takes with its proof, beside HiGHS on the same model.

`python benchmarks/choose.py` prints the table; `benchmarks/run.py` takes it from `main()`.
"""

from __future__ import annotations

import random
import statistics
import time
from datetime import date, timedelta
from importlib.metadata import version
from itertools import combinations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from straume.lean.choose.portfolio import portfolio
from straume.lean.choose.problem import FULL, Question, question
from straume.lean.choose.records import Candidate, Limits
from straume.lean.choose.solving import Clock, best

CANDIDATES, NEEDS, MUNICIPALITIES = 60, 40, 17
SEEDS = range(12)
TARGET_SECONDS = 1.0
LINES = ("external", "travel", "staff")
TOWNS = ("Rēzekne", "Utena", "Līvāni", "Zarasai", "Ignalina", "Daugavpils")
BEGINS = date(2018, 1, 1)


def main() -> str:
    """Choose with each seed both ways, compare the values, and return a section of Markdown."""
    ours, theirs, whole = [], [], []
    for seed in SEEDS:
        asked = _asked(seed)
        seconds, found = _timed(lambda asked=asked: best(asked, Clock.start(60)))
        peer_seconds, value = _timed(lambda asked=asked: _highs(asked))
        if found.status != "proven" or found.value != value:
            raise AssertionError(f"seed {seed}: {found.status}, {found.value} and {value}")
        ours.append(seconds)
        theirs.append(peer_seconds)
        more, _all = _timed(lambda asked=asked: _with_all(asked))
        whole.append(more)
    ratio = statistics.median(ours) / statistics.median(theirs)
    return "\n".join(
        [
            "## Choosing activities",
            "",
            f"{CANDIDATES} candidates, {NEEDS} needs, {MUNICIPALITIES} municipalities, {len(SEEDS)} seeds:",
            "proven optimum with one worker, values equal to those of HiGHS on the same model. Seconds of",
            f"one processor. Target: under {TARGET_SECONDS:g} s. Ours also finds the cheapest of the best.",
            "",
            "| | median | longest |",
            "|---|---:|---:|",
            f"| CP-SAT {version('ortools')}, with its proof | {_median(ours)} | {max(ours):.2f} s |",
            f"| HiGHS of scipy {version('scipy')} | {_median(theirs)} | {max(theirs):.2f} s |",
            f"| ours as a part of HiGHS | {ratio:.2f} | |",
            f"| with runner-up and the price of each limit | {_median(whole)} | {max(whole):.2f} s |",
            "",
        ]
    )


def _median(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} s"


def _timed(run):
    began = time.process_time()
    answer = run()
    return time.process_time() - began, answer


def _with_all(asked: Question):
    return portfolio(candidates=asked.candidates, weights=asked.weights, limits=asked.limits, seconds=120)


def _asked(seed: int) -> Question:
    """A cooperation of two countries with two fifths of the money that everything would cost."""
    draw = random.Random(seed)
    places = [f"m{n:02d}" for n in range(MUNICIPALITIES)]
    needs = [f"n{n:02d}" for n in range(NEEDS)]
    candidates = [_candidate(draw, n, places, needs) for n in range(CANDIDATES)]
    limits = Limits(
        lines_cents={
            line: sum(one.cost_cents for one in candidates if one.line == line) * 2 // 5 for line in LINES
        },
        least_per_municipality=dict.fromkeys(places, 1),
        least_in_language={"lv": 2, "lt": 2},
        least_places=300,
        most_in_town=6,
        understands={
            place: frozenset({"lv", "en"} if n < 10 else {"lt", "en"}) for n, place in enumerate(places)
        },
    )
    weights = {need: {place: draw.randrange(500) for place in places} for need in needs}
    return question(candidates=candidates, weights=weights, limits=limits, again_percent=0)


def _candidate(draw: random.Random, number: int, places: list[str], needs: list[str]) -> Candidate:
    days = draw.choice([1, 1, 2, 3])
    begins = BEGINS + timedelta(days=draw.randrange(400))
    return Candidate(
        code=f"c{number:02d}",
        cost_cents=draw.randrange(1500, 20000) * 100,
        line=draw.choice(LINES),
        needs={need: draw.choice([30, 60, 100]) for need in draw.sample(needs, draw.randrange(2, 7))},
        municipalities=frozenset(draw.sample(places, draw.choice([2, 4, 8, 10, 17]))),
        languages=frozenset(draw.sample(["lv", "lt", "en"], draw.choice([1, 1, 2, 3]))),
        places=draw.randrange(10, 80),
        town=draw.choice(TOWNS),
        earliest_on=begins,
        latest_on=begins + timedelta(days=days - 1),
        days=days,
        people=frozenset(draw.sample(["A", "B", "C"], draw.choice([0, 1]))),
    )


def _highs(asked: Question) -> int:
    """Value of the best, as a mixed-integer programme; steps of a need may be continuous there."""
    rows: list[tuple[dict[int, float], float, float]] = []
    gains = [0.0] * len(asked.candidates)
    for term in asked.terms:
        steps = sorted({percent for _number, percent in term.percent})
        for below, step in zip([0, *steps], steps, strict=False):
            gains.append(float(term.weight * (step - below) * FULL))
            row = {number: -1.0 for number, percent in term.percent if percent >= step}
            rows.append((row | {len(gains) - 1: 1.0}, -np.inf, 0.0))
    rows += _limits(asked)
    matrix = csr_array(
        (
            [value for row, _low, _high in rows for value in row.values()],
            (
                [at for at, (row, _low, _high) in enumerate(rows) for _value in row],
                [column for row, _low, _high in rows for column in row],
            ),
        ),
        shape=(len(rows), len(gains)),
    )
    answer = milp(
        -np.array(gains),
        constraints=LinearConstraint(matrix, [low for _r, low, _h in rows], [high for _r, _l, high in rows]),
        integrality=np.array([1] * len(asked.candidates) + [0] * (len(gains) - len(asked.candidates))),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    chosen = [number for number in range(len(asked.candidates)) if answer.x[number] > 0.5]
    return asked.value(chosen)


def _limits(asked: Question) -> list[tuple[dict[int, float], float, float]]:
    those, limits = asked.candidates, asked.limits
    rows = [
        ({n: one.cost_cents for n, one in enumerate(those) if one.line == line}, -np.inf, cents)
        for line, cents in limits.lines_cents.items()
    ]
    rows += [
        ({n: 1.0 for n, places in enumerate(asked.reached) if place in places}, least, np.inf)
        for place, least in limits.least_per_municipality.items()
    ]
    rows += [
        ({n: 1.0 for n, one in enumerate(those) if spoken in one.languages}, least, np.inf)
        for spoken, least in limits.least_in_language.items()
    ]
    rows.append(({n: one.places for n, one in enumerate(those)}, limits.least_places, np.inf))
    rows += [
        ({n: 1.0 for n, one in enumerate(those) if one.town == town}, -np.inf, limits.most_in_town)
        for town in TOWNS
    ]
    for numbers in asked.shared.values():
        rows += [({a: 1.0, b: 1.0}, -np.inf, 1.0) for a, b in combinations(numbers, 2) if _meet(asked, a, b)]
    return rows


def _meet(asked: Question, one: int, other: int) -> bool:
    a, b = asked.candidates[one], asked.candidates[other]
    return a.earliest_on <= b.latest_on and b.earliest_on <= a.latest_on


if __name__ == "__main__":
    print(main())

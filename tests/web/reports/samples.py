"""Assessments to draw: invented, small enough to know what must be seen in the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from straume.lean.assess.records import (
    Assessment,
    Estimate,
    Finding,
    LeadTime,
    Promise,
    StreamMeasures,
    TimePart,
    WeekFigures,
)
from straume.lean.stream.records import LegalBasis, Node, Route, Span, Step, ValueStream
from straume.web.studies.periods import ShownPeriod

NIN = (
    ("Atlasa parādniekus", "Nodokļu nodaļa", 35, 3.0, "necessary"),
    ("Saskaņo ar pagastu pārvaldēm", "Pagastu pārvaldes", 20, 5.0, None),
    ("Sūta atgādinājumu", "Nodokļu nodaļa", 10, 2.0, "value"),
    ("Sagatavo brīdinājumu", "Nodokļu nodaļa", 25, 14.0, "value"),
    ("Vīzē jurists", "Juridiskā nodaļa", 15, 9.0, "waste"),
    ("Paraksta vadītājs", "Administrācija", 4, 6.0, None),
    ("Sūta ierakstītā vēstulē", "Lietvedība", 12, 1.0, "necessary"),
    ("Brīdina atkārtoti", "Nodokļu nodaļa", 15, 30.0, None),
    ("Skata komiteja", "Finanšu komiteja", 20, 14.0, None),
    ("Lemj dome", "Dome", 10, 10.0, None),
    ("Nodod izpildrīkojumu tiesu izpildītājam", "Juridiskā nodaļa", 25, 4.0, "value"),
)


def chain(rows: Sequence[tuple[str, str, float, float, str | None]], *, loop: bool = False) -> ValueStream:
    """Steps one after another, as a room tells them; with `loop` the fifth sends some back to the fourth."""
    steps = tuple(
        Step(
            key=f"s{n}",
            name=name,
            lane=lane,
            touch=Span(touch, touch, touch),
            wait=Span(wait * 1440, wait * 1440, wait * 1440, clock="calendar"),
            value_class=kind,
            complete_accurate=0.8 if n == 4 else None,
            legal_basis=LegalBasis("Likums „Par nekustamā īpašuma nodokli”, 9. pants") if n == 0 else None,
        )
        for n, (name, lane, touch, wait, kind) in enumerate(rows)
    )
    keys = ["start", *(step.key for step in steps), "end"]
    routes = [Route(a, b) for a, b in pairwise(keys)]
    if loop and len(steps) > 5:
        routes = [r for r in routes if r.source != "s4"]
        routes += [Route("s4", "x"), Route("x", "s5", 0.8), Route("x", "s3", 0.2, is_rework=True)]
    nodes = (Node("start", "start"), Node("end", "end"), *([Node("x", "xor")] if loop else []))
    return ValueStream(steps=steps, nodes=nodes, routes=tuple(routes))


def branching() -> ValueStream:
    """A choice of 60 to 40, two checks side by side, a way round the last step."""
    span = Span(10, 20, 40)
    steps = tuple(
        Step(key, name, lane=lane, touch=span, wait=Span(480, 960, 1440), share=share)
        for key, name, lane, share in (
            ("a", "Reģistrē iesniegumu", "Lietvedība", 1.0),
            ("b", "Izskata vienkāršotā kārtībā", "Būvvalde", 0.6),
            ("c", "Izskata pilnā kārtībā", "Būvvalde", 0.4),
            ("d", "Saņem vides atzinumu", "Vides nodaļa", 0.4),
            ("e", "Saņem ceļu atzinumu", "Ceļu nodaļa", 0.4),
            ("f", "Sagatavo lēmumu", "Būvvalde", 1.0),
            ("g", "Izsūta", "Lietvedība", 0.9),
        )
    )
    nodes = tuple(
        Node(key, kind)
        for key, kind in (
            ("start", "start"),
            ("x1", "xor"),
            ("p1", "and"),
            ("p2", "and"),
            ("x2", "xor"),
            ("x3", "xor"),
            ("x4", "xor"),
            ("end", "end"),
        )
    )
    routes = (
        Route("start", "a"),
        Route("a", "x1"),
        Route("x1", "b", 0.6),
        Route("x1", "c", 0.4),
        Route("c", "p1"),
        Route("p1", "d"),
        Route("p1", "e"),
        Route("d", "p2"),
        Route("e", "p2"),
        Route("p2", "x2"),
        Route("b", "x2"),
        Route("x2", "f"),
        Route("f", "x3"),
        Route("x3", "g", 0.9),
        Route("x3", "x4", 0.1),
        Route("g", "x4"),
        Route("x4", "end"),
    )
    return ValueStream(steps=steps, nodes=nodes, routes=routes)


def forty() -> ValueStream:
    """Forty steps with names as long as they come, nine units, three ways back."""
    long_name = (
        "Pārbauda iesniegumam pievienoto dokumentu atbilstību normatīvo aktu prasībām un sagatavo atzinumu"
    )
    lanes = (
        "Klientu apkalpošanas centrs",
        "Īpašumu nodaļa",
        "Juridiskā un iepirkumu nodaļa",
        "Grāmatvedība",
        "Būvvalde",
        "Attīstības un plānošanas nodaļa",
        "Izpilddirektors",
        "Finanšu komiteja",
        "Dome",
    )
    kinds = ("value", "necessary", "waste", None)
    rows = [
        (
            f"{n + 1}. {long_name[: 30 + (n * 7) % 60]}",
            lanes[(n * n + n // 3) % 9],
            5 + n,
            n % 11,
            kinds[n % 4],
        )
        for n in range(40)
    ]
    stream = chain(rows)
    back = tuple(Route(f"s{n}", f"s{n - 4}", 0.15, is_rework=True) for n in (9, 22, 37))
    return replace(stream, routes=stream.routes + back)


def assessment(stream: ValueStream, *, entrance: str = "log", findings: int = 5) -> Assessment:
    """An assessment of the stream with every figure known; the parts of its time follow from its steps."""
    parts = [
        TimePart(step.value_class or "not_judged", step.name, step.touch.mode_minutes / 480, 0.0)
        for step in stream.steps
    ]
    parts += [TimePart("waiting", step.name, step.wait.mode_minutes / 1440, 0.0) for step in stream.steps]
    whole = sum(part.days for part in parts)
    return Assessment(
        entrance=entrance,
        facts=None,
        first_on="2018-01-01",
        last_on="2018-12-31",
        lead_time=LeadTime(
            Estimate(41, 39, 44, 412),
            Estimate(60, 57, 64, 412),
            Estimate(73, 68, 79, 412),
            45.2,
            29.0,
            412,
            18,
        ),
        promise=Promise(30, "calendar", Estimate(0.38, 0.33, 0.43, 412), Estimate(0.41, 0.36, 0.46, 412)),
        work_minutes_per_case=Estimate(144, 139, 150, 412),
        work_estimated_share=0.18,
        time_parts=tuple(replace(part, share=part.days / whole) for part in parts),
        steps=(),
        edges=(),
        weeks=weeks(),
        littles_law=None,
        variants=116,
        first_time_right=Estimate(0.8, 0.76, 0.84, 412),
        cases_with_rework=84,
        repeated_items=101,
        handoffs_between_units=9,
        ping_pong_cases=12,
        stream=stream,
        measures=StreamMeasures(
            41,
            191,
            0.0101,
            None,
            0.55,
            None,
            None,
            None,
            None,
            len(stream.steps),
            9,
            1,
            critical_path=tuple(step.key for step in stream.steps),
        ),
        replay_fitness=0.98,
        findings=tuple(finding(stream, n) for n in range(findings)),
        withheld=(),
        library_version="0.1.0",
    )


def finding(stream: ValueStream, number: int) -> Finding:
    step = stream.steps[number % len(stream.steps)]
    return Finding(
        code="long_wait",
        step=step.name,
        edge=None,
        unit=step.lane,
        cases_touched=400,
        cases=412,
        hours_per_year=137.0 - number,
        days_per_case=Estimate(9.0, 7.5, 10.5, 400),
        certainty=("high", "medium", "low")[number % 3],
        counts={"share_of_lead": 0.22},
    )


def weeks(count: int = 52) -> tuple[WeekFigures, ...]:
    made, open_cases = [], 10
    for n in range(count):
        arrived, ended = 6 + (n * 7) % 5, 5 + (n * 3) % 6
        open_cases = max(0, open_cases + arrived - ended)
        made.append(WeekFigures(f"2018-W{n + 1:02d}", arrived, ended, open_cases))
    return tuple(made)


def periods(count: int = 52) -> tuple[ShownPeriod, ...]:
    return tuple(
        ShownPeriod(week.week, date.fromisocalendar(2018, n, 1), week.arrived, week.ended, week.in_progress)
        for n, week in enumerate(weeks(count), 1)
    )


STREAMS = {
    "three": chain(NIN[:3]),
    "eleven": chain(NIN, loop=True),
    "branching": branching(),
    "forty": forty(),
}

"""Words of the printed map: its head, its figures, its key, and the map as a table and as lines of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from straume.lean.assess.records import Assessment
from straume.lean.stream.records import Clock, ParallelChoice, Span, Step, StreamMeasures
from straume.words import format as fmt
from straume.words import terms
from straume.words.catalog import catalog
from straume.words.clocks import working_week

DAY = 1440.0
USUAL = 0.995  # from here on "all cases"


@dataclass(frozen=True)
class Table:
    """The map as a table: one row for each step, in the numbers of the map."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def kind(lang: str) -> str:
    return catalog("map_sheet", lang).gettext("Value stream map")


def state(code: str, lang: str) -> str:
    """What stage of its life a map is at."""
    _ = catalog("map_sheet", lang).gettext
    return {
        "draft": _("Draft"),
        "validated": _("Validated at the place of work"),
        "baseline": _("Baseline, locked"),
        "future": _("Future state"),
        "implemented": _("Implemented"),
        "standard": _("Standard"),
        "superseded": _("Superseded"),
    }[code]


def headings(lang: str) -> dict[str, str]:
    """Words that stand on the sheet whatever it shows."""
    _ = catalog("map_sheet", lang).gettext
    return {
        "simulated": _("Simulated, not real data"),
        "bursts": _("Ideas for improvement"),
        "critical": _("Decides how long it takes"),
        "hand_off": _("Hand-off to another function or unit"),
        "back": _("Back to earlier work"),
        "burst": _("Idea for improvement, by number"),
        "table": _("The map as a table"),
        "lines": _("The map in words"),
        "path": _("What decides how long it takes"),
        "done": _("done"),
        "work": _("Work"),
        "wait": _("Waits"),
        "since": _("Since before"),
        "complete": _("Usable as it is"),
    }


def more_ideas(count: int, lang: str) -> str:
    """How many ideas the sheet has no room for."""
    words = catalog("map_sheet", lang)
    return words.ngettext(
        "{n} more stands in the list, not here", "{n} more stand in the list, not here", count
    ).format(n=fmt.number(count, lang, 0))


def basis(assessment: Assessment, *, people: int | None, lang: str) -> str:
    """On what the map rests: cases of a log with their period, or people who told it."""
    words = catalog("map_sheet", lang)
    if assessment.facts is not None:
        cases = assessment.facts.cases
        said = words.ngettext("measured in {n} case", "measured in {n} cases", cases)
        text = said.format(n=fmt.number(cases, lang, 0))
        if assessment.first_on and assessment.last_on:
            text += f", {fmt.period(assessment.first_on, assessment.last_on, lang)}"
        return text
    if people is None:
        return words.gettext("estimates of the people who do the work")
    said = words.ngettext("told by {n} person", "told by {n} people", people)
    return said.format(n=fmt.number(people, lang, 0))


def strip(assessment: Assessment, lang: str) -> list[tuple[str, str, str]]:
    """The figures under the map: label, value, and what is missing where there is no value."""
    m = assessment.measures
    days = assessment.lead_time.mean_days if assessment.lead_time else m.lead_time_days
    said: dict[str, str | None] = {
        "lead_time_days": None if days is None else fmt.days(days, lang),
        "process_minutes": None if m.process_minutes is None else fmt.minutes(m.process_minutes, lang),
        "activity_ratio": None if m.activity_ratio is None else fmt.percent(m.activity_ratio, lang),
        "process_cycle_efficiency": None
        if m.process_cycle_efficiency is None
        else fmt.percent(m.process_cycle_efficiency, lang),
        "rolled_yield": None if m.rolled_yield is None else fmt.percent(m.rolled_yield, lang),
        "handoffs": fmt.number(m.handoffs, lang, 0),
        "direct_cost_eur_per_case": None
        if m.direct_cost_eur_per_case is None
        else f"{fmt.number(m.direct_cost_eur_per_case, lang, 2)}{fmt.NBSP}EUR",
        "required_fte": None if m.required_fte is None else fmt.number(m.required_fte, lang, 1),
    }
    return [
        (terms.measure(name, lang), value if value is not None else "–", _why(m, name, value, lang))
        for name, value in said.items()
    ]


def _why(measures: StreamMeasures, name: str, value: str | None, lang: str) -> str:
    missing = dict(measures.missing)
    missing.setdefault("required_fte", missing.get("required_hours_per_year", ""))
    code = missing.get(name)
    return terms.why_missing(code, lang) if value is None and code else ""


def decides(measures: StreamMeasures) -> bool:
    """Whether some steps decide how long it takes and others do not, as far as times are known."""
    return bool(measures.parallel and measures.lead_time_minutes)


def path(assessment: Assessment, numbers: Mapping[str, int], lang: str) -> list[str]:
    """Why the marked steps decide how long it takes; nothing where work never goes side by side."""
    words, measures = catalog("map_sheet", lang), assessment.measures
    if not decides(measures):
        return []
    marked = sorted(numbers[key] for key in measures.critical_path if key in numbers)
    steps = ", ".join(map(str, marked))
    first = words.gettext("The marked steps decide how long it takes: {steps}.").format(steps=steps)
    told = (_choice(assessment, choice, numbers, lang) for choice in measures.parallel)
    return [first, *(one for one in told if one)]


def _choice(assessment: Assessment, choice: ParallelChoice, numbers: Mapping[str, int], lang: str) -> str:
    _ = catalog("map_sheet", lang).gettext
    chosen = next((branch for branch in choice.branches if branch.chosen), None)
    if chosen is None:
        return ""

    clock, day = assessment.measures.clock, working_week(assessment).minutes_per_day

    def steps(keys: Sequence[str]) -> str:
        return ", ".join(map(str, sorted(numbers[key] for key in keys if key in numbers))) or _("no step")

    told = [
        _("Side by side: the answer waits for {steps} ({time}).").format(
            steps=steps(chosen.steps), time=_length(chosen.minutes, clock, day, lang)
        )
    ]
    for branch in choice.branches:
        text = (
            _("It does not wait for {steps}.")
            if branch.dead_end
            else _("The other branch: {steps} ({time}).")
        )
        if not branch.chosen:
            told.append(
                text.format(steps=steps(branch.steps), time=_length(branch.minutes, clock, day, lang))
            )
    return " ".join(told)


def table(
    assessment: Assessment,
    numbers: Mapping[str, int],
    ways: Mapping[str, Sequence[tuple[str, float]]],
    lang: str,
) -> Table:
    """One row for each step. `ways` – where each leads: key of the next step ("" the answer), share."""
    _ = catalog("map_sheet", lang).gettext
    columns = (
        terms.column("number", lang),
        terms.column("step", lang),
        terms.column("lane", lang),
        _("Work"),
        _("Waits before it"),
        terms.column("complete_accurate", lang),
        terms.column("share", lang),
        terms.column("value_class", lang),
        terms.column("legal_basis", lang),
        terms.column("goes_to", lang),
    )
    day = working_week(assessment).minutes_per_day
    rows = [
        (
            str(numbers.get(step.key, "–")),
            step.name,
            _who(step),
            _work(assessment, step, lang),
            _waited(step, day, lang),
            "–" if step.complete_accurate is None else fmt.percent(step.complete_accurate, lang),
            fmt.percent(step.share, lang),
            terms.value_class(step.value_class, lang, agreed=False),
            step.legal_basis.text if step.legal_basis else "–",
            _onward(ways.get(step.key, ()), numbers, lang),
        )
        for step in _in_order(assessment.stream.steps, numbers)
    ]
    return Table(columns, tuple(rows))


def lines(
    assessment: Assessment,
    numbers: Mapping[str, int],
    ways: Mapping[str, Sequence[tuple[str, float]]],
    lang: str,
) -> list[str]:
    """The map as sentences, a line for each step, for those who do not see it."""
    _ = catalog("map_sheet", lang).gettext
    day = working_week(assessment).minutes_per_day
    told = []
    for step in _in_order(assessment.stream.steps, numbers):
        work, wait = _work(assessment, step, lang), _waited(step, day, lang)
        since = step.wait is None and step.between is not None
        parts = [
            f"{numbers[step.key]}. {step.name}",
            _who(step) if _who(step) != "–" else "",
            _("work: {time}").format(time=work) if work != "–" else "",
            (_("since the step before: {time}") if since else _("waiting: {time}")).format(time=wait)
            if wait != "–"
            else "",
            _("{share} usable as it is").format(share=fmt.percent(step.complete_accurate, lang))
            if step.complete_accurate is not None
            else "",
            _("{share} of the cases").format(share=fmt.percent(step.share, lang))
            if step.share < USUAL
            else "",
            terms.value_class(step.value_class, lang, agreed=False),
            _("law: {law}").format(law=step.legal_basis.text) if step.legal_basis else "",
            _("then: {steps}").format(steps=_onward(ways.get(step.key, ()), numbers, lang)),
        ]
        told.append("; ".join(part for part in parts if part) + ".")
    return told


def _in_order(steps: Sequence[Step], numbers: Mapping[str, int]) -> list[Step]:
    """By their numbers; steps that the map leaves out come last."""
    return sorted(steps, key=lambda step: numbers.get(step.key, len(steps) + 1))


def _who(step: Step) -> str:
    return " – ".join(dict.fromkeys(part for part in (step.unit, step.lane) if part)) or "–"


def _work(assessment: Assessment, step: Step, lang: str) -> str:
    if step.touch is not None:
        return fmt.minutes(step.touch.expected_minutes, lang)
    seen = next((one.touch_minutes_mean for one in assessment.steps if one.step == step.name), None)
    return "–" if seen is None else fmt.minutes(seen, lang)


def _waited(step: Step, day_minutes: float, lang: str) -> str:
    span: Span | None = step.wait or step.between
    return "–" if span is None else _length(span.expected_minutes, span.clock, day_minutes, lang)


def _length(minutes: float, clock: Clock, day_minutes: float, lang: str) -> str:
    """A time in the days of its clock, below a day in hours and minutes."""
    day = DAY if clock == "calendar" else day_minutes
    if minutes < day * 0.95:
        return fmt.minutes(minutes, lang)
    say = fmt.days if clock == "calendar" else fmt.working_days
    return say(minutes / day, lang)


def _onward(ways: Sequence[tuple[str, float]], numbers: Mapping[str, int], lang: str) -> str:
    answer = catalog("map_sheet", lang).gettext("the answer")
    said = []
    for key, share in ways:
        where = str(numbers[key]) if key in numbers else answer
        said.append(where if share >= USUAL else f"{where} ({fmt.percent(share, lang)})")
    return ", ".join(said) or answer

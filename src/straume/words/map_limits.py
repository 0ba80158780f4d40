"""What the map does not show: steps that are left out of it, and work that went otherwise."""

from __future__ import annotations

from collections.abc import Collection

from straume.lean.assess.records import Assessment
from straume.lean.protect import is_small
from straume.words import format as fmt
from straume.words.catalog import catalog

LOW_FITNESS = 0.7  # below it the arrows mislead: docs/methods/replay-fitness.md
USUAL_FITNESS = 0.9  # from it on the map tells how the work usually goes


def left_out(assessment: Assessment, lang: str, *, drawn: Collection[str] | None = None) -> str:
    """How many steps the map leaves out, and how much of what was entered they are; "" where none.

    `drawn` – names of the steps on the map where it holds fewer than the stream (on paper).
    """
    words = catalog("map_limits", lang)
    of_stream = {step.name for step in assessment.stream.steps}
    entries = {step.step: step.items for step in assessment.steps}
    away = (of_stream | set(entries)) - (of_stream if drawn is None else set(drawn))
    items, total = sum(entries.get(name, 0) for name in away), sum(entries.values())
    if not away:
        return ""
    if assessment.entrance == "steps" or is_small(items) or not total:
        text = words.ngettext(
            "{n} rarer step is left out of the map.", "{n} rarer steps are left out of the map.", len(away)
        )
        return text.format(n=len(away))
    text = words.ngettext(
        "{n} rarer step is left out of the map ({share} of the entries).",
        "{n} rarer steps are left out of the map (together {share} of the entries).",
        len(away),
    )
    return text.format(n=len(away), share=fmt.percent(items / total, lang))


def warning(assessment: Assessment, lang: str) -> str:
    """That the arrows are not to be read, where the map replays too little of the log; "" where it may be."""
    fitness = assessment.replay_fitness
    if fitness is None or fitness >= LOW_FITNESS:
        return ""
    text = catalog("map_limits", lang).gettext(
        "The map shows only {share} of the work as it went: read the figures, not the arrows."
    )
    return text.format(share=fmt.percent(fitness, lang))


def main_ways(assessment: Assessment, lang: str) -> str:
    """That the map tells the main ways and not the rest; "" above and below."""
    fitness = assessment.replay_fitness
    if fitness is None or not LOW_FITNESS <= fitness < USUAL_FITNESS:
        return ""
    text = catalog("map_limits", lang).gettext(
        "The map shows the main ways, {share} of the work as it went; rarer ways are in the lists."
    )
    return text.format(share=fmt.percent(fitness, lang))


def limits(assessment: Assessment, lang: str, *, drawn: Collection[str] | None = None) -> str:
    """What stands small beside the map: main ways alone, and steps left out."""
    said = (main_ways(assessment, lang), left_out(assessment, lang, drawn=drawn))
    return " ".join(sentence for sentence in said if sentence)

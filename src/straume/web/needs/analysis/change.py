"""Baseline against follow-up: what is different, and whether that may be chance."""

from __future__ import annotations

from dataclasses import dataclass

from straume.lean.ask.estimates import AskedMean, AskedShare
from straume.lean.assess.difference import Difference, difference
from straume.lean.assess.records import Estimate
from straume.web.needs.analysis.figures import figures
from straume.web.needs.analysis.ranking import Ranked, ranked
from straume.web.needs.analysis.sheets import Question, Read


@dataclass(frozen=True)
class Changed:
    """One figure of both waves. `is_share`: shares [0..1]; else means on the scale, or points of need."""

    question: Question
    label: str
    choice: str
    is_share: bool
    before: Estimate
    after: Estimate
    difference: Difference


def changes(before: Read, after: Read) -> tuple[Changed, ...]:
    """Means of scales and numbers, shares of choices; only what both waves may show."""
    was = {one.question.key: one for one in figures(before)}
    found: list[Changed] = []
    for now in figures(after):
        then = was.get(now.question.key)
        if then is None or then.few or now.few:
            continue
        if then.mean and now.mean:
            found.append(_changed(now.question, "", then.mean, now.mean))
        elif not now.question.is_scale:
            known = {choice.name: choice.share for choice in then.choices}
            for choice in now.choices:
                earlier = known.get(choice.name)
                if earlier and choice.share:
                    found.append(_changed(now.question, choice.label, earlier, choice.share))
    return tuple(found)


def need_changes(before: Read, after: Read) -> dict[str, tuple[Changed, ...]]:
    """Kind of need → its topics in the order of the baseline."""
    was, now = ranked(before), ranked(after)
    return {
        kind: tuple(
            _changed(later.about, "", _need(then), _need(later), label=later.label)
            for then in was[kind]
            for later in now[kind]
            if later.about.key == then.about.key
        )
        for kind in was
    }


def _changed(
    question: Question,
    choice: str,
    was: AskedMean | AskedShare | Estimate,
    now: AskedMean | AskedShare | Estimate,
    label: str = "",
) -> Changed:
    before, after = (Estimate(one.value, one.low, one.high, one.n) for one in (was, now))
    return Changed(
        question=question,
        label=label or question.label,
        choice=choice,
        is_share=isinstance(now, AskedShare),
        before=before,
        after=after,
        difference=difference(before=before, after=after),
    )


def _need(one: Ranked) -> Estimate:
    return Estimate(one.need, one.low, one.high, one.n)

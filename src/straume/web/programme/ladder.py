"""Kirkpatrick's four levels as rows of a table: what is known, how sure it is, what is missing next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from straume.lean.protect import is_small
from straume.web.programme import evaluation_figures as figures
from straume.web.programme import registry
from straume.web.programme.models import Activity, Quiz, QuizRound, ReactionRound, TryCard, UseRound
from straume.web.programme.questions import MAIN_SCALE, SCALES
from straume.web.programme.said import lang
from straume.words import format as words

MONTHS = (3, 6)
ANSWERS: tuple[Any, ...] = (ReactionRound, Quiz, UseRound, TryCard)  # what the figures rest on


@dataclass(frozen=True)
class Rung:
    """One row. `low`, `value`, `high` are shares to be drawn; None where there is no figure."""

    level: int
    what: str
    n: str
    figure: str = ""
    interval: str = ""
    missing: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    is_change: bool = False  # drawn around nought

    def drawn(self) -> dict[str, float] | None:
        """Places on an axis of 200: 0–100 %, or −50 to +50 points for a change."""
        if self.value is None or self.low is None or self.high is None:
            return None
        first, last = (-0.5, 0.5) if self.is_change else (0.0, 1.0)
        places = [
            round((min(max(end, first), last) - first) / (last - first) * 200, 1)
            for end in (self.low, self.value, self.high)
        ]
        return {"low": places[0], "value": places[1], "high": places[2], "width": places[2] - places[0]}


def ladder_of(activities: Sequence[Activity], today: date) -> list[Rung]:
    """From level 1 to level 4, for one activity or for several together."""
    pks = [activity.pk for activity in activities]
    return [
        reaction_rung(pks),
        learning_rung(pks),
        *(use_rung(activities, months, today) for months in MONTHS),
        cards_rung(pks),
        results_rung(pks, today),
    ]


def reaction_rung(pks: Sequence[int]) -> Rung:
    found = figures.reactions_of(pks)
    share = found.shares[MAIN_SCALE]
    what = _("Reaction on the day: agree that it is useful in their work")
    if share is None:
        is_open = ReactionRound.objects.filter(activity__in=pks, closed_at=None).exists()
        return Rung(1, what, n="–" if is_open else few(found), missing=reaction_missing(pks))
    return Rung(1, what, n=words.number(share.n, lang(), 0), **said_share(share))


def reaction_missing(pks: Sequence[int]) -> str:
    rounds = ReactionRound.objects.filter(activity__in=pks)
    if not rounds.exists():
        return _("Nobody was asked on the day.")
    if rounds.filter(closed_at=None).exists():
        return _("The form is open. Figures are shown when it is closed.")
    return not_enough()


def learning_rung(pks: Sequence[int]) -> Rung:
    found = figures.tests_of(pks)
    what = _("Learning: right answers after, compared with before")
    change = found.change
    if change is None:
        return Rung(2, what, n="–", missing=learning_missing(pks))
    n = (
        _("%(pairs)s pairs") % {"pairs": words.number(change.n, lang(), 0)}
        if change.method == "paired"
        else _("%(before)s before, %(after)s after")
        % {
            "before": words.number(change.n_before, lang(), 0),
            "after": words.number(change.n, lang(), 0),
        }
    )
    return Rung(
        2,
        what,
        n=n,
        figure=_("%(before)s before, %(after)s after")
        % {"before": words.percent(change.before, lang()), "after": words.percent(change.after, lang())},
        interval=points_interval(change.value, change.low, change.high),
        value=change.value,
        low=change.low,
        high=change.high,
        is_change=True,
    )


def learning_missing(pks: Sequence[int]) -> str:
    rounds = QuizRound.objects.filter(quiz__activity__in=pks)
    if not rounds.exists():
        return _("There was no test before and after.")
    if not rounds.filter(moment=QuizRound.Moment.AFTER).exists():
        return _("The test was asked before; it is not yet asked after.")
    if rounds.filter(closed_at=None).exists():
        return _("The test is open. Figures are shown when it is closed.")
    return not_enough()


def use_rung(activities: Sequence[Activity], months: int, today: date) -> Rung:
    pks = [activity.pk for activity in activities]
    found = figures.use_of(pks, months)
    what = (
        _("Use after 3 months: do something differently")
        if months == 3
        else _("Use after 6 months: do something differently")
    )
    if found.share is None:
        return Rung(3, what, n=few(found), missing=use_missing(activities, months, today))
    return Rung(3, what, n=words.number(found.n, lang(), 0), **said_share(found.share))


def use_missing(activities: Sequence[Activity], months: int, today: date) -> str:
    rounds = UseRound.objects.filter(activity__in=[one.pk for one in activities], months=months)
    if rounds.filter(closed_at=None).exists():
        return _("The letters are out. Figures are shown when the answers are in.")
    if rounds.exists():
        return not_enough()
    due = sorted(after_months(one.until_on, months) for one in activities)
    later = [day for day in due if day >= today]
    if later:
        return _("Those who attended are asked on %(day)s.") % {"day": words.date(later[0], lang())}
    return _("Nobody was asked.")


def cards_rung(pks: Sequence[int]) -> Rung:
    cards = TryCard.objects.filter(activity__in=pks)
    count = cards.count()
    what = _("“Try it” cards of units")
    if not count:
        return Rung(3, what, n="0", missing=_("No unit has written a “try it” card."))
    if is_small(count):
        return Rung(
            3, what, n=counted(count), missing=_("Fewer than five cards: how many were tried is not told.")
        )
    share = figures.cards_tried(pks)
    return Rung(3, what, n=words.number(count, lang(), 0), **said_share(share, tried=True))


def results_rung(pks: Sequence[int], today: date) -> Rung:
    """Level 4 lies with apps above: they say how many results are tied to these activities."""
    linked = sum(count(pks, today) for count in registry.linked_results)
    what = _("Results: studies and actions tied to it")
    if not linked:
        return Rung(
            4,
            what,
            n="0",
            missing=_("No result is tied to it yet. A study’s team ties it on the page of the activity."),
        )
    return Rung(4, what, n=words.number(linked, lang(), 0))


def is_simulated(activities: Sequence[Activity]) -> bool:
    """Whether anything that the ladder of these activities rests on was made up."""
    pks = [activity.pk for activity in activities]
    made_up = (model.objects.filter(activity__in=pks, is_simulated=True).exists() for model in ANSWERS)
    return any(activity.is_simulated for activity in activities) or any(made_up)


def scales_of(activities: Sequence[Activity]) -> list[Rung]:
    """The questions of the day, one by one."""
    found = figures.reactions_of([activity.pk for activity in activities])
    if not found.n:
        return []
    return [share_rung(str(label), found.shares[name]) for name, label in SCALES.items()]


def share_rung(what: str, share: Any) -> Rung:
    if share is None:
        return Rung(1, what, n="–", missing=_("Fewer than five answered this."))
    return Rung(1, what, n=words.number(share.n, lang(), 0), **said_share(share))


def table_of(rungs: Sequence[Rung]) -> list[list[str]]:
    """The ladder for a file: the same words as on the page."""
    head = [_("Level"), _("What"), _("n"), _("Figure"), _("95 % interval"), _("What is missing next")]
    return [head, *([str(r.level), r.what, r.n, r.figure, r.interval, r.missing] for r in rungs)]


def said_share(share: Any, *, tried: bool = False) -> dict[str, Any]:
    percent = words.percent(share.value, lang())
    return {
        "figure": _("%(percent)s tried") % {"percent": percent} if tried else percent,
        "interval": words.interval(share, lang(), as_percent=True),
        "value": share.value,
        "low": share.low,
        "high": share.high,
    }


def points_interval(value: float, low: float | None, high: float | None) -> str:
    """A change in percentage points with its interval, signs written out."""

    def signed(points: float) -> str:
        return ("+" if points > 0 else "") + words.number(points * 100, lang(), 0)

    if low is None or high is None:
        return _("%(value)s percentage points; all alike, so no interval") % {"value": signed(value)}
    return _("%(value)s percentage points, between %(low)s and %(high)s") % {
        "value": signed(value),
        "low": signed(low),
        "high": signed(high),
    }


def few(found: figures.Reactions | figures.Use) -> str:
    """In place of n where no figure stands."""
    return _("fewer than five") if found.left_out else "0"


def counted(n: int) -> str:
    return _("fewer than five") if is_small(n) else words.number(n, lang(), 0)


def not_enough() -> str:
    return _("Not enough answers yet: figures are shown from five on.")


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date.resolution).day
    return date(year, month, min(day.day, last))

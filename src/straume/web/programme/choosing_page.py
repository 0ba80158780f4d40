"""The page of a choice: what is chosen and why, what comes second, what limits cost, what is met where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from straume.web.places.lists import Cell
from straume.web.programme import choosing_words as words
from straume.web.programme import said
from straume.web.programme.analysis import choosing
from straume.web.programme.models import Candidate, Choice
from straume.words.format import period


@dataclass(frozen=True)
class Row:
    """One candidate of the choice."""

    candidate: Candidate
    is_chosen: bool
    days: str
    cost: str
    reasons: tuple[str, ...]  # why it is not chosen
    brings: str  # part of the weighted need that would be lost without it
    alone: tuple[str, ...]  # needs that somewhere nothing else meets
    lock: str  # "", in, out


def rows_of(choice: Choice, names: words.Names, *, sees_money: bool) -> list[Row]:
    """Chosen ones first, by their days; without an answer all candidates by their days."""
    result = choice.result or {}
    chosen = {one["code"]: one for one in result.get("chosen", [])}
    needs = {str(one.need_id): str(one.need) for one in choice.weights.select_related("need")}
    locks = {lock.candidate_id: lock.kind for lock in choice.locks.all()}
    rows = []
    for candidate in choosing.candidates_of(choice):
        code = str(candidate.pk)
        inside = chosen.get(code)
        told = result.get("not_chosen", {}).get(code, [])
        rows.append(
            Row(
                candidate=candidate,
                is_chosen=inside is not None,
                days=days_of(candidate, inside),
                cost=said.euros(candidate.cost_eur) if sees_money else "",
                reasons=tuple(words.reason(one, names, sees_money=sees_money) for one in told),
                brings=words.share(inside["brings"], result["best_thinkable"]) if inside else "",
                alone=tuple(needs.get(need, "–") for need in inside["alone"]) if inside else (),
                lock=locks.get(candidate.pk, ""),
            )
        )
    return sorted(rows, key=lambda row: (not row.is_chosen, row.candidate.earliest_on, row.candidate.pk))


def days_of(candidate: Candidate, inside: Mapping[str, Any] | None) -> str:
    """The days that it got, or the time within which it can be held."""
    if inside and inside["begins_on"]:
        begins = date.fromisoformat(inside["begins_on"])
        return period(begins, begins + timedelta(days=candidate.days - 1), said.lang())
    return period(candidate.earliest_on, candidate.latest_on, said.lang())


@dataclass(frozen=True)
class Second:
    """The runner-up beside the best."""

    best_share: str
    share: str
    cost: str
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]


def second_of(choice: Choice, names: words.Names, *, sees_money: bool) -> Second | None:
    result = choice.result or {}
    other = result.get("runner_up")
    if not other:
        return None
    best, codes = {one["code"] for one in result["chosen"]}, set(other["codes"])
    return Second(
        best_share=words.share(result["value"], result["best_thinkable"], beside=other["value"]),
        share=words.share(other["value"], result["best_thinkable"], beside=result["value"]),
        cost=words.euros(other["cost_cents"]) if sees_money else "",
        comes_in=tuple(names.candidate(code) for code in sorted(codes - best, key=int)),
        goes_out=tuple(names.candidate(code) for code in sorted(best - codes, key=int)),
    )


@dataclass(frozen=True)
class PriceRow:
    limit: str
    change: str
    gain: str
    is_sure: bool
    is_open: bool  # time was up before it was asked
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]


def prices_of(choice: Choice, names: words.Names, *, sees_money: bool) -> tuple[list[PriceRow], int]:
    """Limits that cost something, the dearest first; and how many cost nothing."""
    result = choice.result or {}
    prices = result.get("prices", [])
    costly = [one for one in prices if one["gain"] > 0 or one["status"] == "unknown"]
    costly.sort(key=lambda one: -one["gain"])
    rows = [
        PriceRow(
            limit=words.limit(one["constraint"], names, sees_money=sees_money),
            change=words.change(one, sees_money=sees_money),
            gain=words.share(one["gain"], result["best_thinkable"]),
            is_sure=one["status"] == "proven",
            is_open=one["status"] == "unknown",
            comes_in=tuple(names.candidate(code) for code in one["comes_in"]),
            goes_out=tuple(names.candidate(code) for code in one["goes_out"]),
        )
        for one in costly
    ]
    return rows, len(prices) - len(costly)


@dataclass(frozen=True)
class CoverRow:
    need: Any
    weight: int
    cells: tuple[int | None, ...]  # percent met by municipality; None: not named there


def cover_of(choice: Choice, names: words.Names) -> list[CoverRow]:
    met = (choice.result or {}).get("cover_percent", {})
    return [
        CoverRow(
            weight.need,
            weight.weight,
            tuple(met.get(str(weight.need_id), {}).get(place) for place in names.municipalities),
        )
        for weight in choice.weights.select_related("need")
        if str(weight.need_id) in met
    ]


def is_current(choice: Choice) -> bool:
    """Whether the stored answer is that of the question as it stands now."""
    return bool(choice.result) and choosing.asked_by(choice).fingerprint() == choice.result_of


def table_of(rows: Sequence[Row], *, sees_money: bool) -> list[list[Cell]]:
    """The answer for a spreadsheet."""
    head: list[Cell] = [_("Activity"), _("Chosen"), _("When"), _("Place"), _("Why")]
    if sees_money:
        head.append(_("Cost, EUR"))
    return [head, *(_line(row, sees_money) for row in rows)]


def _line(row: Row, sees_money: bool) -> list[Cell]:
    why = " ".join(row.reasons) or ", ".join(row.alone)
    yes = _("yes") if row.is_chosen else _("no")
    cells: list[Cell] = [str(row.candidate), yes, row.days, row.candidate.town, why]
    return [*cells, str(row.candidate.cost_eur)] if sees_money else cells

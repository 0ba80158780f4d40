"""One question by country, place, kind of unit and role; what could tell of a small group stays hidden."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from straume.lean.ask.estimates import AskedMean, AskedShare
from straume.lean.ask.hidden import hidden_cells, hidden_rows
from straume.web.needs.analysis.figures import mean_of, share_of
from straume.web.needs.analysis.sheets import Flags, Group, Question, Read


@dataclass(frozen=True)
class GroupFigure:
    """One group: n is None where it is hidden; of a hidden share there is None."""

    group: Group
    n: int | None
    mean: AskedMean | None = None
    shares: tuple[AskedShare | AskedMean | None, ...] = ()  # of a ranking: mean places

    @property
    def nobody(self) -> bool:
        return self.n == 0


@dataclass(frozen=True)
class Breakdown:
    """`columns`: the words over the shares; none where means are told (scales and numbers)."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[GroupFigure, ...]

    def of(self, *dimensions: str) -> tuple[GroupFigure, ...]:
        return tuple(row for row in self.rows if row.group.dimension in dimensions)


def breakdown(data: Read, question: Question) -> Breakdown:
    """Scales and numbers: the mean of each group. Choices: the share of each choice in each group."""
    if question.is_scale or question.item.type == "number":
        return _means(data, question)
    if question.item.type == "rank":
        return _places(data, question)
    return _several(data, question) if question.item.type == "many" else _shares(data, question)


def shown_groups(data: Read, answered: Flags) -> dict[str, bool]:
    """Code of each group → whether its figures may be shown, of those who answered this."""
    sizes = [int((group.members & answered).sum()) for group in data.groups]
    hidden = hidden_rows(sizes=sizes, lines=data.lines)
    return {
        group.code: not hide and size > 0
        for group, hide, size in zip(data.groups, hidden, sizes, strict=True)
    }


def _means(data: Read, question: Question) -> Breakdown:
    values = data.values(question)
    answered = ~np.isnan(values)
    sizes = [int((group.members & answered).sum()) for group in data.groups]
    hidden = hidden_rows(sizes=sizes, lines=data.lines)
    bounds = question.ends if question.is_scale else None
    rows = [
        GroupFigure(group, None)
        if hide
        else GroupFigure(group, size, mean_of(data, values, group.members & answered, bounds))
        for group, hide, size in zip(data.groups, hidden, sizes, strict=True)
    ]
    return Breakdown(question, (), tuple(rows))


def _shares(data: Read, question: Question) -> Breakdown:
    at = data.chosen(question)
    answered = at >= 0
    columns = len(question.cells)
    counts = np.array(
        [np.bincount(at[group.members & answered], minlength=columns) for group in data.groups],
        dtype=np.int64,
    )
    hidden = hidden_cells(counts=counts, lines=data.lines)
    rows = []
    for number, group in enumerate(data.groups):
        if hidden.rows[number]:
            rows.append(GroupFigure(group, None))
            continue
        within = group.members & answered
        shares = tuple(
            None if hidden.cells[number, cell] else share_of(data, at == cell, within)
            for cell in range(columns)
        )
        rows.append(GroupFigure(group, int(counts[number].sum()), shares=shares))
    return Breakdown(question, tuple(choice.said() for choice in question.cells), tuple(rows))


def _places(data: Read, question: Question) -> Breakdown:
    """A ranking: the mean place of each choice in each group, of those who gave it one."""
    places = data.orders(question)
    answered: Flags = np.asarray(~np.isnan(places).all(axis=1))
    shown = shown_groups(data, answered)
    per_choice = [shown_groups(data, ~np.isnan(places[:, cell])) for cell in range(len(question.cells))]
    rows = []
    for group in data.groups:
        within = group.members & answered
        if not shown[group.code]:
            rows.append(GroupFigure(group, None if within.any() else 0))
            continue
        means = tuple(
            mean_of(data, places[:, cell], within, (1, len(question.cells))) if told[group.code] else None
            for cell, told in enumerate(per_choice)
        )
        rows.append(GroupFigure(group, int(within.sum()), shares=means))
    return Breakdown(question, tuple(choice.said() for choice in question.cells), tuple(rows))


def _several(data: Read, question: Question) -> Breakdown:
    """Each choice is a table of its own: who chose it and who did not."""
    chosen, answered = data.several(question)
    kept: list[Flags] = []
    hidden = np.zeros(len(data.groups), dtype=bool)
    for cell in range(len(question.cells)):
        yes = np.array([(chosen[:, cell] & group.members & answered).sum() for group in data.groups])
        every = np.array([(group.members & answered).sum() for group in data.groups])
        table = hidden_cells(counts=np.stack([yes, every - yes], axis=1).astype(np.int64), lines=data.lines)
        hidden |= table.rows
        kept.append(table.cells[:, 0] | table.cells[:, 1])
    rows = []
    for number, group in enumerate(data.groups):
        within = group.members & answered
        if hidden[number]:
            rows.append(GroupFigure(group, None))
            continue
        shares = tuple(
            None if kept[cell][number] else share_of(data, chosen[:, cell], within)
            for cell in range(len(question.cells))
        )
        rows.append(GroupFigure(group, int(within.sum()), shares=shares))
    return Breakdown(question, tuple(choice.said() for choice in question.cells), tuple(rows))


def shown_sheets(data: Read) -> dict[str, bool]:
    """Code of each group → whether it may be looked at alone, of all sheets."""
    return shown_groups(data, data.groups[0].members)

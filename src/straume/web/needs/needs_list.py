"""The list of needs: rows for the page and for the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from straume.lean.protect import is_small
from straume.web.needs.models import Need
from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.wording import folded, holds
from straume.words.catalog import known
from straume.words.format import number as number_said

COLUMNS = (
    Column("title", gettext_lazy("Need")),
    Column("kind", gettext_lazy("Kind")),
    Column("status", gettext_lazy("Status")),
    Column("named", gettext_lazy("Named on")),
    Column("answers", gettext_lazy("Answers behind it"), is_number=True),
)


@dataclass(frozen=True)
class NeedRow:
    need: Need
    answers: int | None  # the most answers of one piece of evidence; None: nothing was asked

    @property
    def answers_said(self) -> str:
        if self.answers is None:
            return "–"
        lang = known(get_language() or "")
        return _("fewer than five") if is_small(self.answers) else number_said(self.answers, lang, 0)

    def holds(self, wanted: str) -> bool:
        said = [
            getattr(self.need, f"{name}_{lang}") or ""
            for name in ("title", "description", "whom")
            for lang in ("lv", "lt", "en")
        ]
        return holds(" ".join(said), wanted)


def need_rows(asked: Asked) -> list[NeedRow]:
    """Needs that are not merged into another, as the address asks for them; of equals by title."""
    every = Need.objects.filter(merge=None).prefetch_related("evidence")
    rows = [NeedRow(one, max((e.answers for e in one.evidence.all()), default=None)) for one in every]
    kind, status = asked.choices.get("kind"), asked.choices.get("status")
    chosen = [
        row
        for row in rows
        if row.holds(asked.q)
        and (not kind or row.need.kind == kind)
        and (not status or row.need.status == status)
    ]
    chosen.sort(key=lambda row: folded(str(row.need)))
    order = list(Need.Status.values)
    keys: dict[str, Any] = {
        "title": lambda row: folded(str(row.need)),
        "kind": lambda row: row.need.kind,
        "status": lambda row: order.index(row.need.status),
        "named": lambda row: row.need.named_on,
        "answers": lambda row: -1 if row.answers is None else row.answers,
    }
    chosen.sort(key=keys[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return chosen


def need_table(rows: Sequence[NeedRow]) -> list[list[Cell]]:
    head: list[Cell] = [*(str(column.label) for column in COLUMNS), _("Whom it touches"), _("Simulated")]
    return [head, *(_cells(row) for row in rows)]


def _cells(row: NeedRow) -> list[Cell]:
    need = row.need
    answers: Cell = row.answers if row.answers is None or not is_small(row.answers) else _("fewer than five")
    return [
        str(need),
        str(need.get_kind_display()),
        str(need.get_status_display()),
        need.named_on,
        answers,
        need.whom,
        _("yes") if need.is_simulated else "",
    ]

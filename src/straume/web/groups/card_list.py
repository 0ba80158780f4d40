"""The list of practice cards: what is searched, filtered, ordered, and the table of its files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from straume.web.groups.action_list import every_word
from straume.web.groups.models import PracticeCard
from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.wording import folded, holds

COLUMNS = (
    Column("title", gettext_lazy("Practice card")),
    Column("place", gettext_lazy("Institution")),
    Column("theme", gettext_lazy("Theme")),
    Column("tool", gettext_lazy("Lean tool")),
    Column("adoptions", gettext_lazy("Taken up"), is_number=True),
)
CHOICES = ("theme", "tool", "country", "need", "state")
TEXTS = ("title", "problem", "done", "works_when", "requires")


def card_rows(cards: QuerySet[PracticeCard], asked: Asked) -> list[PracticeCard]:
    """Cards that hold the words and fit the choices, in the order asked for."""
    with_numbers = cards.annotate(taken_up=Count("adoptions", distinct=True)).prefetch_related("needs")
    rows: list[PracticeCard] = [card for card in with_numbers if _fits(card, asked)]
    rows.sort(key=lambda card: folded(card.title))
    keys: dict[str, Any] = {
        "title": lambda card: folded(card.title),
        "place": lambda card: folded(card.institution.name),
        "theme": lambda card: folded(str(card.get_theme_display())),
        "tool": lambda card: folded(str(card.get_tool_display())),
        "adoptions": lambda card: card.taken_up,
    }
    rows.sort(key=keys[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return rows


def _fits(card: Any, asked: Asked) -> bool:
    said = " ".join(every_word(card, name) for name in TEXTS)
    state = "published" if card.is_published else "draft"
    wanted = asked.choices
    return (
        holds(f"{said} {card.institution.every_name()}", asked.q)
        and wanted["theme"] in ("", card.theme)
        and wanted["tool"] in ("", card.tool)
        and wanted["country"] in ("", card.institution.country)
        and wanted["state"] in ("", state)
        and (not wanted["need"] or wanted["need"] in {str(need.pk) for need in card.needs.all()})
    )


def card_table(rows: Iterable[Any]) -> list[list[Cell]]:
    head: list[Cell] = [
        _("Practice card"), _("Institution"), _("Country"), _("Unit"), _("Theme"), _("Lean tool"),
        _("Problem"), _("What was done"), _("When it works"), _("What it needs"), _("Contact: post"),
        _("Taken up"), _("State"), _("Simulated"),
    ]  # fmt: skip
    return [head, *(_cells(card) for card in rows)]


def _cells(card: Any) -> list[Cell]:
    return [
        card.title,
        card.institution.name,
        str(card.institution.get_country_display()),
        card.unit.name if card.unit else "",
        str(card.get_theme_display()),
        str(card.get_tool_display()),
        card.problem,
        card.done,
        card.works_when,
        card.requires,
        card.contact_post,
        card.taken_up,
        pgettext("practice card", "published") if card.is_published else _("draft"),
        _("yes") if card.is_simulated else _("no"),
    ]

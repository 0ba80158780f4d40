"""The table of steps as a form: free text, kept as typed, with what cannot be read beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from straume.lean.errors import Problem

MAIN_ROLES = ("step", "lane", "unit", "touch", "wait")
MORE_ROLES = (
    "share",
    "occurrences",
    "complete_accurate",
    "batch_days",
    "is_check",
    "legal_basis",
    "legal_from",
    "legal_until",
    "goes_to",
    "notes",
)
ROLES = MAIN_ROLES + MORE_ROLES
TICKS = frozenset({"is_check"})
WORDS: dict[str, tuple[Any, Any]] = {
    "step": (_("What is done?"), _("A verb and a thing: checks the address.")),
    "lane": (_("Who does it? (post, without a name)"), ""),
    "unit": (_("Unit"), ""),
    "touch": (_("How long is the work?"), _("For example: 15–40 min.")),
    "wait": (_("How long is the wait before it?"), _("For example: 2 weeks, 3 working days.")),
    "share": (_("In how many of the cases? (%)"), _("Empty means all.")),
    "occurrences": (_("How many times per case?"), _("1.2, or the share that comes back: 20 %.")),
    "complete_accurate": (
        _("Usable without correction (%)"),
        _("What share of this step's output can the next one use as it is?"),
    ),
    "batch_days": (_("Done every how many days?"), _("If cases are kept together for it: 7 days.")),
    "is_check": (_("It is a check"), ""),
    "legal_basis": (_("Which law asks for it?"), _("Empty if none does.")),
    "legal_from": (_("In force from"), ""),
    "legal_until": (_("In force until"), ""),
    "goes_to": (
        _("What comes next?"),
        _("Empty means the next row. For example: 3 60 %; 5 40 % – or 3 + 4 at the same time."),
    ),
    "notes": (_("Notes"), ""),
}
MOST_CHARACTERS = 300
FIRST_ROWS = 3


@dataclass
class Cell:
    """One field of one row."""

    role: str
    row: int
    value: str
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"row-{self.row}-{self.role}"

    @property
    def label(self) -> Any:
        return WORDS[self.role][0]

    @property
    def hint(self) -> Any:
        return WORDS[self.role][1]

    @property
    def has_told(self) -> bool:
        """Whether a hint (said in the first row only) or an error belongs to the field."""
        return bool(self.errors or (self.hint and self.row == 1))

    @property
    def is_tick(self) -> bool:
        return self.role in TICKS


@dataclass
class Row:
    """One step as typed."""

    number: int  # 1 = first
    cells: dict[str, Cell]
    errors: list[str] = field(default_factory=list)

    @property
    def main(self) -> list[Cell]:
        return [self.cells[role] for role in MAIN_ROLES]

    @property
    def more(self) -> list[Cell]:
        return [self.cells[role] for role in MORE_ROLES]

    @property
    def more_is_used(self) -> bool:
        return any(cell.value or cell.errors for cell in self.more)


def typed_rows(post: QueryDict) -> list[dict[str, str]]:
    """Rows in the order of the page, blank ones included; nothing but known fields is taken."""
    rows: dict[str, dict[str, str]] = {}
    for name in post:
        prefix, _dash, rest = name.partition("-")
        number, _dash, role = rest.partition("-")
        if prefix == "row" and number.isdigit() and role in ROLES:
            rows.setdefault(number, {})[role] = str(post[name]).strip()[:MOST_CHARACTERS]
    return list(rows.values())


def filled(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Rows in which something was typed, without their empty cells."""
    kept = [{role: value for role, value in row.items() if value} for row in rows]
    return [row for row in kept if row]


def changed(rows: list[dict[str, str]], wish: str) -> list[dict[str, str]]:
    """The rows after "add", "remove:2", "up:3" or "down:1" (a button without JavaScript)."""
    verb, _colon, at = wish.partition(":")
    place = int(at) - 1 if at.isdigit() else -1
    if verb == "add":
        return [*rows, {}]
    if not 0 <= place < len(rows):
        return rows
    rows = list(rows)
    if verb == "remove":
        rows.pop(place)
    target = place - 1 if verb == "up" else place + 1
    if verb in ("up", "down") and 0 <= target < len(rows):
        rows[place], rows[target] = rows[target], rows[place]
    return rows


def form_rows(rows: Sequence[Mapping[str, str]], *, at_least: int = FIRST_ROWS) -> list[Row]:
    """Rows for the page; an empty table begins with a few empty ones."""
    shown = list(rows) or [{} for _number in range(at_least)]
    return [
        Row(number, {role: Cell(role, number, str(row.get(role, "") or "")) for role in ROLES})
        for number, row in enumerate(shown, 1)
    ]


def empty_row() -> Row:
    """The row that the page's script copies; 0 stands where the number comes."""
    return Row(0, {role: Cell(role, 0, "") for role in ROLES})


def with_problems(
    rows: Sequence[Row], problems: Iterable[Problem], sentence: Any
) -> tuple[list[tuple[str, str]], list[str]]:
    """Put each problem beside its field; return the summary's links (id, sentence) and what has no place."""
    links: list[tuple[str, str]] = []
    loose: list[str] = []
    for problem in problems:
        text = sentence(problem)
        place = (problem.place.row or 0) - 1
        if not 0 <= place < len(rows):
            loose.append(text)
            continue
        row, role = rows[place], problem.place.column or ""
        if role in row.cells:
            row.cells[role].errors.append(text)
            links.append((row.cells[role].name, f"{row.number}. {text}"))
        else:
            row.errors.append(text)
            links.append((row.cells["step"].name, f"{row.number}. {text}"))
    return links, loose

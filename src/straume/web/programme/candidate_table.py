"""The list of candidates as a table: for the page, for a spreadsheet, and read back from one."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.needs.models import Need
from straume.web.places.lists import Asked, Cell, Column
from straume.web.places.models import Institution
from straume.web.places.wording import folded, holds
from straume.web.programme.forms.candidates import keep_needs
from straume.web.programme.models import Activity, BudgetLine, Candidate, WorkPackage

COLUMNS = (
    Column("days", gettext_lazy("When")),
    Column("title", gettext_lazy("Candidate")),
    Column("kind", gettext_lazy("Kind")),
    Column("town", gettext_lazy("Town")),
    Column("places", gettext_lazy("Places"), is_number=True),
    Column("needs", gettext_lazy("Needs met"), is_number=True),
    Column("cost", gettext_lazy("Cost"), is_number=True),
)
# headings of the file: the same in every language, so that a file goes there and back
FILE = (
    "number",
    "work_package",
    "kind",
    "title_lv",
    "title_lt",
    "title_en",
    "budget_line",
    "cost_eur",
    "places",
    "town",
    "country",
    "languages",
    "earliest_on",
    "latest_on",
    "days",
    "team",
    "municipalities",
    "needs",
    "simulated",
)
MOST_ROWS = 500


def found(asked: Asked) -> list[Candidate]:
    """Candidates that hold the words and are of the kind, in the order asked for."""
    every = Candidate.objects.select_related("budget_line__partner__institution").prefetch_related(
        "need_links"
    )
    kind = asked.choices.get("kind", "")
    rows = [one for one in every if (not kind or one.kind == kind) and holds(_text(one), asked.q)]
    rows.sort(key=KEYS[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return rows


def _text(one: Candidate) -> str:
    titles = [getattr(one, f"title_{lang}") or "" for lang in ("lv", "lt", "en")]
    return " ".join([*titles, str(one.get_kind_display()), one.town, one.team])


KEYS: dict[str, Callable[[Candidate], Any]] = {
    "days": lambda one: (one.earliest_on, one.pk),
    "title": lambda one: folded(str(one)),
    "kind": lambda one: folded(str(one.get_kind_display())),
    "town": lambda one: folded(one.town),
    "places": lambda one: one.places,
    "needs": lambda one: len(one.need_links.all()),
    "cost": lambda one: one.cost_eur,
}


def file_of(candidates: Iterable[Candidate]) -> list[list[Cell]]:
    return [list(FILE), *(_line(one) for one in candidates)]


def _line(one: Candidate) -> list[Cell]:
    partner = one.budget_line.partner
    return [
        one.pk,
        one.work_package.number,
        one.kind,
        one.title_lv,  # type: ignore[attr-defined]
        one.title_lt,  # type: ignore[attr-defined]
        one.title_en,  # type: ignore[attr-defined]
        f"{partner.institution.slug}/{one.budget_line.category}",
        str(one.cost_eur),
        one.places,
        one.town,
        one.country,
        " ".join(one.languages),
        one.earliest_on,
        one.latest_on,
        one.days,
        one.team,
        " ".join(place.slug for place in one.municipalities.all()),
        " ".join(f"{link.need_id}:{link.percent}" for link in one.need_links.all()),
        int(one.is_simulated),
    ]


@dataclass
class Read:
    """What a file says: candidates to be, or everything that is wrong with it, row by row."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_file(name: str, content: bytes) -> Read:
    """Nothing is written; each row that cannot be understood is told with its number."""
    read = Read()
    try:
        table = _xlsx(content) if name.lower().endswith(".xlsx") else _csv(content)
    except Exception:
        read.problems.append(
            _("The file cannot be read. Save it as XLSX or as CSV in UTF-8 and choose it again.")
        )
        return read
    if not table:
        read.problems.append(_("The file is empty. Export the list, add rows to it and choose it again."))
        return read
    head = [str(cell).strip().lower() for cell in table[0]]
    missing = [
        name for name in FILE if name not in head and name not in ("number", "country", "team", "simulated")
    ]
    if missing:
        read.problems.append(
            _("These headings are missing in row 1: %(names)s.") % {"names": ", ".join(missing)}
        )
        return read
    if len(table) > MOST_ROWS + 1:
        read.problems.append(_("The file has more than %(rows)s rows. Split it.") % {"rows": MOST_ROWS})
        return read
    known = _Known()
    for number, cells in enumerate(table[1:], 2):
        if any(str(cell).strip() for cell in cells):
            _row(read, number, dict(zip(head, cells, strict=False)), known)
    return read


def _xlsx(content: bytes) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def _csv(content: bytes) -> list[list[Any]]:
    text = content.decode("utf-8-sig")
    delimiter = ";" if text.split("\n", 1)[0].count(";") >= text.split("\n", 1)[0].count(",") else ","
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]


class _Known:
    """What the words of a file can name."""

    def __init__(self) -> None:
        lines = BudgetLine.objects.select_related("partner__institution", "partner__project")
        self.lines = {f"{one.partner.institution.slug}/{one.category}": one for one in lines}
        self.packages = {one.number: one for one in WorkPackage.objects.all()}
        self.places = {one.slug: one for one in Institution.objects.filter(tier=Institution.Tier.INVOLVED)}
        self.needs = set(Need.objects.values_list("pk", flat=True))


def _row(read: Read, number: int, cells: dict[str, Any], known: _Known) -> None:
    said: list[str] = []

    def take(name: str, convert: Callable[[Any], Any], wanted: str) -> Any:
        try:
            return convert(cells.get(name, ""))
        except (ValueError, KeyError, InvalidOperation, TypeError):
            said.append(
                _("Row %(row)s, %(column)s: “%(value)s” is not understood. %(wanted)s")
                % {"row": number, "column": name, "value": cells.get(name, ""), "wanted": wanted}
            )
            return None

    row = {
        "work_package": take(
            "work_package", lambda v: known.packages[_words(v)], _("Write the number of a work package.")
        ),
        "kind": take(
            "kind", _kind, _("Write one of: %(kinds)s.") % {"kinds": ", ".join(Activity.Kind.values)}
        ),
        "budget_line": take(
            "budget_line", lambda v: known.lines[_words(v)], _("Write partner/category, as in the export.")
        ),
        "cost_eur": take("cost_eur", _money, _("Write an amount such as 1200.50.")),
        "places": take("places", _whole, _("Write a whole number.")),
        "earliest_on": take("earliest_on", _day, _("Write a day as 2018-06-06.")),
        "latest_on": take("latest_on", _day, _("Write a day as 2018-06-06.")),
        "days": take("days", lambda v: max(1, _whole(v)), _("Write a whole number.")),
        "municipalities": take(
            "municipalities",
            lambda v: [known.places[s] for s in _list(v)],
            _("Write names as in the address of an institution, with spaces between."),
        ),
        "needs": take(
            "needs",
            lambda v: _needs(v, known.needs),
            _("Write number:percent with spaces between, such as 12:60 15:100."),
        ),
        "languages": take("languages", _languages, _("Write codes with spaces between: lv lt en ru.")),
        "country": take(
            "country", lambda v: {"": "", "lv": "lv", "lt": "lt"}[_words(v).lower()], _("Write lv or lt.")
        ),
        **{f"title_{lang}": _words(cells.get(f"title_{lang}", ""))[:200] for lang in ("lv", "lt", "en")},
        "town": _words(cells.get("town", ""))[:200],
        "team": _words(cells.get("team", ""))[:120],
        "is_simulated": _words(cells.get("simulated", "")) in ("1", "1.0"),
    }
    if not said and not any(row[f"title_{lang}"] for lang in ("lv", "lt", "en")):
        said.append(_("Row %(row)s: a title in one language at least is needed.") % {"row": number})
    if not said and (row["latest_on"] - row["earliest_on"]).days + 1 < row["days"]:
        said.append(_("Row %(row)s: between these days there is no room for so many.") % {"row": number})
    read.problems += said
    read.rows.append(row)


def _words(value: Any) -> str:
    text = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    return text.strip().removeprefix("'")


def _kind(value: Any) -> str:
    return Activity.Kind(_words(value)).value


def _money(value: Any) -> Decimal:
    amount = Decimal(_words(value).replace(" ", "").replace("\xa0", "").replace(",", "."))
    if amount < 0 or amount >= 10**10 or not amount.is_finite():
        raise ValueError
    return amount.quantize(Decimal("0.01"))


def _whole(value: Any) -> int:
    number = int(_words(value) or 0)
    if not 0 <= number < 10**6:
        raise ValueError
    return number


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(_words(value)[:10])


def _list(value: Any) -> list[str]:
    return _words(value).replace(",", " ").replace(";", " ").split()


def _languages(value: Any) -> list[str]:
    codes = _list(value)
    if set(codes) - {"lv", "lt", "en", "ru"}:
        raise ValueError
    return codes


def _needs(value: Any, known: set[int]) -> dict[int, int]:
    met = {}
    for pair in _list(value):
        need, percent = (int(part) for part in pair.split(":"))
        if need not in known or not 1 <= percent <= 100:
            raise ValueError
        met[need] = percent
    return met


@transaction.atomic
def keep(rows: Sequence[dict[str, Any]]) -> int:
    """Write the rows as new candidates; all or none."""
    for row in rows:
        fields = dict(row)
        places, needs = fields.pop("municipalities"), fields.pop("needs")
        candidate = Candidate.objects.create(**fields)
        candidate.municipalities.set(places)
        keep_needs(candidate, needs)
    return len(rows)

"""A workbook with the results of a survey made elsewhere: its template, and reading all of it or nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from straume.lean.protect import SMALLEST_GROUP
from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country
from straume.web.places.wording import folded

LANGUAGES = ("lv", "lt", "en")
# headings in each language: a file filled in one of them is read in all
HEADINGS: dict[str, dict[str, str]] = {
    "question_lv": {"lv": "Jautājums latviski", "lt": "Klausimas latviškai", "en": "Question in Latvian"},
    "question_lt": {
        "lv": "Jautājums lietuviski",
        "lt": "Klausimas lietuviškai",
        "en": "Question in Lithuanian",
    },
    "question_en": {"lv": "Jautājums angliski", "lt": "Klausimas angliškai", "en": "Question in English"},
    "kind": {"lv": "Vajadzības veids", "lt": "Poreikio rūšis", "en": "Kind of need"},
    "place": {"lv": "Vieta", "lt": "Vieta", "en": "Place"},
    "n": {"lv": "Atbildes (n)", "lt": "Atsakymai (n)", "en": "Answers (n)"},
    "share": {"lv": "Īpatsvars, %", "lt": "Dalis, %", "en": "Share, %"},
    "importance": {"lv": "Svarīgums (vidēji)", "lt": "Svarba (vidurkis)", "en": "Importance (mean)"},
    "present": {"lv": "Pašlaik (vidēji)", "lt": "Dabar (vidurkis)", "en": "At present (mean)"},
    "scale_high": {
        "lv": "Skalas augstākā vērtība",
        "lt": "Didžiausia skalės reikšmė",
        "en": "Upper end of the scale",
    },
}
KINDS = {
    Need.Kind.PROBLEM: {"lv": "problēma", "lt": "problema", "en": "problem"},
    Need.Kind.TRAINING: {"lv": "mācības", "lt": "mokymai", "en": "training"},
}
COUNTRIES = {
    Country.LV: {"lv": "Latvija", "lt": "Latvija", "en": "Latvia"},
    Country.LT: {"lv": "Lietuva", "lt": "Lietuva", "en": "Lithuania"},
}
EXAMPLE = {
    "question_lv": "Pārāk daudz parakstu vienam lēmumam",
    "question_lt": "Per daug parašų vienam sprendimui",
    "question_en": "Too many signatures for one decision",
    "n": 120,
    "share": 64,
}
MOST_ROWS, MOST_ERRORS = 2000, 30


@dataclass(frozen=True)
class Row:
    """One row of the file, understood."""

    number: int
    question: Mapping[str, str]
    kind: str
    country: str
    institution: Institution | None
    n: int
    figures: Mapping[str, float]
    scale_high: float | None

    @property
    def place(self) -> str:
        return str(self.institution.pk) if self.institution else self.country


@dataclass
class Reading:
    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def template(lang: str) -> bytes:
    """An empty table with one example row, its headings in one language."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Straume"
    sheet.append([words[lang] for words in HEADINGS.values()])
    example = {**EXAMPLE, "kind": KINDS[Need.Kind.PROBLEM][lang], "place": ""}
    sheet.append([example.get(code, "") for code in HEADINGS])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(14, len(str(cell.value)) + 2)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(file: BinaryIO) -> Reading:
    """All rows, or a sentence for each thing that is wrong with its row."""
    reading = Reading()
    try:
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        table = list(sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 2))
    except (InvalidFileException, OSError, KeyError, ValueError):
        reading.problems.append(_("This is no XLSX workbook. Save it as XLSX and choose it again."))
        return reading
    except Exception as error:  # a broken archive raises whatever its parser does
        if type(error).__name__ != "BadZipFile":
            raise
        reading.problems.append(_("This is no XLSX workbook. Save it as XLSX and choose it again."))
        return reading
    columns = _columns(table[0] if table else ())
    missing = [code for code in ("n", "place") if code not in columns]
    if missing or not any(f"question_{lang}" in columns for lang in LANGUAGES):
        reading.problems.append(_("The headings are not those of the template. Download it and fill it in."))
        return reading
    if len(table) > MOST_ROWS + 1:
        reading.problems.append(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
        return reading
    places = _places()
    for number, cells in enumerate(table[1:], 2):
        given = {code: cells[at] if at < len(cells) else None for code, at in columns.items()}
        if any(value not in (None, "") for value in given.values()):
            _RowReader(number, given, places, reading).read()
    if not reading.rows and not reading.problems:
        reading.problems.append(_("The file has no rows below its headings."))
    reading.problems += _between_rows(reading.rows) if not reading.problems else []
    return reading


class _RowReader:
    """One row; what is wrong goes to the reading's problems."""

    def __init__(
        self, number: int, given: Mapping[str, Any], places: Mapping[str, Any], reading: Reading
    ) -> None:
        self.number, self.given, self.places, self.reading = number, given, places, reading
        self.is_wrong = False

    def read(self) -> None:
        question = {lang: self.text(f"question_{lang}")[:200] for lang in LANGUAGES}
        if not any(question.values()):
            self.wrong(_("the question is missing."))
        country, institution = self.place()
        n = self.n()
        figures = self.figures()
        high = self.figure("scale_high")
        if "importance" in figures and high is None:
            self.wrong(_("say the upper end of the scale, such as 5."))
        if high is not None and any(
            not 0 <= figures[code] <= high for code in ("importance", "present") if code in figures
        ):
            self.wrong(_("a mean lies outside the scale."))
        kind = self.kind()
        if not self.is_wrong:
            self.reading.rows.append(Row(self.number, question, kind, country, institution, n, figures, high))

    def text(self, code: str) -> str:
        value = self.given.get(code)
        return "" if value is None else str(value).strip()

    def figure(self, code: str) -> float | None:
        text = self.text(code).replace(",", ".").removesuffix("%").strip()
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            self.wrong(_("“%(value)s” is not a number.") % {"value": text})
            return None

    def figures(self) -> dict[str, float]:
        named = {code: self.figure(code) for code in ("share", "importance", "present")}
        found = {code: value for code, value in named.items() if value is not None}
        if not found:
            self.wrong(_("it has no figure: write a share, or importance and present state."))
        if ("importance" in found) != ("present" in found):
            self.wrong(_("importance and present state stand together."))
        if not 0 <= found.get("share", 0.0) <= 100:
            self.wrong(_("a share lies between 0 and 100 %."))
        return found

    def n(self) -> int:
        value = self.figure("n")
        if value is None or value != int(value):
            self.wrong(_("say how many answered (n)."))
            return 0
        if value < SMALLEST_GROUP:
            self.wrong(_("results of fewer than five people are not kept. Leave the row out."))
        return int(value)

    def kind(self) -> str:
        said = folded(self.text("kind"))
        if not said:
            return Need.Kind.PROBLEM
        for kind, words in KINDS.items():
            if said in {folded(word) for word in words.values()} | {kind.value}:
                return kind
        self.wrong(
            _("“%(value)s” is no kind of need: write problem or training.") % {"value": self.text("kind")}
        )
        return ""

    def place(self) -> tuple[str, Institution | None]:
        said = folded(self.text("place"))
        if not said:
            return "", None
        found = self.places.get(said)
        if found is None:
            self.wrong(
                _("“%(place)s” is not known. Write the full name of the institution, a country, or nothing.")
                % {"place": self.text("place")}
            )
            return "", None
        return (found.country, found) if isinstance(found, Institution) else (str(found), None)

    def wrong(self, sentence: str) -> None:
        self.is_wrong = True
        self.reading.problems.append(
            _("Row %(number)s: %(sentence)s") % {"number": self.number, "sentence": sentence}
        )


def _columns(head: Sequence[Any]) -> dict[str, int]:
    known = {folded(word): code for code, words in HEADINGS.items() for word in words.values()}
    found: dict[str, int] = {}
    for at, name in enumerate(head):
        code = known.get(folded(str(name or "").strip()))
        if code:
            found.setdefault(code, at)
    return found


def _places() -> dict[str, Any]:
    found: dict[str, Any] = {
        folded(word): code for code, words in COUNTRIES.items() for word in words.values()
    }
    for one in Institution.objects.all():
        for lang in LANGUAGES:
            if name := getattr(one, f"name_{lang}"):
                found[folded(name)] = one
    return found


def _between_rows(rows: Sequence[Row]) -> list[str]:
    """The same place twice, and places that give away fewer than five by subtraction."""
    problems: list[str] = []
    by_question: dict[str, list[Row]] = {}
    for row in rows:
        by_question.setdefault("/".join(row.question.values()), []).append(row)
    for its in by_question.values():
        seen: set[str] = set()
        for row in its:
            if row.place in seen:
                problems.append(
                    _("Row %(number)s: this question has this place already.") % {"number": row.number}
                )
            seen.add(row.place)
        for whole in its:
            if whole.institution is not None:
                continue
            parts = [row for row in its if row.institution and whole.country in ("", row.institution.country)]
            if 0 < whole.n - sum(row.n for row in parts) < SMALLEST_GROUP and parts:
                problems.append(
                    _("Row %(number)s: its places add up to all but fewer than five people. Leave one out.")
                    % {"number": whole.number}
                )
    return problems

"""Items of ours → a workbook in XLSForm; what XLSForm has no word for stands in columns of our own."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from straume.web.needs.items import LANGUAGES, Choice, Item
from straume.web.needs.xlsform import terms
from straume.web.places.lists import safe

KINDS = {"number": "decimal", "text": "text", "note": "note"}
SELECT = {"one": "select_one", "scale": "select_one", "many": "select_multiple", "rank": "rank"}


def write_form(*, items: Sequence[Item], titles: Mapping[str, str], form_id: str, version: int) -> bytes:
    """The file's content; read again it gives the same items."""
    book = Workbook()
    lists: list[tuple[Choice, ...]] = []
    _sheet(book.active, "survey", _survey_head(), [row for item in items for row in _rows(item, lists)])
    choices = [row for number, one in enumerate(lists, 1) for row in _choices(f"list_{number}", one)]
    head = ["list_name", "name", *_columns("label"), "straume_value"]
    _sheet(book.create_sheet(), "choices", head, choices)
    title = next((titles[lang] for lang in ("en", *LANGUAGES) if titles.get(lang)), form_id)
    settings = [[title, form_id, str(version), terms.LANGUAGE_NAMES["en"]]]
    _sheet(
        book.create_sheet(), "settings", ["form_title", "form_id", "version", "default_language"], settings
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _survey_head() -> list[str]:
    plain = ["required", "relevant", "appearance", *(f"straume_{name}" for name in terms.OWN)]
    return ["type", "name", *_columns("label"), *_columns("hint"), *plain]


def _columns(key: str) -> list[str]:
    return [f"{key}::{terms.LANGUAGE_NAMES[lang]}" for lang in LANGUAGES]


def _rows(item: Item, lists: list[tuple[Choice, ...]]) -> list[list[Any]]:
    if item.type == "matrix":
        return _matrix(item, lists)
    appearance = {"scale": "likert", "text": "multiline" if item.long else ""}.get(item.type, "")
    kind = KINDS.get(item.type) or f"{SELECT[item.type]} {_list(item, lists)}"
    return [_row(kind, item, appearance=appearance)]


def _matrix(item: Item, lists: list[tuple[Choice, ...]]) -> list[list[Any]]:
    """A group shown as a table; the names of its rows carry that of the matrix, for names are unique."""
    required = "yes" if item.required else ""
    head = _row("begin_group", item, appearance="table-list", required="")
    kind = f"select_one {_list(item, lists)}"
    blank = [""] * len(LANGUAGES)
    rows = [
        [
            kind,
            f"{item.name}__{row.name}",
            *_words(row.label),
            *blank,
            required,
            "",
            "",
            *[""] * len(terms.OWN),
        ]
        for row in item.rows
    ]
    return [head, *rows, ["end_group"]]


def _row(kind: str, item: Item, *, appearance: str, required: str | None = None) -> list[Any]:
    own = [
        str(getattr(item, name) or "") if name != "starts_page" else "yes" * item.starts_page
        for name in terms.OWN
    ]
    must = ("yes" if item.required else "") if required is None else required
    return [kind, item.name, *_words(item.label), *_words(item.hint), must, item.relevant, appearance, *own]


def _list(item: Item, lists: list[tuple[Choice, ...]]) -> str:
    """One list for all questions with the same choices."""
    if item.choices not in lists:
        lists.append(item.choices)
    return f"list_{lists.index(item.choices) + 1}"


def _choices(name: str, choices: Sequence[Choice]) -> list[list[Any]]:
    return [[name, one.name, *_words(one.label), "" if one.value is None else one.value] for one in choices]


def _words(text: Mapping[str, str]) -> list[str]:
    return [text.get(lang, "") for lang in LANGUAGES]


def _sheet(sheet: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet.title = title
    sheet.append(list(head))
    for row in rows:
        sheet.append([safe(cell) if isinstance(cell, str) else cell for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 22
    sheet.freeze_panes = "C2"

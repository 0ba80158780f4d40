"""Words of XLSForm: columns, types, languages, and what of them Straume takes."""

from __future__ import annotations

import re

LANGUAGE_NAMES = {"lv": "Latviešu (lv)", "lt": "Lietuvių (lt)", "en": "English (en)"}
_KNOWN = {
    "lv": ("lv", "latviešu", "latvian", "latviesu"),
    "lt": ("lt", "lietuvių", "lithuanian", "lietuviu"),
    "en": ("en", "english"),
}
SURVEY_COLUMNS = frozenset(
    {"type", "name", "label", "hint", "required", "relevant", "appearance", "parameters"}
)
CHOICE_COLUMNS = frozenset({"list_name", "name", "label"})
OWN = ("measures", "topic", "need_kind", "stratum", "starts_page")  # columns straume_measures …
ALIASES = {"relevance": "relevant", "list name": "list_name", "caption": "label", "value": "name"}
SELECTS = {"select_one": "one", "select_multiple": "many", "rank": "rank"}
PLAIN = {
    "integer": "number",
    "decimal": "number",
    "int": "number",
    "text": "text",
    "string": "text",
    "note": "note",
}
# would lead back to whoever answers
TRACES = frozenset(
    "start end today deviceid subscriberid simserial phonenumber username email audit start-geopoint".split()  # noqa: SIM905
)
REPEATS = frozenset({"begin_repeat", "end_repeat"})
YES = frozenset({"yes", "true", "true()", "1"})


def language_of(column: str) -> str | None:
    """`label::Latviešu (lv)` → lv; a column without a language → ""; a language that is not ours → None."""
    if "::" not in column:
        return ""
    said = column.split("::", 1)[1].strip().lower()
    code = re.search(r"\(\s*([a-z]{2,3})\s*\)$", said)
    name = code[1] if code else said
    return next((lang for lang, names in _KNOWN.items() if name in names), None)


def key_of(column: str) -> str:
    """The column's own word: `Label :: en` → label."""
    word = column.split("::", 1)[0].strip().lower().replace(" ", "_" if "list" in column.lower() else " ")
    return ALIASES.get(word, word)

"""The glossary holds the words of the screen in three languages, and the translation files keep to it."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
ON_THE_SCREEN = """
Services; Assessments; Activities; Working groups; Results; We agreed; Eliminate; Combine; Rearrange;
Simplify; Automate; Keep; Value; Necessary; Waste?; Batching; Prioritisation; Contention; Unavailability;
Extraneous; Certainty: low; Certainty: medium; Certainty: high; Draft; Validated at the place of work;
Implemented; Verified by finance; Simulated; Steps that are not needed elsewhere; Asked again (failure
demand); How is this computed?
"""
OWN_WORDS = ["EventLog", "ValueStream", "Assessment", "link table", "finding", "verdict", "study", "offer"]
LETTERS = {"lv": "a-zāčēģīķļņšūž", "lt": "a-ząčęėįšųūž"}


def rows() -> dict[str, list[dict[str, str]]]:
    """The tables of the glossary by heading, a dict per row."""
    tables: dict[str, list[dict[str, str]]] = {}
    heading = ""
    for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line.startswith("|") and not line.startswith("|---"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if cells[0] != "English":
                tables.setdefault(heading, []).append(
                    dict(zip(("en", "lv", "lt", "meaning"), cells, strict=False))
                )
    return tables


def test_the_words_of_the_screen_stand_in_it():
    wanted = {" ".join(term.split()) for term in ON_THE_SCREEN.split(";")}
    assert {row["en"] for row in rows()["On the screen"]} == wanted


@pytest.mark.parametrize("word", OWN_WORDS)
def test_the_products_own_words_stand_in_it(word):
    assert word in {row["en"] for table in rows().values() for row in table}


def test_every_term_has_three_languages_and_a_meaning():
    for heading, table in rows().items():
        for row in table:
            assert all(row.values()), row
            assert heading == "On the screen" or row["meaning"], row


def test_no_term_stands_twice():
    terms = [row["en"] for heading, table in rows().items() for row in table if heading != "On the screen"]
    assert sorted(terms) == sorted(set(terms))


@pytest.mark.parametrize("lang", ["lv", "lt"])
def test_each_language_is_written_in_its_own_letters(lang):
    for table in rows().values():
        for row in table:
            if row[lang] != row["en"]:  # names of the library stay as they are
                assert re.fullmatch(rf"[{LETTERS[lang]}0-9 ,.?:\-–()]+", row[lang].lower()), row


@pytest.mark.parametrize("lang", ["lv", "lt"])
def test_the_translation_files_keep_to_it(lang):
    glossary = {row["en"]: row[lang] for row in rows()["On the screen"]}
    for path in sorted((ROOT / "src").rglob(f"locale/{lang}/LC_MESSAGES/*.po")):
        for entry in polib.pofile(str(path)):
            if entry.msgid in glossary and not entry.msgctxt and entry.msgstr and not entry.obsolete:
                assert entry.msgstr == glossary[entry.msgid], f"{path.relative_to(ROOT)}: {entry.msgid}"

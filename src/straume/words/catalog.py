"""The languages of Straume and the gettext catalogue of each module of `straume.words`."""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Lang = Literal["en", "lv", "lt"]
LANGUAGES: tuple[Lang, ...] = ("en", "lv", "lt")
LOCALES = {"en": "en_GB", "lv": "lv_LV", "lt": "lt_LT"}  # Babel's names; en_GB for its order of day and month

FOLDER = Path(__file__).parent / "locale"


@cache
def catalog(domain: str, lang: str) -> gettext.NullTranslations:
    """The catalogue of one domain; English source strings where the language is English."""
    if lang == "en":
        return gettext.NullTranslations()
    compiled = FOLDER / lang / "LC_MESSAGES" / f"{domain}.mo"
    source = compiled.with_suffix(".po")
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        return gettext.translation(domain, localedir=FOLDER, languages=[lang])
    return _from_source(source, lang)


def _from_source(source: Path, lang: str) -> gettext.NullTranslations:
    """The words straight from the .po, where set-up has not compiled them (yet, or again)."""
    with source.open("rb") as lines:
        words = read_po(lines, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, words)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def known(lang: str) -> str:
    """The language itself where Straume speaks it, else English ("lv-LV" and "lv_LV.UTF-8" are "lv")."""
    short = lang.replace("-", "_").split("_")[0].split(".")[0].lower()
    return short if short in LANGUAGES else "en"

"""The languages of Straume and the gettext catalogue of each module of `straume.words`."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import Literal

Lang = Literal["en", "lv", "lt"]
LANGUAGES: tuple[Lang, ...] = ("en", "lv", "lt")
LOCALES = {"en": "en_GB", "lv": "lv_LV", "lt": "lt_LT"}  # Babel's names; en_GB for its order of day and month

FOLDER = Path(__file__).parent / "locale"


@cache
def catalog(domain: str, lang: str) -> gettext.NullTranslations:
    """The catalogue of one domain; English source strings where the language is English."""
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation(domain, localedir=FOLDER, languages=[lang])


def known(lang: str) -> str:
    """The language itself where Straume speaks it, else English ("lv-LV" and "lv_LV.UTF-8" are "lv")."""
    short = lang.replace("-", "_").split("_")[0].split(".")[0].lower()
    return short if short in LANGUAGES else "en"

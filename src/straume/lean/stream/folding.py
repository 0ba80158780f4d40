"""Text as people type it, made comparable: case, diacritics, dashes and blanks no longer matter."""

from __future__ import annotations

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def fold(text: object) -> str:
    """Lower case, no diacritics, one kind of dash, single blanks: "Gaidīšana  pirms" → "gaidisana pirms"."""
    plain = unicodedata.normalize("NFKD", str(text).casefold().translate(_DASHES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", plain).strip()

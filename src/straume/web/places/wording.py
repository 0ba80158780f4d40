"""Letters as people type them: "livani" finds Līvāni, on every database."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Small letters without marks; also the key for sorting names, so that Šķeltova stands with S."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def holds(text: str, wanted: str) -> bool:
    """Whether each of the wanted words stands somewhere in the text."""
    found = folded(text)
    return all(word in found for word in folded(wanted).split())

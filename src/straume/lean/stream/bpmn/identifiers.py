"""Identifiers that stay the same from one export to the next."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from straume.lean.stream.bpmn.vocabulary import is_id

_OTHER = re.compile(r"[^A-Za-z0-9_.\-]+")


class Identifiers:
    """Hands out identifiers, each once; made of the words they stand for and of nothing else."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)

    def of(self, wanted: str, *, prefix: str = "") -> str:
        """The words themselves where XML takes them as an identifier, else a form of them."""
        given = f"{prefix}{wanted}"
        if not is_id(given):
            plain = _OTHER.sub("-", given).strip("-.")
            digest = hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:8]
            given = f"id-{plain[:40]}-{digest}" if plain else f"id-{digest}"
        name, number = given, 1
        while name in self.taken:
            number += 1
            name = f"{given}-{number}"
        self.taken.add(name)
        return name

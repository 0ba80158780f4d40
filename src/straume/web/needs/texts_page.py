"""Answers in words: only the words, in the order of the alphabet, and the needs that they were put into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.crypto import salted_hmac

from straume.lean.protect import SMALLEST_GROUP
from straume.web.needs.analysis import Read
from straume.web.needs.models import AnswerSheet, NeedText
from straume.web.places.wording import folded, holds


@dataclass(frozen=True)
class TextLine:
    """The same words of one or of several; `mark` names them in the form and tells nothing of a sheet."""

    mark: str
    text: str
    sheets: tuple[AnswerSheet, ...]
    needs: tuple[str, ...]

    @property
    def times(self) -> int | None:
        """How often it was written, where it was five times or more."""
        return len(self.sheets) if len(self.sheets) >= SMALLEST_GROUP else None


@dataclass(frozen=True)
class TextPart:
    item: str
    title: str
    lines: tuple[TextLine, ...]


def texts(data: Read) -> list[TextPart]:
    sheets = {sheet.pk: sheet for sheet in AnswerSheet.objects.filter(wave=data.wave)}
    named: dict[tuple[UUID, str], set[str]] = {}
    for one in NeedText.objects.filter(sheet__wave=data.wave).select_related("need"):
        named.setdefault((one.sheet_id, one.item), set()).add(str(one.need))
    parts = []
    for item in data.texts:
        alike: dict[str, list[tuple[UUID, str]]] = {}
        for key, said in data.written(item):
            alike.setdefault(folded(said), []).append((key, said))
        lines = tuple(
            TextLine(
                mark=salted_hmac("needs.text", f"{data.wave.pk}/{item.name}/{words}").hexdigest()[:24],
                text=its[0][1],
                sheets=tuple(sheets[key] for key, _said in its),
                needs=tuple(sorted(set().union(*(named.get((key, item.name), set()) for key, _ in its)))),
            )
            for words, its in sorted(alike.items())
        )
        parts.append(TextPart(item.name, item.said(), lines))
    return parts


def found(part: TextPart, words: str, only_new: bool) -> TextPart:
    """The texts that hold the words; perhaps only those that are in no need yet."""
    kept = [line for line in part.lines if holds(line.text, words) and not (only_new and line.needs)]
    return replace(part, lines=tuple(kept))

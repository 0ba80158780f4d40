"""Answers in words: only the words, in the order of the alphabet, and the needs that they were put into."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.crypto import salted_hmac

from straume.web.needs.analysis import Read
from straume.web.needs.models import AnswerSheet, NeedText
from straume.web.places.wording import folded, holds


@dataclass(frozen=True)
class TextLine:
    """`mark` names the text in the form; it tells nothing of the sheet."""

    mark: str
    text: str
    sheet: AnswerSheet
    needs: tuple[str, ...]


@dataclass(frozen=True)
class TextPart:
    item: str
    title: str
    lines: tuple[TextLine, ...]


def texts(data: Read) -> list[TextPart]:
    sheets = {sheet.pk: sheet for sheet in AnswerSheet.objects.filter(wave=data.wave)}
    named: dict[tuple[str, str], list[str]] = {}
    for one in NeedText.objects.filter(sheet__wave=data.wave).select_related("need"):
        named.setdefault((str(one.sheet_id), one.item), []).append(str(one.need))
    parts = []
    for item in data.texts:
        lines = [
            TextLine(
                salted_hmac("needs.text", f"{sheet_pk}/{item.name}").hexdigest()[:24],
                said,
                sheets[sheet_pk],
                tuple(sorted(named.get((str(sheet_pk), item.name), []))),
            )
            for sheet_pk, said in data.written(item)
        ]
        lines.sort(key=lambda line: (folded(line.text), line.mark))
        parts.append(TextPart(item.name, item.said(), tuple(lines)))
    return parts


def found(part: TextPart, words: str, only_new: bool) -> TextPart:
    """The texts that hold the words; perhaps only those that are in no need yet."""
    kept = [line for line in part.lines if holds(line.text, words) and not (only_new and line.needs)]
    return replace(part, lines=tuple(kept))

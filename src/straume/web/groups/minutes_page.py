"""The minutes as page, sheet and file see them: points, languages side by side, what each language has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from straume.web.groups.models import AgendaPoint, Meeting, MinuteClash, MinuteText, TextLanguage


@dataclass(frozen=True)
class Words:
    """The text of a point in one language; `state` in words, `code` written, translated or missing."""

    language: str
    text: str
    code: str
    state: str
    version: int = 0
    clashes: Sequence[MinuteClash] = ()

    @property
    def title(self) -> str:
        return str(TextLanguage(self.language).label)


@dataclass(frozen=True)
class Point:
    point: AgendaPoint
    words: Sequence[Words] = field(default=())

    def in_language(self, language: str) -> Words:
        return next(one for one in self.words if one.language == language)

    @property
    def has_words(self) -> bool:
        return any(one.text for one in self.words)


@dataclass(frozen=True)
class Column:
    """A language of the minutes: how many of the points that have words have them in it."""

    language: str
    title: str
    is_left_out: bool
    there: int
    of: int

    @property
    def state(self) -> str:
        if self.is_left_out:
            return _("left out by the group")
        if not self.of:
            return _("nothing written yet")
        if self.there == self.of:
            return _("whole")
        return _("%(there)s of %(of)s points") % {"there": self.there, "of": self.of}


def points_of(meeting: Meeting) -> list[Point]:
    """The agenda with its words in each language that is not left out."""
    shown = languages_of(meeting)
    points = meeting.agenda.select_related("institution").prefetch_related("texts__clashes__written_by")
    return [Point(point, [words_of(point, lang) for lang in shown]) for point in points]


def languages_of(meeting: Meeting) -> list[str]:
    return [code for code in TextLanguage.values if code not in meeting.left_out]


def words_of(point: AgendaPoint, language: str) -> Words:
    found = next((text for text in point.texts.all() if text.language == language), None)
    if found is None:
        return Words(language, "", "missing", _("missing"))
    clashes = [clash for clash in found.clashes.all() if clash.settled_at is None]
    if not found.text:
        return Words(language, "", "missing", _("missing"), found.version, clashes)
    state = str(MinuteText.State(found.state).label)
    return Words(language, found.text, found.state, state, found.version, clashes)


def columns_of(meeting: Meeting, points: Sequence[Point]) -> list[Column]:
    with_words = [point for point in points if point.has_words]
    return [
        Column(
            language=code,
            title=str(TextLanguage(code).label),
            is_left_out=code in meeting.left_out,
            there=sum(1 for point in with_words for one in point.words if one.language == code and one.text),
            of=len(with_words),
        )
        for code in TextLanguage.values
    ]

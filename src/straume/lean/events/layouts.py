"""How dates and times are written: a written value with its digits made alike is a shape, a shape has a
layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Families: values of one column that stand in different families were made by different hands (or spoilt by
# a spreadsheet).
YEAR_FIRST, DAY_FIRST, EITHER, SERIAL, EPOCH = "year_first", "day_first", "either", "serial", "epoch"

_MONTH_STEMS = {
    # English, Latvian (any case ending), Lithuanian (nominative and genitive); longest stems first where
    # one begins another
    1: ("jan", "sausi"),
    2: ("feb", "vasari"),
    3: ("mar", "kov"),
    4: ("apr", "baland"),
    5: ("may", "maij", "mai", "geguž", "geguz"),
    6: ("jun", "jūn", "birž", "birz"),
    7: ("jul", "jūl", "liep"),
    8: ("aug", "rugpj"),
    9: ("sep", "rugs"),
    10: ("oct", "okt", "spali"),
    11: ("nov", "lapkri"),
    12: ("dec", "gruod"),
}
_TIME = (
    r"(?:[T ,]+(?:plkst\. ?|val\. ?)?(?P<h>99?)(?P<ts>[:.])(?P<mi>99)"
    r"(?:(?P=ts)(?P<s>99)(?:[.,](?P<f>9{1,9}))?)?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
    r"(?: ?(?P<zone>Z|UTC|GMT|(?P<sign>[+-])(?P<oh>99):?(?P<om>99)?))?)?"
)
_LETTERS = r"[^\W\d_]+"
_FORMS = tuple(
    (family, re.compile(rf"\s*{date}{_TIME}\s*"))
    for family, date in (
        (YEAR_FIRST, r"(?P<y>9999)(?P<sep>[-/. ])(?P<mo>99?)(?P=sep)(?P<d>99?)\.?"),
        (YEAR_FIRST, r"(?P<y>9999)(?P<mo>99)(?P<d>99)"),
        (DAY_FIRST, r"(?P<d>99?)\. ?(?P<mo>99?)\. ?(?P<y>9999|99)\.?(?: ?g\.)?"),
        (EITHER, r"(?P<d>99?)(?P<sep>[/-])(?P<mo>99?)(?P=sep)(?P<y>9999|99)"),
        (YEAR_FIRST, rf"(?P<y>9999)\.? ?(?:gada|g\.|m\.)? ?(?P<d>99?)\.? (?P<name>{_LETTERS})\.?"),
        (YEAR_FIRST, rf"(?P<y>9999) ?(?:m\.)? ?(?P<name>{_LETTERS}) (?P<d>99?)(?: ?d\.)?"),
        (DAY_FIRST, rf"(?P<d>99?)\.?[- ](?P<name>{_LETTERS})\.?[- ](?P<y>9999)(?:\. ?g\.)?"),
        (DAY_FIRST, rf"(?P<name>{_LETTERS})\.? (?P<d>99?),? (?P<y>9999)"),
    )
)
_SERIAL = re.compile(r"\s*(?P<whole>9{5})(?:[.,](?P<part>9{1,12}))?\s*")
_EPOCH = re.compile(r"\s*(?P<whole>9{10}|9{13}|9{16})\s*")


@dataclass(frozen=True)
class Layout:
    """Where the parts of a date stand in a written value: byte spans, constants where the shape itself
    says it.
    """

    family: str
    year: tuple[int, int] | None = None
    month: tuple[int, int] | None = None
    month_named: int | None = None
    day: tuple[int, int] | None = None
    hour: tuple[int, int] | None = None
    minute: tuple[int, int] | None = None
    second: tuple[int, int] | None = None
    fraction: tuple[int, int] | None = None
    afternoon: bool | None = None  # None: a clock of 24 hours
    has_zone: bool = False
    zone_sign: int = 1
    zone_hours: tuple[int, int] | None = None
    zone_minutes: tuple[int, int] | None = None
    whole: tuple[int, int] | None = None  # of a spreadsheet's serial number or of an epoch
    part: tuple[int, int] | None = None


@lru_cache(maxsize=4096)
def layout_of(shape: bytes) -> Layout | None:
    """The layout of a shape (a value with every digit made 9); None where it is no date that we know."""
    try:
        text = shape.decode("utf-8")
    except UnicodeDecodeError:
        return None
    for family, form in _FORMS:
        if (match := form.fullmatch(text)) and (layout := _layout(family, match, text)):
            return layout
    if match := _SERIAL.fullmatch(text):
        return Layout(SERIAL, whole=match.span("whole"), part=_span(match, "part", text))
    if match := _EPOCH.fullmatch(text):
        return Layout(EPOCH, whole=match.span("whole"))
    return None


def _layout(family: str, match: re.Match[str], text: str) -> Layout | None:
    groups = match.groupdict()
    named = _month_named(groups["name"]) if groups.get("name") else None
    if groups.get("name") and named is None:
        return None
    half = groups["half"]
    return Layout(
        family=family,
        year=_span(match, "y", text),
        month=None if named else _span(match, "mo", text),
        month_named=named,
        day=_span(match, "d", text),
        hour=_span(match, "h", text),
        minute=_span(match, "mi", text),
        second=_span(match, "s", text),
        fraction=_span(match, "f", text),
        afternoon=None if half is None else half in "Pp",
        has_zone=groups["zone"] is not None,
        zone_sign=-1 if groups["sign"] == "-" else 1,
        zone_hours=_span(match, "oh", text),
        zone_minutes=_span(match, "om", text),
    )


def _month_named(word: str) -> int | None:
    lower = word.casefold()
    for number, stems in _MONTH_STEMS.items():
        if lower.startswith(stems):
            return number
    return None


def _span(match: re.Match[str], group: str, text: str) -> tuple[int, int] | None:
    """Byte span of a group (the regular expression counts characters)."""
    if match.groupdict().get(group) is None:
        return None
    begin, end = match.span(group)
    shift = len(text[:begin].encode()) - begin
    return begin + shift, end + shift

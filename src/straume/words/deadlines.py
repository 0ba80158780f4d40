"""Deadlines as people write them in lv, lt and en: "30 days", "20 darba dienas", "20 d. d.", "2 savaitės"."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Clock = Literal["calendar", "working"]

# whole words after folding (no diacritics, lower case, no full stops); working days before plain ones
_WORKING = r"(?:working|business|work|darba|darbo)\s*days?|(?:darba|darbo)\s*dien\w*|darbdien\w*|d\s?d"
_CALENDAR = r"(?:(?:calendar|kalendara|kalendaras|kalendorin\w+)\s*)?(?:days?|dien\w*|d)"
_WEEKS = r"weeks?|nedel\w*|ned|savait\w*|sav"
_PATTERN = re.compile(rf"^(\d+)\s*(?:(?P<working>{_WORKING})|(?P<weeks>{_WEEKS})|(?P<calendar>{_CALENDAR}))$")


def parse_deadline(text: str) -> tuple[float, Clock] | None:
    """Days and their clock; None for what is no deadline. A month is none: it has no fixed number of days."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter)).replace(".", " ")
    found = _PATTERN.match(" ".join(plain.split()))
    if found is None or int(found[1]) == 0:
        return None
    days = float(found[1])
    if found["working"]:
        return days, "working"
    return (days * 7 if found["weeks"] else days), "calendar"

"""What stands in the cells of a step table: numbers, shares, yes and no, kinds of value, dates, ways on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from straume.lean.errors import StraumeError
from straume.lean.stream.folding import fold
from straume.lean.stream.records import Medium, ValueClass

_VALUE = {
    "value": r"va|v|value|value[- ]adding|vertiba|rada vertibu.*|vertibu (pievienojos|rados)s.*"
    r"|verte|kuria verte.*|verte kurianti.*",
    "necessary": r"nnva|n|necessary.*|nepieciesam\w*.*|butin\w*.*|reikaling\w*.*|business.*",
    "waste": r"nva|w|waste\??|zudum\w*|svaistym\w*|vertibu nerados\w*|vertes nekuri\w*|non-value.*"
    r"|is this needed\??|vai tas vajadzigs\??|ar to reikia\??|not needed|nav vajadzig\w*|nereik\w*",
}
_MEDIUM = {
    "paper": r"papir\w*|popier\w*|paper|vestul\w*|laisk\w*|letter|pasts|pastu|pastas|post",
    "email": r"e-?pasts?|e-?pastu|el\.? ?pastas?|el\.? ?pastu|e-?mail",
    "system": r"sistem\w*|system|dvs|lietvedib\w*.*|dokumentu.*|dms|e-paraksts|edoc",
    "phone": r"telefon\w*|phone|talrun\w*|zvan\w*|skambu\w*",
    "person": r"klatien\w*|mutiski|personigi|gyvai|zodziu|asmeniskai|in person|person|meeting|sanaksm\w*",
}
_YES = re.compile(r"ja|jaa|taip|yes|y|x|1|true|✓|✔|\+")
_NO = re.compile(r"ne|no|n|0|false|-|")
_END = re.compile(r"beigas|beigt|pabaiga|end|finish|atbilde")
_NOWHERE = re.compile(r"nekur.*|strupcels|niekur.*|aklaviete|nowhere|dead end|stop")
_AND = re.compile(r"\s*(?:\+|&|\bun\b|\bir\b|\band\b)\s*", re.IGNORECASE)
_OR = re.compile(r"\s*(?:;|\n|\||\bvai\b|\barba\b|\bor\b|,(?!\d)|,(?=\d+\s*[:(]))\s*", re.IGNORECASE)
_WITH_SHARE = re.compile(r"^(.*?)[\s:(=]+(\d+(?:[.,]\d+)?)\s*%\s*\)?$")
END, NOWHERE = "end", "nowhere"


class CellError(StraumeError):
    """A cell that cannot be understood; `code` says why."""


@dataclass(frozen=True)
class Way:
    """Where a step leads: a step as the table names it, END or NOWHERE, and its share [0..1] if said."""

    target: str
    share: float | None = None


@dataclass(frozen=True)
class Ways:
    """All ways on from a step: one of them is taken, or all of them at once."""

    ways: tuple[Way, ...]
    parallel: bool = False


def number(value: object) -> float:
    """A number that is not negative, decimal comma or point. Raises CellError."""
    if isinstance(value, bool):
        raise CellError("step_number_unreadable", text=str(value))
    text = re.sub(r"\s|€|eur|/h|/val\.?", "", fold(value)).replace(",", ".")
    if not re.fullmatch(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?", text):
        raise CellError("step_number_unreadable", text=str(value))
    result = float(text)
    if result < 0:
        raise CellError("step_number_negative", text=str(value))
    return result


def share(value: object) -> float:
    """A share [0..1] from "85 %", 85, 0.85: a bare number over 1 is in per cent. Raises CellError."""
    text = str(value).strip()
    amount = number(text.rstrip("% "))
    result = amount / 100 if text.endswith("%") or amount > 1 else amount
    if result > 1:
        raise CellError("step_share_over_one", text=text)
    return result


def occurrences(value: object) -> float:
    """Times per case (at least 1); "20 %" is the share that comes back: 1 / (1 − 0.2). Raises CellError."""
    text = str(value).strip()
    if text.endswith("%"):
        back = share(text)
        if back >= 1:
            raise CellError("step_share_over_one", text=text)
        return 1 / (1 - back)
    times = number(text)
    if times < 1:
        raise CellError("step_times_below_one", text=text)
    return times


def value_class(value: object) -> ValueClass:
    return cast(ValueClass, _choice(value, _VALUE, "step_value_class_unknown"))


def medium(value: object) -> Medium:
    return cast(Medium, _choice(value, _MEDIUM, "step_medium_unknown"))


def yes_or_no(value: object) -> bool:
    text = fold(value)
    if _YES.fullmatch(text):
        return True
    if _NO.fullmatch(text):
        return False
    raise CellError("step_yes_no_unknown", text=str(value))


def iso_date(value: object) -> str:
    """A day as ISO text from a date cell, "2021-11-11", "11.11.2021" or "2021.11.11.". Raises CellError."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    text = str(value).strip().rstrip(". ")
    parts = [int(part) for part in re.findall(r"\d+", text)]
    if len(parts) == 3 and re.fullmatch(r"\d+(?:\s*[-./]\s*\d+){2}", text):
        year, month, day = parts if parts[0] > 31 else parts[::-1]
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            pass
    raise CellError("step_date_unreadable", text=str(value))


def ways(value: object) -> Ways:
    """One step ("3"), one of several ("3 60 %; 5 40 %"), all at once ("3 + 4"), the answer ("end")."""
    text = str(value).strip()
    if isinstance(value, float) and value.is_integer():
        text = str(int(value))
    alternatives = [part for part in _OR.split(text) if part]
    if len(alternatives) == 1:
        together = [part for part in _AND.split(text) if part]
        if len(together) > 1 and (re.search(r"[+&]", text) or all(_short(part) for part in together)):
            return Ways(tuple(Way(_target(part)) for part in together), parallel=True)
    return Ways(tuple(_way(part) for part in alternatives))


def _way(text: str) -> Way:
    with_share = _WITH_SHARE.match(text)
    if with_share:
        return Way(_target(with_share[1]), share(with_share[2] + " %"))
    return Way(_target(text))


def _short(text: str) -> bool:
    return bool(re.fullmatch(r"\d+", text.strip())) or bool(_NOWHERE.fullmatch(fold(text)))


def _target(text: str) -> str:
    folded = fold(text).strip(" .")
    if _END.fullmatch(folded):
        return END
    return NOWHERE if _NOWHERE.fullmatch(folded) else text.strip().rstrip(".")


def _choice(value: object, options: dict[str, str], code: str) -> str:
    text = fold(value)
    for name, pattern in options.items():
        if re.fullmatch(pattern, text):
            return name
    raise CellError(code, text=str(value))

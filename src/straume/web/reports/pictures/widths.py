"""How wide a text stands in Source Sans 3, so that lines are broken where they really end."""

from __future__ import annotations

# advance widths of SourceSans3-Regular in thousandths of the type size; the semibold is 3 % wider
ADVANCES = {
    200: " \N{NO-BREAK SPACE}",
    246: "iīį",
    247: "j",
    249: "',.:;·",
    255: "lļ|",
    263: "IĪĮ",
    292: "f!",
    303: "()[]{}-",
    347: "rŗt/\\°",
    419: "sš*",
    426: '?zž"„“”x',
    456: "cč",
    467: "vy",
    480: "JYLĻ–",
    495: "kķeēęė0123456789+=<>~§≤≥×−€F$#",
    504: "agāģąV_",
    517: "X",
    527: "EĒĘĖ",
    536: "TSŠ`oōZŽ",
    544: "AĀĄhuūų",
    555: "bdpqnņ",
    569: "PRCČ",
    579: "KĶ",
    600: "BDGĢ●○&",
    619: "→",
    647: "HNŅUŪŲ",
    664: "OQ",
    727: "Mw",
    800: "W—",
    829: "m%@",
    948: "…",
}
WIDTH = {letter: units / 1000 for units, letters in ADVANCES.items() for letter in letters}
OTHER = 0.6
SEMIBOLD = 1.03


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of one line of text [in the units of `size`]."""
    return sum(WIDTH.get(letter, OTHER) for letter in text) * size * (SEMIBOLD if bold else 1)


def wrapped(text: str, *, width: float, size: float, lines: int) -> tuple[str, ...]:
    """The text in at most `lines` lines no wider than `width`; what does not fit ends in "…"."""
    rest = [piece for word in text.split() for piece in _pieces(word, width, size)]
    made: list[str] = []
    while rest and len(made) < lines:
        line = rest.pop(0)
        while rest and not line.endswith("-") and text_width(f"{line} {rest[0]}", size) <= width:
            line = f"{line} {rest.pop(0)}"
        made.append(line)
    if rest:
        made[-1] = cut(f"{made[-1]} {rest[0]}", width=width, size=size, always=True)
    return tuple(made)


def cut(text: str, *, width: float, size: float, always: bool = False) -> str:
    """The text, or as much of it as fits with "…" at its end."""
    if not always and text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip(" -,.") + "…"


def _pieces(word: str, width: float, size: float) -> list[str]:
    """The word, broken with hyphens where it alone is wider than the line."""
    pieces = []
    while text_width(word, size) > width:
        end = len(word) - 1
        while end > 3 and text_width(word[:end] + "-", size) > width:
            end -= 1
        end = min(end, len(word) - 3) if len(word) > 6 else end
        pieces.append(word[:end] + "-")
        word = word[end:]
    return [*pieces, word]

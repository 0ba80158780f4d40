"""A sentence and an advice, as source strings of the catalogue `problems`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """What is wrong, and what to do about it; names in braces are filled from the problem's parameters."""

    sentence: str
    advice: str


def marked(text: str) -> str:
    """The string itself: it is looked up when it is shown."""
    return text

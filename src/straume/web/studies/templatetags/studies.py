"""Small things that templates of the studies need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key, or nothing."""
    return mapping.get(key, "")


@register.filter
def at(items: Sequence[Any], place: int) -> Any:
    """What stands at a place of a list, 0 = first."""
    return items[place]

"""Texts that stand in three languages: which of them must have words."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q

LANGUAGES = ("lv", "lt", "en")


def said(field: str) -> Q:
    """Condition: the text has words in one language at least."""
    each = [Q(**{f"{field}_{lang}__isnull": False, f"{field}_{lang}__gt": ""}) for lang in LANGUAGES]
    return reduce(or_, each)

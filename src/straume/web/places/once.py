"""A row that is written once, however often it is submitted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

M = TypeVar("M", bound=models.Model)


def once(create: Callable[[], M], find: Callable[[], M | None]) -> M:
    """Write a row that a unique constraint lets exist once; a second submit gets the row of the first."""
    found = find()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return create()
    except IntegrityError:
        found = find()
        if found is None:
            raise
        return found

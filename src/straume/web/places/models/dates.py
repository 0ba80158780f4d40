"""Days from–until, one way for the whole house: both days count, an empty end is open."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

M = TypeVar("M", bound=models.Model, covariant=True)


class DatedQuerySet(models.QuerySet[M]):
    def on(self, day: date) -> Self:
        """Rows in force on `day`."""
        return self.filter(in_force(day))


def in_force(day: date, *, at: str = "") -> Q:
    """Condition for rows whose days hold `day`; `at` is the path to them, such as "membership__"."""
    return (Q(**{f"{at}from_on__isnull": True}) | Q(**{f"{at}from_on__lte": day})) & (
        Q(**{f"{at}until_on__isnull": True}) | Q(**{f"{at}until_on__gte": day})
    )


def days_in_order(name: str) -> models.CheckConstraint:
    """The database refuses an end before its beginning."""
    return models.CheckConstraint(
        condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
        name=name,
    )

"""Hours of coaching by municipality, told so that they tell of nobody.

The hours of a municipality may be those of one person. So what is used stands in whole days, rounded up, for
everybody but the coach, who has it in the own log. Where one line alone is in use its hours could be had from
the sum: then the sum is rounded too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from straume.web.places.permissions import Person
from straume.web.places.registry import simulated_badge
from straume.web.programme.coaching_permissions import hours_seen_of
from straume.web.programme.models import CoachingEntitlement
from straume.web.programme.models.coaching import HOURS_A_DAY
from straume.web.programme.said import lang
from straume.words.format import number

DAY_MINUTES = HOURS_A_DAY * 60


@dataclass(frozen=True)
class Hours:
    """One line: minutes to be had, and used as shown; `is_rounded` where only whole days are told."""

    institution: Any  # None in the line of the sum
    minutes: int
    used: int
    is_rounded: bool
    is_simulated: bool

    @property
    def left(self) -> int:
        return self.minutes - self.used

    def said(self) -> dict[str, str]:
        up_to, at_least = (
            (_("up to %(hours)s"), _("at least %(hours)s"))
            if self.is_rounded and self.used
            else ("%(hours)s", "%(hours)s")
        )
        return {
            "minutes": in_hours_and_days(self.minutes),
            "used": up_to % {"hours": in_hours_and_days(self.used)},
            "left": at_least % {"hours": in_hours_and_days(self.left)},
        }


def hours_for(person: Person, today: date) -> list[Hours]:
    """The lines that the person may see; of several also their sum, last."""
    entitlements = list(
        CoachingEntitlement.objects.filter(institution__in=hours_seen_of(person, today))
        .select_related("institution")
        .order_by("institution__country", "institution__name")
    )
    lines = [line_of(one) for one in entitlements]
    return [*lines, sum_of(entitlements, lines)] if len(lines) > 1 else lines


def line_of(entitlement: CoachingEntitlement) -> Hours:
    return Hours(
        institution=entitlement.institution,
        minutes=entitlement.minutes,
        used=min(whole_days(entitlement.booked_minutes), entitlement.minutes),
        is_rounded=True,
        is_simulated=entitlement.is_simulated,
    )


def sum_of(entitlements: Sequence[CoachingEntitlement], lines: Sequence[Hours]) -> Hours:
    in_use = [line for line in lines if line.used]
    is_rounded = len(in_use) == 1
    return Hours(
        institution=None,
        minutes=sum(line.minutes for line in lines),
        used=sum(line.used for line in lines)
        if is_rounded
        else sum(one.booked_minutes for one in entitlements),
        is_rounded=is_rounded,
        is_simulated=any(line.is_simulated for line in lines),
    )


def whole_days(minutes: int) -> int:
    return -(-minutes // DAY_MINUTES) * DAY_MINUTES


def in_hours_and_days(minutes: int) -> str:
    """ "12 h (1.5 d)": eight hours are a day."""
    hours, days = minutes / 60, minutes / DAY_MINUTES
    return _("%(hours)s h (%(days)s d)") % {
        "hours": number(hours, lang(), 0 if not minutes % 60 else 1),
        "days": number(days, lang(), 0 if not minutes % DAY_MINUTES else 1),
    }


def table_of(lines: Sequence[Hours]) -> list[list[str]]:
    head = [_("Municipality"), _("To be had"), _("Used or booked"), _("Left"), _("Simulated")]
    return [head] + [
        [
            line.institution.name if line.institution else _("Together"),
            *line.said().values(),
            simulated_badge(line.is_simulated),
        ]
        for line in lines
    ]

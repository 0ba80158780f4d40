"""Who near me uses a tool: in order of the distance between town halls, one's own country first if equal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from straume.web.places.models import Institution
from straume.web.public.models import ToolUse

EARTH_KM = 6371.0
ROUGH_KM = 5  # distances of town halls are told to five kilometres


@dataclass(frozen=True)
class Near:
    use: ToolUse
    about_km: int | None  # None: no place is told, or nobody said from where


def nearest(uses: Iterable[ToolUse], *, here: Institution | None) -> list[Near]:
    found = [Near(use, about_km(here, use.institution)) for use in uses]
    return sorted(
        found,
        key=lambda near: (
            near.about_km is None,
            near.about_km or 0,
            here is not None and near.use.institution.country != here.country,
            near.use.institution.name,
        ),
    )


def about_km(here: Institution | None, there: Institution) -> int | None:
    """Along the great circle (haversine formula), rounded; not the way by road."""
    if here is None or None in (here.latitude, here.longitude, there.latitude, there.longitude):
        return None
    one, other = radians(float(here.latitude)), radians(float(there.latitude))
    across = radians(float(there.longitude) - float(here.longitude))
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(across / 2) ** 2
    return ROUGH_KM * round(2 * EARTH_KM * asin(sqrt(half)) / ROUGH_KM)

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
    one, other = at(here), at(there)
    if one is None or other is None:
        return None
    across = other[1] - one[1]
    half = sin((other[0] - one[0]) / 2) ** 2 + cos(one[0]) * cos(other[0]) * sin(across / 2) ** 2
    return ROUGH_KM * round(2 * EARTH_KM * asin(sqrt(half)) / ROUGH_KM)


def at(place: Institution | None) -> tuple[float, float] | None:
    """Latitude and longitude [radians], where both are known."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return radians(float(place.latitude)), radians(float(place.longitude))

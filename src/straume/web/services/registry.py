"""Where higher apps say what they add to the page of a service or of an offer, such as its assessments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from straume.web.places.registry import Registry, Section

if TYPE_CHECKING:
    from straume.web.places.permissions import Person
    from straume.web.services.models import Offer, PublicService

# (service, person, today) → a section of the service's page, or None
service_sections: Registry[Callable[[PublicService, Person, date], Section | None]] = Registry()
# (offer, person, today) → a section of the offer's page, or None
offer_sections: Registry[Callable[[Offer, Person, date], Section | None]] = Registry()

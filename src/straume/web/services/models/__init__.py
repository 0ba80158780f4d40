"""What citizens use, and where it is offered."""

from straume.web.services.models.catalogue import CountryDeadline, Deadline, LifeEvent, PublicService
from straume.web.services.models.imports import CatalogueImport
from straume.web.services.models.offers import Offer, YearlyDemand
from straume.web.services.models.parts import (
    Channel,
    CompetentAuthority,
    Cost,
    Evidence,
    LegalResource,
    Output,
)

__all__ = [
    "CatalogueImport",
    "Channel",
    "CompetentAuthority",
    "Cost",
    "CountryDeadline",
    "Deadline",
    "Evidence",
    "LegalResource",
    "LifeEvent",
    "Offer",
    "Output",
    "PublicService",
    "YearlyDemand",
]

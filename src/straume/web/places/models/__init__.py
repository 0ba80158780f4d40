"""Places: territories, institutions and what hangs on them."""

from straume.web.places.models.duties import DutyRun
from straume.web.places.models.institutions import Area, Institution, Lineage, Population, TerritorialUnit
from straume.web.places.models.letters import UnsentLetter
from straume.web.places.models.memberships import Handover, Membership, Role
from straume.web.places.models.promises import Promise
from straume.web.places.models.units import Calendar, PoliticalTerm, Post, Unit

__all__ = [
    "Area",
    "Calendar",
    "DutyRun",
    "Handover",
    "Institution",
    "Lineage",
    "Membership",
    "PoliticalTerm",
    "Population",
    "Post",
    "Promise",
    "Role",
    "TerritorialUnit",
    "Unit",
    "UnsentLetter",
]

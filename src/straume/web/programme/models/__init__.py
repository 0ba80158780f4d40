"""Projects, their activities, and who took part in them."""

from straume.web.programme.models.activities import Activity, ActivityNeed, Cycle, Session, WorkPackage
from straume.web.programme.models.project import BudgetLine, Partner, Project
from straume.web.programme.models.registrations import Attendance, Registration
from straume.web.programme.models.structure import AgendaItem, Language, Material, Speaker, StatusChange
from straume.web.programme.models.visits import VisitHost, VisitStop

__all__ = [
    "Activity",
    "ActivityNeed",
    "AgendaItem",
    "Attendance",
    "BudgetLine",
    "Cycle",
    "Language",
    "Material",
    "Partner",
    "Project",
    "Registration",
    "Session",
    "Speaker",
    "StatusChange",
    "VisitHost",
    "VisitStop",
    "WorkPackage",
]

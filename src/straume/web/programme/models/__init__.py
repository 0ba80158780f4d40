"""Projects, their activities, and who took part in them."""

from straume.web.programme.models.activities import Activity, ActivityNeed, Cycle, Session, WorkPackage
from straume.web.programme.models.project import BudgetLine, Partner, Project
from straume.web.programme.models.registrations import Attendance, Registration

__all__ = [
    "Activity",
    "ActivityNeed",
    "Attendance",
    "BudgetLine",
    "Cycle",
    "Partner",
    "Project",
    "Registration",
    "Session",
    "WorkPackage",
]

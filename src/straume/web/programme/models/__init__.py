"""Projects, their activities, and who took part in them."""

from straume.web.programme.models.activities import Activity, ActivityNeed, Cycle, Session, WorkPackage
from straume.web.programme.models.attendance import AttendanceChange, CheckInHelper, TicketLetter, WalkIn
from straume.web.programme.models.certificates import Certificate, CertificateRule, Revocation
from straume.web.programme.models.choosing import (
    Candidate,
    CandidateNeed,
    Choice,
    ChoiceDecision,
    ChoiceDecisionItem,
    ChoiceLine,
    ChoiceLock,
    ChoiceWeight,
)
from straume.web.programme.models.coaching import (
    CoachingAgreement,
    CoachingEntitlement,
    CoachingHalfHour,
    CoachingOutcome,
    CoachingPlace,
    CoachingSession,
    CoachingSlot,
)
from straume.web.programme.models.evaluation import (
    Quiz,
    QuizChoice,
    QuizQuestion,
    QuizRound,
    QuizSheet,
    ReactionRound,
    ReactionSheet,
    ReactionSlip,
)
from straume.web.programme.models.indicators import IndicatorCount, OutputIndicator, Retention, SessionCount
from straume.web.programme.models.letters import DueLetter
from straume.web.programme.models.nomination import ActivityGroup, CalendarFeed, PlaceRule, Quota
from straume.web.programme.models.project import BudgetLine, Partner, Project
from straume.web.programme.models.registrations import Attendance, Registration
from straume.web.programme.models.sheets import ProjectLogo, ScanFile, SheetPage, SignatureSheet
from straume.web.programme.models.structure import AgendaItem, Language, Material, Speaker, StatusChange
from straume.web.programme.models.trials import (
    TryCard,
    TryOutcome,
    UseInvitation,
    UseRound,
    UseSheet,
)
from straume.web.programme.models.visits import CardReminder, VisitHost, VisitStop

__all__ = [
    "Activity",
    "ActivityGroup",
    "ActivityNeed",
    "AgendaItem",
    "Attendance",
    "AttendanceChange",
    "BudgetLine",
    "CalendarFeed",
    "Candidate",
    "CandidateNeed",
    "CardReminder",
    "Certificate",
    "CertificateRule",
    "CheckInHelper",
    "Choice",
    "ChoiceDecision",
    "ChoiceDecisionItem",
    "ChoiceLine",
    "ChoiceLock",
    "ChoiceWeight",
    "CoachingAgreement",
    "CoachingEntitlement",
    "CoachingHalfHour",
    "CoachingOutcome",
    "CoachingPlace",
    "CoachingSession",
    "CoachingSlot",
    "Cycle",
    "DueLetter",
    "IndicatorCount",
    "Language",
    "Material",
    "OutputIndicator",
    "Partner",
    "PlaceRule",
    "Project",
    "ProjectLogo",
    "Quiz",
    "QuizChoice",
    "QuizQuestion",
    "QuizRound",
    "QuizSheet",
    "Quota",
    "ReactionRound",
    "ReactionSheet",
    "ReactionSlip",
    "Registration",
    "Retention",
    "Revocation",
    "ScanFile",
    "Session",
    "SessionCount",
    "SheetPage",
    "SignatureSheet",
    "Speaker",
    "StatusChange",
    "TicketLetter",
    "TryCard",
    "TryOutcome",
    "UseInvitation",
    "UseRound",
    "UseSheet",
    "VisitHost",
    "VisitStop",
    "WalkIn",
    "WorkPackage",
]

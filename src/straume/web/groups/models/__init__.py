"""Working groups, their meetings and what follows from them; practice cards and who took them up."""

from straume.web.groups.models.asaichi import BoardAction, BoardDay, BoardEntry, BoardProblem, Escalation
from straume.web.groups.models.cards import (
    Adoption,
    AdoptionStep,
    CardPublication,
    PracticeCard,
)
from straume.web.groups.models.decisions import ActionChase, ActionEnd, Decision, GroupAction
from straume.web.groups.models.groups import GroupMember, GroupStateChange, Theme, WorkingGroup
from straume.web.groups.models.ideas import Idea, IdeaBox, IdeaChase, IdeaStep
from straume.web.groups.models.meetings import (
    AgendaPoint,
    Meeting,
    MeetingSeries,
    MinuteClash,
    MinutesPublication,
    MinuteText,
    TextLanguage,
)

__all__ = [
    "ActionChase",
    "ActionEnd",
    "Adoption",
    "AdoptionStep",
    "AgendaPoint",
    "BoardAction",
    "BoardDay",
    "BoardEntry",
    "BoardProblem",
    "CardPublication",
    "Decision",
    "Escalation",
    "GroupAction",
    "GroupMember",
    "GroupStateChange",
    "Idea",
    "IdeaBox",
    "IdeaChase",
    "IdeaStep",
    "Meeting",
    "MeetingSeries",
    "MinuteClash",
    "MinuteText",
    "MinutesPublication",
    "PracticeCard",
    "TextLanguage",
    "Theme",
    "WorkingGroup",
]

"""Working groups, their meetings and what follows from them; practice cards and who took them up."""

from straume.web.groups.models.cards import (
    Adoption,
    AdoptionStep,
    CardPublication,
    LeanTool,
    PracticeCard,
)
from straume.web.groups.models.decisions import ActionChase, ActionEnd, Decision, GroupAction
from straume.web.groups.models.groups import GroupMember, GroupStateChange, Theme, WorkingGroup
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
    "CardPublication",
    "Decision",
    "GroupAction",
    "GroupMember",
    "GroupStateChange",
    "LeanTool",
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

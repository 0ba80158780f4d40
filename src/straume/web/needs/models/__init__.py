"""Surveys and the needs that they show."""

from straume.web.needs.models.answers import AnswerSheet
from straume.web.needs.models.invitations import (
    Invitation,
    InvitationCode,
    NoLetters,
    Turnout,
    WaveChange,
)
from straume.web.needs.models.needs import Need, NeedEvidence
from straume.web.needs.models.questionnaires import Questionnaire, QuestionnaireVersion
from straume.web.needs.models.records import (
    ImportedResult,
    ImportedSurvey,
    NeedChange,
    NeedMerge,
    NeedText,
    TextBatch,
)
from straume.web.needs.models.sealed import Draft, SealedSheet, UsedForm
from straume.web.needs.models.waves import Staff, Wave

__all__ = [
    "AnswerSheet",
    "Draft",
    "ImportedResult",
    "ImportedSurvey",
    "Invitation",
    "InvitationCode",
    "Need",
    "NeedChange",
    "NeedEvidence",
    "NeedMerge",
    "NeedText",
    "NoLetters",
    "Questionnaire",
    "QuestionnaireVersion",
    "SealedSheet",
    "Staff",
    "TextBatch",
    "Turnout",
    "UsedForm",
    "Wave",
    "WaveChange",
]

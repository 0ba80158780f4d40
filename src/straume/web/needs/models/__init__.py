"""Surveys and the needs that they show."""

from straume.web.needs.models.answers import AnswerSheet
from straume.web.needs.models.needs import Need, NeedEvidence
from straume.web.needs.models.questionnaires import Questionnaire, QuestionnaireVersion
from straume.web.needs.models.waves import Staff, Wave

__all__ = [
    "AnswerSheet",
    "Need",
    "NeedEvidence",
    "Questionnaire",
    "QuestionnaireVersion",
    "Staff",
    "Wave",
]

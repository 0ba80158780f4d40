"""What a study remembers; each record is written by one person's action or one job, and stays."""

from straume.web.studies.models.case_log import CaseLog
from straume.web.studies.models.run import AssessmentRun, FindingRow
from straume.web.studies.models.steps import StepJudgement, StepTable
from straume.web.studies.models.study import Publication, Study
from straume.web.studies.models.verdict import Verdict

__all__ = [
    "AssessmentRun",
    "CaseLog",
    "FindingRow",
    "Publication",
    "StepJudgement",
    "StepTable",
    "Study",
    "Verdict",
]

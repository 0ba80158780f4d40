"""What a study remembers; each record is written by one person's action or one job, and stays."""

from straume.web.studies.models.card_evidence import CardEvidence
from straume.web.studies.models.case_log import CaseLog
from straume.web.studies.models.kaizen import ActionDone, KaizenAction, LogName
from straume.web.studies.models.maps import MapEdit, MapShare, MapStage, StreamMap
from straume.web.studies.models.origin import StudyOrigin
from straume.web.studies.models.programme_links import EvaluationLink
from straume.web.studies.models.run import AssessmentRun, FindingRow
from straume.web.studies.models.scenarios import (
    ModelTrial,
    Scenario,
    ScenarioFuture,
    ScenarioSearch,
    StaffSaid,
)
from straume.web.studies.models.steps import StepJudgement, StepTable
from straume.web.studies.models.study import Publication, Study
from straume.web.studies.models.touch import StepTouch
from straume.web.studies.models.verdict import Verdict

__all__ = [
    "ActionDone",
    "AssessmentRun",
    "CardEvidence",
    "CaseLog",
    "EvaluationLink",
    "FindingRow",
    "KaizenAction",
    "LogName",
    "MapEdit",
    "MapShare",
    "MapStage",
    "ModelTrial",
    "Publication",
    "Scenario",
    "ScenarioFuture",
    "ScenarioSearch",
    "StaffSaid",
    "StepJudgement",
    "StepTable",
    "StepTouch",
    "StreamMap",
    "Study",
    "StudyOrigin",
    "Verdict",
]

"""A result is tied to an activity once, and untied by those who work on the study."""

from __future__ import annotations

from datetime import datetime

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.programme.models import Activity
from straume.web.studies.models import AssessmentRun, EvaluationLink, KaizenAction, Study


def tie(
    *,
    activity: Activity,
    study: Study,
    result: AssessmentRun | KaizenAction,
    why: str,
    by: User,
    now: datetime,
) -> EvaluationLink:
    shown = {"action": result} if isinstance(result, KaizenAction) else {"run": result}
    return once(
        lambda: EvaluationLink.objects.create(
            activity=activity, study=study, why=why, said_by=by, said_at=now, **shown
        ),
        lambda: EvaluationLink.objects.filter(activity=activity, **shown).first(),
    )

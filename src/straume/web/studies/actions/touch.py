"""What people say of how long the work of each step takes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.studies.models import StepTable, StepTouch, Study


def say_touch_times(*, study: Study, said: Mapping[str, str], by: User, now: datetime) -> bool:
    """Write down what is new; True where anything is, so that starts are estimated anew."""
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        standing = said_touch_times(study)
        fresh = {step: text for step, text in said.items() if text != standing.get(step, "")}
        StepTouch.objects.bulk_create(
            StepTouch(study=study, step=step, said=text, given_by=by, given_at=now)
            for step, text in fresh.items()
        )
    return bool(fresh)


def said_touch_times(study: Study) -> dict[str, str]:
    """Step → how long its work takes, as typed; the newest word on each."""
    newest = dict(study.touches.order_by("pk").values_list("step", "said"))
    return {step: said for step, said in newest.items() if said}


def standing_touch_times(study: Study) -> dict[str, str]:
    """What was said of the log's steps, and where nothing was, what the service's step table says."""
    return {**_of_step_table(study), **said_touch_times(study)}


def _of_step_table(study: Study) -> dict[str, str]:
    table = StepTable.objects.filter(study__offer=study.offer).order_by("-made_at", "-pk").first()
    rows = table.rows if table else []
    named = [(str(row.get("step", "")).strip(), str(row.get("touch", "")).strip()) for row in rows]
    return {step: touch for step, touch in named if step and touch}

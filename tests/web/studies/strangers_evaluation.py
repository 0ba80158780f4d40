"""What the walk over all addresses has to know of results tied to activities."""

from datetime import UTC, datetime

from straume.web.programme.models import Activity
from straume.web.studies.models import EvaluationLink, KaizenAction

SHARED = {"studies:tie_result": "the form offers the studies that one works on oneself, and no others"}
NUMBERS = {"activity_pk": Activity, "link_pk": EvaluationLink}


def make_things(*, livani, taxes, alice, bob) -> None:
    action = KaizenAction.objects.first()
    EvaluationLink.objects.create(
        activity=Activity.objects.first(),
        study=action.map.study,
        action=action,
        why="We learnt it there",
        said_by=alice,
        said_at=datetime(2019, 1, 15, tzinfo=UTC),
    )

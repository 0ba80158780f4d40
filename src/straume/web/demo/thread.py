"""Why studies of the demo were begun: the need behind the activity where people learnt how (simulated)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from straume.web.programme.models import Activity
from straume.web.studies.actions.origin import say_origins
from straume.web.studies.models import Study

HELD = (Activity.Status.HELD, Activity.Status.COMPLETE, Activity.Status.REPORTED)
TAUGHT_AT = (Activity.Kind.WORKSHOP, Activity.Kind.TRAINING, Activity.Kind.VISIT_ABROAD)


def seed(today: date) -> None:
    """Studies of a country go back to what was held there, one activity after the other."""
    held = Activity.objects.filter(status__in=HELD, kind__in=TAUGHT_AT).exclude(needs=None).distinct()
    for country in ("lv", "lt"):
        learnt = list(held.filter(host__country=country).order_by("from_on")) or list(
            held.order_by("from_on")
        )
        if not learnt:
            continue
        studies = Study.objects.filter(is_simulated=True, offer__institution__country=country)
        for number, study in enumerate(studies.select_related("owner").order_by("pk")):
            activity = learnt[number % len(learnt)]
            say_origins(
                study=study,
                needs=list(activity.needs.order_by("pk")[:1]),
                activities=[activity],
                by=study.owner,
                now=timezone.now(),
            )

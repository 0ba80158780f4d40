"""Why studies of the demo were begun, when, and which practice cards stand on them (simulated)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from straume.web.demo.services import DEBT, FELLING
from straume.web.groups.models import PracticeCard
from straume.web.programme.models import Activity
from straume.web.studies.actions.origin import say_origins
from straume.web.studies.models import CardEvidence, Study

HELD = (Activity.Status.HELD, Activity.Status.COMPLETE, Activity.Status.REPORTED)
TAUGHT_AT = (Activity.Kind.WORKSHOP, Activity.Kind.TRAINING, Activity.Kind.VISIT_ABROAD)
BEGUN_AFTER = timedelta(7)  # people go home, and begin
ON_FELLING = "Koku ciršanas atļauja"  # how cards on that service begin


def seed(today: date) -> None:
    """Each service's studies go back to what was held in the country that it is known from, in turn."""
    held = Activity.objects.filter(status__in=HELD, kind__in=TAUGHT_AT).exclude(needs=None).distinct()
    for service, country in ((DEBT, "lv"), (FELLING, "lt")):
        learnt = list(held.filter(host__country=country).order_by("from_on")) or list(
            held.order_by("from_on")
        )
        if not learnt:
            continue
        studies = Study.objects.filter(is_simulated=True, offer__service__identifier=service)
        for number, study in enumerate(studies.select_related("owner").order_by("pk")):
            begin(study, learnt[number % len(learnt)])
    join_cards()


def begin(study: Study, activity: Activity) -> None:
    begun = make_aware(datetime.combine(activity.until_on + BEGUN_AFTER, time(9)))
    Study.objects.filter(pk=study.pk).update(created_at=begun)
    say_origins(
        study=study,
        needs=list(activity.needs.order_by("pk")[:1]),
        activities=[activity],
        by=study.owner,
        now=begun,
    )


def join_cards() -> None:
    """Each card on felling trees stands on the study of the same place."""
    for card in PracticeCard.objects.filter(is_simulated=True, title_lv__startswith=ON_FELLING):
        for study in Study.objects.filter(
            is_simulated=True, offer__institution=card.institution, offer__service__identifier=FELLING
        ):
            CardEvidence.objects.create(card=card, study=study, said_by=study.owner, said_at=card.made_at)

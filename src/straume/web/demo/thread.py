"""Why studies of the demo were begun, when, and which practice cards stand on them (simulated)."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from straume.web.demo.services import DEBT, FELLING
from straume.web.demo.studies import MAP_NAMES, key
from straume.web.demo.study_processes import LV_FELLING
from straume.web.groups.models import PracticeCard
from straume.web.programme.models import Activity
from straume.web.studies.actions import kaizen, maps
from straume.web.studies.actions.origin import say_origins
from straume.web.studies.models import CardEvidence, Study

HELD = (Activity.Status.HELD, Activity.Status.COMPLETE, Activity.Status.REPORTED)
TAUGHT_AT = (Activity.Kind.WORKSHOP, Activity.Kind.TRAINING, Activity.Kind.VISIT_ABROAD)
BEGUN_AFTER = timedelta(7)  # people go home, and begin
ON_FELLING = "Koku ciršanas atļauja"  # how cards on that service begin
INSPECTED, DONE_ON = "Apseko kokus", date(2018, 8, 27)  # a week before Līvāni wrote its card


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
    agree_on_inspections()


def begin(study: Study, activity: Activity) -> None:
    begun = at_nine(activity.until_on + BEGUN_AFTER)
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


def agree_on_inspections() -> None:
    """Līvāni drew how trees are inspected, agreed on a second day, and did so before it wrote its card."""
    found = Study.objects.filter(offer__institution__slug="livani", offer__service__identifier=FELLING)
    study = found.filter(is_simulated=True).select_related("owner").first()
    if study is None:
        return
    drawn = study.created_at + timedelta(1)
    rows = [
        {"step": step.name, "unit": step.unit, "touch": "{}–{} min".format(*step.touch_minutes[::2])}
        for step in LV_FELLING
    ]
    by, number = study.owner, key("inspections")
    made = maps.begin_map(study=study, name=MAP_NAMES["lv"], key=number, by=by, now=drawn, rows=rows)
    step = next(one for one in maps.state_of(made).steps if one.values["step"] == INSPECTED)
    idea = {"place": "a", "burst_of": str(step.id), "text": "Apsekot divas dienas nedēļā, nevis vienu"}
    sent = [maps.Sent(uuid.uuid4(), number, name, value, "", 0) for name, value in idea.items()]
    maps.take_edits(edited=made, client=uuid.uuid4(), sent=sent, now=drawn)
    made.refresh_from_db()
    state = maps.state_of(made)
    action = kaizen.agree(
        mapped=made,
        state=state,
        burst=next(one for one in state.bursts() if one.id == number),
        owner_post="Ainavu arhitekts",
        due_on=date(2018, 9, 28),
        key=number,
        by=by,
        now=drawn,
    )
    seen = "Apsekošanas dienas ir otrdiena un ceturtdiena (simulēts)."
    kaizen.finish(action=action, on=DONE_ON, evidence=seen, by=by, now=at_nine(DONE_ON))


def at_nine(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(9)))

"""What studies put on the thread: the study, and the actions that people agreed on in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.places.permissions import Person
from straume.web.places.thread import Knot, Strand, strands, tie_by, ties
from straume.web.studies import permissions
from straume.web.studies.models import CardEvidence, EvaluationLink, KaizenAction, StudyOrigin


def register() -> None:
    strands.register(
        "study",
        Strand(
            code="study",
            label=gettext_lazy("Assessments"),
            knots=studies,
            none_yet=gettext_lazy(
                "No assessment has come of it yet. On an assessment’s page, say why it was begun."
            ),
        ),
        order=40,
    )
    strands.register(
        "action",
        Strand(
            code="action",
            label=gettext_lazy("What was agreed and done"),
            knots=actions,
            none_yet=gettext_lazy("Nothing is agreed on yet. An idea on a map becomes an action there."),
        ),
        order=50,
    )
    ties.register("need-study", tie_by(StudyOrigin, earlier=("need", "need_id"), later=("study", "study_id")))
    ties.register(
        "activity-study", tie_by(StudyOrigin, earlier=("people", "activity_id"), later=("study", "study_id"))
    )
    ties.register(
        "activity-result",
        tie_by(EvaluationLink, earlier=("people", "activity_id"), later=("study", "study_id")),
    )
    ties.register(
        "study-action", tie_by(KaizenAction, earlier=("study", "map__study_id"), later=("action", "pk"))
    )
    ties.register(
        "study-card", tie_by(CardEvidence, earlier=("study", "study_id"), later=("card", "card_id"))
    )


def studies(keys: Collection[int], person: Person, today: date) -> Iterable[Knot]:
    for study in permissions.visible_studies(person, today).with_state().filter(pk__in=keys):
        yield Knot(
            kind="study",
            pk=study.pk,
            title=str(study.offer.service),
            url=study.get_absolute_url(),
            on=study.created_at.date(),
            note=f"{study.institution} · {study.state_label}",
            badge=_("Simulated, not real data") if study.is_simulated else "",
        )


def actions(keys: Collection[int], person: Person, today: date) -> Iterable[Knot]:
    """Of studies whose inside the person sees; others read what the owner published."""
    found = KaizenAction.objects.filter(pk__in=keys).select_related("map__study__offer__institution", "done")
    for action in found:
        study = action.map.study
        if not permissions.sees_inside(person, study, today):
            continue
        done = getattr(action, "done", None)
        yield Knot(
            kind="action",
            pk=action.pk,
            title=action.what,
            url=reverse("studies:map_bursts", args=[study.pk, action.map_id]),
            on=done.on if done else action.due_on,
            note=_("done: %(evidence)s") % {"evidence": done.evidence} if done else _("open, due this day"),
            badge=_("Simulated, not real data") if study.is_simulated else "",
        )

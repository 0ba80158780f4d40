"""Level 4 on pages of the programme: results tied to an activity, as far as they are published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Cell, Section
from straume.web.programme import registry
from straume.web.programme.models import Activity, TryCard
from straume.web.studies import analysis, permissions
from straume.web.studies.figures import protected
from straume.web.studies.models import EvaluationLink
from straume.words import assessment as assessment_words


def register() -> None:
    registry.activity_sections.register("results", activity_section, order=65)
    registry.linked_results.register("studies", count)
    registry.try_card_links.register("studies", card_links, order=30)


def count(activity_pks: Sequence[int], today: date) -> int:
    """Results by their number alone; a result is a thing, not a person."""
    return EvaluationLink.objects.filter(activity__in=list(activity_pks)).count()


def activity_section(activity: Activity, person: Person, today: date) -> Section | None:
    """Whoever may not know of a study sees neither it nor its figures."""
    if activity.from_on > today:
        return None
    known = permissions.visible_studies(person, today)
    links = EvaluationLink.objects.filter(activity=activity, study__in=known)
    rows = [row(link) for link in links.select_related("study__offer__service", "study__offer__institution")]
    may_tie = permissions.makes_studies_in(person, today).exists()
    if not rows and not may_tie:
        return None
    url = reverse("studies:tie_result", args=[activity.pk])
    return Section(
        code="results",
        title=_("What came of it"),
        columns=[_("Result"), _("Institution"), _("Why it is tied"), _("What it shows")],
        rows=rows,
        empty=_("No result is tied to this activity yet."),
        action=Action(_("Tie a result"), url) if may_tie else None,
    )


def row(link: EvaluationLink) -> list[Cell]:
    study = link.study
    return [
        Cell(
            str(study.offer.service),
            study.get_absolute_url(),
            badge=_("Simulated, not real data") if study.is_simulated else "",
        ),
        Cell(study.institution.name),
        Cell(link.why),
        Cell(figure(link)),
    ]


def figure(link: EvaluationLink) -> str:
    """The sentence of the published assessment, and of no other."""
    if link.action is not None:
        return link.action.what
    publication = link.study.standing_publication()
    if publication is None or publication.run_id != link.run_id:
        return _("not published yet")
    lang = (get_language() or "en")[:2]
    return assessment_words.lead(protected(analysis.stored(publication.run, {})), lang)


def card_links(card: TryCard, person: Person, today: date) -> list[Action]:
    """What a unit tries may become a study of the service."""
    if not permissions.makes_studies_in(person, today).filter(pk=card.institution_id).exists():
        return []
    return [Action(_("Begin a study of it"), reverse("studies:new"))]

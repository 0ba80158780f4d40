"""The figures of a practice card: what its studies published, in their own words, as long as it stands."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from straume.web.groups import card_permissions
from straume.web.groups.models import PracticeCard
from straume.web.groups.registry import card_actions, card_sections
from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Cell, Section
from straume.web.studies import analysis
from straume.web.studies.figures import protected
from straume.web.studies.models import CardEvidence, Study
from straume.words import assessment as assessment_words


def register() -> None:
    card_sections.register("studies", section, order=10)
    card_actions.register("studies", actions, order=10)


def section(card: PracticeCard, person: Person, today: date) -> Section | None:
    """A row per study; one that published nothing, or took it back, is named without a figure."""
    found = CardEvidence.objects.filter(card=card).select_related("study__offer__service")
    rows = [row(one.study) for one in found.select_related("study__offer__institution")]
    if not rows:
        return None
    columns = [_("Assessment"), _("Published"), _("What it found")]
    return Section("card-studies", _("Before and after, from the assessment"), columns, rows)


def row(study: Study) -> list[Cell]:
    publication = study.standing_publication()
    title = f"{study.offer.service}, {study.institution}"
    if publication is None:
        return [Cell(title), Cell("–"), Cell(_("It has published no figures."))]
    run = publication.run
    badge = _("Simulated, not real data") if run.is_simulated else ""
    lang = (get_language() or "en")[:2]
    lead = assessment_words.lead(protected(analysis.stored(run, {})), lang)
    day = date_format(publication.published_at, "SHORT_DATE_FORMAT")
    return [Cell(title, run.get_absolute_url(), badge=badge), Cell(day), Cell(lead)]


def actions(card: PracticeCard, person: Person, today: date) -> list[Action]:
    if not card_permissions.may_write(person, card, today):
        return []
    return [Action(_("Join an assessment"), reverse("studies:card_evidence", args=[card.pk]))]

"""What the studies add to pages below them: unit, institution, coverage, search, home, menu, hand-over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.accounts.models import User
from straume.web.places import registry
from straume.web.places.models import Institution, Unit
from straume.web.places.permissions import Person, institutions_of, sees_the_cooperation
from straume.web.places.registry import Action, Belonging, Cell, Evaluated, Handing, Hit, MenuItem, Section
from straume.web.services.models import Offer, PublicService
from straume.web.services.registry import offer_sections, service_sections
from straume.web.studies import permissions
from straume.web.studies.actions.studies import hand_over_studies
from straume.web.studies.models import AssessmentRun, Study

ON_HOME = 8
DONE = Q(runs__status=AssessmentRun.Status.DONE)


def register() -> None:
    registry.unit_sections.register("studies", unit_section, order=30)
    registry.institution_sections.register("studies", institution_section, order=30)
    registry.home_sections.register("studies", home_section, order=10)
    registry.evaluations.register("studies", evaluated)
    registry.searches.register("studies", search, order=30)
    service_sections.register("studies", service_section)
    offer_sections.register("studies", offer_section)
    registry.belongings.register("study", Handing(owned=owned, hand_over=hand_over_studies))
    registry.kept_about.register("studies", kept_about, order=30)
    registry.menu.register(
        "studies", MenuItem(gettext_lazy("Assessments"), "studies:index", "studies"), order=20
    )


def unit_section(unit: Unit, person: Person, today: date) -> Section | None:
    """The studies of a unit: what was looked at, when, and in which state."""
    studies = permissions.visible_studies(person, today).filter(Q(unit=unit) | Q(offer__unit=unit))
    may_begin = permissions.makes_studies_in(person, today).filter(pk=unit.institution_id).exists()
    return section(studies, may_begin=may_begin, with_place=False)


def institution_section(institution: Institution, person: Person, today: date) -> Section | None:
    studies = permissions.visible_studies(person, today).filter(offer__institution=institution)
    may_begin = permissions.makes_studies_in(person, today).filter(pk=institution.pk).exists()
    return section(studies, may_begin=may_begin, with_place=False)


def service_section(service: PublicService, person: Person, today: date) -> Section | None:
    """The studies of a service in all places, as far as the person may know of them."""
    studies = permissions.visible_studies(person, today).filter(offer__service=service)
    return section(studies, may_begin=False, with_place=True)


def offer_section(offer: Offer, person: Person, today: date) -> Section | None:
    studies = permissions.visible_studies(person, today).filter(offer=offer)
    may_begin = permissions.makes_studies_in(person, today).filter(pk=offer.institution_id).exists()
    return section(studies, may_begin=may_begin, with_place=False)


def home_section(person: Person, today: date) -> Section | None:
    """The newest studies of the person's own places; for a lead body's coordinator those of all places."""
    if not person.is_authenticated:
        return None
    studies = permissions.visible_studies(person, today)
    if not sees_the_cooperation(person, today):
        studies = studies.filter(offer__institution__in=institutions_of(person, today))
    may_begin = permissions.makes_studies_in(person, today).exists()
    return section(studies, may_begin=may_begin, with_place=True)


def section(studies: Any, *, may_begin: bool, with_place: bool) -> Section:
    shown = studies.with_state().order_by("-created_at", "-pk")[:ON_HOME]
    columns = [_("Service"), *([_("Institution")] if with_place else []), _("State"), _("Assessed")]
    return Section(
        code="studies",
        title=_("Assessments"),
        columns=columns,
        rows=[row(study, with_place) for study in shown],
        empty=_("No data yet. Upload a table or draw the way of work."),
        action=Action(_("New assessment"), reverse("studies:new")) if may_begin else None,
    )


def row(study: Study, with_place: bool) -> list[Cell]:
    badge = _("Simulated, not real data") if study.is_simulated else ""
    assessed = getattr(study, "assessed_at", None)
    return [
        Cell(str(study.offer.service), url=study.get_absolute_url(), badge=badge),
        *([Cell(str(study.institution))] if with_place else []),
        Cell(study.state_label),
        Cell(date_format(assessed, "DATE_FORMAT") if assessed else "–"),
    ]


def evaluated(units: Sequence[int], today: date) -> Mapping[int, Evaluated]:
    """Unit → how many studies were assessed there, and when last."""
    rows = (
        Study.objects.filter(DONE, unit__in=units)
        .values("unit")
        .annotate(studies=Count("pk", distinct=True), last=Max("runs__made_at"))
    )
    return {
        found["unit"]: Evaluated(
            studies=found["studies"],
            last_on=found["last"].date() if found["last"] else None,
            url=reverse("unit", args=[found["unit"]]),
        )
        for found in rows
    }


def search(words: str, person: Person, today: date, at_most: int) -> Iterable[Hit]:
    studies = permissions.visible_studies(person, today)
    for word in words.split():
        studies = studies.filter(
            Q(offer__service__name__icontains=word)
            | Q(offer__institution__name__icontains=word)
            | Q(unit__name__icontains=word)
            | Q(scope__icontains=word)
        )
    for study in studies.order_by("-created_at")[:at_most]:
        yield Hit(
            title=str(study.offer.service),
            url=study.get_absolute_url(),
            kind=_("Assessment"),
            where=str(study.institution),
        )


def owned(person: User, institution: Institution) -> Iterable[Belonging]:
    studies = Study.objects.filter(owner=person, offer__institution=institution)
    for study in studies.select_related("offer__service"):
        yield Belonging("study", _("Assessment"), str(study.offer.service), study.get_absolute_url())


def kept_about(person: User, today: date) -> Section | None:
    """What the studies know of a person: what they own, and where their name stands under a decision."""
    counts = [
        (_("Assessments that you own"), Study.objects.filter(owner=person).count()),
        (_("Assessments in whose team you are"), person.team_studies.count()),
        (_("Verdicts that you wrote down"), Study.objects.filter(verdicts__given_by=person).count()),
    ]
    return Section(
        code="studies-about-me",
        title=_("Assessments"),
        columns=[_("What"), _("How many")],
        rows=[[Cell(label), Cell(str(count), is_number=True)] for label, count in counts],
    )

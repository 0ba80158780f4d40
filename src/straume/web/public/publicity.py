"""The publicity check: what the funder asks for, and what of it a project lacks."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from straume.web.programme.models import Activity, Project
from straume.web.public.models import Publication, Publicity


@dataclass(frozen=True)
class Duty:
    """One thing that has to stand on what is published."""

    label: str
    is_met: bool
    what_to_do: str


def duties_of(project: Project) -> list[Duty]:
    """Everything the check looks at, met or not, in the order of the form."""
    publicity = Publicity.objects.filter(project=project).first() or Publicity(project=project)
    found = []
    for code, name in settings.LANGUAGES:
        language = {"language": str(name)}
        found.append(
            Duty(
                _("Co-financing statement (%(language)s)") % language,
                bool(said(publicity, "co_financing", code)),
                _("Write who pays for the project, in this language."),
            )
        )
        found.append(
            Duty(
                _("Disclaimer (%(language)s)") % language,
                bool(said(publicity, "disclaimer", code)),
                _("Write that the content is the partners’ and not the European Union’s, in this language."),
            )
        )
    return [
        *found,
        Duty(_("Link to the programme"), bool(project.programme_url), _("Give the programme’s site.")),
        Duty(
            _("Link to the European Union"), bool(publicity.eu_url), _("Give a site of the European Union.")
        ),
        Duty(
            _("Logo of the programme"),
            project.logos.exists(),
            _("Upload the logo that the programme gives its projects. The EU emblem is there already."),
        ),
        Duty(
            pgettext("contact", "Whom to ask"),
            bool(publicity.contact_post and publicity.contact_email),
            _("Give an office and its e-mail address."),
        ),
    ]


def lacking(project: Project) -> list[Duty]:
    return [duty for duty in duties_of(project) if not duty.is_met]


def said(publicity: Publicity, field: str, language: str) -> str:
    """The text of one language itself, not another language's in its place."""
    return str(getattr(publicity, f"{field}_{language}") or "").strip()


def is_public(project: Project) -> bool:
    """Published, and nothing that the funder asks for is missing since."""
    return Publication.objects.filter(project=project, withdrawn_at=None).exists() and not lacking(project)


def public_activities(project: Project) -> list[Activity]:
    """Activities of the project that stand on the public pages, in order of time."""
    found = Activity.objects.filter(
        work_package__project=project,
        publications__withdrawn_at=None,
        publications__isnull=False,
    ).exclude(status=Activity.Status.PLANNED)
    return list(
        found.select_related("host").prefetch_related("sessions").order_by("from_on", "pk").distinct()
    )

"""Certificates on the pages of activities, cycles and people."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from straume.web.accounts.models import User
from straume.web.places import registry as shared
from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Cell, Section
from straume.web.programme import permissions, registry
from straume.web.programme.models import Activity, Certificate, CertificateRule, Cycle, Registration

ON_HOME = 5


def register() -> None:
    registry.activity_sections.register("certificates", activity_section, order=70)
    registry.cycle_sections.register("certificates", cycle_section, order=70)
    shared.home_sections.register("tickets", home_section, order=40)
    shared.kept_about.register("certificates", kept_about, order=46)


def activity_section(activity: Activity, person: Person, today: date) -> Section | None:
    """Within a cycle that gives one certificate for the whole, there is none for its parts."""
    if activity.cycle is not None and activity.cycle.gives_certificate:
        return None
    rule = CertificateRule.objects.filter(activity=activity).first()
    return section(rule, person, today, reverse("programme:activity_certificates", args=[activity.pk]))


def cycle_section(cycle: Cycle, person: Person, today: date) -> Section | None:
    if not cycle.gives_certificate:
        return None
    rule = CertificateRule.objects.filter(cycle=cycle).first()
    return section(rule, person, today, reverse("programme:cycle_certificates", args=[cycle.pk]))


def section(rule: CertificateRule | None, person: Person, today: date, url: str) -> Section | None:
    """The rule for everybody; who runs the programme goes on to issuing."""
    runs = permissions.runs_programme(person, today)
    if rule is None and not runs:
        return None
    rows = [[Cell(rule_said(rule)), Cell(str(rule.issued_by))]] if rule else []
    return Section(
        code="certificates",
        title=_("Certificates"),
        columns=[_("What a certificate is given for"), _("Issued by")],
        rows=rows,
        empty=_("Nobody has said yet what a certificate is given for."),
        action=Action(_("Issue certificates"), url) if runs else None,
    )


def rule_said(rule: CertificateRule) -> str:
    return _("At least %(percent)s %% of the sessions attended") % {"percent": rule.least_percent}


def home_section(person: Person, today: date) -> Section | None:
    """One's own tickets and certificates; nothing where there is neither."""
    if not person.is_authenticated:
        return None
    coming = Registration.objects.filter(
        person=person, status=Registration.Status.CONFIRMED, activity__until_on__gte=today
    ).select_related("activity")
    own = Certificate.objects.filter(person=person, stands=True)
    rows = [
        row(_("Ticket"), "programme:my_tickets", one.activity.title, one.activity.from_on)
        for one in coming.order_by("activity__from_on")[:ON_HOME]
    ]
    rows += [
        row(_("Certificate"), "programme:my_certificates", one.title, one.issued_on) for one in own[:ON_HOME]
    ]
    if not rows:
        return None
    return Section(
        code="tickets",
        title=_("My tickets and certificates"),
        columns=[_("What"), _("Of what"), _("Day")],
        rows=rows,
    )


def row(label: str, url_name: str, title: str, day: date) -> list[Cell]:
    return [Cell(label, reverse(url_name)), Cell(title), Cell(date_format(day, "SHORT_DATE_FORMAT"))]


def kept_about(person: User, today: date) -> Section:
    found = Certificate.objects.filter(person=person).select_related("revocation")
    return Section(
        code="certificates",
        title=_("Certificates"),
        columns=[_("What"), _("Name on the certificate"), _("Issued")],
        rows=[
            [
                Cell(one.title, reverse("public:verified", args=[one.number])),
                Cell(one.name),
                Cell(date_format(one.issued_on, "SHORT_DATE_FORMAT")),
            ]
            for one in found
        ],
        empty=_("No certificate was issued to you."),
    )

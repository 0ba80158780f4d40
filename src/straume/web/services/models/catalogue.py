"""The catalogue: what a citizen can ask for, described once for every place that offers it (CPSV-AP 3.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models.institutions import Country
from straume.web.services.vocabulary import Clock, Cofog, EventKind, Status, Theme

DURATION_FORM = re.compile(
    r"^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?\Z"
)
IDENTIFIER_FORM = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._:/-]*\Z")
ISO_DURATION = RegexValidator(
    DURATION_FORM,
    _("Enter a duration as ISO 8601 writes it: P30D for 30 days, P1M for a month, PT2H for two hours."),
)
IDENTIFIER = RegexValidator(IDENTIFIER_FORM, _("Use letters without diacritics, digits and . _ : / - only."))


@dataclass(frozen=True)
class Deadline:
    """By when the law asks for the answer: days on a named clock, and which record says so."""

    days: int
    clock: Clock
    source: str  # offer, country or service


class LifeEvent(models.Model):
    """Something that happens to a person or a business and calls for services."""

    identifier = models.CharField(max_length=120, unique=True, validators=[IDENTIFIER])
    kind = models.CharField(max_length=10, choices=EventKind, default=EventKind.LIFE)
    name = models.CharField(max_length=200)
    uri = models.URLField(max_length=300, blank=True)

    class Meta:
        ordering = ["identifier"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known")
        ]

    def __str__(self) -> str:
        return self.name or self.identifier


class PublicService(models.Model):
    """A service that a citizen uses. Where it is offered stands in `Offer`."""

    identifier = models.CharField(_("Identifier"), max_length=120, unique=True, validators=[IDENTIFIER])
    name = models.CharField(pgettext_lazy("service", "Name"), max_length=250)
    description = models.TextField(_("What it is for"), blank=True)
    keywords = models.CharField(_("Keywords"), max_length=300, blank=True)  # separated by commas
    theme = models.CharField(_("Thematic area"), max_length=12, choices=Theme, default=Theme.OTHER)
    cofog = models.CharField(_("Function of government"), max_length=2, choices=Cofog, blank=True)
    status = models.CharField(_("Status"), max_length=10, choices=Status, default=Status.ACTIVE)
    processing_time = models.CharField(_("Usual time"), max_length=30, blank=True, validators=[ISO_DURATION])
    life_events = models.ManyToManyField(
        LifeEvent, blank=True, related_name="services", verbose_name=_("Life events")
    )
    lv_catalogue_id = models.CharField(_("Number in Latvia’s service catalogue"), max_length=40, blank=True)
    lt_pasis_id = models.CharField(_("Number in Lithuania’s PASIS"), max_length=40, blank=True)
    deadline_days = models.PositiveSmallIntegerField(_("Legal deadline in days"), null=True, blank=True)
    deadline_clock = models.CharField(_("The deadline counts"), max_length=8, choices=Clock, blank=True)
    source_uri = models.CharField(
        max_length=500, blank=True
    )  # of the service in the file it was imported from

    class Meta:
        ordering = ["identifier"]
        constraints = [
            models.CheckConstraint(condition=~Q(identifier=""), name="service_has_an_identifier"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="service_theme_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="service_status_known"),
            models.CheckConstraint(
                condition=Q(deadline_days=None, deadline_clock="")
                | Q(deadline_days__isnull=False, deadline_days__gte=1, deadline_clock__in=Clock.values),
                name="service_deadline_names_its_clock",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.identifier

    def get_absolute_url(self) -> str:
        return reverse("services:service", args=[self.pk])

    def deadline(self, country: str = "") -> Deadline | None:
        """The legal deadline in a country; the service's own where the country has none."""
        for row in self.country_deadlines.all():
            if row.country == country:
                return Deadline(days=row.days, clock=Clock(row.clock), source="country")
        if self.deadline_days is None:
            return None
        return Deadline(days=self.deadline_days, clock=Clock(self.deadline_clock), source="service")

    def keyword_list(self, language: str | None = None) -> list[str]:
        text = getattr(self, f"keywords_{language}" if language else "keywords") or ""
        return [word for word in (part.strip() for part in text.split(",")) if word]


class CountryDeadline(models.Model):
    """The legal deadline where countries differ: a month in Latvia, twenty working days in Lithuania."""

    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="country_deadlines")
    country = models.CharField(_("Country"), max_length=2, choices=Country.choices)
    days = models.PositiveSmallIntegerField(_("Days"))
    clock = models.CharField(_("The deadline counts"), max_length=8, choices=Clock)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        ordering = ["country"]
        constraints = [
            models.UniqueConstraint(fields=["service", "country"], name="one_deadline_per_country"),
            models.CheckConstraint(
                condition=Q(days__gte=1, clock__in=Clock.values, country__in=Country.values),
                name="country_deadline_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.country} {self.days}"

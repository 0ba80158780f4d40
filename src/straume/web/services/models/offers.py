"""Where a service is offered, by whom, and how much it is asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from straume.web.services.models.catalogue import Deadline, PublicService
from straume.web.services.vocabulary import Clock


class Offer(models.Model):
    """One service in one institution: a municipality, or a planning region. This is what a study looks at."""

    service = models.ForeignKey(PublicService, on_delete=models.PROTECT, related_name="offers")
    institution = models.ForeignKey("places.Institution", on_delete=models.PROTECT, related_name="offers")
    unit = models.ForeignKey(
        "places.Unit",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="offers",
        verbose_name=_("Unit that does the work"),
    )
    holder = models.CharField(
        _("Holder of the service"), max_length=250, blank=True
    )  # turētājs / vadovas: a post or body
    provider = models.CharField(
        _("Provider of the service"), max_length=250, blank=True
    )  # sniedzējs / teikėjas
    deadline_days = models.PositiveSmallIntegerField(_("Own deadline in days"), null=True, blank=True)
    deadline_clock = models.CharField(_("The deadline counts"), max_length=8, choices=Clock, blank=True)
    from_on = models.DateField(_("Offered from"), null=True, blank=True)
    until_on = models.DateField(_("Offered until"), null=True, blank=True)

    class Meta:
        ordering = ["service", "institution"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "institution"], name="service_offered_once_by_an_institution"
            ),
            models.CheckConstraint(
                condition=Q(deadline_days=None, deadline_clock="")
                | Q(deadline_days__isnull=False, deadline_days__gte=1, deadline_clock__in=Clock.values),
                name="offer_deadline_names_its_clock",
            ),
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="offer_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} – {self.institution}"

    def get_absolute_url(self) -> str:
        return reverse("services:offer", args=[self.pk])

    def deadline(self) -> Deadline | None:
        """The deadline that holds here: the offer's own, else the country's, else the service's."""
        if self.deadline_days is not None:
            return Deadline(days=self.deadline_days, clock=Clock(self.deadline_clock), source="offer")
        return self.service.deadline(self.institution.country)

    def demand_per_year(self) -> int | None:
        """Cases of the latest year that is known."""
        latest = self.demand.order_by("-year").first()
        return latest.cases if latest else None


class YearlyDemand(models.Model):
    """How many cases an offer had in a year, and where the figure comes from."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="demand")
    year = models.PositiveSmallIntegerField(_("Year"))
    cases = models.PositiveIntegerField(_("Cases in the year"))
    source = models.CharField(_("Where the figure comes from"), max_length=200)
    is_simulated = models.BooleanField(_("Simulated, not real data"), default=False)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "year"], name="demand_once_a_year"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2100), name="demand_year_plausible"),
            models.CheckConstraint(condition=~Q(source=""), name="demand_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.offer} {self.year}: {self.cases}"

"""An exchange visit: who receives the guests, the way that the group takes, the cards asked for."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country
from straume.web.programme.models.activities import Activity
from straume.web.programme.models.registrations import Registration


class VisitHost(models.Model):
    """An institution that shows its work; one of the cooperation, or another one by its name."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="visit_hosts")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="visits_hosted"
    )
    name = models.CharField(_("name, where it is not in Straume"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    contact_post = models.CharField(_("post of who receives the group"), max_length=160, blank=True)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("host of a visit")
        verbose_name_plural = _("hosts of a visit")
        ordering = ["activity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "institution"],
                condition=Q(institution__isnull=False),
                name="visit_host_once",
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False, name="") | (Q(institution__isnull=True) & ~Q(name="")),
                name="visit_host_is_one_institution",
            ),
        ]

    def __str__(self) -> str:
        return self.institution.name if self.institution else self.name


class VisitStop(models.Model):
    """One place on the way, with what the group sees there and what it costs."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="stops")
    on = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200)
    what = models.CharField(_("what happens there"), max_length=300, blank=True)  # in three languages
    host = models.ForeignKey(
        VisitHost, on_delete=models.SET_NULL, null=True, blank=True, related_name="stops"
    )
    planned_eur = models.DecimalField(
        _("planned cost, EUR"), max_digits=10, decimal_places=2, default=Decimal(0)
    )
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("stop of a visit")
        verbose_name_plural = _("stops of a visit")
        ordering = ["activity", "on", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="stop_times_in_order"
            ),
            models.CheckConstraint(condition=Q(planned_eur__gte=Decimal(0)), name="stop_cost_not_negative"),
            models.CheckConstraint(condition=~Q(place=""), name="stop_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.what else self.place


class CardReminder(models.Model):
    """Somebody who was on a visit was asked for a practice card; the first or the last time."""

    class Number(models.IntegerChoices):
        FIRST = 1, _("the day after")
        LAST = 2, _("the day before the week is over")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="card_reminders")
    number = models.PositiveSmallIntegerField(_("which"), choices=Number)
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("request for a practice card")
        verbose_name_plural = _("requests for practice cards")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "number"], name="card_asked_for_once"),
        ]

    def __str__(self) -> str:
        return f"{self.registration.activity}: {self.sent_at:%Y-%m-%d}"

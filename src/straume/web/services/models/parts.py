"""What belongs to a service: law, channels, costs, what is handed in and what comes out."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models.institutions import Country
from straume.web.services.models.catalogue import IDENTIFIER, ISO_DURATION, PublicService
from straume.web.services.vocabulary import ChannelKind, OutputKind


class Part(models.Model):
    """A part of a service with an identifier of its own, made from the service's where none is given."""

    word = "part"  # what the made identifier says
    identifier = models.CharField(_("Identifier"), max_length=200, blank=True, validators=[IDENTIFIER])

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.identifier:
            self.identifier = self._free_identifier()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "identifier"}
        super().save(*args, **kwargs)

    def _free_identifier(self) -> str:
        service: PublicService = self.service  # type: ignore[attr-defined]
        siblings = type(self)._default_manager.filter(service=service)  # type: ignore[misc]
        taken = set(siblings.values_list("identifier", flat=True))
        number = 1
        while f"{service.identifier}-{self.word}-{number}" in taken:
            number += 1
        return f"{service.identifier}-{self.word}-{number}"


class LegalResource(Part):
    """A law that the service stands on, in all places, one country or one offer; with its dates."""

    word = "law"
    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="legal_resources")
    offer = models.ForeignKey(
        "services.Offer", null=True, blank=True, on_delete=models.CASCADE, related_name="local_acts"
    )
    country = models.CharField(_("Country"), max_length=2, choices=Country.choices, blank=True)
    title = models.CharField(_("Act and article"), max_length=300)
    uri = models.URLField(_("Address of the act"), max_length=500, blank=True)
    in_force_from_on = models.DateField(_("In force from"), null=True, blank=True)
    in_force_until_on = models.DateField(_("In force until"), null=True, blank=True)
    is_unsure = models.BooleanField(_("We are not sure that this is the right act"), default=False)
    checked_by_lawyer_on = models.DateField(_("Checked by a lawyer on"), null=True, blank=True)

    class Meta:
        ordering = ["country", "identifier"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "identifier"], name="law_identifier_once_in_a_service"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="law_has_a_title"),
            models.CheckConstraint(
                condition=Q(in_force_from_on=None)
                | Q(in_force_until_on=None)
                | Q(in_force_until_on__gte=F("in_force_from_on")),
                name="law_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(is_unsure=False) | Q(checked_by_lawyer_on=None), name="checked_law_is_not_unsure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ?" if self.is_unsure else self.title


class Channel(Part):
    """A way to ask for the service and to get its result."""

    word = "channel"
    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("Channel"), max_length=10, choices=ChannelKind, default=ChannelKind.COUNTER)
    description = models.CharField(_("Description"), max_length=300, blank=True)
    processing_time = models.CharField(_("Usual time"), max_length=30, blank=True, validators=[ISO_DURATION])

    class Meta:
        ordering = ["identifier"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "identifier"], name="channel_identifier_once_in_a_service"
            ),
            models.CheckConstraint(condition=Q(kind__in=ChannelKind.values), name="channel_kind_known"),
        ]

    def __str__(self) -> str:
        return self.description or self.get_kind_display()


class Cost(Part):
    """What the citizen pays, through which channel."""

    word = "cost"
    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="costs")
    amount = models.DecimalField(
        _("Amount"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(
        _("Currency"),
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters."))],
    )
    description = models.CharField(_("Description"), max_length=300, blank=True)
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.SET_NULL, related_name="costs"
    )

    class Meta:
        ordering = ["identifier"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "identifier"], name="cost_identifier_once_in_a_service"
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="cost_not_negative"),
        ]

    def __str__(self) -> str:
        return self.description or f"{self.amount} {self.currency}"


class Evidence(Part):
    """What the citizen hands in (an input of the service)."""

    word = "input"
    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(pgettext_lazy("service", "Name"), max_length=250)
    description = models.CharField(_("Description"), max_length=500, blank=True)

    class Meta:
        ordering = ["identifier"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "identifier"], name="evidence_identifier_once_in_a_service"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Output(Part):
    """What the citizen gets."""

    word = "output"
    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="outputs")
    kind = models.CharField(_("Kind"), max_length=22, choices=OutputKind, blank=True)
    name = models.CharField(pgettext_lazy("service", "Name"), max_length=250)
    description = models.CharField(_("Description"), max_length=500, blank=True)

    class Meta:
        ordering = ["identifier"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "identifier"], name="output_identifier_once_in_a_service"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CompetentAuthority(models.Model):
    """An authority that an imported description names and that is no institution here."""

    service = models.ForeignKey(PublicService, on_delete=models.CASCADE, related_name="authorities")
    uri = models.CharField(_("Address"), max_length=500, blank=True)
    name = models.CharField(pgettext_lazy("service", "Name"), max_length=250)
    spatial_uri = models.CharField(_("Territory"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

"""How the places of an activity are given: the rule told beforehand, quotas, groups; a private feed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country
from straume.web.programme.models.activities import Activity


class PlaceRule(models.Model):
    """Who gets a place where places are few; it stands on the page before anybody applies."""

    class Way(models.TextChoices):
        FIRST_COME = "first_come", _("who comes first gets a place")
        COLLECTED = "collected", _("collect until a day, then allot")

    class Order(models.TextChoices):
        NONE = "", pgettext_lazy("order in the line", "nothing more")
        NEW_FIRST = "new", _("people who have not yet had a place in this cycle come first")
        NEED_FIRST = "need", _("people of institutions that named the need come first")
        COUNTRY = "country", _("the country with fewer places so far comes first")

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="place_rule")
    way = models.CharField(
        _("how places are given"), max_length=10, choices=Way.choices, default=Way.FIRST_COME
    )
    first_by = models.CharField(
        _("who stands first in line"), max_length=8, choices=Order.choices, default="", blank=True
    )
    then_by = models.CharField(_("and then"), max_length=8, choices=Order.choices, default="", blank=True)
    note = models.TextField(_("what else people should know"), blank=True)  # in three languages
    takes_delegates = models.BooleanField(_("municipalities delegate people"), default=True)
    takes_applications = models.BooleanField(_("people of the cooperation apply themselves"), default=False)
    takes_public = models.BooleanField(_("sign-up on the public page"), default=False)
    closes_at = models.DateTimeField(_("people are taken until"), null=True, blank=True)
    allots_at = models.DateTimeField(_("places are allotted on"), null=True, blank=True)
    allotted_at = models.DateTimeField(_("allotted"), null=True, blank=True)
    changes_until_at = models.DateTimeField(_("change and cancel until"), null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(_("hours to accept an offered place"), default=48)
    # settles ties where places are allotted; set with the rule and shown, so that anybody can draw again
    seed = models.PositiveIntegerField(_("number of the draw"), default=1)
    keeps_needs_days = models.PositiveSmallIntegerField(
        _("days after which dietary and access needs are erased"), default=7
    )
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("rule for places")
        verbose_name_plural = _("rules for places")
        constraints = [
            models.CheckConstraint(
                condition=Q(way="first_come", allots_at=None) | Q(way="collected", allots_at__isnull=False),
                name="place_rule_allots_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(then_by="") | (~Q(first_by="") & ~Q(then_by=F("first_by"))),
                name="place_rule_orders_differ",
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gte=1, offer_hours__lte=336), name="place_rule_offer_has_hours"
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(allots_at=None) | Q(allots_at__gte=F("closes_at")),
                name="place_rule_allots_after_closing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.get_way_display()}"

    @property
    def is_collecting(self) -> bool:
        """Places are not given yet: people are collected, and all are allotted together."""
        return self.way == self.Way.COLLECTED and self.allotted_at is None


class Quota(models.Model):
    """Places held for one institution or country until a day; what is not used is then free for all."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="quotas")
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="quotas"
    )
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    places = models.PositiveSmallIntegerField(_("places"))
    # scarce: conditional UPDATE, together with those of the activity
    taken = models.PositiveSmallIntegerField(_("places taken"), default=0)
    held_until_on = models.DateField(_("held until"))
    released_at = models.DateTimeField(_("free for all since"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["activity", "country", "institution__slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=False, country="") | (Q(institution=None) & ~Q(country="")),
                name="quota_is_of_one",
            ),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="quota_not_overbooked"),
            models.CheckConstraint(condition=Q(places__gte=1), name="quota_has_places"),
            models.UniqueConstraint(fields=["activity", "institution"], name="quota_once_per_institution"),
            models.UniqueConstraint(
                fields=["activity", "country"], condition=~Q(country=""), name="quota_once_per_country"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.places}"

    @property
    def holder(self) -> str:
        return self.institution.name if self.institution else str(self.get_country_display())


class ActivityGroup(models.Model):
    """One of several groups in which an activity is held, such as two training groups."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name of the group"), max_length=80)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("group of an activity")
        verbose_name_plural = _("groups of an activity")
        ordering = ["activity", "name"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "name"], name="activity_group_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="activity_group_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """A person's own calendar at a secret address; a new one takes the old one back."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    # the address carries this and its signature: who reads the database alone cannot make it
    secret = models.UUIDField(unique=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("private calendar")
        verbose_name_plural = _("private calendars")

    def __str__(self) -> str:
        return str(self.person)

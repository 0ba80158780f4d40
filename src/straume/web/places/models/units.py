"""The inside of an institution: units, posts, calendar, terms of office. Posts, never people."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models.dates import DatedQuerySet, days_in_order
from straume.web.places.models.institutions import Institution

if TYPE_CHECKING:
    from collections.abc import Iterator


class Unit(models.Model):
    """A department, division or parish office: the first thing that is evaluated."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("department")
        DIVISION = "division", _("division")
        PARISH_OFFICE = "parish_office", _("parish or eldership office")
        BODY = "body", _("subordinate body")
        COUNCIL = "council", _("council or committee")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="units")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.DEPARTMENT)
    contact_post = models.CharField(
        _("contact post"), max_length=120, blank=True, help_text=_("A post, not a person.")
    )
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["institution", "name"]
        constraints = [
            days_in_order("unit_days_in_order"),
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_in_its_parent"),
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=Q(parent__isnull=True),
                name="unit_name_once_at_the_top",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_is_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(name=""), name="unit_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("unit", args=[self.pk])

    def ancestors(self) -> Iterator[Unit]:
        """From its parent up."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent


class Post(models.Model):
    """Posts of one title and grade in a unit: how many, at which rate. No name stands here."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(pgettext_lazy("post", "title"), max_length=120)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    fte = models.DecimalField(_("full-time equivalents"), max_digits=6, decimal_places=2)
    cost_eur_per_hour = models.DecimalField(
        _("cost, EUR per hour"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["unit", "title", "grade"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "title", "grade"], name="post_once_in_its_unit"),
            models.CheckConstraint(condition=Q(fte__gt=Decimal(0)), name="post_fte_above_nought"),
            models.CheckConstraint(
                condition=Q(cost_eur_per_hour__isnull=True) | Q(cost_eur_per_hour__gt=Decimal(0)),
                name="post_cost_above_nought",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.grade}".strip()


class Calendar(models.Model):
    """The hours in which an institution works: a WorkCalendar of the library as JSON, closures included."""

    institution = models.OneToOneField(Institution, on_delete=models.CASCADE, related_name="calendar")
    rules = models.JSONField(_("rules"), default=dict)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("work calendar")
        verbose_name_plural = _("work calendars")

    def __str__(self) -> str:
        return f"{self.institution}"


class PoliticalTerm(models.Model):
    """A term of office; a change of coalition inside it begins a new row."""

    class Kind(models.TextChoices):
        COUNCIL = "council", pgettext_lazy("term", "council")
        MAYOR = "mayor", pgettext_lazy("term", "council and directly elected mayor")

    class Began(models.TextChoices):
        ELECTION = "election", _("election")
        COALITION = "coalition", _("change of coalition")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    began_with = models.CharField(
        _("began with"), max_length=10, choices=Began.choices, default=Began.ELECTION
    )
    election_on = models.DateField(_("election day"), null=True, blank=True)
    runoff_on = models.DateField(_("run-off day"), null=True, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("political term")
        verbose_name_plural = _("political terms")
        ordering = ["institution", "from_on"]
        constraints = [
            days_in_order("term_days_in_order"),
            models.UniqueConstraint(fields=["institution", "from_on"], name="term_begins_once_a_day"),
            models.CheckConstraint(
                condition=Q(began_with="coalition") | Q(election_on__isnull=False),
                name="term_after_an_election_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(runoff_on__isnull=True) | Q(runoff_on__gt=F("election_on")),
                name="term_runoff_after_election",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.from_on}"

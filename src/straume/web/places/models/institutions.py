"""Territories and the institutions that govern them, through merges, splits and renames."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models.dates import DatedQuerySet, days_in_order


class Country(models.TextChoices):
    LV = "lv", _("Latvia")
    LT = "lt", _("Lithuania")


class TerritorialUnit(models.Model):
    """A piece of land with people on it. History hangs on parishes, which outlive municipalities."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        CITY = "city", pgettext_lazy("kind of territory", "city or town")
        PARISH = "parish", _("parish")
        ELDERSHIP = "eldership", _("eldership")

    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    code = models.CharField(_("code in the register"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=120)
    # where the register has it today; who governed it when is said by Area
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("lies in"),
    )
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["country", "name"]
        constraints = [
            days_in_order("territory_days_in_order"),
            models.UniqueConstraint(
                fields=["country", "code"], condition=~Q(code=""), name="territory_code_once_per_country"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="territory_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Population(models.Model):
    """Inhabitants of a territory on 1 January of a year."""

    territory = models.ForeignKey(TerritorialUnit, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField(_("year"))
    inhabitants = models.PositiveIntegerField(_("inhabitants"))
    source = models.CharField(_("source"), max_length=200)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        ordering = ["territory", "year"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "year"], name="population_once_a_year"),
            models.CheckConstraint(condition=Q(year__range=(1900, 2100)), name="population_year_is_a_year"),
            models.CheckConstraint(condition=~Q(source=""), name="population_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.territory} {self.year}: {self.inhabitants}"


class Institution(models.Model):
    """A body that serves people; it keeps its identity through a change of name, not through a merger."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        PLANNING_REGION = "planning_region", _("planning region")
        EUROREGION = "euroregion", _("euroregion")
        SUBORDINATE = "subordinate", _("subordinate body")
        OUTSIDER = "outsider", _("other organisation")

    class Tier(models.TextChoices):
        PARTNER = "partner", _("project partner")
        INVOLVED = "involved", _("involved municipality")
        GUEST = "guest", _("guest")
        NONE = "none", _("takes no part")  # there for the lineage of others

    name = models.CharField(_("name"), max_length=200)  # in three languages, see translation.py
    slug = models.SlugField(_("address"), unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    tier = models.CharField(_("part in the cooperation"), max_length=8, choices=Tier.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("under"),
    )
    timezone = models.CharField(_("time zone"), max_length=40)
    # where its house stands, for maps; both or neither
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["country", "name"]
        constraints = [
            days_in_order("institution_days_in_order"),
            models.CheckConstraint(
                condition=Q(country__in=["lv", "lt"]), name="institution_country_is_known"
            ),
            models.CheckConstraint(
                condition=Q(tier__in=["partner", "involved", "guest", "none"]),
                name="institution_tier_is_known",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="institution_is_not_its_own_parent"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="institution_place_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("institution", args=[self.slug])

    def every_name(self) -> str:
        """Its names in all languages, for search."""
        return " ".join(getattr(self, f"name_{code}") or "" for code in ("lv", "lt", "en"))

    def exists_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or day <= self.until_on
        )

    def inhabitants(self, *, year: int, area_on: date | None = None) -> Inhabitants | None:
        """People on the land that was its own on `area_on` (unless told: 1 January of `year`), on 1 January.

        The figure of its whole territory counts where one is known, else the sum of its parishes; with one
        parish missing there is no sum. With another day's land, the parishes alone can tell.
        """
        day = area_on or date(year, 1, 1)
        areas = Area.objects.on(day).filter(institution=self)
        whole = areas.filter(territory__kind=TerritorialUnit.Kind.MUNICIPALITY)
        parts = areas.exclude(territory__kind=TerritorialUnit.Kind.MUNICIPALITY)
        for group in (whole, parts) if day == date(year, 1, 1) or not parts.exists() else (parts,):
            counts = list(Population.objects.filter(territory__areas__in=group, year=year))
            if counts and len(counts) == group.count():
                return Inhabitants(
                    number=sum(count.inhabitants for count in counts),
                    year=year,
                    is_simulated=any(count.is_simulated for count in counts),
                    sources=tuple(sorted({count.source for count in counts})),
                )
        return None


@dataclass(frozen=True)
class Inhabitants:
    """A number of people, of when, and where it comes from."""

    number: int
    year: int
    is_simulated: bool
    sources: tuple[str, ...]


class Lineage(models.Model):
    """One institution went over into another on a day, whole or with some of its parishes."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged into")
        SPLIT = "split", _("split between")
        RENAME = "rename", _("renamed to")

    from_institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="went_into")
    to_institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="came_from")
    happened_on = models.DateField(_("on"))
    kind = models.CharField(_("what happened"), max_length=8, choices=Kind.choices)
    territories = models.ManyToManyField(TerritorialUnit, blank=True, verbose_name=_("parishes that went"))

    class Meta:
        verbose_name = _("lineage")
        verbose_name_plural = _("lineage")
        ordering = ["happened_on", "from_institution"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_institution", "to_institution", "happened_on"], name="lineage_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_institution=F("to_institution")), name="lineage_joins_two_institutions"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_institution} → {self.to_institution} ({self.happened_on})"


class Area(models.Model):
    """Which territory belongs to which institution, from–until."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="areas")
    territory = models.ForeignKey(TerritorialUnit, on_delete=models.PROTECT, related_name="areas")
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["institution", "territory"]
        constraints = [
            days_in_order("area_days_in_order"),
            models.UniqueConstraint(fields=["institution", "territory", "from_on"], name="area_once"),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(until_on__isnull=True),
                name="territory_has_one_institution_now",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.territory}: {self.institution}"

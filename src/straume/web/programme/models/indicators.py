"""What the funder counts: each person once, however often they came; and until when names are kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from straume.web.programme.models.activities import Activity, Session
from straume.web.programme.models.project import Project


class OutputIndicator(models.Model):
    """A promise to the funder that is counted from attendance."""

    class Counts(models.TextChoices):
        PEOPLE = "people", _("people, each once")
        INSTITUTIONS = "institutions", _("institutions, each once")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="output_indicators")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)  # in three languages, see translation.py
    how_counted = models.TextField(_("how it is counted"), blank=True)  # in three languages
    counts = models.CharField(_("what is counted"), max_length=12, choices=Counts.choices, default="people")
    target = models.PositiveIntegerField(_("target"), default=0)
    activities = models.ManyToManyField(
        Activity, related_name="output_indicators", blank=True, verbose_name=_("activities that feed it")
    )
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("output indicator")
        verbose_name_plural = _("output indicators")
        ordering = ["project", "code"]
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="output_indicator_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Retention(models.Model):
    """Until which day names of attendance are kept for the funder; the day after they are erased."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="retention")
    until_on = models.DateField(_("kept until"))
    rule = models.CharField(_("which rule says so"), max_length=300)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    set_at = models.DateTimeField(_("set"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("retention of attendance")
        verbose_name_plural = _("retention of attendance")
        ordering = ["until_on"]

    def __str__(self) -> str:
        return f"{self.project.code}: {self.until_on}"


class SessionCount(models.Model):
    """How many came to a session and how many pages proved it, once the names are erased."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="final_count")
    people = models.PositiveIntegerField(_("people"))
    pages = models.PositiveIntegerField(_("scanned pages"))

    class Meta:
        verbose_name = _("final count of a session")
        verbose_name_plural = _("final counts of sessions")
        ordering = ["session"]

    def __str__(self) -> str:
        return f"{self.session}: {self.people}"


class IndicatorCount(models.Model):
    """What an indicator stood at when the names behind it were erased; parts are kept as they were shown."""

    indicator = models.OneToOneField(OutputIndicator, on_delete=models.CASCADE, related_name="final_count")
    value = models.PositiveIntegerField(_("count"))
    by_country = models.JSONField(default=list)  # [[country, count or null]]
    by_institution = models.JSONField(default=list)  # [[institution's key, count or null]]
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("final count of an indicator")
        verbose_name_plural = _("final counts of indicators")
        ordering = ["indicator"]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"

"""Project → work packages → cycles → activities → sessions, and the needs that an activity answers."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country
from straume.web.programme.models.project import BudgetLine, Project


class WorkPackage(models.Model):
    """A part of a project with activities of one purpose."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="work_packages")
    number = models.CharField(_("number"), max_length=10)
    title = models.CharField(_("title"), max_length=200)  # in three languages, see translation.py
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="work_package_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Cycle(models.Model):
    """Modules that belong together; who attended them gets one certificate for the whole."""

    work_package = models.ForeignKey(WorkPackage, on_delete=models.CASCADE, related_name="cycles")
    title = models.CharField(_("title"), max_length=200)  # in three languages
    summary = models.TextField(_("what it is about"), blank=True)  # in three languages
    gives_certificate = models.BooleanField(_("one certificate for the whole cycle"), default=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["work_package", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:cycle", args=[self.pk])


class Activity(models.Model):
    """Something that is held: people come together to learn, to see, to decide."""

    class Kind(models.TextChoices):
        INTERNATIONAL_CONFERENCE = "intl_conference", _("international conference")
        REGIONAL_CONFERENCE = "regional_conference", _("regional conference")
        WORKSHOP = "workshop", _("workshop")
        TRAINING = "training", _("training")
        INDIVIDUAL_COACHING = "coaching", _("individual coaching")
        GROUP_COACHING = "group_coaching", _("group coaching")
        VISIT_INSIDE = "visit_inside", _("exchange visit inside the country")
        VISIT_ABROAD = "visit_abroad", _("exchange visit abroad")
        GROUP_MEETING = "group_meeting", _("working-group meeting")

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("activity", "planned")
        ANNOUNCED = "announced", pgettext_lazy("activity", "announced")
        HELD = "held", pgettext_lazy("activity", "held")
        COMPLETE = "complete", pgettext_lazy("activity", "evidence complete")
        REPORTED = "reported", pgettext_lazy("activity", "reported")
        CANCELLED = "cancelled", pgettext_lazy("activity", "cancelled")

    work_package = models.ForeignKey(WorkPackage, on_delete=models.PROTECT, related_name="activities")
    cycle = models.ForeignKey(
        Cycle, on_delete=models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)  # in three languages
    summary = models.TextField(_("what it is about"), blank=True)  # in three languages
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PLANNED)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    place = models.CharField(_("place"), max_length=200)  # town
    country = models.CharField(_("country of the place"), max_length=2, choices=Country, blank=True)
    host = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="hosted"
    )
    languages = models.JSONField(_("languages"), default=list)  # codes: lv, lt, en, ru
    interpretation = models.CharField(_("interpretation"), max_length=200, blank=True)
    # scarce: one conditional UPDATE of `taken` gives a place (decision 81)
    places = models.PositiveIntegerField(_("places"), default=0)
    taken = models.PositiveIntegerField(_("places taken"), default=0)
    # of the free places, those that quotas still hold for somebody
    held = models.PositiveIntegerField(_("places held for quotas"), default=0)
    budget_line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    planned_eur = models.DecimalField(
        _("planned cost, EUR"), max_digits=12, decimal_places=2, default=Decimal(0)
    )
    needs = models.ManyToManyField(Need, through="ActivityNeed", related_name="activities")
    is_simulated = models.BooleanField(_("simulated"), default=False)
    # held in truth, while its languages, places and cost are not known and were made up
    figures_are_simulated = models.BooleanField(_("languages, places and cost simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="activity_days_in_order"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="activity_not_overbooked"),
            models.CheckConstraint(
                condition=Q(held__lte=F("places") - F("taken")), name="activity_holds_free_places_only"
            ),
            models.CheckConstraint(
                condition=Q(planned_eur__gte=Decimal(0)), name="activity_cost_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programme:activity", args=[self.pk])


class ActivityNeed(models.Model):
    """The activity was chosen because of the need, for this reason."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="need_links")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="activity_links")
    reason = models.CharField(_("reason"), max_length=400, blank=True)  # in three languages

    class Meta:
        verbose_name = _("need addressed")
        verbose_name_plural = _("needs addressed")
        ordering = ["activity", "need"]
        constraints = [models.UniqueConstraint(fields=["activity", "need"], name="activity_need_once")]

    def __str__(self) -> str:
        return f"{self.activity}: {self.need}"


class Session(models.Model):
    """A part of an activity with a time and a room; who came is kept per session."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("title"), max_length=200)  # in three languages
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)  # where it differs from the activity's
    room = models.CharField(_("room"), max_length=120, blank=True)
    # how often times, place or title changed after people were invited: SEQUENCE of iCalendar
    sequence = models.PositiveIntegerField(_("changes"), default=0)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_times_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

"""What if: plans that people keep, what they say of their staff, searches, and whether the model holds."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ONE_GROUND = Q(map__isnull=False, log__isnull=True) | Q(map__isnull=True, log__isnull=False)


class Scenario(models.Model):
    """Changes of a map, or of the way that a log shows, under a name. No person stands in it."""

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="scenarios")
    map = models.ForeignKey(
        "studies.StreamMap", null=True, blank=True, on_delete=models.CASCADE, related_name="scenarios"
    )
    log = models.ForeignKey(
        "studies.CaseLog", null=True, blank=True, on_delete=models.CASCADE, related_name="scenarios"
    )
    name = models.CharField(max_length=120)
    changes = models.JSONField(default=list)  # docs/schemas/changes.schema.json
    # of another municipality, whose unit works as one with ours: what was published
    partner = models.ForeignKey(
        "studies.Publication", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    pooling = models.JSONField(default=dict, blank=True)  # our unit, theirs, and the posts of theirs
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "idempotency_key"], name="scenario_saved_once"),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_a_name"),
            models.CheckConstraint(condition=ONE_GROUND, name="scenario_has_one_ground"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{ground_url(self.study_id, self.map_id)}{self.pk}/"


class ScenarioFuture(models.Model):
    """A scenario was chosen: this future map has its changes."""

    scenario = models.OneToOneField(Scenario, on_delete=models.CASCADE, related_name="future")
    map = models.OneToOneField(
        "studies.StreamMap", on_delete=models.CASCADE, related_name="chosen_from_scenario"
    )
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.scenario} → {self.map}"


class StaffSaid(models.Model):
    """How many posts of each unit people say there are for this service; the newest word stands."""

    map = models.ForeignKey("studies.StreamMap", on_delete=models.CASCADE, related_name="staff_said")
    staff = models.JSONField(default=dict, blank=True)  # unit → full-time posts
    # the told waits are the queues for these people: then they are not counted on top
    queue_only = models.BooleanField(default=False)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.map} · {self.said_at:%Y-%m-%d}"


class ScenarioSearch(models.Model):
    """A search over many scenarios: a job that shows how far it is and can be stopped."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Smallest staff that keeps the deadline")
        FRONT = "front", _("Hours against days")

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waits")
        RUNNING = "running", _("Being computed")
        DONE = "done", pgettext_lazy("computation", "Done")
        CANCELLED = "cancelled", _("Stopped")
        FAILED = "failed", _("Could not be computed")

    BUSY = frozenset({Status.QUEUED, Status.RUNNING})

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="searches")
    map = models.ForeignKey(
        "studies.StreamMap", null=True, blank=True, on_delete=models.CASCADE, related_name="searches"
    )
    log = models.ForeignKey(
        "studies.CaseLog", null=True, blank=True, on_delete=models.CASCADE, related_name="searches"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    parameters = models.JSONField(default=dict)  # days and clock, changes, plans with their names
    at_number = models.PositiveIntegerField(null=True, blank=True)  # the edit up to which the map counts
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    done_share = models.FloatField(default=0.0)
    result = models.JSONField(null=True, blank=True)
    refusal = models.JSONField(null=True, blank=True)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "idempotency_key"], name="search_asked_once"),
            models.CheckConstraint(condition=ONE_GROUND, name="search_has_one_ground"),
            models.CheckConstraint(condition=Q(kind__in=["staff", "front"]), name="search_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "running", "done", "cancelled", "failed"]),
                name="search_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(result__isnull=False), name="search_done_has_its_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.study}"

    def get_absolute_url(self) -> str:
        return f"{ground_url(self.study_id, self.map_id)}searches/{self.pk}/"

    @property
    def is_busy(self) -> bool:
        return self.status in self.BUSY


class ModelTrial(models.Model):
    """Whether the model of a log finds that log again: tried once, by a job."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Being computed")
        DONE = "done", pgettext_lazy("computation", "Done")
        FAILED = "failed", _("Could not be computed")

    log = models.OneToOneField("studies.CaseLog", on_delete=models.CASCADE, related_name="model_trial")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    result = models.JSONField(null=True, blank=True)  # lean.simulate.records.Reproduction
    refusal = models.JSONField(null=True, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["queued", "done", "failed"]), name="trial_known"),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(result__isnull=False), name="trial_done_has_its_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.log} · {self.status}"

    @property
    def is_busy(self) -> bool:
        return self.status == self.Status.QUEUED


def ground_url(study: int, mapped: int | None) -> str:
    """The page of scenarios of a map, or of the log of a study."""
    if mapped is not None:
        return reverse("studies:map_scenarios", args=[study, mapped])
    return reverse("studies:log_scenarios", args=[study])

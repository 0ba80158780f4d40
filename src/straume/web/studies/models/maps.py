"""A map of a service as a room makes it: a list of edits that only grows (decision 0060)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

MOST_CHARACTERS = 500


class StreamMap(models.Model):
    """One map of a study: as the work is, or as it is to become. Its content is the fold of its edits."""

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="maps")
    name = models.CharField(max_length=120)
    made_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="futures"
    )  # None: the way of work as it is
    last_number = models.PositiveIntegerField(default=0)  # of its newest edit
    is_simulated = models.BooleanField(default=False)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "idempotency_key"], name="map_begun_once"),
            models.CheckConstraint(condition=~Q(name=""), name="map_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("studies:studio", args=[self.study_id, self.pk])

    @property
    def is_future(self) -> bool:
        return self.made_from_id is not None

    def stage(self) -> str:
        """Where the map stands: its newest stage, or what it began as."""
        newest = self.stages.order_by("-pk").first()
        if newest is not None:
            return newest.stage
        return MapStage.FUTURE if self.is_future else MapStage.DRAFT

    def stage_label(self) -> str:
        return str(STAGE_LABELS[self.stage()])

    @property
    def is_locked(self) -> bool:
        return self.stage() in MapStage.LOCKED


class MapEdit(models.Model):
    """One field of one step (or burst) was given a value, in one browser tab. No person stands here."""

    map = models.ForeignKey(StreamMap, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()  # in the order in which the server took them
    key = models.UUIDField()
    element = models.UUIDField()
    field = models.CharField(max_length=20)
    value_before = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    value = models.CharField(max_length=MOST_CHARACTERS, blank=True)
    base = models.PositiveIntegerField()  # number of the last edit that the tab had seen when typing began
    client = models.UUIDField()  # of the tab, made up at random
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["map", "number"], name="map_edit_number_once"),
            models.UniqueConstraint(fields=["map", "key"], name="map_edit_sent_once"),
            models.CheckConstraint(condition=Q(base__lt=F("number")), name="map_edit_saw_what_was_before"),
            models.CheckConstraint(condition=~Q(field=""), name="map_edit_names_a_field"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.field}"


class MapShare(models.Model):
    """Whoever holds the link may look on, without signing in, until it ends or is taken back."""

    map = models.ForeignKey(StreamMap, on_delete=models.CASCADE, related_name="shares")
    token = models.CharField(max_length=43, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["map", "idempotency_key"], name="map_shared_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="map_share_has_an_end"),
            models.CheckConstraint(condition=~Q(token=""), name="map_share_has_a_token"),
        ]

    def __str__(self) -> str:
        return f"{self.map} · {self.ends_at:%Y-%m-%d}"


class MapStage(models.Model):
    """A map was walked at the place of work, locked, put into practice …: on which day, by which post."""

    DRAFT, FUTURE = "draft", "future"

    class Stage(models.TextChoices):
        VALIDATED = "validated", _("Validated at the place of work")
        BASELINE = "baseline", _("Baseline, locked")
        IMPLEMENTED = "implemented", _("Implemented")
        STANDARD = "standard", _("Standard")
        SUPERSEDED = "superseded", _("Superseded")

    LOCKED = frozenset({Stage.BASELINE, Stage.IMPLEMENTED, Stage.STANDARD, Stage.SUPERSEDED})

    map = models.ForeignKey(StreamMap, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=12, choices=Stage)
    on = models.DateField()
    post = models.CharField(max_length=120)  # who answers for it, never a name
    at_number = models.PositiveIntegerField()  # the edit up to which it holds
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["map", "idempotency_key"], name="map_stage_recorded_once"),
            models.UniqueConstraint(
                fields=["map", "stage"], condition=~Q(stage="validated"), name="map_stage_once"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["validated", "baseline", "implemented", "standard", "superseded"]),
                name="map_stage_known",
            ),
            models.CheckConstraint(condition=~Q(post=""), name="map_stage_has_a_post"),
        ]

    def __str__(self) -> str:
        return f"{self.map} · {self.stage}"


STAGE_LABELS = {
    MapStage.DRAFT: _("Draft"),
    MapStage.FUTURE: _("Future state"),
    **{stage.value: stage.label for stage in MapStage.Stage},
}

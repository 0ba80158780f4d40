"""What comes of a burst on a map: an action with a post that owns it and a day, and that it was done."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class KaizenAction(models.Model):
    """A burst that people agreed to act on. The owner is a post, never a name."""

    map = models.ForeignKey("studies.StreamMap", on_delete=models.CASCADE, related_name="actions")
    burst = models.UUIDField()  # the element of the map
    step = models.CharField(max_length=500, blank=True)  # what the step was called when it was agreed
    what = models.CharField(max_length=500)
    owner_post = models.CharField(max_length=120)
    due_on = models.DateField()
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["map", "burst"], name="action_once_for_a_burst"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(owner_post=""), name="action_has_owner"),
        ]

    def __str__(self) -> str:
        return self.what


class ActionDone(models.Model):
    """The action is done: since when, and by what one sees it."""

    action = models.OneToOneField(KaizenAction, on_delete=models.CASCADE, related_name="done")
    on = models.DateField()
    evidence = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="action_done_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.action} · {self.on}"


class LogName(models.Model):
    """People say that a step of a map is what the log calls so; the newest word stands, empty undoes it."""

    map = models.ForeignKey("studies.StreamMap", on_delete=models.CASCADE, related_name="log_names")
    element = models.UUIDField()
    activity = models.CharField(max_length=300, blank=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.activity

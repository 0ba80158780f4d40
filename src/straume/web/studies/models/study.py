"""A study of one service in one place, and what its owner published of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from straume.web.places.models import Institution
    from straume.web.studies.models.run import AssessmentRun


class StudyQuerySet(models.QuerySet["Study"]):
    def with_state(self) -> StudyQuerySet:
        """Annotate what the list sorts and filters by: `state`, and when the standing assessment was made."""
        from straume.web.studies.models import AssessmentRun, CaseLog, FindingRow, Verdict

        newest = AssessmentRun.standing().filter(study=OuterRef("pk"))
        answered = Verdict.objects.filter(study=OuterRef("run__study"), finding_key=OuterRef("key"))
        unanswered = FindingRow.objects.filter(run=OuterRef("standing_run")).exclude(Exists(answered))
        with_run = self.annotate(
            standing_run=Subquery(newest.values("pk")[:1]), assessed_at=Subquery(newest.values("made_at")[:1])
        )
        busy = Q(Exists(CaseLog.objects.filter(study=OuterRef("pk"), status__in=CaseLog.BUSY)))
        return with_run.annotate(
            state=models.Case(
                models.When(busy, then=models.Value(Study.State.CHECKING)),
                models.When(standing_run=None, then=models.Value(Study.State.NO_DATA)),
                models.When(Exists(unanswered), then=models.Value(Study.State.ASSESSED)),
                default=models.Value(Study.State.AGREED),
            )
        )


class Study(models.Model):
    """One look at one offer of a service. Its state is read from its records, never set."""

    class Entrance(models.TextChoices):
        LOG = "log", _("A table of cases")
        STEPS = "steps", _("Steps as people tell them")

    class State(models.TextChoices):
        NO_DATA = "no_data", _("No data yet")
        CHECKING = "checking", _("Being checked")
        ASSESSED = "assessed", _("Assessed, questions open")
        AGREED = "agreed", _("Every question answered")

    offer = models.ForeignKey("services.Offer", on_delete=models.PROTECT, related_name="studies")
    unit = models.ForeignKey(
        "places.Unit", null=True, blank=True, on_delete=models.SET_NULL, related_name="studies"
    )
    scope = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owned_studies"
    )
    team = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="team_studies")
    entrance = models.CharField(max_length=8, choices=Entrance, blank=True)
    is_simulated = models.BooleanField(default=False)
    idempotency_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField()

    objects = StudyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entrance__in=["", "log", "steps"]), name="study_entrance_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer}"

    def get_absolute_url(self) -> str:
        return reverse("studies:study", args=[self.pk])

    @property
    def state_label(self) -> str:
        """The state in words; only on rows of `with_state`."""
        return str(Study.State(self.state).label)  # type: ignore[attr-defined]

    @property
    def institution(self) -> Institution:
        return self.offer.institution

    def standing_run(self) -> AssessmentRun | None:
        """The assessment that stands: of the latest period, and of that the newest one; or None."""
        from straume.web.studies.models import AssessmentRun

        return AssessmentRun.standing().filter(study=self).first()

    def standing_publication(self) -> Publication | None:
        return self.publications.filter(withdrawn_at=None).select_related("run").first()


class Publication(models.Model):
    """The owner lets the other municipalities see the figures of one assessment, until it is withdrawn."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="publications")
    run = models.ForeignKey("studies.AssessmentRun", on_delete=models.CASCADE, related_name="publications")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study"], condition=Q(withdrawn_at=None), name="study_published_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("published_at")),
                name="publication_withdrawn_after_it_was_made",
            ),
        ]

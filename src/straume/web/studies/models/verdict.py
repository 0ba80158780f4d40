"""What people decided about a question. A verdict is never changed: another one is given."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Verdict(models.Model):
    """A decision about one finding of a study; the newest stands, the others are its history."""

    class Choice(models.TextChoices):
        ELIMINATE = "eliminate", _("Eliminate")
        COMBINE = "combine", _("Combine")
        REARRANGE = "rearrange", _("Rearrange")
        SIMPLIFY = "simplify", _("Simplify")
        AUTOMATE = "automate", _("Automate")
        KEEP = "keep", _("Keep")

    class Law(models.TextChoices):
        ASKS = "asks", _("Yes, a law asks for it")
        SILENT = "silent", _("No law asks for it")
        UNKNOWN = "unknown", _("We do not know yet")

    study = models.ForeignKey("studies.Study", on_delete=models.CASCADE, related_name="verdicts")
    # the run whose page it was given on; the verdict outlives it, as it hangs on study and key
    run = models.ForeignKey(
        "studies.AssessmentRun", null=True, on_delete=models.SET_NULL, related_name="verdicts"
    )
    finding_key = models.CharField(max_length=64)
    choice = models.CharField(max_length=10, choices=Choice)
    reason = models.TextField(max_length=1000)
    law = models.CharField(max_length=8, choices=Law)
    legal_basis = models.CharField(max_length=300, blank=True)
    law_from_on = models.DateField(null=True, blank=True)
    law_until_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=300, blank=True)  # which document must change
    decided_by_post = models.CharField(max_length=200, blank=True)  # a post, never a name
    due_on = models.DateField(null=True, blank=True)
    idempotency_key = models.UUIDField(default=uuid.uuid4, editable=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["study", "finding_key"], name="verdict_by_finding")]
        constraints = [
            models.UniqueConstraint(fields=["study", "idempotency_key"], name="verdict_submitted_once"),
            models.CheckConstraint(
                condition=Q(choice__in=["eliminate", "combine", "rearrange", "simplify", "automate", "keep"]),
                name="verdict_choice_known",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(finding_key=""), name="verdict_has_a_reason"),
            models.CheckConstraint(
                condition=Q(law__in=["asks", "silent", "unknown"]), name="verdict_law_known"
            ),
            models.CheckConstraint(
                condition=~Q(law="asks") | (~Q(legal_basis="") & Q(law_from_on__isnull=False)),
                name="verdict_names_the_law_that_asks",
            ),
            models.CheckConstraint(
                condition=Q(law_until_on=None) | Q(law_until_on__gte=F("law_from_on")),
                name="verdict_law_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(choice="keep")
                | (~Q(document="") & ~Q(decided_by_post="") & Q(due_on__isnull=False)),
                name="verdict_for_a_change_says_what_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}: {self.reason}"

    @property
    def is_change(self) -> bool:
        return self.choice != self.Choice.KEEP

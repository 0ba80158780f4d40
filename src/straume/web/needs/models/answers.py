"""What was answered. Nothing here leads to who answered (docs/decisions/0080-needs.md)."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from straume.web.needs.models.waves import Wave
from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country


class AnswerSheet(models.Model):
    """The answers of somebody: no time, no counter, no way back to an invitation.

    `answers` is item name → value: a choice's name, a list of names (several, ranking), a number, a text, or
    for a matrix row name → choice's name. Unanswered items are not in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="sheets")
    country = models.CharField(_("country"), max_length=2, choices=Country.choices, blank=True)
    # empty where so few were asked that the place would tell who it was
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit_kind = models.CharField(_("kind of unit"), max_length=40, blank=True)
    role = models.CharField(_("role"), max_length=40, blank=True)
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("sheet of answers")
        verbose_name_plural = _("sheets of answers")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.wave}"

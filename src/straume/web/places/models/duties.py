"""When a duty is due next; one row per duty, so that of several servers one alone does it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyRun(models.Model):
    name = models.CharField(_("duty"), max_length=60, unique=True)
    due_at = models.DateTimeField(_("due"))

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["due_at", "name"]

    def __str__(self) -> str:
        return self.name

"""Who uses a lean tool: said by an institution itself, so that others can ask it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from straume.web.places.lean_tools import LeanTool
from straume.web.places.models import Institution, Unit


class ToolUse(models.Model):
    """A unit or an institution works with the tool and answers questions about it. No person is named."""

    tool = models.CharField(_("lean tool"), max_length=14, choices=LeanTool.choices)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="tool_uses")
    unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="tool_uses",
        verbose_name=_("unit"),
    )
    since_on = models.DateField(_("since"))
    contact_post = models.CharField(_("whom to ask (post or office)"), max_length=160)
    contact_email = models.EmailField(_("office e-mail"), blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("use of a tool")
        verbose_name_plural = _("uses of a tool")
        ordering = ["tool", "institution", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tool", "institution"], condition=Q(unit__isnull=True), name="tool_use_once"
            ),
            models.UniqueConstraint(fields=["tool", "unit"], name="tool_use_once_in_a_unit"),
            models.CheckConstraint(condition=~Q(contact_post=""), name="tool_use_has_a_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tool_display()}: {self.unit or self.institution}"

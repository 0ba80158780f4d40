"""Who does what for which institution, from–until, and what becomes of it when they leave."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.places.models.dates import DatedQuerySet, days_in_order
from straume.web.places.models.institutions import Institution
from straume.web.places.models.units import Unit


class Role(models.TextChoices):
    COORDINATOR = "coordinator", pgettext_lazy("role", "coordinator")
    FACILITATOR = "facilitator", pgettext_lazy("role", "lean practitioner")
    UNIT_HEAD = "unit_head", pgettext_lazy("role", "head of unit")
    EMPLOYEE = "employee", pgettext_lazy("role", "employee")
    LEADER = "leader", pgettext_lazy("role", "head of institution")
    FINANCE = "finance", pgettext_lazy("role", "finance officer")
    CONTROLLER = "controller", pgettext_lazy("role", "controller (reads only)")
    COACH = "coach", pgettext_lazy("role", "coach")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "administrator")


class Membership(models.Model):
    """A person's role in an institution between two days; an outside practitioner has several."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["institution", "role", "from_on"]
        constraints = [
            days_in_order("membership_days_in_order"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="membership_role_is_known"
            ),
            models.UniqueConstraint(
                fields=["person", "institution", "role", "unit"],
                condition=Q(until_on__isnull=True),
                name="membership_open_once_in_a_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "institution", "role"],
                condition=Q(until_on__isnull=True, unit__isnull=True),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(role="unit_head") | Q(unit__isnull=False), name="membership_unit_head_has_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.institution}"


class Handover(models.Model):
    """What a leaver owned in an institution went to somebody else: what, to whom, when, by whom."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="handovers")
    from_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handed_over"
    )
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="took_over"
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    done_at = models.DateTimeField(_("done"))
    counts = models.JSONField(_("what went over"), default=dict)  # kind of belonging → how many

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-done_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_person=models.F("to_person")), name="handover_between_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.from_person} → {self.to_person}"

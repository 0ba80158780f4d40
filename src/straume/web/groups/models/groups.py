"""A working group: what it is for, who is in it, and how it lives."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.groups.models.texts import said
from straume.web.places.models import Institution
from straume.web.places.models.dates import DatedQuerySet, days_in_order


class Theme(models.TextChoices):
    TOURISM = "tourism", pgettext_lazy("theme of a group", "tourism")
    CULTURE = "culture", pgettext_lazy("theme of a group", "culture")
    IT = "it", pgettext_lazy("theme of a group", "information technology")
    CHILD_RIGHTS = "child_rights", pgettext_lazy("theme of a group", "rights of the child")
    SAFETY = "safety", pgettext_lazy("theme of a group", "public safety")
    OTHER = "other", pgettext_lazy("theme of a group", "other")


class WorkingGroup(models.Model):
    """People of both countries who work on one theme, under a charter."""

    class State(models.TextChoices):
        FORMING = "forming", pgettext_lazy("working group", "forming")
        ACTIVE = "active", pgettext_lazy("working group", "active")
        DELIVERING = "delivering", pgettext_lazy("working group", "delivering")
        SUSTAINING = "sustaining", pgettext_lazy("working group", "sustaining")
        DORMANT = "dormant", pgettext_lazy("working group", "dormant")
        CLOSED = "closed", pgettext_lazy("working group", "closed")

    # state → states that it may go on to
    WAYS_ON: dict[str, tuple[str, ...]] = {
        "forming": ("active", "closed"),
        "active": ("delivering", "dormant", "closed"),
        "delivering": ("sustaining", "active", "dormant", "closed"),
        "sustaining": ("delivering", "dormant", "closed"),
        "dormant": ("active", "closed"),
        "closed": (),
    }

    theme = models.CharField(_("theme"), max_length=14, choices=Theme.choices)
    name = models.CharField(_("name"), max_length=160)  # this and the charter in three languages
    purpose = models.TextField(_("purpose"), blank=True)
    in_scope = models.TextField(_("what belongs to it"), blank=True)
    out_of_scope = models.TextField(_("what does not belong to it"), blank=True)
    deliverables = models.TextField(_("what will be delivered"), blank=True)
    deliver_by = models.DateField(_("until when"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.FORMING)
    legacy = models.TextField(_("what stays, and who looks after it"), blank=True)  # in three languages
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=said("name"), name="group_has_a_name"),
            models.CheckConstraint(
                condition=~Q(state="closed") | said("legacy"), name="group_closed_with_its_legacy"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["forming", "active", "delivering", "sustaining", "dormant", "closed"]),
                name="group_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("groups:group", args=[self.pk])

    def members_on(self, day: date) -> models.QuerySet[GroupMember]:
        return GroupMember.objects.on(day).filter(group=self).select_related("person", "institution")


class GroupMember(models.Model):
    """A person in a group from–until, and for which institution and in which post they sit there."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_members"
    )
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="group_members")
    post = models.CharField(_("post"), max_length=160, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    takes_turns = models.BooleanField(_("takes a turn as chair and rapporteur"), default=True)
    # why the suggestion chose them: codes of the method, told in words on the page
    why = models.JSONField(default=list, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_simulated = models.BooleanField(_("simulated"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of a group")
        ordering = ["group", "institution__country", "institution", "pk"]
        constraints = [
            days_in_order("group_member_days_in_order"),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(until_on__isnull=True),
                name="group_member_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.person}"

    @property
    def said_post(self) -> str:
        """Post and institution: what those outside the group read instead of a name."""
        return f"{self.post}, {self.institution.name}" if self.post else self.institution.name


class GroupStateChange(models.Model):
    """The group went on to another state, for this reason."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="state_changes")
    before = models.CharField(_("from"), max_length=10, choices=WorkingGroup.State.choices)
    after = models.CharField(_("to"), max_length=10, choices=WorkingGroup.State.choices)
    reason = models.CharField(_("reason"), max_length=400)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("change of a group’s state")
        verbose_name_plural = _("changes of a group’s state")
        ordering = ["group", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="group_state_change_moves"),
            models.CheckConstraint(condition=~Q(reason=""), name="group_state_change_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_before_display()} → {self.get_after_display()}"

"""What a group decided, what follows from it, who sees to it and by when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.groups.models.groups import GroupMember, WorkingGroup
from straume.web.groups.models.meetings import AgendaPoint, Meeting
from straume.web.groups.models.texts import said
from straume.web.places.models import Institution


class Decision(models.Model):
    """A decision under its number; numbers run through the life of the group."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    point = models.ForeignKey(
        AgendaPoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions"
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("what was decided"))  # in three languages
    decided_on = models.DateField(_("decided on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["group", "number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="decision_number_once_in_a_group"),
            models.CheckConstraint(condition=said("text"), name="decision_has_words"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#decision-{self.number}"


class GroupAction(models.Model):
    """Something to be done by a day, by a member or by a post."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="actions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    what = models.CharField(_("what is to be done"), max_length=400)  # in three languages
    owner = models.ForeignKey(
        GroupMember, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    # where no member sees to it
    owner_post = models.CharField(_("post"), max_length=160, blank=True)
    owner_institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("by when"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("action of a group")
        verbose_name_plural = _("actions of a group")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=said("what"), name="group_action_has_words"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_post="") | (Q(owner__isnull=True) & ~Q(owner_post="")),
                name="group_action_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("groups:action", args=[self.pk])

    @property
    def said_owner(self) -> str:
        """Post and institution, never a name."""
        if self.owner:
            return self.owner.said_post
        if self.owner_institution:
            return f"{self.owner_post}, {self.owner_institution.name}"
        return self.owner_post


class ActionEnd(models.Model):
    """The action is done, and by what one sees it; or it was dropped, and why."""

    class Kind(models.TextChoices):
        DONE = "done", pgettext_lazy("action", "done")
        DROPPED = "dropped", pgettext_lazy("action", "dropped")

    action = models.OneToOneField(GroupAction, on_delete=models.CASCADE, related_name="end")
    kind = models.CharField(_("how it ended"), max_length=8, choices=Kind.choices, default=Kind.DONE)
    on = models.DateField(_("on"))
    seen_by = models.CharField(_("by what one sees it, or why"), max_length=500)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("written down"))

    class Meta:
        verbose_name = _("end of an action")
        verbose_name_plural = _("ends of actions")
        constraints = [models.CheckConstraint(condition=~Q(seen_by=""), name="action_end_is_seen")]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_kind_display()}"


class ActionChase(models.Model):
    """A letter about an open action went out; for a day that is set anew it goes out anew."""

    class Kind(models.TextChoices):
        BEFORE = "before", pgettext_lazy("letter about an action", "before the day")
        LATE = "late", pgettext_lazy("letter about an action", "after the day")
        TO_CHAIR = "to_chair", pgettext_lazy("letter about an action", "to the chair")

    action = models.ForeignKey(GroupAction, on_delete=models.CASCADE, related_name="chases")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    due_on = models.DateField(_("by when"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("letter about an action")
        verbose_name_plural = _("letters about actions")
        ordering = ["action", "sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["action", "kind", "due_on"], name="action_chased_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_kind_display()}"

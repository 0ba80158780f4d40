"""What stands inside an activity: agenda, speakers, materials; and how its state moved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.programme.models.activities import Activity, Session


class Language(models.TextChoices):
    """Languages in which people are spoken to."""

    LV = "lv", pgettext_lazy("spoken language", "Latvian")
    LT = "lt", pgettext_lazy("spoken language", "Lithuanian")
    EN = "en", pgettext_lazy("spoken language", "English")
    RU = "ru", pgettext_lazy("spoken language", "Russian")


class Speaker(models.Model):
    """Who speaks at an activity. The name goes out of the house only with their consent."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=120)
    post = models.CharField(_("post"), max_length=160, blank=True)  # in three languages, see translation.py
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    # the same person with an account here, so that they see what is kept about them
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="speaks_at"
    )
    consented_on = models.DateField(_("agreed to be named in public on"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "name"], name="speaker_once_per_activity"),
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_named(self) -> bool:
        """Whether the name may stand on a public page."""
        return self.consented_on is not None


class AgendaItem(models.Model):
    """One point of a session's agenda."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agenda")
    title = models.CharField(_("what"), max_length=240)  # in three languages
    starts = models.TimeField(_("from"))  # clock time on the day on which the session begins
    ends = models.TimeField(_("until"), null=True, blank=True)
    speakers = models.ManyToManyField(Speaker, blank=True, related_name="agenda", verbose_name=_("speakers"))
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["session", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")), name="agenda_times_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Material(models.Model):
    """A file for those who take part: slides, a template, a recording's text."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("name of the material"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    file = models.FileField(_("file"), max_length=200)
    original_name = models.CharField(_("name of the file"), max_length=200)
    bytes = models.PositiveBigIntegerField(_("size"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["activity", "title", "pk"]
        constraints = [models.CheckConstraint(condition=Q(bytes__gt=0), name="material_has_bytes")]

    def __str__(self) -> str:
        return self.title


class StatusChange(models.Model):
    """The state of an activity went on, or back for a reason."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="status_changes")
    before = models.CharField(_("from"), max_length=10, choices=Activity.Status)
    after = models.CharField(_("to"), max_length=10, choices=Activity.Status)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        ordering = ["activity", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="status_change_moves"),
            models.CheckConstraint(
                condition=~Q(after="cancelled") | ~Q(reason=""), name="status_cancelled_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.get_before_display()} → {self.get_after_display()}"

"""Meetings of a group: single ones and those that come again, with agenda, minutes and their languages."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.groups.models.groups import GroupMember, WorkingGroup
from straume.web.groups.models.texts import said
from straume.web.places.models import Institution
from straume.web.programme.models import Activity


class TextLanguage(models.TextChoices):
    LV = "lv", pgettext_lazy("language of a text", "Latvian")
    LT = "lt", pgettext_lazy("language of a text", "Lithuanian")
    EN = "en", pgettext_lazy("language of a text", "English")


class MeetingSeries(models.Model):
    """A meeting that comes again: every n weeks on a weekday, or every n months on its first … last one."""

    class Step(models.TextChoices):
        WEEKS = "weeks", _("weeks")
        MONTHS = "months", _("months")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="series")
    every = models.PositiveSmallIntegerField(_("every"), default=1)
    step = models.CharField(_("weeks or months"), max_length=6, choices=Step.choices)
    weekday = models.PositiveSmallIntegerField(_("weekday"))  # 0 is Monday
    nth = models.SmallIntegerField(_("which of the month"), default=1)  # 1–4, −1 is the last; months alone
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")
        ordering = ["group", "from_on"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="series_days_in_order"),
            models.CheckConstraint(condition=Q(every__range=(1, 12)), name="series_every_is_near"),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="series_weekday_is_a_day"),
            models.CheckConstraint(condition=Q(nth__in=[-1, 1, 2, 3, 4]), name="series_nth_is_in_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.from_on} – {self.until_on}"


class Meeting(models.Model):
    """One meeting. Of a series it keeps the day on which the rule had it, so it is made once."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "planned")
        HELD = "held", pgettext_lazy("meeting", "held")
        CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="meetings")
    series = models.ForeignKey(
        MeetingSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="meetings"
    )
    rule_on = models.DateField(_("day by the rule"), null=True, blank=True)
    title = models.CharField(_("what it is about"), max_length=200, blank=True)  # in three languages
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    host = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="group_meetings"
    )
    room = models.CharField(_("place and room"), max_length=200, blank=True)
    link = models.URLField(_("link to take part online"), max_length=400, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PLANNED)
    cancel_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    # empty: whose turn it is by the rule; filled once somebody swapped, or the meeting was held
    chair = models.ForeignKey(
        GroupMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="chaired"
    )
    rapporteur = models.ForeignKey(
        GroupMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="reported"
    )
    left_out = models.JSONField(_("languages left out of the minutes"), default=list, blank=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="group_meetings"
    )
    invited_at = models.DateTimeField(_("members invited"), null=True, blank=True)
    # how often what the invitation says changed after it went out: SEQUENCE of iCalendar
    sequence = models.PositiveIntegerField(_("changes"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("meeting of a group")
        verbose_name_plural = _("meetings of a group")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_times_in_order"),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(cancel_reason=""),
                name="meeting_cancelled_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["series", "rule_on"],
                condition=Q(series__isnull=False),
                name="meeting_of_a_series_once",
            ),
            models.CheckConstraint(
                condition=Q(chair__isnull=True) | Q(rapporteur__isnull=True) | ~Q(chair=F("rapporteur")),
                name="meeting_chair_does_not_report",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.group)

    def get_absolute_url(self) -> str:
        return reverse("groups:meeting", args=[self.pk])

    def standing_minutes(self) -> MinutesPublication | None:
        """The publication of its minutes that stands, or None."""
        return self.minutes_publications.filter(withdrawn_at=None).first()


class AgendaPoint(models.Model):
    """What is talked about, how long, and who brings it: a post and its institution."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    place = models.PositiveSmallIntegerField(_("place in the agenda"))
    title = models.CharField(_("what is talked about"), max_length=240)  # in three languages
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    brought_by = models.CharField(_("who brings it (post)"), max_length=160, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("point of an agenda")
        verbose_name_plural = _("points of an agenda")
        ordering = ["meeting", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=said("title"), name="agenda_point_has_words"),
            models.CheckConstraint(condition=Q(minutes__range=(1, 480)), name="agenda_point_takes_minutes"),
        ]

    def __str__(self) -> str:
        return self.title


class MinuteText(models.Model):
    """What was said on a point, in one language; `version` goes up with each change."""

    class State(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("text of minutes", "written")
        TRANSLATED = "translated", pgettext_lazy("text of minutes", "translated")

    point = models.ForeignKey(AgendaPoint, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=TextLanguage.choices)
    text = models.TextField(_("text"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WRITTEN)
    version = models.PositiveIntegerField(default=0)
    last_key = models.UUIDField(null=True, blank=True)  # the same save sent twice is one change
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("text of minutes")
        verbose_name_plural = _("texts of minutes")
        ordering = ["point", "language"]
        constraints = [
            models.UniqueConstraint(fields=["point", "language"], name="minute_text_once_per_language"),
        ]

    def __str__(self) -> str:
        return f"{self.point} ({self.language})"


class MinuteClash(models.Model):
    """Words that came too late: somebody else had written there. They wait until somebody settles it."""

    text = models.ForeignKey(MinuteText, on_delete=models.CASCADE, related_name="clashes")
    words = models.TextField(_("text"))
    key = models.UUIDField(unique=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(_("written"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("words that wait to be put in")
        verbose_name_plural = _("words that wait to be put in")
        ordering = ["text", "written_at"]

    def __str__(self) -> str:
        return self.words


class MinutesPublication(models.Model):
    """The minutes are open to everybody who has a role; taking them back says why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="minutes_publications")
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("publication of minutes")
        verbose_name_plural = _("publications of minutes")
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(withdrawn_at__isnull=True), name="minutes_published_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""), name="minutes_withdrawn_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}"

"""What the funder asks to stand on everything public, and what has been made public."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from straume.web.programme.models import Activity, Project


class Publicity(models.Model):
    """The duties of one project: statement, links, disclaimer, whom to ask. Logos are the project's."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="publicity")
    co_financing = models.TextField(_("co-financing statement"), blank=True)  # in three languages
    disclaimer = models.TextField(_("disclaimer"), blank=True)  # in three languages
    eu_url = models.URLField(_("site of the European Union"), blank=True)
    contact_post = models.CharField(_("whom to ask (post or office)"), max_length=160, blank=True)
    contact_email = models.EmailField(_("office e-mail"), blank=True)

    class Meta:
        verbose_name = _("publicity")
        verbose_name_plural = _("publicity")

    def __str__(self) -> str:
        return f"{self.project}"


class Publication(models.Model):
    """A project, or one of its activities, stands on the public pages until it is withdrawn."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, null=True, blank=True, related_name="publications"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="publications"
    )
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(withdrawn_at=None, project__isnull=False),
                name="project_published_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(withdrawn_at=None, activity__isnull=False),
                name="activity_published_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=True, activity__isnull=False)
                | Q(project__isnull=False, activity__isnull=True),
                name="publication_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("published_at")),
                name="public_withdrawal_after_publication",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project or self.activity}"


class ResultStory(models.Model):
    """A result told in plain words by those who run the project; figures are not typed here."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="stories")
    title = models.CharField(_("title"), max_length=160)  # in three languages
    text = models.TextField(_("in plain words"))  # in three languages
    told_on = models.DateField(_("on"))
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("result in plain words")
        verbose_name_plural = _("results in plain words")
        ordering = ["-told_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class SignUpRequest(models.Model):
    """Somebody asked for a place on a public page and has not yet followed the link in the letter.

    Erased when the link is followed, or when it ends.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="sign_up_requests")
    token_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("person's name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    post = models.CharField(_("institution and post"), max_length=160, blank=True)
    diet = models.CharField(_("dietary needs"), max_length=200, blank=True)
    access = models.CharField(_("access needs"), max_length=200, blank=True)
    ends_at = models.DateTimeField(_("link ends"))

    class Meta:
        verbose_name = _("request for a place")
        verbose_name_plural = _("requests for a place")
        ordering = ["ends_at"]

    def __str__(self) -> str:
        return f"{self.activity}"

"""Signature sheets of sessions, the scanned pages of them, and the logos that stand on what is printed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.web.programme.models.activities import Session
from straume.web.programme.models.project import Project


class ProjectLogo(models.Model):
    """A logo that the funder or a partner asks for; the EU emblem is always there."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="logos")
    name = models.CharField(_("whose logo"), max_length=120)
    file = models.FileField(_("file"))
    content_type = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField(_("place in the row"), default=1)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")
        ordering = ["project", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="project_logo_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SignatureSheet(models.Model):
    """A list for signatures as it was made once: who stands on which page never changes afterwards."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField(_("number"))
    pages = models.PositiveSmallIntegerField(_("pages"))
    # registrations in the order of the rows; empty for a list that was made elsewhere
    rows = models.JSONField(_("rows"), default=list)
    is_from_elsewhere = models.BooleanField(pgettext_lazy("signature sheet", "made elsewhere"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("signature sheet")
        verbose_name_plural = _("signature sheets")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="signature_sheet_number_once"),
            models.CheckConstraint(condition=Q(pages__gte=1), name="signature_sheet_has_a_page"),
        ]

    def __str__(self) -> str:
        return f"{self.session} / {self.number}"


class ScanFile(models.Model):
    """A scanned file as it came in; it holds names and signatures, so it is private and has an end."""

    file = models.FileField(_("file"))
    original_name = models.CharField(_("name of the file"), max_length=200)
    content_type = models.CharField(max_length=20)
    bytes = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    attached_at = models.DateTimeField(_("attached"))
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["attached_at", "pk"]

    def __str__(self) -> str:
        return self.original_name


class SheetPage(models.Model):
    """A page of a sheet came back signed, in this file. One scan of a page stands; earlier ones are kept."""

    sheet = models.ForeignKey(SignatureSheet, on_delete=models.CASCADE, related_name="scanned")
    page = models.PositiveSmallIntegerField(_("page"))
    scan = models.ForeignKey(ScanFile, on_delete=models.CASCADE, related_name="pages")
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("scanned page")
        verbose_name_plural = _("scanned pages")
        ordering = ["sheet", "page", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "page"], condition=Q(replaced_at=None), name="sheet_page_stands_once"
            ),
            models.CheckConstraint(condition=Q(page__gte=1), name="sheet_page_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.page}"

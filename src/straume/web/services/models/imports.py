"""A catalogue that somebody read from a file: first looked at, then taken over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class CatalogueImport(models.Model):
    """One file. Its text is kept until the person decides; then only that it was taken over, and when."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="catalogue_imports"
    )
    file_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=6)
    text = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["ttl", "jsonld", "rdf"]), name="import_kind_known"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(text=""), name="import_keeps_no_text_once_it_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.uploaded_at:%Y-%m-%d}"

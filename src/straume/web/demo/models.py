"""What the demo alone keeps: which seeds are in, and the mail that nobody sent."""

from __future__ import annotations

from django.db import models


class Seeded(models.Model):
    """A part of the demo that is in the database; a start looks here and does no work twice."""

    name = models.CharField(max_length=40, unique=True)
    done_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class ShownMail(models.Model):
    """A mail that the demo shows on a page instead of sending it."""

    to = models.CharField(max_length=400)
    subject = models.CharField(max_length=400)
    body = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

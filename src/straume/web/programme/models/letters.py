"""Letters about places that are still to be sent."""

from __future__ import annotations

from django.db import models

from straume.web.places.models.letters import Waiting
from straume.web.programme.models.registrations import Registration


class DueLetter(Waiting):
    """A letter that the worker has still to send; written together with what it is about, gone once sent.

    Without indices: the table is short, and in a rush for places each row is written while others wait.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="due_letters", db_index=False
    )
    about = models.CharField("about", max_length=20)
    # what the registration was then: a letter about a place that is gone again is not sent
    status_then = models.CharField("status then", max_length=10)
    # sessions as they were when they changed; empty for a letter about the registration itself
    sessions = models.JSONField("sessions", default=list)
    written_at = models.DateTimeField("written")

    class Meta(Waiting.Meta):
        verbose_name = "letter to be sent"
        verbose_name_plural = "letters to be sent"

    def __str__(self) -> str:
        return f"{self.about}, registration {self.registration_id}"

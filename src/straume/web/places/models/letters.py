"""Letters that wait to be sent."""

from __future__ import annotations

from django.db import models


class Waiting(models.Model):
    """What every letter has that is tried until the mail server takes it (places/delivery.py)."""

    # not before: put off after a failure, and while a worker has it in hand
    try_at = models.DateTimeField("sent from")
    attempts = models.PositiveSmallIntegerField("attempts", default=0)
    in_hand_of = models.UUIDField("in the hand of", null=True)

    class Meta:
        abstract = True
        ordering = ["pk"]


class UnsentLetter(Waiting):
    """A letter that the mail server did not take at once; gone when it is sent or given up."""

    to = models.EmailField("to")
    message = models.BinaryField("message")  # as it goes over the wire, RFC 5322

    class Meta(Waiting.Meta):
        verbose_name = "unsent letter"
        verbose_name_plural = "unsent letters"

    def __str__(self) -> str:
        return f"unsent letter {self.pk}"

"""What waits unread: sheets until the wave closes, half-written answers until their writer comes back.

No row has a time, a number in order, or anything of an invitation (docs/decisions/0080-needs.md).
"""

from __future__ import annotations

import uuid

from django.db import models

from straume.web.needs.models.waves import Wave


class SealedSheet(models.Model):
    """A sheet of answers, encrypted with the wave's key, which does not lie in the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="sealed_sheets")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.wave)


class Draft(models.Model):
    """Half-written answers, found by and encrypted with what follows from the code in the letter."""

    place = models.CharField(max_length=64, primary_key=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="drafts")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.wave)


class UsedForm(models.Model):
    """The fingerprint of an open form that was handed in: a second press of the button is no second sheet."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="used_forms")

    def __str__(self) -> str:
        return str(self.wave)

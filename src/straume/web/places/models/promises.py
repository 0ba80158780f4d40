"""The pledge that stands on the first screen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from straume.web.places.models.institutions import Institution


class Promise(models.Model):
    """Lean here serves citizens and cuts no posts: in which words, given by which post, on which day."""

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="promises")
    text = models.TextField(_("text"))  # in three languages, see translation.py
    given_by = models.CharField(_("given by (post)"), max_length=160)  # in three languages
    given_on = models.DateField(_("on"))
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["-given_on", "institution"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "given_on"], name="promise_once_a_day"),
            models.CheckConstraint(condition=~Q(text=""), name="promise_has_words"),
            models.CheckConstraint(condition=~Q(given_by=""), name="promise_has_a_giver"),
        ]

    def __str__(self) -> str:
        return f"{self.institution}, {self.given_on}"

    @classmethod
    def standing_for(cls, institution: Institution) -> Promise | None:
        """The newest promise of the institution; where it gave none, that of the project partners."""
        own = cls.objects.filter(institution=institution).first()
        return own or cls.objects.filter(institution__tier=Institution.Tier.PARTNER).first()

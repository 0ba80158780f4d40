"""Certificates: what has to be attended for one, who got one, and which no longer stand."""

from __future__ import annotations

import secrets
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from straume.web.places.models import Institution
from straume.web.programme.models.activities import Activity, Cycle

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is mistaken for another


def new_number() -> str:
    """Unguessable: 20 letters of 31 are 99 bits."""
    return "".join(secrets.choice(LETTERS) for _letter in range(20))


class CertificateRule(models.Model):
    """For one activity or a whole cycle: which share of the sessions must be attended, and the texts."""

    activity = models.OneToOneField(
        Activity, on_delete=models.CASCADE, null=True, blank=True, related_name="certificate_rule"
    )
    cycle = models.OneToOneField(
        Cycle, on_delete=models.CASCADE, null=True, blank=True, related_name="certificate_rule"
    )
    least_percent = models.PositiveSmallIntegerField(_("sessions to be attended, %"), default=80)
    hours = models.DecimalField(_("hours of the programme"), max_digits=5, decimal_places=1)
    learnt = models.TextField(_("what was learnt"))  # in three languages, see translation.py
    issued_by = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    signatory = models.CharField(_("post that signs"), max_length=160, blank=True)  # in three languages
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("rule of a certificate")
        verbose_name_plural = _("rules of certificates")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=False, cycle__isnull=True)
                | Q(activity__isnull=True, cycle__isnull=False),
                name="certificate_rule_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(least_percent__gte=1, least_percent__lte=100),
                name="certificate_rule_percent_within_bounds",
            ),
            models.CheckConstraint(condition=Q(hours__gt=Decimal(0)), name="certificate_rule_has_hours"),
        ]

    def __str__(self) -> str:
        return str(self.subject)

    @property
    def subject(self) -> Activity | Cycle:
        subject = self.activity or self.cycle
        assert subject is not None  # certificate_rule_for_one_thing
        return subject


class Certificate(models.Model):
    """What was printed for a person, as it was said on the day of issue; nothing of it changes later."""

    number = models.CharField(_("number"), max_length=32, unique=True, default=new_number)
    rule = models.ForeignKey(CertificateRule, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="certificates",
    )
    name = models.CharField(_("name on the certificate"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2)
    # {language: {title, learnt, issuer, signatory, project}} on the day of issue
    texts = models.JSONField(_("texts"))
    hours = models.DecimalField(_("hours of the programme"), max_digits=5, decimal_places=1)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    issued_on = models.DateField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    stands = models.BooleanField(_("stands"), default=True)  # neither replaced nor revoked
    badge = models.TextField(_("signed badge"), blank=True)  # the VC-JWT, signed when it is first asked for
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "person"], condition=Q(stands=True), name="certificate_stands_once"
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(stands=False), name="certificate_that_stands_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def text(self, field: str, lang: str) -> str:
        """As printed in this language, else in the language of the certificate."""
        return str(self.texts.get(lang, {}).get(field) or self.texts.get(self.language, {}).get(field, ""))

    @property
    def title(self) -> str:
        """In the language of the reader, where it was printed in it."""
        return self.text("title", (get_language() or self.language)[:2])

    @property
    def state(self) -> str:
        """valid, replaced, revoked"""
        if self.stands:
            return "valid"
        return "revoked" if hasattr(self, "revocation") else "replaced"


class Revocation(models.Model):
    """A certificate was taken back. The reason is for the person and those who run the programme."""

    class Cause(models.TextChoices):
        MISTAKE = "mistake", pgettext_lazy("certificate", "it was issued by mistake")
        WISH = "wish", pgettext_lazy("certificate", "the person wishes it; the name is erased")

    certificate = models.OneToOneField(Certificate, on_delete=models.CASCADE, related_name="revocation")
    cause = models.CharField(_("why"), max_length=8, choices=Cause.choices)
    reason = models.CharField(_("reason"), max_length=300)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"))

    class Meta:
        verbose_name = _("revocation of a certificate")
        verbose_name_plural = _("revocations of certificates")
        ordering = ["-revoked_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="revocation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.certificate)

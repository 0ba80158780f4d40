"""Practice cards: what one place does well, told so that another can do it too; and who took it up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from straume.lean.protect import SMALLEST_GROUP
from straume.web.groups.models.groups import Theme, WorkingGroup
from straume.web.groups.models.meetings import TextLanguage
from straume.web.groups.models.texts import said
from straume.web.needs.models import Need
from straume.web.places.lean_tools import LeanTool
from straume.web.places.models import Institution, Unit
from straume.web.programme.models import Activity


def told_is_whole() -> Q:
    """Before and after are both there, with what was counted, of how many and from where; or nothing is."""
    nothing = Q(before__isnull=True, after__isnull=True)
    whole = Q(
        before__isnull=False,
        after__isnull=False,
        before_n__gte=SMALLEST_GROUP,
        after_n__gte=SMALLEST_GROUP,
        before_n__isnull=False,
        after_n__isnull=False,
    )
    return nothing | (whole & ~Q(source="") & said("measure"))


class Told(models.Model):
    """Before and after as people tell them; a study's own figures are joined by `studies.CardEvidence`."""

    measure = models.CharField(_("what was counted, and its unit"), max_length=160, blank=True)  # translated
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=2, null=True, blank=True)
    before_n = models.PositiveIntegerField(_("before, of how many cases"), null=True, blank=True)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=2, null=True, blank=True)
    after_n = models.PositiveIntegerField(_("after, of how many cases"), null=True, blank=True)
    source = models.CharField(_("where the figures come from"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def has_figures(self) -> bool:
        return self.before is not None


class PracticeCard(Told):
    """One practice of one place. A variant comes from an adoption, so that the tree grows."""

    title = models.CharField(_("title"), max_length=160)  # texts in three languages
    problem = models.TextField(_("problem"), blank=True)
    done = models.TextField(_("what was done"), blank=True)
    works_when = models.TextField(_("when it works"), blank=True)
    requires = models.TextField(_("which law, size or system it needs"), blank=True)
    written_in = models.CharField(
        _("written in"), max_length=2, choices=TextLanguage.choices, default=TextLanguage.LV
    )
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="practice_cards")
    unit = models.ForeignKey(
        Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="practice_cards"
    )
    contact_post = models.CharField(_("contact: post"), max_length=160)
    contact_email = models.EmailField(_("contact: e-mail of the office"), blank=True)
    theme = models.CharField(_("theme"), max_length=14, choices=Theme.choices, default=Theme.OTHER)
    tool = models.CharField(_("lean tool"), max_length=14, choices=LeanTool.choices, default=LeanTool.OTHER)
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="cards"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="practice_cards"
    )
    needs = models.ManyToManyField(Need, blank=True, related_name="practice_cards", verbose_name=_("needs"))
    came_from = models.ForeignKey(
        "groups.Adoption", on_delete=models.PROTECT, null=True, blank=True, related_name="variants"
    )
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="descendants"
    )
    generation = models.PositiveSmallIntegerField(_("generation"), default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="practice_cards"
    )
    made_at = models.DateTimeField(_("made"))
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("practice card")
        verbose_name_plural = _("practice cards")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=said("title"), name="card_has_a_title"),
            models.CheckConstraint(condition=~Q(contact_post=""), name="card_has_a_contact"),
            models.CheckConstraint(condition=told_is_whole(), name="card_figures_are_whole"),
            models.CheckConstraint(
                condition=Q(came_from__isnull=True, root__isnull=True, generation=0)
                | Q(came_from__isnull=False, root__isnull=False, generation__gte=1),
                name="card_variant_knows_its_root",
            ),
            models.CheckConstraint(condition=~Q(root=F("id")), name="card_is_not_its_own_root"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("groups:card", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Where a card comes from is said once, so it is younger than its origin and no loop can be."""
        if self.pk and not self._state.adding:
            before = PracticeCard.objects.filter(pk=self.pk).values_list("came_from", flat=True).first()
            if before != self.came_from_id:
                raise ValidationError(_("Where a card comes from is said when it is made."))
        elif self.came_from:
            above = self.came_from.card
            self.root_id = above.root_id or above.pk
            self.generation = above.generation + 1
        super().save(*args, **kwargs)

    def standing_publication(self) -> CardPublication | None:
        return self.publications.filter(withdrawn_at=None).first()


class CardPublication(models.Model):
    """The card is open to the whole cooperation; taking it back says why."""

    card = models.ForeignKey(PracticeCard, on_delete=models.CASCADE, related_name="publications")
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
        verbose_name = _("publication of a card")
        verbose_name_plural = _("publications of cards")
        ordering = ["-published_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"], condition=Q(withdrawn_at__isnull=True), name="card_published_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""), name="card_withdrawn_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.card}"


class Adoption(Told):
    """A place tries the practice of a card; whether it stays is seen later, and what was learnt is told."""

    class State(models.TextChoices):
        TRYING = "trying", pgettext_lazy("adoption", "being tried")
        ADOPTED = "adopted", pgettext_lazy("adoption", "adopted")
        STOPPED = "stopped", pgettext_lazy("adoption", "stopped")

    card = models.ForeignKey(PracticeCard, on_delete=models.PROTECT, related_name="adoptions")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="adoptions")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.TRYING)
    began_on = models.DateField(_("tried since"))
    ended_on = models.DateField(_("adopted or stopped on"), null=True, blank=True)
    learnt = models.TextField(_("what came of it, and what was learnt"), blank=True)  # in three languages
    contact_post = models.CharField(_("contact: post"), max_length=160, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))
    is_simulated = models.BooleanField(_("simulated"), default=False)
    idempotency_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")
        ordering = ["began_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "unit"], condition=Q(unit__isnull=False), name="adoption_once_in_a_unit"
            ),
            models.UniqueConstraint(
                fields=["card", "institution"],
                condition=Q(unit__isnull=True),
                name="adoption_once_in_an_institution",
            ),
            models.CheckConstraint(
                condition=Q(state="trying", ended_on__isnull=True)
                | (Q(state__in=["adopted", "stopped"], ended_on__isnull=False) & said("learnt")),
                name="adoption_ends_with_what_was_learnt",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="adoption_days_in_order",
            ),
            models.CheckConstraint(condition=told_is_whole(), name="adoption_figures_are_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.card} → {self.unit or self.institution}"

    def get_absolute_url(self) -> str:
        return reverse("groups:adoption", args=[self.pk])


class AdoptionStep(models.Model):
    """The state of an adoption changed, and what people said to it."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(_("from"), max_length=8, choices=Adoption.State.choices)
    after = models.CharField(_("to"), max_length=8, choices=Adoption.State.choices)
    on = models.DateField(_("on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("step of an adoption")
        verbose_name_plural = _("steps of adoptions")
        ordering = ["adoption", "made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="adoption_step_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.adoption}: {self.get_before_display()} → {self.get_after_display()}"

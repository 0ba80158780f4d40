"""What happens to needs: their status, two that are the same, texts put into them; results from elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from straume.web.needs.models.answers import AnswerSheet
from straume.web.needs.models.needs import Need
from straume.web.needs.models.waves import Wave
from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country


class NeedChange(models.Model):
    """That a need came into a status, when, by whom and why."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="changes")
    status = models.CharField(_("status"), max_length=10, choices=Need.Status.choices)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    made_on = models.DateField(_("on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("change of a need")
        verbose_name_plural = _("changes of needs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(reason=""), name="need_change_dropped_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.get_status_display()}"


class NeedMerge(models.Model):
    """Two needs that are the same: `gone` is shown with `kept`; nothing is moved, so it can be undone."""

    gone = models.OneToOneField(Need, on_delete=models.CASCADE, related_name="merge")
    kept = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="merges")
    made_on = models.DateField(_("on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merging of needs")
        verbose_name_plural = _("mergings of needs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(gone=F("kept")), name="need_is_not_merged_with_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class TextBatch(models.Model):
    """Texts that were put into a need in one go, so that one press takes them out again."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="text_batches")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="+")
    item = models.CharField(_("question"), max_length=120)
    idempotency_key = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("texts put into a need")
        verbose_name_plural = _("texts put into needs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.need}: {self.item}"


class NeedText(models.Model):
    """That the text of a sheet names a need. No time and nobody's name stands here."""

    batch = models.ForeignKey(TextBatch, on_delete=models.CASCADE, related_name="texts")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="texts")
    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="+")
    item = models.CharField(_("question"), max_length=120)

    class Meta:
        verbose_name = _("text that names a need")
        verbose_name_plural = _("texts that name needs")
        ordering = ["need", "item"]
        constraints = [
            models.UniqueConstraint(fields=["need", "sheet", "item"], name="need_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.item}"


class ImportedSurvey(models.Model):
    """Where the results of a wave that was not asked here come from."""

    wave = models.OneToOneField(Wave, on_delete=models.CASCADE, related_name="imported")
    source = models.CharField(_("who made the survey"), max_length=200)
    file_name = models.CharField(_("file"), max_length=200)

    class Meta:
        verbose_name = _("survey made elsewhere")
        verbose_name_plural = _("surveys made elsewhere")

    def __str__(self) -> str:
        return self.source


class ImportedResult(models.Model):
    """One figure of a survey made elsewhere, of all who answered it or of one place."""

    class Unit(models.TextChoices):
        SHARE = "share", _("share, %")
        IMPORTANCE = "importance", _("importance, mean")
        PRESENT = "present", _("present state, mean")
        MEAN = "mean", _("mean")

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="imported_results")
    order = models.PositiveIntegerField(_("row"))
    item = models.CharField(_("question"), max_length=120)  # name in the version's items
    country = models.CharField(_("country"), max_length=2, choices=Country.choices, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    n = models.PositiveIntegerField(_("answers"))
    unit = models.CharField(_("figure"), max_length=10, choices=Unit.choices)
    value = models.FloatField(_("value"))
    scale_high = models.FloatField(_("upper end of the scale"), null=True, blank=True)

    class Meta:
        verbose_name = _("result of a survey made elsewhere")
        verbose_name_plural = _("results of surveys made elsewhere")
        ordering = ["wave", "order"]
        constraints = [
            models.CheckConstraint(condition=Q(n__gte=5), name="imported_result_of_five_or_more"),
            models.CheckConstraint(
                condition=~Q(unit="share") | Q(value__range=(0, 100)), name="imported_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.item}"

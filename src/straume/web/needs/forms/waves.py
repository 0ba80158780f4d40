"""Forms of a wave: its days, its staff numbers, its addresses."""

from __future__ import annotations

from datetime import date
from typing import IO, Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from straume.web.needs import items
from straume.web.needs.actions.waves import LARGEST_STAFF
from straume.web.needs.models import QuestionnaireVersion, Wave
from straume.web.needs.pasted import Row, Unreadable, rows_of_file, rows_of_text
from straume.web.places.forms.units import day_field
from straume.web.places.models import Institution
from straume.web.services.forms.texts import TextsForm, in_languages

LANGUAGES = [("lv", "Latviešu"), ("lt", "Lietuvių"), ("en", "English")]


class WaveForm(TextsForm):
    """When it is asked; a follow-up names the wave whose items it repeats."""

    texts = ("name",)
    one_needed = ("name",)
    key = forms.UUIDField(widget=forms.HiddenInput)
    opens_on = day_field(gettext_lazy("First day"))
    closes_on = day_field(
        gettext_lazy("Last day"), help_text=gettext_lazy("Answers are taken until the end of this day.")
    )
    has_link = forms.BooleanField(
        label=gettext_lazy("Also an open link with a QR code"),
        help_text=gettext_lazy("Whoever has it can answer. For a poster in a staff room."),
        required=False,
    )

    class Meta:
        model = Wave
        fields = [*in_languages("name"), "kind", "follows", "opens_on", "closes_on"]
        fields += ["reminders_most", "reminder_days"]
        help_texts = {
            "follows": gettext_lazy("Only waves that asked the same questions stand here."),
            "reminders_most": gettext_lazy("To each person who has not answered; 0 to 5."),
            "reminder_days": gettext_lazy("At least 3."),
        }

    def __init__(self, *args: Any, version: QuestionnaireVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.fields["follows"].queryset = same_waves(version, self.instance)  # type: ignore[attr-defined]
        self.fields["follows"].empty_label = _("None: it is the first")  # type: ignore[attr-defined]

    def clean_reminder_days(self) -> int:
        days: int = self.cleaned_data["reminder_days"]
        if not 3 <= days <= 60:
            raise forms.ValidationError(_("Leave at least 3 and at most 60 days between two letters."))
        return days

    def clean_reminders_most(self) -> int:
        most: int = self.cleaned_data["reminders_most"]
        if most > 5:
            raise forms.ValidationError(_("Remind at most 5 times."))
        return most

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", _("The last day lies before the first. Set a later day."))
        if cleaned.get("kind") == Wave.Kind.FOLLOW_UP and not cleaned.get("follows"):
            self.add_error("follows", _("Say which wave it follows. It must have asked the same questions."))
        if cleaned.get("kind") == Wave.Kind.BASELINE and cleaned.get("follows"):
            self.add_error("follows", _("A baseline follows no other wave. Choose “follow-up” above."))
        return cleaned


def same_waves(version: QuestionnaireVersion, but: Wave) -> QuerySet[Wave]:
    """Waves whose questions are the same but for the words."""
    wanted = items.read(items=version.items)
    same = []
    for other in QuestionnaireVersion.objects.filter(waves__isnull=False).distinct():
        try:
            if items.ask_the_same(wanted, items.read(items=other.items)):
                same.append(other.pk)
        except items.ItemsError:
            continue
    return Wave.objects.filter(version__in=same).exclude(pk=but.pk)


class TableForm(forms.Form):
    """A table, pasted or as a file."""

    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("XLSX, or CSV in UTF-8."), required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the rows here"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file: UploadedFile | None = cleaned.get("file")
        try:
            cleaned["rows"] = self._rows(file, cleaned.get("text", ""))
        except Unreadable as trouble:
            self.add_error("file" if file else "text", str(trouble))
        if not self.errors and not cleaned["rows"]:
            self.add_error("text", _("Paste at least one row, or choose a file."))
        return cleaned

    def _rows(self, file: UploadedFile | None, text: str) -> list[Row]:
        if file:
            return rows_of_file(cast("IO[bytes]", file), name=file.name or "")
        return rows_of_text(text)


class StaffPasteForm(TableForm):
    source = forms.CharField(
        label=gettext_lazy("Where the numbers come from"),
        help_text=gettext_lazy("Such as: personnel records, 1 January 2019."),
        max_length=200,
        required=False,
    )


class StaffForm(forms.Form):
    """One number for each institution of the cooperation."""

    source = forms.CharField(
        label=gettext_lazy("Where the numbers come from"),
        help_text=gettext_lazy("Such as: personnel records, 1 January 2019."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, wave: Wave, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institutions = list(institutions)
        now = {staff.institution_id: staff for staff in wave.staff.all()}
        self.fields["source"].initial = next((staff.source for staff in now.values()), "")
        for one in self.institutions:
            self.fields[f"people-{one.pk}"] = forms.IntegerField(
                label=one.name,
                min_value=1,
                max_value=LARGEST_STAFF,
                required=False,
                initial=now[one.pk].people if one.pk in now else None,
            )

    def people(self) -> dict[Institution, int]:
        said = {one: self.cleaned_data[f"people-{one.pk}"] for one in self.institutions}
        return {one: number for one, number in said.items() if number}


class InviteForm(TableForm):
    """Addresses, one to a row; what a row does not say is taken from above."""

    field_order = ["institution", "language", "file", "text"]
    institution: forms.ModelChoiceField[Institution] = forms.ModelChoiceField(
        queryset=Institution.objects.none(),
        label=gettext_lazy("Institution"),
        help_text=gettext_lazy("For rows that name none."),
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letters"),
        choices=[("", pgettext_lazy("language of a letter", "that of the country")), *LANGUAGES],
        required=False,
    )

    def __init__(self, *args: Any, wave: Wave, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Institution.objects.filter(pk__in=wave.staff.values("institution")).order_by("name")
        self.fields["institution"].queryset = asked  # type: ignore[attr-defined]
        self.fields["institution"].empty_label = _("Each row names it")  # type: ignore[attr-defined]
        self.fields["text"].help_text = _(
            "One address to a row; beside it, where they differ, language (lv, lt, en) and institution."
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)


class ReopenForm(ReasonForm):
    until = day_field(gettext_lazy("New last day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("Choose today or a later day."))
        return until

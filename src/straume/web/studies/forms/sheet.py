"""Uploading a filled-in template of steps."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 5_000_000


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=_("Filled-in template"),
        help_text=_("XLSX, XLS or ODS, at most 5 MB."),
        error_messages={
            "required": _("Choose the file that you filled in."),
            "empty": _("This file is empty. Choose the one that you filled in."),
        },
    )

    def clean_sheet(self) -> UploadedFile:
        sheet: UploadedFile = self.cleaned_data["sheet"]
        if (sheet.size or 0) > MOST_BYTES:
            raise ValidationError(_("This file is larger than 5 MB. A list of steps is never so large."))
        return sheet

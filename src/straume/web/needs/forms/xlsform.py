"""Choosing an XLSForm file."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class XlsFormForm(forms.Form):
    file = forms.FileField(
        label=_("XLSForm file"),
        help_text=_("XLSX. Older .xls files: save them as .xlsx first."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )

"""Signed pages that come back, and logos that stand on what is printed."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.programme.actions.sheets import kind_of
from straume.web.programme.models import SignatureSheet

MOST_MEGABYTES = 20
LOGO_KINDS = ("image/png", "image/jpeg")


class KeyedForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid.uuid4())
        super().__init__(*args, **kwargs)


def read(uploaded: Any) -> bytes:
    """The file, once its size is known to be bearable."""
    if uploaded.size > MOST_MEGABYTES * 1_000_000:
        raise forms.ValidationError(
            _("The file has more than %(most)s MB. Scan it in grey at 200 dpi, or page by page.")
            % {"most": MOST_MEGABYTES}
        )
    content: bytes = uploaded.read()
    return content


class ScanForm(KeyedForm):
    """One file with one page or several that follow each other."""

    sheet: forms.ModelChoiceField[SignatureSheet] = forms.ModelChoiceField(
        queryset=SignatureSheet.objects.none(), label=gettext_lazy("Which sheet?"), empty_label=None
    )
    first_page = forms.IntegerField(
        label=gettext_lazy("Page"),
        min_value=1,
        help_text=gettext_lazy("It stands at the foot of the page: session, sheet and page."),
    )
    last_page = forms.IntegerField(
        label=gettext_lazy("Until page"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Only where the file holds several pages."),
    )
    file = forms.FileField(
        label=gettext_lazy("Signed page"),
        help_text=gettext_lazy("PDF, JPG or PNG of at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Scan the page again."),
        },
    )
    content: bytes

    def __init__(self, *args: Any, sheets: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        field.queryset = sheets.order_by("-number")  # type: ignore[attr-defined]
        field.label_from_instance = sheet_said  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        self.content = read(self.cleaned_data["file"])
        if not kind_of(self.content):
            raise forms.ValidationError(_("This is neither PDF, JPG nor PNG. Save the scan in one of these."))
        return self.cleaned_data["file"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, sheet = cleaned.get("first_page"), cleaned.get("sheet")
        if not first or not sheet or "last_page" not in cleaned:
            return cleaned
        cleaned["last_page"] = cleaned["last_page"] or first
        if cleaned["last_page"] < first:
            self.add_error("last_page", _("The last page lies before the first."))
        elif cleaned["last_page"] > sheet.pages:
            field = "first_page" if first > sheet.pages else "last_page"
            self.add_error(field, _("This sheet has %(pages)s pages.") % {"pages": sheet.pages})
        return cleaned


def sheet_said(sheet: SignatureSheet) -> str:
    return _("Sheet %(number)s, pages: %(pages)s") % {"number": sheet.number, "pages": sheet.pages}


class ElsewhereForm(KeyedForm):
    """A list that was not printed from here."""

    pages = forms.IntegerField(label=gettext_lazy("How many pages has it?"), min_value=1, max_value=200)


class LogoForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Whose logo is it?"),
        max_length=120,
        help_text=gettext_lazy("It is read out to those who do not see the picture."),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the row"), min_value=1, max_value=20, initial=1
    )
    file = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("PNG or JPG of at most 20 MB, as the programme gives it."),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
    )
    content: bytes

    def clean_file(self) -> Any:
        self.content = read(self.cleaned_data["file"])
        if kind_of(self.content) not in LOGO_KINDS:
            raise forms.ValidationError(_("This is neither PNG nor JPG. Save the logo in one of these."))
        return self.cleaned_data["file"]

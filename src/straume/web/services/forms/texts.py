"""Fields that are written in three languages, beside each other and named by their language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

LANGUAGES = {
    "lv": pgettext_lazy("language of a text", "Latvian"),
    "lt": pgettext_lazy("language of a text", "Lithuanian"),
    "en": pgettext_lazy("language of a text", "English"),
}


def in_languages(*names: str) -> list[str]:
    """Field names of these texts in each language: name_lv, name_lt, name_en …"""
    return [f"{name}_{lang}" for name in names for lang in LANGUAGES]


def say_what_empty_means(form: forms.BaseForm) -> None:
    """Instead of a row of dashes."""
    for field in form.fields.values():
        if not isinstance(field, forms.TypedChoiceField):
            continue
        choices = [(value, label) for value, label in field.choices if value != ""]  # type: ignore[misc, union-attr]
        if len(choices) < len(list(field.choices)):  # type: ignore[arg-type]
            field.choices = [("", _("Choose …") if field.required else _("Not said")), *choices]


class TextsForm(forms.ModelForm):
    """A model form whose texts stand in three languages; of `one_needed`, one language at least is filled."""

    texts: tuple[str, ...] = ()
    one_needed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_empty_means(self)
        for name in self.texts:
            label = self._meta.model._meta.get_field(name).verbose_name
            for lang, language in LANGUAGES.items():
                field = self.fields[f"{name}_{lang}"]
                field.label = format_lazy("{label} – {language}", label=label, language=language)
                field.required = False
                field.widget.attrs["lang"] = lang
                if isinstance(field.widget, forms.Textarea):
                    field.widget.attrs["rows"] = 4

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.texts:
            for lang in LANGUAGES:
                cleaned[f"{name}_{lang}"] = cleaned.get(f"{name}_{lang}") or ""
        for name in self.one_needed:
            if not any(cleaned[f"{name}_{lang}"] for lang in LANGUAGES):
                self.add_error(f"{name}_lv", _("Write it in one language at least."))
        return cleaned

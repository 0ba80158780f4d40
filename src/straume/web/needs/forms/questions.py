"""Forms of a questionnaire and of one question, with a table for its choices and one for its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from straume.web.needs import items
from straume.web.needs.models import Questionnaire
from straume.web.places.models import Institution
from straume.web.places.wording import folded
from straume.web.services.forms.texts import LANGUAGES, TextsForm, in_languages

SPARE_LINES = 4
MEASURES = [
    ("", gettext_lazy("nothing that is compared")),
    ("importance", gettext_lazy("how much its topics matter")),
    ("present", gettext_lazy("how well its topics are now")),
]
NEED_KINDS = [
    ("", gettext_lazy("no need")),
    ("problem", gettext_lazy("problem areas")),
    ("training", gettext_lazy("training needs")),
]
STRATA = [
    ("", gettext_lazy("neither")),
    ("unit_kind", gettext_lazy("in what kind of unit somebody works")),
    ("role", gettext_lazy("what role somebody has")),
]


class QuestionnaireForm(TextsForm):
    texts = ("title",)
    one_needed = ("title",)
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Questionnaire
        fields = in_languages("title")


class NewQuestionnaireForm(QuestionnaireForm):
    """Which lead body keeps it, asked only of people who coordinate in both."""

    class Meta(QuestionnaireForm.Meta):
        fields = [*QuestionnaireForm.Meta.fields, "owner"]

    def __init__(self, *args: Any, owners: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["owner"].label = _("Kept by")
        if owners.count() == 1:
            self.fields["owner"].widget = forms.HiddenInput()
            self.fields["owner"].initial = owners.get()


class QuestionForm(forms.Form):
    """Everything but choices and rows; which fields there are depends on the type."""

    def __init__(
        self, *args: Any, kind: str, before: Sequence[items.Item], others: Sequence[items.Item], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.others = kind, others
        for lang, language in LANGUAGES.items():
            area = forms.Textarea(attrs={"rows": 2, "lang": lang})
            label = format_lazy(_("Words – {language}"), language=language)
            self.fields[f"label_{lang}"] = forms.CharField(
                label=label, widget=area, required=False, max_length=items.LONGEST_LABEL
            )
        for lang, language in LANGUAGES.items():
            self.fields[f"hint_{lang}"] = forms.CharField(
                label=format_lazy(_("Hint – {language}"), language=language),
                required=False,
                max_length=items.LONGEST_LABEL,
                widget=forms.TextInput(attrs={"lang": lang}),
            )
        self.fields["name"] = forms.RegexField(
            items.NAME,
            label=_("Short name"),
            help_text=_("Letters, digits and _; in tables and rules. Empty: made from the words."),
            required=False,
            max_length=40,
        )
        self._what_the_type_has(kind)
        if before:
            known = ", ".join("${" + one.name + "}" for one in before if one.type not in ("note", "matrix"))
            self.fields["relevant"] = forms.CharField(
                label=_("Ask only if"),
                help_text=_(
                    "Such as: ${role} = 'head' or selected(${learn}, 'a3'). Earlier questions: %(known)s"
                )
                % {"known": known},
                required=False,
                max_length=400,
            )

    def _what_the_type_has(self, kind: str) -> None:
        if kind == "note":
            self.fields["starts_page"] = forms.BooleanField(label=_("A new page begins here"), required=False)
            return
        self.fields["required"] = forms.BooleanField(label=_("Must be answered"), required=False)
        if kind == "text":
            self.fields["long"] = forms.BooleanField(label=_("Several lines"), required=False)
        if kind == "one":
            self.fields["stratum"] = forms.ChoiceField(label=_("It says"), choices=STRATA, required=False)
        if kind in ("scale", "matrix"):
            self.fields["measures"] = forms.ChoiceField(
                label=_("It measures"), choices=MEASURES, required=False
            )
        if kind == "scale":
            self.fields["topic"] = forms.CharField(
                label=_("Topic"),
                help_text=_("One short word; the same in the question about importance and about now."),
                required=False,
                max_length=40,
            )
        if kind in ("scale", "matrix", "many", "rank", "text"):
            self.fields["need_kind"] = forms.ChoiceField(
                label=_("It asks for"), choices=NEED_KINDS, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"label_{lang}") for lang in LANGUAGES):
            self.add_error("label_lv", _("Write it in one language at least."))
        if not cleaned.get("name"):
            words = next(
                (cleaned[f"label_{lang}"] for lang in ("en", "lv", "lt") if cleaned.get(f"label_{lang}")), ""
            )
            cleaned["name"] = named(words, {one.name for one in self.others})
        elif cleaned["name"] in {one.name for one in self.others}:
            self.add_error("name", _("Another question has this name. Choose a different one."))
        return cleaned

    def written(self) -> dict[str, Any]:
        """The item as it is kept, without choices and rows."""
        said = self.cleaned_data
        item: dict[str, Any] = {"name": said["name"], "type": self.kind}
        for key in ("label", "hint"):
            words = {lang: said[f"{key}_{lang}"] for lang in LANGUAGES if said.get(f"{key}_{lang}")}
            if words:
                item[key] = words
        for key in (
            "required",
            "long",
            "starts_page",
            "stratum",
            "measures",
            "topic",
            "need_kind",
            "relevant",
        ):
            if said.get(key):
                item[key] = said[key]
        return item


class LineForm(forms.Form):
    """A choice or a row: code, words, and for a scale its number."""

    code = forms.RegexField(
        r"^[\w.-]+$",
        label=gettext_lazy("Code"),
        required=False,
        max_length=40,
        error_messages={"invalid": gettext_lazy("One word: letters, digits and _.")},
    )
    lv = forms.CharField(label=LANGUAGES["lv"], required=False, max_length=300)
    lt = forms.CharField(label=LANGUAGES["lt"], required=False, max_length=300)
    en = forms.CharField(label=LANGUAGES["en"], required=False, max_length=300)
    value = forms.FloatField(label=gettext_lazy("Number"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("code") or cleaned.get("value") is not None) and not self.words():
            self.add_error("lv", _("Write it in one language at least."))
        return cleaned

    def words(self) -> dict[str, str]:
        return {lang: self.cleaned_data[lang] for lang in LANGUAGES if self.cleaned_data.get(lang)}


LineFormSet = forms.formset_factory(LineForm, extra=SPARE_LINES, max_num=items.MOST_CHOICES)


def lines_of(choices: Sequence[items.Choice]) -> list[dict[str, Any]]:
    """Choices as a formset begins with them."""
    return [{"code": one.name, "value": one.value, **one.label} for one in choices]


def written_lines(formset: Any, *, with_values: bool) -> list[dict[str, Any]]:
    """The lines with words; one without a code gets one made from them."""
    found: list[dict[str, Any]] = []
    for form in formset.forms:
        words = form.words()
        if not words:
            continue
        said = form.cleaned_data
        taken = {one["name"] for one in found}
        line: dict[str, Any] = {"name": said.get("code") or named(_first(words), taken), "label": words}
        if with_values and said.get("value") is not None:
            line["value"] = said["value"]
        found.append(line)
    return found


def named(words: str, taken: set[str]) -> str:
    """A short name made from the words, that nobody else has."""
    base = "_".join(re.findall(r"[a-z0-9]+", folded(words))[:4])[:30] or "q"
    base = base if base[0].isalpha() else f"q_{base}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    return name


def _first(words: Mapping[str, str]) -> str:
    return next(words[lang] for lang in ("en", "lv", "lt") if lang in words)

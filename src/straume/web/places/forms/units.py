"""Units and posts as their institution writes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from straume.web.places.models import Post, Unit


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, with the browser's own picker."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class UnitForm(forms.ModelForm[Unit]):
    from_on = day_field(_("From"), required=False)
    until_on = day_field(
        _("Until"), required=False, help_text=_("The last day; leave it empty while the unit works.")
    )

    class Meta:
        model = Unit
        fields = ["name", "kind", "parent", "contact_post", "from_on", "until_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(institution=self.instance.institution)
        self.fields["parent"].queryset = units.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        self.fields["parent"].empty_label = _("Stands at the top")  # type: ignore[attr-defined]

    def clean_parent(self) -> Unit | None:
        parent: Unit | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and self.instance in parent.ancestors():
            raise forms.ValidationError(_("A unit cannot lie within its own part. Choose another unit."))
        return parent

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        same = Unit.objects.filter(
            institution=self.instance.institution,
            parent=cleaned.get("parent"),
            name=cleaned.get("name", ""),
        ).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("name", _("There is a unit of this name in the same place. Give another name."))
        if cleaned.get("from_on") and cleaned.get("until_on") and cleaned["until_on"] < cleaned["from_on"]:
            self.add_error("until_on", _("The end lies before the beginning. Set a later day."))
        return cleaned


class PostForm(forms.ModelForm[Post]):
    class Meta:
        model = Post
        fields = ["title", "grade", "fte", "cost_eur_per_hour", "is_simulated"]
        help_texts = {
            "title": _("The post, never the name of who holds it."),
            "fte": _("All posts of this title and grade together, such as 2.5."),
            "cost_eur_per_hour": _("Full cost to the employer. It is shown to members only."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        same = Post.objects.filter(
            unit=self.instance.unit, title=cleaned.get("title", ""), grade=cleaned.get("grade", "")
        ).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("title", _("There is such a post in this unit already. Change that one."))
        return cleaned

"""What has to be attended for a certificate; putting a name right; taking one back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from straume.web.places.models import Institution
from straume.web.programme.models import CertificateRule, Revocation
from straume.web.services.forms.texts import TextsForm, in_languages


class RuleForm(TextsForm):
    texts = ("learnt", "signatory")
    one_needed = ("learnt",)

    class Meta:
        model = CertificateRule
        fields = ["least_percent", "hours", "issued_by", *in_languages("learnt", "signatory")]
        help_texts = {
            "least_percent": _(
                "Of all sessions; 80 means four of five. It is printed nowhere, but everybody may ask."
            ),
            "hours": _("Of the programme as a whole, not of a person; it is printed."),
            "issued_by": _("A partner of the project."),
        }
        widgets = {f"learnt_{lang}": forms.Textarea for lang in ("lv", "lt", "en")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
        partners = Institution.objects.filter(
            partnerships__project=self.instance.subject.work_package.project
        )
        self.fields["issued_by"].queryset = partners  # type: ignore[attr-defined]
        self.fields["least_percent"].min_value = 1  # type: ignore[attr-defined]
        self.fields["least_percent"].widget.attrs |= {"min": 1, "max": 100}


class AgainForm(forms.Form):
    """The certificate once more, with the name as it should be."""

    name = forms.CharField(label=_("Name on the certificate"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class RevokeForm(forms.Form):
    cause = forms.ChoiceField(label=_("Why?"), choices=Revocation.Cause.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The person and those who run the programme read it; the public page does not show it."),
        error_messages={"required": _("Say why the certificate is taken back.")},
    )

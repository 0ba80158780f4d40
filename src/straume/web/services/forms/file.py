"""A catalogue in a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from straume.lean.errors import InputProblems
from straume.web.services.rdf.read import Reading, services_of
from straume.web.services.rdf.safe import decoded, kind_of, parsed
from straume.web.services.rdf.sentences import sentence

MOST_ERRORS = 20


class CatalogueFileForm(forms.Form):
    """Checked as a whole: either it can be read, or everything that is wrong with it is said."""

    file = forms.FileField(
        label=gettext_lazy("File with services"),
        help_text=gettext_lazy(
            "CPSV-AP as Turtle (.ttl), JSON-LD (.jsonld) or RDF/XML (.rdf). Nothing is written yet."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Export it again and choose the new file."),
        },
        widget=forms.FileInput(attrs={"accept": ".ttl,.jsonld,.json,.rdf,.xml"}),
    )
    kind: str
    text: str
    reading: Reading

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        try:
            self.kind = kind_of(uploaded.name)
            self.text = decoded(uploaded.read())
            self.reading = services_of(parsed(self.text, self.kind))
        except InputProblems as error:
            raise forms.ValidationError([sentence(one) for one in error.problems[:MOST_ERRORS]]) from error
        return uploaded

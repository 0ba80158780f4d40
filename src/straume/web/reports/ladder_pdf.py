"""The evaluation of an activity, a cycle or a project on a sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from straume.web.reports import render


def ladder_pdf(
    table: Sequence[Sequence[str]],
    *,
    title: str,
    subject: str,
    simulated: bool,
    lang: str,
    made_on: date,
) -> bytes:
    """The rows of the page, its headings first, as PDF/UA-1."""
    values = {
        "lang": lang,
        "title": title,
        "subject": subject,
        "simulated": _("Simulated, not real data") if simulated else "",
        "note": _("A figure is shown from five answers on. Intervals hold in 95 of 100 such surveys."),
        "columns": list(table[0]),
        "rows": [[cell or "–" for cell in row] for row in table[1:]],
        "made": _("Straume, %(day)s") % {"day": made_on.isoformat()},
    }
    return render.pdf("ladder", values, made_on=made_on.isoformat())

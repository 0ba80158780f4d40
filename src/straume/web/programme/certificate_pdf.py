"""The certificate on paper, in the language of the person."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.programme import sheet_pdf, tickets
from straume.web.programme.models import Certificate
from straume.web.reports import render
from straume.web.reports.pictures.emblem import eu_emblem
from straume.words import format as words_format


def certificate_pdf(certificate: Certificate, *, base_url: str) -> bytes:
    """As PDF/UA-1; what it says was fixed on the day of issue, so it is the same each time."""
    lang = certificate.language
    address = verification_url(certificate, base_url)
    project = certificate.rule.subject.work_package.project
    with override(lang):
        logos = sheet_pdf.logos_of(project)
        values = {
            "lang": lang,
            "title": _("Certificate"),
            "name": certificate.name,
            "took_part": _("took part in"),
            "subject": certificate.text("title", lang),
            "when": words_format.period(certificate.from_on, certificate.until_on, lang),
            "hours": _("Hours of the programme: %(hours)s") % {"hours": hours_said(certificate, lang)},
            "learnt_title": _("What was learnt"),
            "learnt": certificate.text("learnt", lang),
            "project": f"{certificate.text('project', lang)} · {certificate.text('programme', lang)}",
            "issued": _("Issued on %(day)s") % {"day": words_format.date(certificate.issued_on, lang)},
            "issuer": certificate.text("issuer", lang),
            "signatory": certificate.text("signatory", lang),
            "number_said": _("Number of the certificate"),
            "number": certificate.number,
            "verify": _("Whether it is valid can be checked here:"),
            "address": address,
            "simulated": _("Simulated, not real data") if certificate.is_simulated else "",
            "co_financing": sheet_pdf.co_financing(project),
            "disclaimer": sheet_pdf.disclaimer(),
            "logos": [{"name": "emblem", "alt": _("Emblem of the European Union")}]
            + [{"name": name, "alt": alt} for name, alt, _svg in logos],
        }
    pictures = {"emblem": eu_emblem(), "code": tickets.qr_picture(address)}
    pictures |= {name: svg for name, _alt, svg in logos}
    return render.pdf("certificate", values, pictures=pictures, made_on=certificate.issued_on.isoformat())


def hours_said(certificate: Certificate, lang: str) -> str:
    return words_format.number(float(certificate.hours), lang, 0 if certificate.hours % 1 == 0 else 1)


def verification_url(certificate: Certificate, base_url: str) -> str:
    return base_url.rstrip("/") + reverse("public:verified", args=[certificate.number])

"""Whether a certificate is valid: for whoever has its number or its QR code, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from straume.web.accounts.limits import asks_too_often
from straume.web.programme.models import Certificate
from straume.words import format as words_format

AT_MOST = 30  # questions from one address in a minute
MINUTE = 60  # seconds


@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """A field for the number, for those who hold the paper and no camera."""
    typed = "".join(sign for sign in request.GET.get("number", "").lower() if sign.isalnum())
    if typed:
        return redirect("public:verified", typed[:32])
    return unindexed(render(request, "public/verify.html"))


@require_GET
def verified(request: HttpRequest, number: str) -> HttpResponse:
    """Valid, replaced or revoked, and what stands on the paper; nothing else about anybody."""
    if asks_too_often(request, what="verify", at_most=AT_MOST, seconds=MINUTE):
        error = _("Too many questions in a short time. Please wait a minute.")
        return unindexed(render(request, "public/verify.html", {"error": error}, status=429))
    certificate = Certificate.objects.select_related("revocation").filter(number=number.lower()).first()
    if certificate is None:
        error = _("There is no certificate with this number. Please compare it with the paper once more.")
        return unindexed(
            render(request, "public/verify.html", {"error": error, "number": number}, status=404)
        )
    lang = (get_language() or "en")[:2]
    context = {
        "certificate": certificate,
        "when": words_format.period(certificate.from_on, certificate.until_on, lang),
        "issuer": certificate.text("issuer", lang),
    }
    return unindexed(render(request, "public/verified.html", context))


def unindexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

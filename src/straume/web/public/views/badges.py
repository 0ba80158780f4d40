"""What readers of badges ask for: the issuer, the key, the achievement, and which badges no longer stand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from straume.web.places.models import Institution
from straume.web.places.permissions import not_here
from straume.web.programme import badges
from straume.web.programme.models import CertificateRule


def find_issuer(slug: str) -> Institution:
    """An institution that issues certificates; others have no such page."""
    rules = CertificateRule.objects.filter(issued_by__slug=slug).select_related("issued_by")
    rule = rules.first()
    if rule is None:
        raise not_here()
    return rule.issued_by


@require_GET
def issuer(request: HttpRequest, slug: str) -> JsonResponse:
    return JsonResponse(badges.issuer_profile(find_issuer(slug), request.build_absolute_uri("/")))


@require_GET
def did(request: HttpRequest, slug: str) -> HttpResponse:
    """The did:web document with the key; without https there is no did:web, so there is none."""
    found = find_issuer(slug)
    if not request.is_secure():
        raise not_here()
    return JsonResponse(badges.did_document(found, request.build_absolute_uri("/")))


@require_GET
def keys(request: HttpRequest) -> JsonResponse:
    """The public key of the installation as JWKS."""
    return JsonResponse({"keys": [badges.public_jwk() | {"use": "sig", "alg": badges.ALGORITHM}]})


@require_GET
def achievement(request: HttpRequest, pk: int) -> JsonResponse:
    rule = CertificateRule.objects.filter(pk=pk).first()
    if rule is None or not rule.certificates.exists():
        raise not_here()
    lang = (get_language() or "en")[:2]
    return JsonResponse(badges.achievement_of_rule(rule, request.build_absolute_uri("/"), lang))


@require_GET
def status(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    found = find_issuer(slug)
    token = badges.status_list(found, request.build_absolute_uri("/"), number, now=timezone.now())
    return HttpResponse(token, content_type="application/vc+jwt")

"""Open Badges 3.0 of certificates: credentials signed with the key of the installation (VC-JWT, Ed25519).

An issuer is an institution. Over https its identifier is a did:web, so that anybody finds the key by the name
of the site; without https, as on a trial, it is the address of its profile.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3 import (
    Achievement,
    Evidence,
    IdentityObject,
    Issuer,
    OB3Signer,
    OpenBadgeCredential,
    build_did_document,
    build_status_list_credential,
    did_web_from_url,
    sign_status_list_credential,
    status_entry,
)

from straume.web.homefolder import badge_key
from straume.web.places.models import Institution
from straume.web.programme.models import Certificate, CertificateRule

ALGORITHM = "EdDSA"
LIST_SIZE = 131_072  # bits of one status list, the least that the standard allows


def issuer_id(issuer: Institution, base_url: str) -> str:
    """`base_url` ends with a slash, as `request.build_absolute_uri("/")` gives it."""
    if base_url.startswith("https://"):
        return str(did_web_from_url(f"{base_url}badges/{issuer.slug}"))
    return base_url.rstrip("/") + reverse("public:badge_issuer", args=[issuer.slug])


def issuer_profile(issuer: Institution, base_url: str) -> dict[str, Any]:
    """Who issues, as anybody may read it."""
    profile = Issuer(id=issuer_id(issuer, base_url), name=issuer.name, url=base_url).to_dict()
    context = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    return {"@context": context} | profile


def public_jwk() -> dict[str, Any]:
    return dict(public_jwk_from_pem(public_pem()))


def public_pem() -> bytes:
    from cryptography.hazmat.primitives import serialization

    private = serialization.load_pem_private_key(badge_key(settings.HOME).encode(), password=None)
    form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return private.public_key().public_bytes(*form)


def did_document(issuer: Institution, base_url: str) -> dict[str, Any]:
    return dict(build_did_document(issuer_id(issuer, base_url), [("key-1", public_jwk())]))


def signed(certificate: Certificate, base_url: str) -> str:
    """The badge as VC-JWT: signed when it is first asked for, the same ever after."""
    if not certificate.badge:
        token = OB3Signer(badge_key(settings.HOME), algorithm=ALGORITHM).sign(
            credential(certificate, base_url)
        )
        Certificate.objects.filter(pk=certificate.pk, badge="").update(badge=token)
        certificate.refresh_from_db(fields=["badge"])
    return certificate.badge


def credential(certificate: Certificate, base_url: str) -> OpenBadgeCredential:
    """What is signed: no name and no address, the address as a salted hash; the public page says the name."""
    issuer = certificate.rule.issued_by
    root, lang = base_url.rstrip("/"), certificate.language
    page = root + reverse("public:verified", args=[certificate.number])
    identifiers = []
    if certificate.person is not None:
        identifiers = [IdentityObject.create(certificate.person.email, salt=certificate.number)]
    return OpenBadgeCredential(
        id=f"{page}#badge",
        issuer=Issuer(id=issuer_id(issuer, base_url), name=certificate.text("issuer", lang), url=base_url),
        recipient_id=None,
        identifiers=identifiers,
        achievement=achievement(certificate, base_url),
        issuance_date=datetime.combine(certificate.issued_on, time(), UTC),
        evidence=[Evidence(id=page, name=certificate.number)],
        credential_status=[
            status_entry(
                status_url(issuer, base_url, certificate.pk), "revocation", certificate.pk % LIST_SIZE
            )
        ],
    )


def achievement(certificate: Certificate, base_url: str) -> Achievement:
    lang = certificate.language
    return Achievement(
        id=base_url.rstrip("/") + reverse("public:badge_achievement", args=[certificate.rule_id]),
        name=certificate.text("title", lang),
        description=certificate.text("learnt", lang),
        criteria_narrative=criteria(certificate.rule, lang),
        achievement_type="Certificate",
    )


def achievement_of_rule(rule: CertificateRule, base_url: str, lang: str) -> dict[str, Any]:
    """The achievement as anybody may read it, in a language."""
    with override(lang):
        made = Achievement(
            id=base_url.rstrip("/") + reverse("public:badge_achievement", args=[rule.pk]),
            name=str(rule.subject),
            description=rule.learnt,
            criteria_narrative=criteria(rule, lang),
            achievement_type="Certificate",
        )
    context = ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    return {"@context": context} | made.to_dict()


def criteria(rule: CertificateRule, lang: str) -> str:
    with override(lang):
        return _("At least %(percent)s %% of the sessions were attended.") % {"percent": rule.least_percent}


def status_url(issuer: Institution, base_url: str, pk: int) -> str:
    return base_url.rstrip("/") + reverse("public:badge_status", args=[issuer.slug, pk // LIST_SIZE])


def status_list(issuer: Institution, base_url: str, number: int, *, now: datetime) -> str:
    """Which badges of an issuer no longer stand, as a signed list that tells no more than that."""
    first = number * LIST_SIZE
    fallen = Certificate.objects.filter(
        rule__issued_by=issuer, stands=False, pk__gte=first, pk__lt=first + LIST_SIZE
    )
    document = build_status_list_credential(
        issuer_id(issuer, base_url),
        status_url(issuer, base_url, first),
        "revocation",
        [pk % LIST_SIZE for pk in fallen.values_list("pk", flat=True)],
        issued=now,
    )
    return str(sign_status_list_credential(document, badge_key(settings.HOME), ALGORITHM))


def picture(certificate: Certificate, base_url: str) -> bytes:
    """The badge as a picture that carries its signature."""
    from openbadgeslib import baking

    token = signed(certificate, base_url)
    return bytes(
        baking.bake_svg(BADGE.encode(), token, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3)
    )


BADGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200">'
    '<title>Straume</title><circle cx="100" cy="100" r="92" fill="#0b2f42"/>'
    '<circle cx="100" cy="100" r="80" fill="none" stroke="#ffffff" stroke-width="3"/>'
    '<path d="M40 84c20-20 40 20 60 0s40 20 60 0M40 116c20-20 40 20 60 0s40 20 60 0" fill="none" '
    'stroke="#ffffff" stroke-width="9" stroke-linecap="round"/></svg>'
)

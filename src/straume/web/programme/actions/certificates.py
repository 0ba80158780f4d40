"""Issuing certificates, issuing one again with another name, taking one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.places import mail
from straume.web.programme import qualifying
from straume.web.programme.models import Certificate, CertificateRule, Project, Revocation

LANGUAGES = ("lv", "lt", "en")


def issue(
    *, rule: CertificateRule, people: Sequence[User], by: User, today: date, page_url: str
) -> list[Certificate]:
    """One for each of these people who qualifies and has none that stands; letters go on commit."""
    entitled = {
        one.person.pk for one in qualifying.candidates(rule) if one.qualifies and one.certificate is None
    }
    texts, (from_on, until_on) = texts_of(rule), qualifying.days_of(rule)
    made = []
    with transaction.atomic():
        for person in people:
            if person.pk in entitled:
                made += _issued_once(
                    rule=rule,
                    person=person,
                    name=person.name,
                    language=person.language,
                    texts=texts,
                    hours=rule.hours,
                    from_on=from_on,
                    until_on=until_on,
                    issued_on=today,
                    issued_by=by,
                    is_simulated=rule.is_simulated,
                )
        transaction.on_commit(lambda: tell(made, page_url))
    return made


def _issued_once(**fields: object) -> list[Certificate]:
    """Nothing where somebody was quicker: of a rule and a person one certificate stands."""
    try:
        with transaction.atomic():
            return [Certificate.objects.create(**fields)]
    except IntegrityError:
        return []


def texts_of(rule: CertificateRule) -> dict[str, dict[str, str]]:
    """What is printed, in each language, as it stands today."""
    made = {}
    for lang in LANGUAGES:
        with override(lang):
            project = project_of(rule)
            made[lang] = {
                "title": str(rule.subject),
                "learnt": rule.learnt,
                "issuer": rule.issued_by.name,
                "signatory": rule.signatory,
                "project": _("%(code)s “%(name)s”") % {"code": project.code, "name": project.name},
                "programme": project.programme,
            }
    return made


def project_of(rule: CertificateRule) -> Project:
    return rule.subject.work_package.project


@transaction.atomic
def issue_again(*, certificate: Certificate, name: str, language: str, by: User, today: date) -> Certificate:
    """With the name put right, or in another language; the earlier one then says that it was replaced."""
    changed = Certificate.objects.filter(pk=certificate.pk, stands=True).update(stands=False)
    if not changed:
        return Certificate.objects.filter(replaces=certificate).first() or certificate
    old = Certificate.objects.get(pk=certificate.pk)
    return Certificate.objects.create(
        rule=old.rule,
        person=old.person,
        name=name,
        language=language,
        texts=old.texts,
        hours=old.hours,
        from_on=old.from_on,
        until_on=old.until_on,
        issued_on=today,
        issued_by=by,
        replaces=old,
        is_simulated=old.is_simulated,
    )


@transaction.atomic
def revoke(*, certificate: Certificate, cause: str, reason: str, by: User, now: datetime) -> bool:
    """Take it back. Where the person wishes it, the name goes from this one and from those before it."""
    changed = Certificate.objects.filter(pk=certificate.pk, stands=True).update(stands=False)
    if not changed:
        return False
    Revocation.objects.create(
        certificate=certificate, cause=cause, reason=reason, revoked_by=by, revoked_at=now
    )
    if cause == Revocation.Cause.WISH:
        forget_name(certificate)
    return True


def forget_name(certificate: Certificate) -> None:
    """The record stays, that it was taken back stays; whose it was does not."""
    one: Certificate | None = Certificate.objects.get(pk=certificate.pk)
    while one is not None:
        Certificate.objects.filter(pk=one.pk).update(name="", person=None, badge="")
        one = one.replaces


def tell(made: Sequence[Certificate], page_url: str) -> None:
    """To each in their language where their certificate is; over one connection."""
    mail.send_each(letter(one, page_url) for one in made if one.person is not None)


def letter(certificate: Certificate, page_url: str) -> EmailMessage:
    assert certificate.person is not None
    with override(certificate.language):
        title = certificate.text("title", certificate.language)
        subject = _("Your certificate: %(title)s") % {"title": title}
        body = render_to_string(
            "programme/mail/certificate.txt",
            {"certificate": certificate, "title": title, "page_url": page_url},
        )
    return EmailMessage(subject, body, None, [certificate.person.email])

"""Writes over several models, each in one transaction; letters go out after it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from straume.web.accounts.models import User
from straume.web.places import mail
from straume.web.places.models import Handover, Institution, Membership, PoliticalTerm, Unit
from straume.web.places.registry import Belonging, belongings


@transaction.atomic
def add_member(
    *,
    institution: Institution,
    email: str,
    name: str,
    language: str,
    role: str,
    unit: Unit | None,
    from_on: date,
    until_on: date | None,
    granted_by: User,
    sign_in_url: str,
) -> Membership:
    """Give a role to whoever reads mail at `email`; a person who is new to Straume is written down first."""
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        person = User.objects.create_user(email, name=name, language=language)
    membership = Membership.objects.create(
        person=person,
        institution=institution,
        unit=unit,
        role=role,
        from_on=from_on,
        until_on=until_on,
        granted_by=granted_by,
    )
    transaction.on_commit(lambda: tell_new_member(membership, sign_in_url))
    return membership


def tell_new_member(membership: Membership, sign_in_url: str) -> None:
    """In the language of the person, who may never have heard of Straume."""
    with override(membership.person.language):
        body = render_to_string(
            "places/mail/added.txt", {"membership": membership, "sign_in_url": sign_in_url}
        )
        subject = _("You have a role in Straume: %(institution)s") % {
            "institution": membership.institution.name
        }
        mail.send(subject, body, membership.person.email)


def belongings_of(person: User, institution: Institution) -> list[Belonging]:
    """What the person owns in the institution, in every app."""
    return [belonging for handing in belongings for belonging in handing.owned(person, institution)]


@transaction.atomic
def hand_over(
    *, institution: Institution, from_person: User, to_person: User, done_by: User, now: datetime
) -> Handover:
    """All that `from_person` owned in the institution goes to `to_person`; a record says what it was."""
    counts = Counter(belonging.kind for belonging in belongings_of(from_person, institution))
    for handing in belongings:
        handing.hand_over(from_person, to_person, institution)
    return Handover.objects.create(
        institution=institution,
        from_person=from_person,
        to_person=to_person,
        done_by=done_by,
        done_at=now,
        counts=dict(counts),
    )


@transaction.atomic
def begin_term(term: PoliticalTerm) -> PoliticalTerm:
    """Save a new term; the one that ran until then ends the day before."""
    running = PoliticalTerm.objects.filter(institution=term.institution, from_on__lt=term.from_on)
    last_day = term.from_on - timedelta(days=1)
    running.exclude(until_on__lt=term.from_on).update(until_on=last_day)
    term.save()
    return term

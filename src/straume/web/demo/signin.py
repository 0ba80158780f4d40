"""One sign-in link per role: signed with the installation's key, without an end, for the demo only."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from straume.web.accounts.models import User
from straume.web.demo.people import CAST, email_of

SALT = "straume.demo.sign-in"


@dataclass(frozen=True)
class RoleLink:
    role: str
    name: str
    where: str
    path: str


def link_for(person: User) -> str:
    return reverse("demo:sign_in", args=[signing.Signer(salt=SALT).sign_object(person.pk)])


def person_of(token: str) -> User | None:
    """The person of a link, or None where the link is not ours or the person is none of the cast."""
    try:
        pk = signing.Signer(salt=SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=pk, email__in=[email_of(role) for role in CAST], is_active=True).first()


def role_links() -> list[RoleLink]:
    """In the order in which the cast is written down."""
    people = {person.email: person for person in User.objects.filter(email__in=[email_of(r) for r in CAST])}
    return [
        RoleLink(
            str(entry.role.label), people[email_of(role)].name, entry.where, link_for(people[email_of(role)])
        )
        for role, entry in CAST.items()
        if email_of(role) in people
    ]

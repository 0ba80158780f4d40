"""Give somebody a role from the command line: the first administrator of an installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role


class Command(BaseCommand):
    help = "Give the person with this e-mail address a role in an institution, from today on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("institution", help="its short name, such as livani")
        parser.add_argument("role", choices=[str(role) for role in Role.values if role != Role.UNIT_HEAD])
        parser.add_argument("--name", help="for a person who is new to Straume")
        parser.add_argument("--language", choices=[code for code, _label in settings.LANGUAGES])

    def handle(
        self,
        *,
        email: str,
        institution: str,
        role: str,
        name: str | None,
        language: str | None,
        **options: Any,
    ) -> None:
        place = Institution.objects.filter(slug=institution).first()
        if place is None:
            raise CommandError(f"There is no institution “{institution}”. Add it with add_institution.")
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            if not name:
                raise CommandError(f"{email} is new here: give the name too, with --name.")
            try:
                person = User.objects.create_user(email, name=name, language=language or place.country)
            except ValidationError as error:
                raise CommandError("; ".join(error.messages)) from error
        _held, made = Membership.objects.get_or_create(
            person=person,
            institution=place,
            role=role,
            unit=None,
            until_on=None,
            defaults={"from_on": timezone.localdate()},
        )
        already = "" if made else " already"
        self.stdout.write(f"{person.name} has{already} the role {role} in {place.name}.")

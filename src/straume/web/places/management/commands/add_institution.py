"""Write down an institution, for a new installation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from straume.web.places.models import Institution
from straume.web.places.models.institutions import Country

ZONES = {"lv": "Europe/Riga", "lt": "Europe/Vilnius"}


class Command(BaseCommand):
    help = "Add an institution; then give somebody the role of administrator with `grant`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="short name in addresses, such as livani")
        parser.add_argument("--country", choices=[str(code) for code in Country.values], required=True)
        parser.add_argument(
            "--kind", choices=[str(kind) for kind in Institution.Kind.values], default="municipality"
        )
        parser.add_argument(
            "--tier", choices=[str(tier) for tier in Institution.Tier.values], default="involved"
        )
        for code in ("lv", "lt", "en"):
            parser.add_argument(f"--name-{code}", required=True)

    def handle(self, *, slug: str, country: str, kind: str, tier: str, **options: Any) -> None:
        names = {f"name_{code}": options[f"name_{code}"] for code in ("lv", "lt", "en")}
        institution = Institution(
            slug=slug, country=country, kind=kind, tier=tier, timezone=ZONES[country], **names
        )
        try:
            institution.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        institution.save()
        self.stdout.write(f"{institution.name} is written down; its address is /institutions/{slug}/.")

"""Inhabitants of municipalities from Eurostat's list of local administrative units (LAU) as CSV."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from straume.web.places.models import Population, TerritorialUnit

COLUMNS = {"country", "lau_code", "lau_name_national", "population"}


class Command(BaseCommand):
    help = (
        "Import inhabitants from a CSV with the columns country, lau_code, lau_name_national, population. "
        "Territories are found by country and code; those that are not there are named and left out, "
        "or made with --add."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True, help="inhabitants on 1 January of this year")
        parser.add_argument("--source", default="Eurostat, LAU", help="said beside every figure")
        parser.add_argument("--country", choices=["lv", "lt"], help="this country's rows only")
        parser.add_argument("--add", action="store_true", help="make territories that are not there yet")

    def handle(
        self, *, file: Path, year: int, source: str, country: str | None, add: bool, **options: Any
    ) -> None:
        rows = [row for row in read(file) if country in (None, row["country"].lower())]
        unknown = []
        with transaction.atomic():
            for number, row in enumerate(rows, start=2):
                inhabitants = whole_number(row["population"], file=file, line=number)
                territory = find(row, add=add)
                if territory is None:
                    unknown.append(row["lau_name_national"])
                    continue
                Population.objects.update_or_create(
                    territory=territory,
                    year=year,
                    defaults={"inhabitants": inhabitants, "source": source, "is_simulated": False},
                )
        self.stdout.write(f"{len(rows) - len(unknown)} territories have their inhabitants of {year}.")
        if unknown:
            self.stdout.write(f"Not known here, left out (use --add to make them): {', '.join(unknown)}.")


def read(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            table = csv.DictReader(lines)
            missing = COLUMNS - set(table.fieldnames or [])
            if missing:
                raise CommandError(f"{file.name} has no column {', '.join(sorted(missing))}.")
            return list(table)
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file.name} is not UTF-8. Save it as UTF-8 and try again.") from error


def whole_number(text: str, *, file: Path, line: int) -> int:
    try:
        number = int(text)
    except (TypeError, ValueError) as error:
        raise CommandError(
            f"{file.name}, line {line}: “{text}” is no whole number of inhabitants."
        ) from error
    if number < 0:
        raise CommandError(f"{file.name}, line {line}: {number} inhabitants cannot be.")
    return number


def find(row: dict[str, str], *, add: bool) -> TerritorialUnit | None:
    country, code = row["country"].lower(), row["lau_code"]
    territory = TerritorialUnit.objects.filter(country=country, code=code).first()
    if territory is None and add:
        territory = TerritorialUnit.objects.create(
            country=country, code=code, name=row["lau_name_national"], kind="municipality"
        )
    return territory

"""The places of the project: territories, institutions, the reform of 1 July 2021, elections, the promise."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from straume.web.demo import units
from straume.web.places.models import (
    Area,
    Institution,
    Lineage,
    PoliticalTerm,
    Population,
    Promise,
    TerritorialUnit,
)

REFORM_ON = date(2021, 7, 1)
LAST_DAY_BEFORE = date(2021, 6, 30)
SIMULATED = "Straume"
YEARS = range(2017, 2027)


# from → to, all parishes unless named
REFORM = [
    ("daugavpils-novads", "augsdaugava", "merge", ()),
    ("ilukste", "augsdaugava", "merge", ()),
    ("riebini", "preili", "merge", ()),
    ("varkava", "preili", "merge", ()),
    ("aglona", "preili", "split", ("Aglonas pagasts",)),
    ("aglona", "kraslava", "split", ("Grāveru pagasts", "Kastuļinas pagasts", "Šķeltovas pagasts")),
    ("dagda", "kraslava", "merge", ()),
    ("baltinava", "balvi", "merge", ()),
    ("rugaji", "balvi", "merge", ()),
    ("vilaka", "balvi", "merge", ()),
    ("cibla", "ludza", "merge", ()),
    ("karsava", "ludza", "merge", ()),
    ("zilupe", "ludza", "merge", ()),
    ("vilani", "rezekne-novads", "merge", ()),
]

PROMISE = {
    "lv": "Lean šeit kalpo iedzīvotājiem. Neviens amats netiek likvidēts tāpēc, ka darbs kļuvis "
    "vienkāršāks: atbrīvotās stundas paliek struktūrvienībā, un tā pati saka, kam tās izmanto.",
    "lt": "Lean čia tarnauja gyventojams. Nė viena pareigybė nenaikinama dėl to, kad darbas tapo "
    "paprastesnis: atlaisvintos valandos lieka padaliniui, ir jis pats pasako, kam jas panaudoja.",
    "en": "Lean here serves citizens. No post is cut because work has become simpler: the hours set free "
    "stay with the unit, and the unit itself says what they are used for.",
}
GIVEN_BY = {
    "ezeru-krastas": ("Biroja direktors", "Biuro direktorius", "Director of the office"),
    "latgale": ("Administrācijas vadītājs", "Administracijos vadovas", "Head of administration"),
}
PROMISED_ON = date(2017, 6, 1)


def seed(today: date) -> None:
    for row in table("institutions.csv"):
        make_institution(row)
    for row in table("territories.csv"):
        settle(row)
    begin_augsdaugava()
    for source, target, kind, parishes in REFORM:
        reform(source, target, kind, parishes)
    for institution in Institution.objects.filter(kind="municipality"):
        elect(institution)
    promise()
    units.seed()


def table(name: str) -> list[dict[str, str]]:
    """Public facts beside this module; the inhabitants in them are round figures made for the demo."""
    with (Path(__file__).parent / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def make_institution(row: dict[str, str]) -> None:
    days = {key: date.fromisoformat(row[key]) if row[key] else None for key in ("from_on", "until_on")}
    # of the municipal centre, for maps
    place = {key: row[key] or None for key in ("latitude", "longitude")}
    timezone = "Europe/Riga" if row["country"] == "lv" else "Europe/Vilnius"
    Institution.objects.create(**(row | days | place | {"timezone": timezone}))


def settle(row: dict[str, str]) -> None:
    """The municipality's territory with its towns and parishes, each with simulated inhabitants a year."""
    institution = Institution.objects.get(slug=row["institution"])
    country, in_2019 = institution.country, int(row["simulated_2019"])
    whole = TerritorialUnit.objects.create(
        country=country,
        kind="municipality",
        code=row["lau_code"],
        name=row["name"],
        until_on=institution.until_on,
    )
    Area.objects.create(institution=institution, territory=whole, until_on=institution.until_on)
    kind, suffix = ("parish", " pagasts") if country == "lv" else ("eldership", " seniūnija")
    parts = [(name, "city", 4) for name in names(row["towns"])]
    parts += [(name + suffix, kind, 3 if "miesto" in name else 1) for name in names(row["parishes"])]
    if not parts:
        count_people(whole, in_2019)
    heaviness = sum(weight for _name, _kind, weight in parts)
    for name, part_kind, weight in parts:
        part = TerritorialUnit.objects.create(country=country, kind=part_kind, name=name, parent=whole)
        Area.objects.create(institution=institution, territory=part)
        count_people(part, in_2019 * weight // heaviness)


def names(cell: str) -> list[str]:
    return cell.split("; ") if cell else []


def count_people(territory: TerritorialUnit, in_2019: int) -> None:
    """Round figures that shrink by 1.5 % a year, as most of the region does."""
    Population.objects.bulk_create(
        Population(
            territory=territory,
            year=year,
            inhabitants=max(10, round(in_2019 * (1 - 0.015 * (year - 2019)), -1)),
            source=SIMULATED,
            is_simulated=True,
        )
        for year in YEARS
    )


def begin_augsdaugava() -> None:
    """The one municipality that the reform made anew."""
    institution = Institution.objects.get(slug="augsdaugava")
    whole = TerritorialUnit.objects.create(
        country="lv", kind="municipality", name="Augšdaugavas novads", from_on=REFORM_ON
    )
    Area.objects.create(institution=institution, territory=whole, from_on=REFORM_ON)


def reform(source: str, target: str, kind: str, parishes: tuple[str, ...]) -> None:
    """Write the lineage and move the parishes: the old area ends, the new one begins."""
    old, new = Institution.objects.get(slug=source), Institution.objects.get(slug=target)
    whole = TerritorialUnit.objects.filter(areas__institution=new, kind="municipality").get()
    parts = TerritorialUnit.objects.filter(areas__institution=old).exclude(kind="municipality")
    if parishes:
        parts = parts.filter(name__in=parishes)
    lineage = Lineage.objects.create(
        from_institution=old, to_institution=new, happened_on=REFORM_ON, kind=kind
    )
    for part in parts:
        lineage.territories.add(part)
        Area.objects.filter(institution=old, territory=part).update(until_on=LAST_DAY_BEFORE)
        Area.objects.create(institution=new, territory=part, from_on=REFORM_ON)
        part.parent = whole
        part.save()


LV_ELECTIONS = [date(2017, 6, 3), date(2021, 6, 5), date(2025, 6, 7)]
# councils elected on 5 June 2021 took office with the reform
LV_TERMS = [
    (date(2017, 6, 3), LAST_DAY_BEFORE),
    (REFORM_ON, date(2025, 6, 6)),
    (date(2025, 6, 7), None),
]
LT_TERMS = [
    (date(2019, 3, 3), date(2019, 3, 17), date(2023, 3, 4)),
    (date(2023, 3, 5), None, None),
]


def elect(institution: Institution) -> None:
    """Terms counted from election day; who was elected is nobody's business here."""
    if institution.country == "lt":
        for election_on, runoff_on, until_on in LT_TERMS:
            PoliticalTerm.objects.create(
                institution=institution,
                kind="mayor",
                election_on=election_on,
                runoff_on=runoff_on,
                from_on=election_on,
                until_on=until_on,
            )
        return
    for election_on, (from_on, until_on) in zip(LV_ELECTIONS, LV_TERMS, strict=True):
        if institution.exists_on(from_on):
            PoliticalTerm.objects.create(
                institution=institution,
                kind="council",
                election_on=election_on,
                from_on=from_on,
                until_on=until_on,
            )


def promise() -> None:
    for slug, (lv, lt, en) in GIVEN_BY.items():
        Promise.objects.create(
            institution=Institution.objects.get(slug=slug),
            text_lv=PROMISE["lv"],
            text_lt=PROMISE["lt"],
            text_en=PROMISE["en"],
            given_by_lv=lv,
            given_by_lt=lt,
            given_by_en=en,
            given_on=PROMISED_ON,
            is_simulated=True,
        )

"""Units and posts of the demo. Names as such units are called; posts, grades and rates are simulated."""

from __future__ import annotations

from decimal import Decimal

from straume.web.places.models import Institution, Post, TerritorialUnit, Unit

# code of the seed → name in the institution's language
LATVIAN = {
    "administration": "Izpilddirekcija",
    "taxes": "Nodokļu nodaļa",
    "lawyers": "Juridiskā nodaļa",
    "records": "Lietvedības nodaļa",
    "finance": "Finanšu nodaļa",
    "building": "Būvvalde",
    "social": "Sociālais dienests",
    "environment": "Vides un labiekārtošanas nodaļa",
    "council": "Dome un komitejas",
}
LITHUANIAN = {
    "administration": "Administracija",
    "records": "Bendrasis skyrius",
    "environment": "Aplinkos apsaugos skyrius",
    "lawyers": "Teisės skyrius",
    "finance": "Finansų skyrius",
    "building": "Architektūros ir urbanistikos skyrius",
    "social": "Socialinės paramos skyrius",
    "council": "Taryba ir komitetai",
}
PLANNING_REGION = {
    "administration": "Administrācija",
    "projects": "Projektu nodaļa",
    "planning": "Attīstības plānošanas nodaļa",
    "transport": "Sabiedriskā transporta nodaļa",
}
EUROREGION = {"administration": "Biuras", "projects": "Projektų skyrius"}

KINDS = {"council": Unit.Kind.COUNCIL, "administration": Unit.Kind.DEPARTMENT, "building": Unit.Kind.BODY}
# the units under the administration; the rest stands at the top
UNDER_ADMINISTRATION = {
    "environment",
    "finance",
    "lawyers",
    "planning",
    "projects",
    "records",
    "taxes",
    "transport",
}
PARISH_OFFICES_IN = {"livani", "preili", "kraslava", "utena", "anyksciai"}

# (title lv, title lt, grade, FTE, EUR per hour)
POSTS = [
    ("Nodaļas vadītājs", "Skyriaus vedėjas", "11", Decimal("1.00"), Decimal("14.50")),
    ("Vecākais speciālists", "Vyriausiasis specialistas", "9", Decimal("2.00"), Decimal("11.20")),
    ("Speciālists", "Specialistas", "7", Decimal("1.50"), Decimal("9.40")),
]


def seed() -> None:
    for institution in Institution.objects.filter(tier__in=["partner", "involved"]):
        for code, name in names_in(institution).items():
            make_unit(institution, code, name)
        if institution.slug in PARISH_OFFICES_IN:
            parish_offices(institution)


def names_in(institution: Institution) -> dict[str, str]:
    if institution.kind == Institution.Kind.PLANNING_REGION:
        return PLANNING_REGION
    if institution.kind == Institution.Kind.EUROREGION:
        return EUROREGION
    return LATVIAN if institution.country == "lv" else LITHUANIAN


def unit_of(institution: Institution, code: str) -> Unit:
    """The seeded unit with this code, such as unit_of(livani, "taxes"); for the seeds of other apps."""
    return Unit.objects.get(institution=institution, name=names_in(institution)[code])


def make_unit(institution: Institution, code: str, name: str) -> None:
    above = unit_of(institution, "administration") if code in UNDER_ADMINISTRATION else None
    unit = Unit.objects.create(
        institution=institution,
        parent=above,
        name=name,
        kind=KINDS.get(code, Unit.Kind.DEPARTMENT if code != "social" else Unit.Kind.BODY),
        contact_post=POSTS[0][0] if institution.country == "lv" else POSTS[0][1],
        until_on=institution.until_on,
    )
    if code == "council":
        return
    for lv, lt, grade, fte, rate in POSTS:
        Post.objects.create(
            unit=unit,
            title=lv if institution.country == "lv" else lt,
            grade=grade,
            fte=fte,
            cost_eur_per_hour=rate,
            is_simulated=True,
        )


def parish_offices(institution: Institution) -> None:
    administration = unit_of(institution, "administration")
    parts = TerritorialUnit.objects.filter(areas__institution=institution, areas__until_on__isnull=True)
    for part in parts.filter(kind__in=["parish", "eldership"]):
        lithuanian = institution.country == "lt"
        name = part.name if lithuanian else part.name.removesuffix("pagasts") + "pagasta pārvalde"
        office = Unit.objects.create(
            institution=institution,
            parent=administration,
            name=name,
            kind=Unit.Kind.PARISH_OFFICE,
        )
        Post.objects.create(
            unit=office,
            title="Seniūnas" if lithuanian else "Pārvaldes vadītājs",
            grade="9",
            fte=Decimal("1.00"),
            cost_eur_per_hour=Decimal("11.80"),
            is_simulated=True,
        )

"""A training in two sessions, and people who have a place in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.programme.models import Activity, Cycle, Project, Registration, Session, WorkPackage

FIRST_DAY, SECOND_DAY = date(2018, 6, 6), date(2018, 6, 7)
NOON = datetime(2018, 6, 6, 9, 0, tzinfo=UTC)


def project(code: str = "LLI-59") -> Project:
    made, _new = Project.objects.get_or_create(
        code=code,
        defaults={
            "name_lv": "Atvērtā līderība",
            "name_lt": "Atvira lyderystė",
            "name_en": "Open leadership",
            "programme_en": "Interreg V-A Latvia–Lithuania Programme 2014–2020",
            "from_on": date(2017, 5, 1),
            "until_on": date(2019, 4, 30),
            "stated_total_eur": Decimal("382667.65"),
            "stated_eu_eur": Decimal("325267.50"),
        },
    )
    return made


def training(
    *, title: str = "Lean apmācība", cycle: Cycle | None = None, places: int = 40, **fields: Any
) -> Activity:
    package, _new = WorkPackage.objects.get_or_create(
        project=project(), number="T1", defaults={"title_lv": "Mācības"}
    )
    activity = Activity.objects.create(
        work_package=package,
        cycle=cycle,
        kind=Activity.Kind.TRAINING,
        status=Activity.Status.HELD,
        title_lv=title,
        title_lt=f"{title} LT",
        title_en=f"{title} EN",
        from_on=FIRST_DAY,
        until_on=SECOND_DAY,
        place="Līvāni",
        places=places,
        **fields,
    )
    for day, name in ((6, "Pirmā diena"), (7, "Otrā diena")):
        Session.objects.create(
            activity=activity,
            title_lv=name,
            title_lt=f"Diena {day}",
            title_en=f"Day {day}",
            starts_at=datetime(2018, 6, day, 6, 0, tzinfo=UTC),
            ends_at=datetime(2018, 6, day, 13, 0, tzinfo=UTC),
        )
    return activity


def registered(
    activity: Activity, person: User, institution: Institution | None = None, **fields: Any
) -> Registration:
    fields.setdefault("status", Registration.Status.CONFIRMED)
    if fields["status"] in Registration.HOLDS_A_PLACE:
        Activity.objects.filter(pk=activity.pk).update(taken=activity.taken + 1)
        activity.refresh_from_db()
    return Registration.objects.create(
        activity=activity, person=person, institution=institution, way="delegated", made_at=NOON, **fields
    )

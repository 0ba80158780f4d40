"""A programme in tests: a project of one partner, a work package, a cycle, activities on request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from straume.web.places.models import Institution
from straume.web.programme.models import (
    Activity,
    BudgetLine,
    Cycle,
    Partner,
    Project,
    Session,
    WorkPackage,
)
from straume.web.programme.registry import session_changes


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def project(lead_body: Institution) -> Project:
    made = Project.objects.create(
        code="LLI-59",
        name="Open leadership",
        programme="Interreg",
        programme_url="https://latlit.example/",
        from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30),
        stated_total_eur=Decimal("1000.01"),
        stated_eu_eur=Decimal("850.00"),
    )
    partner = Partner.objects.create(project=made, institution=lead_body, part="lead")
    BudgetLine.objects.create(
        partner=partner, category="travel", amount_eur=Decimal("1000.01"), eu_amount_eur=Decimal("850.00")
    )
    return made


@pytest.fixture
def package(project: Project) -> WorkPackage:
    return WorkPackage.objects.create(project=project, number="2", title="Trainings")


@pytest.fixture
def cycle(package: WorkPackage) -> Cycle:
    return Cycle.objects.create(work_package=package, title="Ten days of lean")


@pytest.fixture
def make_activity(package: WorkPackage, today: date) -> Callable[..., Activity]:
    """make_activity(kind="training", in_days=7) → an activity of one day that could be announced."""

    def make(*, in_days: int = 7, sessions: int = 1, **fields) -> Activity:
        day = fields.pop("on", today + timedelta(days=in_days))
        given = {
            "work_package": package,
            "kind": "training",
            "title_lv": "Zudumi",
            "title_lt": "Švaistymas",
            "title_en": "Waste",
            "place": "Rēzekne",
            "country": "lv",
            "languages": ["lv", "lt"],
            "places": 20,
            "from_on": day,
            "until_on": day,
        }
        made = Activity.objects.create(**(given | fields))
        for number in range(sessions):
            begins = datetime(
                day.year, day.month, day.day, 9 + 2 * number, tzinfo=timezone.get_default_timezone()
            )
            Session.objects.create(
                activity=made,
                title=f"Session {number + 1}",
                starts_at=begins,
                ends_at=begins + timedelta(minutes=90),
                room="201",
            )
        return made

    return make


@pytest.fixture
def heard() -> Iterator[list[tuple[str, str, int]]]:
    """[(title of the session, what happened, its number of changes)] as those who invite hear it."""
    told: list[tuple[str, str, int]] = []
    kept = dict(session_changes._entries)
    session_changes.register("test", lambda s, what: told.append((s.title, str(what), s.sequence)))
    yield told
    session_changes._entries = kept

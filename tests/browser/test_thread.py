"""From the need that somebody named to the practice that somebody took over, and back, in three languages."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest

from straume.web.accounts.models import User
from straume.web.groups.models import Adoption, CardPublication, PracticeCard
from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.programme.models import (
    Activity,
    ActivityNeed,
    Attendance,
    Project,
    Registration,
    Session,
    WorkPackage,
)
from straume.web.services.models import Offer, PublicService
from straume.web.studies.models import Study, StudyOrigin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2018, 6, 6, 7, tzinfo=UTC)
TODAY = date(2018, 6, 6)
NEED = {"lv": "Redzēt, kur paliek laiks", "lt": "Matyti, kur dingsta laikas", "en": "Seeing where time goes"}
CARD = {"lv": "Parāds trijos soļos", "lt": "Skola trimis žingsniais", "en": "A debt in three steps"}
UTENA = {"lv": "Utenas rajona pašvaldība", "lt": "Utenos rajono savivaldybė", "en": "Utena"}

SERVICE = "Recovering tax debts"


@pytest.fixture
def tied(demo_places) -> Need:
    """A need, an activity with six people, a study that came of it, a card, and Utena that took it over."""
    livani, utena = (Institution.objects.get(slug=slug) for slug in ("livani", "utena"))
    package = WorkPackage.objects.create(project=Project.objects.get(), number="9", title_en="Training")
    activity = Activity.objects.create(
        work_package=package, kind="training", title_lv="Lean pamati", title_lt="Lean pagrindai",
        title_en="Lean basics", from_on=TODAY, until_on=TODAY, place="Daugavpils", places=20, status="held",
    )  # fmt: skip
    need = Need.objects.create(
        kind="training", named_on=date(2016, 4, 1), **{f"title_{code}": text for code, text in NEED.items()}
    )
    ActivityNeed.objects.create(activity=activity, need=need)
    session = Session.objects.create(
        activity=activity, title_en="Day", starts_at=NOW, ends_at=NOW.replace(hour=14)
    )
    for number in range(6):
        person = User.objects.create_user(f"p{number}@example.org", name=f"Person {number}")
        taking = Registration.objects.create(
            activity=activity,
            person=person,
            institution=livani,
            way="delegated",
            status="confirmed",
            made_at=NOW,
        )
        Attendance.objects.create(
            session=session, registration=taking, how="signed", came_at=NOW, key=uuid.uuid4()
        )
    owner = User.objects.get(email="facilitator@demo.example")
    service = PublicService.objects.create(identifier="tax-debts", name=SERVICE)
    offer = Offer.objects.create(service=service, institution=livani)
    study = Study.objects.create(offer=offer, owner=owner, entrance="steps", created_at=NOW)
    StudyOrigin.objects.create(study=study, activity=activity, said_by=owner, said_at=NOW)
    card = PracticeCard.objects.create(
        institution=livani, activity=activity, contact_post="Office", made_at=NOW,
        **{f"title_{code}": text for code, text in CARD.items()},
    )  # fmt: skip
    CardPublication.objects.create(card=card, published_by=owner, published_at=NOW)
    Adoption.objects.create(card=card, institution=utena, began_on=date(2018, 9, 1), made_at=NOW)
    return need


def test_the_thread_is_walked_both_ways_in_each_language(tied, as_role, axe, overflow) -> None:
    for language in NEED:
        page = as_role("facilitator", language=language, size=(320, 800))
        walk(page, tied, language, axe if language == "lt" else lambda page: [], overflow)


def walk(page, need: Need, language: str, axe, overflow) -> None:
    page.goto(f"/needs/{need.pk}/")
    page.locator("#thread a.button").click()
    page.wait_for_selector("ol.thread")
    assert axe(page) == [] and overflow(page) <= 0
    stages = page.locator("ol.thread > li h2").all_inner_texts()
    assert len(stages) == 7
    words = page.locator("ol.thread").inner_text()
    assert CARD[language] in words and UTENA[language] in words and SERVICE in words
    assert "Person" not in words
    # onward to the end, and from there all the way back
    page.locator("ol.thread > li").last.get_by_role("link").last.click()
    page.wait_for_selector("ol.thread > li.here:last-child")
    back = page.locator("ol.thread > li")
    assert NEED[language] in back.first.inner_text()
    assert CARD[language] in page.locator("ol.thread").inner_text()
    back.first.get_by_role("link", name=NEED[language]).first.click()
    page.wait_for_url(f"**/needs/{need.pk}/")
    assert page.complaints == []

"""A coordinator makes and announces an activity in Lithuanian; everybody reads it on a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from straume.web.programme.models import Activity, Cycle, Project, WorkPackage

pytestmark = pytest.mark.browser
NARROW = (320, 800)


@pytest.fixture
def programme_seeded(demo_places) -> None:
    from straume.web.demo import activities

    activities.seed(timezone.localdate())


def test_a_coordinator_makes_and_announces_an_activity(demo_places, as_role, axe, overflow) -> None:
    package = WorkPackage.objects.create(
        project=Project.objects.get(code="LLI-59"),
        number="T2",
        title_lt="Mokymai",
        title_lv="Mācības",
        title_en="Training",
    )
    page = as_role("lithuanian_coordinator", language="lt")
    page.goto("/programme/")
    page.get_by_role("link", name="Nauja veikla").click()
    assert axe(page) == [] and overflow(page) == 0
    page.get_by_role("button", name="Išsaugoti").click()  # nothing filled in
    assert page.locator(".error-summary").is_visible() and axe(page) == []
    page.locator("#id_work_package").select_option(str(package.pk))
    page.locator("#id_kind").select_option("training")
    for lang, title in (("lv", "Zudumi"), ("lt", "Švaistymas"), ("en", "Waste")):
        page.locator(f"#id_title_{lang}").fill(title)
    for field in ("from_on", "until_on"):
        page.locator(f"#id_{field}").fill("2027-03-04")
    page.locator("#id_place").fill("Zarasai")
    page.get_by_label("lietuvių", exact=True).check()
    page.locator("#id_places").fill("20")
    page.get_by_role("button", name="Išsaugoti").click()
    made = Activity.objects.get()
    assert page.get_by_role("heading", name="Švaistymas", level=1).is_visible()
    assert page.get_by_text("Nėra užsiėmimo: pridėkite bent vieną").is_visible()
    assert page.get_by_role("link", name="Paskelbti").count() == 0
    page.get_by_role("link", name="Pridėti užsiėmimą").click()
    page.locator("#id_title_lt").fill("Rytas")
    page.get_by_role("button", name="Išsaugoti").click()
    page.get_by_role("link", name="Paskelbti").click()
    assert axe(page) == []
    page.get_by_role("button", name="Paskelbti").click()
    assert page.get_by_text("Veikla dabar: paskelbta.").is_visible()
    made.refresh_from_db()
    assert made.status == "announced" and made.sessions.get().title_lt == "Rytas"
    assert axe(page) == [] and overflow(page) == 0 and page.complaints == []


def test_activities_are_read_on_a_phone(programme_seeded, as_role, axe, overflow) -> None:
    visit = Activity.objects.get(kind="visit_abroad", status="announced")
    addresses = [
        "/programme/",
        f"/programme/month/?month={visit.from_on:%Y-%m}",
        visit.get_absolute_url(),
        "/programme/projects/",
        reverse("programme:project", args=[visit.work_package.project_id]),
        reverse("programme:work_package", args=[visit.work_package_id]),
        Cycle.objects.get().get_absolute_url(),
    ]
    page = as_role("employee", language="lv", size=NARROW)
    for address in addresses:
        page.goto(address)
        assert (address, axe(page), overflow(page), page.complaints) == (address, [], 0, [])
    page.goto("/programme/")
    page.get_by_label("Vārds nosaukumā vai vietā").fill("A3 prak")
    page.locator("form.filter").get_by_role("button", name="Atrast").click()
    page.get_by_role("link", name="A3 praksē").click()
    assert page.get_by_text("brīvas 12 no 12").is_visible()
    assert page.get_by_role("heading", name="Pasākuma vadīšana").count() == 0

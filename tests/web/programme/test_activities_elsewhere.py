"""Activities are met where people are: menu, first screen, search, institution, need, one's own data."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.needs.models import Need
from straume.web.programme.elsewhere.structure import counts_by_institution
from straume.web.programme.models import (
    Activity,
    ActivityNeed,
    BudgetLine,
    Cycle,
    Partner,
    Project,
    Registration,
    Speaker,
    WorkPackage,
)

pytestmark = pytest.mark.django_db


def came(activity: Activity, institution, number: int, **fields) -> None:
    for n in range(number):
        person = User.objects.create_user(f"{institution.slug}{activity.pk}-{n}@example.org", name="X")
        fields = {"way": "delegated", "status": "confirmed", "made_at": timezone.now()} | fields
        Registration.objects.create(activity=activity, person=person, institution=institution, **fields)


def test_the_first_screen_and_the_menu_lead_to_what_is_announced(make_activity, bob, as_person) -> None:
    make_activity(status="announced", title_en="Soon")
    make_activity(title_en="Only planned")
    page = as_person(bob).get("/").content.decode()
    assert "Coming activities" in page and ">Soon</a>" in page and "Only planned" not in page
    assert 'href="/programme/"' in page


def test_somebody_without_a_role_meets_none_of_it(make_activity, as_person, db) -> None:
    shown = make_activity(status="announced", title_en="Soon")
    client = as_person(User.objects.create_user("nobody@example.org", name="Nobody"))
    assert "Soon" not in client.get("/").content.decode()
    assert ">Soon</a>" not in client.get("/search/", {"q": "Soon"}).content.decode()
    for address in ("/programme/", "/programme/month/", "/programme/projects/", shown.get_absolute_url()):
        assert client.get(address).status_code == 404


def test_search_finds_an_activity_by_a_word_of_any_language(make_activity, bob, as_person) -> None:
    shown = make_activity()
    page = as_person(bob).get("/search/", {"q": "švaistymas"}).content.decode()
    assert shown.get_absolute_url() in page


def test_an_institution_shows_where_its_people_took_part_and_hides_few(
    make_activity, livani, utena, lead_body, bob, as_person
) -> None:
    shown = make_activity(in_days=-5, status="held", title_en="Held")
    future = make_activity(status="announced", title_en="To come")
    for institution, number in ((livani, 9), (utena, 6), (lead_body, 2)):
        came(shown, institution, number)
    came(shown, livani, 0)
    came(future, livani, 6)
    # of 9 + 6 + 2 the 2 alone would be had by subtraction: the next smallest goes with it
    assert counts_by_institution(shown) == {livani.pk: 9, utena.pk: None, lead_body.pk: None}
    page = as_person(bob).get(livani.get_absolute_url()).content.decode()
    assert "Activities that its people took part in" in page and "Held" in page and "To come" not in page


def test_those_who_stayed_away_are_not_counted_where_attendance_is_noted(make_activity, livani) -> None:
    shown = make_activity(in_days=-5, status="held")
    came(shown, livani, 7)
    for registration in shown.registrations.all()[:6]:
        shown.sessions.get().attendances.create(
            registration=registration, how="hand", came_at=timezone.now(), key=uuid.uuid4()
        )
    assert counts_by_institution(shown) == {livani.pk: 6}


def test_a_need_shows_the_activities_chosen_because_of_it(make_activity, coordinator, bob, as_person) -> None:
    need = Need.objects.create(kind="training", title_en="To see waste", named_on=date(2017, 1, 1))
    ActivityNeed.objects.create(activity=make_activity(), need=need, reason_en="Named by 61 people")
    page = as_person(bob).get(need.get_absolute_url()).content.decode()
    assert "Activities chosen because of it" in page and "Named by 61 people" in page
    choose = reverse("programme:choose_for_need", args=[need.pk])
    assert choose not in page
    assert choose in as_person(coordinator).get(need.get_absolute_url()).content.decode()


def test_an_activity_leads_back_to_its_needs(make_activity, bob, as_person) -> None:
    need = Need.objects.create(kind="training", title_en="To see waste", named_on=date(2017, 1, 1))
    shown = make_activity()
    ActivityNeed.objects.create(activity=shown, need=need, reason_en="Named by 61 people")
    page = as_person(bob).get(shown.get_absolute_url()).content.decode()
    assert need.get_absolute_url() in page and "Named by 61 people" in page


def test_a_speaker_sees_that_their_name_is_kept(make_activity, bob, as_person) -> None:
    shown = make_activity()
    Speaker.objects.create(activity=shown, name="Bob", person=bob)
    page = as_person(bob).get("/me/").content.decode()
    assert "You are named as a speaker" in page and shown.get_absolute_url() in page


def test_projects_packages_cycles_partners_and_lines_are_written_by_those_who_run_it(
    lead_body, utena, coordinator, bob, as_person, make_activity
) -> None:
    client = as_person(coordinator)

    def post(name: str, /, *args, **said):
        return client.post(reverse(f"programme:{name}", args=args), said)

    said = {
        "code": "LL-01", "name_lt": "Tęsinys", "programme_lt": "Interreg", "from_on": "2028-01-01",
        "until_on": "2029-12-31", "stated_total_eur": "100.00", "stated_eu_eur": "85.00",
    }  # fmt: skip
    wrong = post("add_project", **said | {"stated_eu_eur": "101", "until_on": "2027-01-01"})
    assert set(wrong.context["form"].errors) == {"until_on", "stated_eu_eur"}
    post("add_project", **said)
    project = Project.objects.get(code="LL-01")
    post("add_partner", project.pk, institution=lead_body.pk, part="lead")
    second = post("add_partner", project.pk, institution=utena.pk, part="lead")
    assert "part" in second.context["form"].errors
    partner = Partner.objects.get(project=project)
    post(
        "add_budget_line",
        project.pk,
        partner=partner.pk,
        category="travel",
        amount_eur="90",
        eu_amount_eur="80",
    )
    assert (
        "differs from the total as stated"
        in client.get(reverse("programme:project", args=[project.pk])).content.decode()
    )
    post("change_partner", project.pk, partner.pk, remove="1")
    assert Partner.objects.filter(pk=partner.pk).exists()  # its lines hang on it
    post("add_work_package", project.pk, number="T1", title_lt="Mokymai")
    package = WorkPackage.objects.get(project=project)
    again = post("add_work_package", project.pk, number="t1", title_lt="Mokymai")
    assert "number" in again.context["form"].errors
    key = str(uuid.uuid4())
    for _ in range(2):
        post("add_cycle", package.pk, title_lt="Ciklas", key=key)
    cycle = Cycle.objects.get()
    module = make_activity(work_package=package, cycle=cycle)
    post("change_cycle", cycle.pk, remove="1")
    post("change_work_package", package.pk, remove="1")
    assert Cycle.objects.exists() and WorkPackage.objects.filter(pk=package.pk).exists()
    module.delete()
    post("change_cycle", cycle.pk, remove="1")
    post("change_work_package", package.pk, remove="1")
    line = BudgetLine.objects.get(partner=partner)
    post("change_budget_line", project.pk, line.pk, remove="1")
    assert not (Cycle.objects.exists() or WorkPackage.objects.filter(project=project).exists())
    assert not BudgetLine.objects.filter(partner=partner).exists()
    for name, pk in (("change_project", project.pk), ("add_work_package", project.pk)):
        assert as_person(bob).get(reverse(f"programme:{name}", args=[pk])).status_code == 403

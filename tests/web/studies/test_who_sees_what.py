"""Strangers get 404 for all of it; a coordinator learns that a study exists; a controller only reads."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest

from straume.web.places import registry
from straume.web.places.models import Role
from straume.web.studies.actions import map_shares, maps, runs, scenarios
from straume.web.studies.actions import studies as actions
from straume.web.studies.models import (
    AssessmentRun,
    Publication,
    Scenario,
    ScenarioSearch,
    StreamMap,
    Study,
    Verdict,
)

pytestmark = pytest.mark.django_db

ROWS = [
    {"step": "Reģistrē", "unit": "Lietvedība", "touch": "10 min"},
    {"step": "Vīzē jurists", "unit": "Juristi", "touch": "20 min", "wait": "2 nedēļas"},
]
NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)


@pytest.fixture
def run(study, alice) -> AssessmentRun:
    return runs.save_steps(study=study, rows=ROWS, demand_per_year=100, key=uuid.uuid4(), by=alice, now=NOW)


@pytest.fixture
def addresses(study, run, make_log, alice) -> dict[str, str]:
    log = make_log(status="problems", problems=[])
    key = run.findings.first().key
    base, made = f"/assessments/{study.pk}/", f"/assessments/{study.pk}/runs/{run.pk}/"
    mapped = maps.begin_map(study=study, name="As it is", key=uuid.uuid4(), by=alice, now=NOW, rows=ROWS)
    drawn = mapped.get_absolute_url()
    given = map_shares.share(shared=mapped, days=1, key=uuid.uuid4(), by=alice, now=NOW)
    return {
        "study": base,
        "team": f"{base}team/",
        "origin": f"{base}origin/",
        "publish": f"{base}publish/",
        "delete": f"{base}delete/",
        "upload": f"{base}logs/new/",
        "log": f"{base}logs/{log.pk}/",
        "columns": f"{base}logs/{log.pk}/columns/",
        "cancel": f"{base}logs/{log.pk}/cancel/",
        "assess": f"{base}logs/{log.pk}/assess/",
        "replace": f"{base}logs/{log.pk}/replace/",
        "delete log": f"{base}logs/{log.pk}/delete/",
        "original": f"{base}logs/{log.pk}/original/",
        "steps": f"{base}steps/",
        "upload steps": f"{base}steps/upload/",
        "template": f"{base}steps/template-lv.xlsx",
        "maps": f"{base}maps/",
        "studio": drawn,
        "edits of a map": f"{drawn}edits/",
        "map measured": f"{drawn}measured/",
        "map drawn": f"{drawn}drawn/",
        "two maps": f"{base}maps/beside/",
        "table of a map": f"{drawn}table/",
        "print": f"{drawn}files/",
        "bpmn of a map": f"{drawn}map.bpmn",
        "sheet": f"{drawn}a3/lv.svg",
        "from bpmn": f"{base}maps/bpmn/",
        "map and log": f"{drawn}log/",
        "versions": f"{drawn}versions/",
        "future map": f"{drawn}future/",
        "assess a map": f"{drawn}assess/",
        "bursts": f"{drawn}bursts/",
        "burst": f"{drawn}bursts/{uuid.uuid4()}/",
        "action": f"{base}actions/1/",
        "share a map": f"{drawn}share/",
        "take a link back": f"{drawn}share/{given.pk}/revoke/",
        **what_if("of a map", f"{drawn}scenarios/", mapped),
        "staff of a map": f"{drawn}scenarios/staff/",
        "choose of a map": f"{drawn}scenarios/1/choose/",
        **what_if("of a log", f"{base}scenarios/", None),
        "judge": f"{base}judge/",
        "touch times": f"{base}touch/",
        "question": f"{base}questions/{key}/",
        "run": made,
        "table": f"{made}steps/",
        "file": f"{made}steps.csv",
        "a3": f"{made}a3/lv.pdf",
        "beside": f"{made}beside/{run.pk}/",
    }


def what_if(of: str, base: str, mapped: StreamMap | None) -> dict[str, str]:
    """Scenarios; of a map one is kept, and a search was asked for."""
    if mapped is not None:
        where = {"study": mapped.study, "mapped": mapped, "log": None, "key": uuid.uuid4(), "now": NOW}
        scenarios.save_scenario(name="Bez vīzas", changes=[], **where)
        ScenarioSearch.objects.create(
            study=mapped.study, map=mapped, kind="front", status="cancelled", asked_at=NOW
        )
    one = Scenario.objects.values_list("pk", flat=True).first()
    search = ScenarioSearch.objects.values_list("pk", flat=True).first()
    return {
        f"scenarios {of}": base,
        f"answer {of}": f"{base}answer/",
        f"figures {of}": f"{base}answer/figures.csv",
        f"scenarios beside {of}": f"{base}beside/",
        f"shared unit {of}": f"{base}pool/",
        f"scenario {of}": f"{base}{one}/",
        f"delete scenario {of}": f"{base}{one}/delete/",
        f"restore {of}": f"{base}{one}/restore/",
        f"searches {of}": f"{base}searches/",
        f"search {of}": f"{base}searches/{search}/",
        f"stop {of}": f"{base}searches/{search}/stop/",
    }


POST_ONLY = {
    *(
        f"{what} of a {where}"
        for what in ("answer", "figures", "delete scenario", "restore", "stop", "choose")
        for where in ("map", "log")
    ),
    "cancel",
    "assess",
    "upload steps",
    "map measured",
    "take a link back",
    "future map",
    "assess a map",
    "from bpmn",
}
BESIDE = {"scenarios beside of a map", "scenarios beside of a log"}
# whoever may look may also try; what is tried is not kept, and of the log of this study there is nothing yet
TRIES = {
    "scenarios of a map",
    "scenario of a map",
    "answer of a map",
    "figures of a map",
    "shared unit of a map",
    "search of a map",
}
GET_ONLY = BESIDE | {
    "studio",
    "map drawn",
    "two maps",
    "table of a map",
    "bursts",
    "print",
    "bpmn of a map",
    "sheet",
}


def test_a_stranger_from_another_municipality_gets_404_for_all_of_it(as_person, charlie, addresses):
    client = as_person(charlie)
    for name, address in addresses.items():
        if name not in GET_ONLY:
            assert client.post(address, {}).status_code == 404, f"POST {name}"
        if name not in POST_ONLY:
            assert client.get(address).status_code == 404, f"GET {name}"


def test_every_address_of_the_app_is_in_that_test(addresses):
    from straume.web.studies.urls import urlpatterns

    everybodys = {"index", "new", "studio_worker", "follow", "followed", "actions"}
    everybodys |= {"tie_result", "untie_result", "card_evidence"}  # of an activity or a card, not of a study
    assert len(addresses) == len([one for one in urlpatterns if one.name not in everybodys])


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(client, addresses):
    for name, address in {**addresses, "list": "/assessments/", "new": "/assessments/new/"}.items():
        answer = client.get(address)
        assert answer.status_code in (302, 405), name
        if answer.status_code == 302:
            assert "sign-in" in answer.url, name


def test_a_coordinator_sees_that_a_study_exists_and_not_what_is_in_it(
    as_person, coordinator, addresses, study
):
    client = as_person(coordinator)
    page = client.get(addresses["study"])
    assert page.status_code == 200
    text = page.content.decode()
    assert "Tax debt recovery" in text and "Assessed, questions open" in text
    assert "Vīzē jurists" not in text and "2 weeks" not in text
    assert "Tax debt recovery" in client.get("/assessments/").content.decode()
    for name, address in addresses.items():
        if name != "study":
            answer = client.post(address, {}) if name in POST_ONLY else client.get(address)
            assert answer.status_code in (403, 404), name


def test_a_controller_of_the_institution_reads_and_changes_nothing(
    as_person, member, livani, addresses, study
):
    controller = member("erik", livani, Role.CONTROLLER)
    study.team.add(controller)
    client = as_person(controller)
    for name in ("study", "run", "table", "file", "a3", "question", "beside"):
        assert client.get(addresses[name]).status_code == 200, name
    for name in set(addresses) - {"study", "run", "table", "file", "a3", "beside"} - GET_ONLY - TRIES:
        of_log = name.endswith(" of a log")  # of which there is no scenario to be found
        assert client.post(addresses[name], {}).status_code in ((403, 404) if of_log else (403,)), name
    kept = {"save": "", "new": "", "demand": "120"}
    for name in ("scenarios of a map", "scenario of a map", "shared unit of a map"):
        assert client.post(addresses[name], kept).status_code == 403, name
    assert Scenario.objects.count() == 1


def test_an_employee_reads_and_a_team_member_works(as_person, bob, addresses, study):
    client = as_person(bob)
    assert client.get(addresses["run"]).status_code == 200
    assert client.get(addresses["steps"]).status_code == 403
    study.team.add(bob)
    assert client.get(addresses["steps"]).status_code == 200


def test_a_team_member_who_has_left_is_a_stranger(as_person, bob, addresses, study):
    study.team.add(bob)
    bob.memberships.update(until_on=date(2018, 1, 1))
    assert as_person(bob).get(addresses["study"]).status_code == 404


def test_what_is_published_others_read_without_verdicts_until_it_is_withdrawn(
    as_person, charlie, alice, addresses, study, run
):
    key = run.findings.first().key
    Verdict.objects.create(
        study=study, run=run, finding_key=key, choice="keep", reason="secret reason", law="silent",
        given_by=alice, given_at=NOW,
    )  # fmt: skip
    as_person(alice).post(addresses["publish"], {"do": "publish"})
    client = as_person(charlie)
    for name in ("study", "run", "table", "file", "a3"):
        assert client.get(addresses[name]).status_code == 200, name
    page = client.get(addresses["study"]).content.decode()
    assert "Vīzē jurists" in page and "secret reason" not in page
    for name in ("log", "steps", "question", "judge", "original", "publish", "beside", "template"):
        assert client.get(addresses[name]).status_code == 404, name
    as_person(alice).post(addresses["publish"], {"do": "withdraw"})
    assert client.get(addresses["study"]).status_code == 404


def test_only_the_published_run_is_seen_by_others(as_person, charlie, alice, study, run):
    actions.publish(study=study, run=run, by=alice, now=NOW)
    later = runs.save_steps(
        study=study, rows=ROWS[:1], demand_per_year=1, key=uuid.uuid4(), by=alice, now=NOW
    )
    client = as_person(charlie)
    assert client.get(run.get_absolute_url()).status_code == 200
    assert client.get(later.get_absolute_url()).status_code == 404


def test_publishing_twice_leaves_one_standing(study, run, alice):
    actions.publish(study=study, run=run, by=alice, now=NOW)
    actions.publish(study=study, run=run, by=alice, now=NOW)
    assert Publication.objects.count() == 1


def test_the_owner_deletes_a_study_with_everything_in_it(as_person, alice, bob, addresses, study):
    assert as_person(bob).post(addresses["delete"]).status_code == 403
    assert as_person(alice).get(addresses["delete"]).status_code == 200
    assert as_person(alice).post(addresses["delete"]).status_code == 302
    assert not Study.objects.exists() and not AssessmentRun.objects.exists()


def test_a_study_begins_only_where_one_may_begin_it(as_person, alice, bob, charlie, offer):
    form = {"offer": offer.pk, "entrance": "steps", "key": str(uuid.uuid4())}
    assert as_person(bob).post("/assessments/new/", form).status_code == 403
    answer = as_person(charlie).post("/assessments/new/", form)
    assert "offer" in answer.context["form"].errors
    assert not Study.objects.exists()
    client = as_person(alice)
    assert client.post("/assessments/new/", form).status_code == 302
    client.post("/assessments/new/", form)
    assert Study.objects.count() == 1


def test_a_leavers_studies_go_over_to_somebody_else(study, alice, bob, livani):
    kinds = {belonging.kind for handing in registry.belongings for belonging in handing.owned(alice, livani)}
    assert "study" in kinds
    assert actions.hand_over_studies(alice, bob, livani) == 1
    study.refresh_from_db()
    assert study.owner == bob


def test_other_pages_show_only_studies_that_one_may_know_of(as_person, alice, charlie, study, run, taxes):
    today = date(2019, 2, 1)
    found = [hit for search in registry.searches for hit in search("debt", alice, today, 10)]
    assert any(hit.url == study.get_absolute_url() for hit in found)
    assert not [
        hit
        for search in registry.searches
        for hit in search("debt", charlie, today, 10)
        if "assess" in hit.url
    ]
    assert "Tax debt recovery" in as_person(alice).get(f"/units/{taxes.pk}/").content.decode()
    evaluated = {}
    for collect in registry.evaluations:
        evaluated |= collect([taxes.pk], today)
    assert evaluated[taxes.pk].studies == 1


def test_the_list_can_be_searched_filtered_and_sorted(as_person, alice, study, run):
    client = as_person(alice)
    assert study in client.get("/assessments/?q=debt&state=assessed&sort=service").context["page"].object_list
    assert not client.get("/assessments/?q=debt&state=agreed").context["page"].object_list
    assert not client.get("/assessments/?entrance=steps").context["page"].object_list
    assert client.get("/assessments/?state=nonsense&sort=nonsense").status_code == 200


def test_an_empty_list_says_how_to_begin(as_person, alice):
    page = as_person(alice).get("/assessments/").content.decode()
    assert "No data yet. Upload a table or draw the way of work." in page


def test_an_administrator_who_works_on_no_study_may_delete_its_log(
    as_person, study, make_log, member, livani
):
    log = make_log(status="problems", problems=[])
    address = f"/assessments/{study.pk}/logs/{log.pk}/delete/"
    client = as_person(member("keeper", livani, Role.ADMINISTRATOR))
    assert client.get(f"/assessments/{study.pk}/logs/{log.pk}/").status_code == 403
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    assert not study.logs.exists()

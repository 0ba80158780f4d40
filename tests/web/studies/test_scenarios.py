"""What if: switches become changes, the answer comes at once, what is kept stays, one becomes the future."""

from __future__ import annotations

import json
import re
import uuid
from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from straume.web.studies import map_analysis
from straume.web.studies import scenario_analysis as analysis
from straume.web.studies.actions import map_stages, maps, searches
from straume.web.studies.actions import scenarios as actions
from straume.web.studies.models import Scenario, ScenarioSearch, StaffSaid, StreamMap
from straume.web.studies.scenario_controls import (
    Wanted,
    changes_of,
    controls,
    wanted_of_changes,
    wanted_of_form,
)
from straume.web.studies.tasks import search_scenarios

NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
ROWS = [
    {"step": "Reģistrē", "lane": "Lietvedība", "touch": "10 min"},
    {"step": "Vīzē jurists", "lane": "Juristi", "touch": "20 min", "wait": "2 nedēļas"},
    {"step": "Izskata", "lane": "Juristi", "touch": "2–4 h", "wait": "2 d. d.", "batch_days": "5"},
    {"step": "Labo", "lane": "Lietvedība", "touch": "15 min", "wait": "1 d. d.", "goes_to": "3 20 %; 5"},
    {"step": "Paraksta", "lane": "Vadība", "touch": "5 min", "wait": "1 nedēļa"},
    {"step": "Paziņo", "lane": "Lietvedība", "touch": "5 min", "wait": "1 d. d."},
    {"step": "Raksta rēķinu", "lane": "Finanses", "touch": "10 min", "wait": "3 d. d."},
]


@pytest.fixture(autouse=True)
def fewer_runs(monkeypatch) -> None:
    monkeypatch.setattr(analysis, "REPLICATIONS", 6)


@pytest.fixture
def mapped(study, alice) -> StreamMap:
    return maps.begin_map(
        study=study, name="As it is", key=uuid.uuid4(), by=alice, now=NOW, rows=ROWS, demand=200
    )


@pytest.fixture
def ground(mapped) -> analysis.Ground:
    made = analysis.ground_of_map(mapped, maps.state_of(mapped), None)
    assert made is not None
    return made


@pytest.fixture
def url(mapped) -> str:
    return f"{mapped.get_absolute_url()}scenarios/"


@pytest.mark.django_db
def test_switches_and_sliders_become_changes_and_come_back_from_them(ground):
    keys = [step.key for step in ground.steps]
    posted = {
        f"out-{keys[1]}": "on",
        f"auto-{keys[0]}": "on",
        f"with-{keys[5]}": "on",
        f"batch-{keys[2]}": "2",
        "back-0": "5",
        "demand": "150",
    }
    wanted = wanted_of_form(posted, ground)
    changes = changes_of(wanted, ground)
    assert {"change": "take_out", "step": "Vīzē jurists"} in changes
    assert {"change": "automate", "step": "Reģistrē"} in changes
    assert {"change": "set_batch", "step": "Izskata", "every_days": 2.0} in changes
    assert {"change": "set_demand", "factor": 1.5} in changes
    assert {"change": "in_parallel", "steps": ["Paziņo", "Raksta rēķinu"]} in changes
    assert any(one["change"] == "set_share" and one["share"] == 0.05 for one in changes)
    assert wanted_of_changes(json.loads(json.dumps(changes)), ground) == wanted


@pytest.mark.django_db
def test_what_cannot_be_read_counts_as_now_and_ends_hold(ground):
    assert wanted_of_form({"demand": "many", "back-0": "nan"}, ground) == Wanted()
    assert wanted_of_form({"demand": "9000"}, ground).demand == 200
    shown = controls(ground, Wanted(), "lv")
    assert [slider.name for slider in shown.sliders] == ["demand", "batch-s3", "back-0"]
    assert "Izskata" in shown.sliders[2].label
    assert changes_of(Wanted(), ground) == []


@pytest.mark.django_db
def test_a_change_that_cannot_be_is_told_and_the_others_count(ground):
    changes = [{"change": "take_out", "step": "Nav tāda"}, {"change": "take_out", "step": "Vīzē jurists"}]
    found = analysis.answer(ground, [analysis.Plan("", changes)])
    assert [one.code for one in found.changed[0].refused] == ["change_no_such_step"]
    # two weeks of waiting are gone: the whole interval lies near it
    assert found.comparison.differences[0].median_days.high < -12


@pytest.mark.django_db
def test_people_queue_only_where_their_number_is_said(mapped, ground):
    assert not any(unit.staff for unit in ground.stream.units)
    said = StaffSaid(map=mapped, staff={"Juristi": 0.3}, said_at=NOW)
    busy = analysis.ground_of_map(mapped, maps.state_of(mapped), said)
    assert [slider.name for slider in controls(busy, Wanted(), "en").sliders][:3] == [
        "demand",
        "staff-1",
        "hours",
    ]
    found = analysis.answer(
        busy, [analysis.Plan("", [{"change": "set_staff", "unit": "Juristi", "staff": 2}])]
    )
    now, after = (scenario.units["Juristi"] for scenario in found.comparison.scenarios)
    assert now.mark == "overloaded" and after.mark == ""
    assert found.comparison.differences[0].p90_days.high < 0


@pytest.mark.django_db
def test_the_answer_is_a_sentence_bars_with_intervals_and_a_table(url, as_person, bob, mapped):
    client = as_person(bob)  # an employee looks on and tries, and keeps nothing
    with override("lt"):
        page = client.post(f"{url}answer/", {"out-s2": "on", "at": mapped.last_number}, headers=LT)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Be „Vīzē jurists“" in text
    assert "trumpiau" in text
    assert text.count("<svg") == 5  # median, P90, deadline, hours, open cases
    assert "picture-scenario-median" in text and "<table" in text
    assert client.post(url, {"out-s2": "on", "save": ""}).status_code == 403
    assert not Scenario.objects.exists()
    whole = client.post(url, {"out-s2": "on", "at": mapped.last_number}, headers=LT)  # without scripts
    assert "Be „Vīzē jurists“" in whole.content.decode() and 'name="out-s2"' in whole.content.decode()
    file = client.post(f"{url}answer/figures.csv", {"out-s2": "on"}, headers=LT)
    assert file["Content-Type"].startswith("text/csv") and file.content.count(b"\r\n") == 6


LT = {"Accept-Language": "lt"}


@pytest.mark.django_db
def test_a_scenario_is_kept_renamed_put_beside_deleted_and_brought_back(url, as_person, alice):
    client, key = as_person(alice), str(uuid.uuid4())
    for _submit in range(2):
        answer = client.post(url, {"out-s2": "on", "save": "", "key": key, "name": "Bez vīzas"})
    kept = Scenario.objects.get()
    assert answer.url == kept.get_absolute_url()
    assert kept.changes == [{"change": "take_out", "step": "Vīzē jurists"}]
    client.post(answer.url, {"out-s2": "on", "auto-s1": "on", "save": "", "name": "Bez vīzas, automātiski"})
    client.post(answer.url, {"demand": "120", "new": "", "key": str(uuid.uuid4())})
    kept.refresh_from_db()
    assert kept.name == "Bez vīzas, automātiski" and len(kept.changes) == 2
    other = Scenario.objects.exclude(pk=kept.pk).get()
    beside = client.get(f"{url}beside/?s={kept.pk}&s={other.pk}")
    assert beside.content.decode().count(kept.name) > 2
    assert client.get(f"{url}beside/?s={kept.pk}&format=csv")["Content-Type"].startswith("text/csv")
    gone = client.post(f"{kept.get_absolute_url()}delete/")
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert kept.name in client.get(gone.url).content.decode()
    client.post(f"{kept.get_absolute_url()}restore/")
    assert client.get(kept.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_nothing_changed_is_nothing_kept(url, as_person, alice):
    page = as_person(alice).post(url, {"save": "", "demand": "100"})
    assert page.status_code == 200 and not Scenario.objects.exists()


@pytest.mark.django_db
def test_a_scenario_becomes_the_future_state_by_edits_of_the_studio(mapped, url, as_person, alice):
    client = as_person(alice)
    wanted = {"out-s2": "on", "auto-s1": "on", "with-s6": "on", "batch-s3": "1", "demand": "150"}
    kept = Scenario.objects.get(pk=client.post(url, {**wanted, "save": ""}).url.rstrip("/").rsplit("/", 1)[1])
    client.post(f"{kept.get_absolute_url()}choose/")
    assert not hasattr(Scenario.objects.get(), "future")  # the map does not stand still yet
    for stage in ("validated", "baseline"):
        map_stages.record_stage(
            staged=mapped, stage=stage, on=NOW.date(), post="Vadītāja", key=uuid.uuid4(), by=alice, now=NOW
        )
    first = client.post(f"{kept.get_absolute_url()}choose/")
    again = client.post(f"{kept.get_absolute_url()}choose/")
    assert first.url == again.url
    future = StreamMap.objects.get(made_from=mapped)
    state = maps.state_of(future)
    names = ["Reģistrē", "Izskata", "Labo", "Paraksta", "Paziņo", "Raksta rēķinu"]
    assert [one.values["step"] for one in state.steps] == names
    assert state.of_map("demand") == "300"
    assert state.steps[1].values["batch_days"] == "1"
    bursts = [burst.values["text"] for burst in state.bursts()]
    assert len(bursts) == len(kept.changes) == 5
    assert client.get(f"{future.get_absolute_url()}bursts/").content.decode().count("/bursts/") >= len(bursts)
    read = map_analysis.read_state(future.study, state)
    assert not read.problems
    ground = analysis.ground_of_map(mapped, maps.state_of(mapped), None)
    changed = analysis.carried_out(ground, analysis.Plan("", kept.changes))
    assert not changed.refused
    drawn = analysis.ground_of_map(future, state, None)
    both = [
        analysis.answer(one, []).comparison.scenarios[0].median_days.mean
        for one in (drawn, analysis.Ground(changed.stream, ground.setting, ground.until, None, True, "x"))
    ]
    assert both[0] == pytest.approx(both[1], rel=0.02)
    sheet = client.get(f"{future.get_absolute_url()}a3/lv.pdf")
    assert sheet.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_a_search_tells_what_it_found_and_can_be_stopped(mapped, url, as_person, alice, monkeypatch):
    client = as_person(alice)
    client.post(f"{url}staff/", {"unit-1": "1,5", "unit-0": "1"}, headers={"Accept-Language": "lv"})
    assert actions.standing_staff(mapped).staff == {"Lietvedība": 1.0, "Juristi": 1.5}
    refused = client.post(f"{url}searches/", {"kind": "staff", "days": "", "key": str(uuid.uuid4())})
    assert refused.status_code == 200 and not ScenarioSearch.objects.exists()
    monkeypatch.setattr("straume.web.studies.search_analysis.SEARCH_REPLICATIONS", 3)
    monkeypatch.setattr("straume.web.studies.search_analysis.FRONT_REPLICATIONS", 3)
    for kind in ("staff", "front"):
        asked = {"kind": kind, "days": "60", "clock": "calendar", "key": str(uuid.uuid4())}
        address = client.post(f"{url}searches/", asked).url
        search = ScenarioSearch.objects.get(kind=kind)
        assert address == search.get_absolute_url()
        if search.is_busy:
            search_scenarios.call(search.pk)
        search.refresh_from_db()
        assert search.status == "done", search.refusal
        page = client.get(address).content.decode()
        assert "<table" in page and (kind == "staff" or "picture-front" in page)
        assert client.get(f"{address}?format=csv").content.count(b"\r\n") > 1
    found = ScenarioSearch.objects.get(kind="staff").result["staff"]
    assert set(found) == {"Lietvedība", "Juristi"} and min(found.values()) >= 1
    assert sum(point["is_best"] for point in ScenarioSearch.objects.get(kind="front").result["points"]) >= 1

    stopped = searches.ask_search(
        study=mapped.study,
        mapped=mapped,
        log=None,
        kind="staff",
        parameters={"days": 60, "clock": "calendar"},
        key=uuid.uuid4(),
        now=NOW,
    )
    ScenarioSearch.objects.filter(pk=stopped.pk).update(status="queued", result=None)
    searches.stop_search(search=stopped)
    search_scenarios.call(stopped.pk)
    stopped.refresh_from_db()
    assert stopped.status == "cancelled" and stopped.result is None


@pytest.mark.django_db
def test_a_search_that_is_stopped_while_it_runs_keeps_nothing(mapped, alice):
    StaffSaid.objects.create(map=mapped, staff={"Juristi": 1}, said_at=NOW)
    search = searches.ask_search(
        study=mapped.study,
        mapped=mapped,
        log=None,
        kind="front",
        parameters={},
        key=uuid.uuid4(),
        now=NOW,
    )
    ScenarioSearch.objects.filter(pk=search.pk).update(status="queued", result=None)

    def stop(done: int, whole: int) -> bool:
        searches.stop_search(search=search)
        return False

    searches.make_search(search=search, progress=stop)
    search.refresh_from_db()
    assert search.status == "cancelled" and search.result is None


@pytest.mark.django_db
def test_without_a_log_it_is_said_that_nothing_was_checked(url, as_person, alice):
    text = as_person(alice).get(url, headers={"Accept-Language": "en"}).content.decode()
    found = re.search(r"data-verdict-of-model>(.*?)</p>", text, re.S)
    assert found and "nothing could be checked against a log" in found[1]


@pytest.mark.django_db
def test_strangers_learn_nothing_and_readers_keep_nothing(url, as_person, alice, bob, charlie):
    kept = actions.save_scenario(
        study=StreamMap.objects.get().study,
        mapped=StreamMap.objects.get(),
        log=None,
        name="Bez vīzas",
        changes=[{"change": "take_out", "step": "Vīzē jurists"}],
        key=uuid.uuid4(),
        now=NOW,
    )
    one = kept.get_absolute_url()
    looks = [url, one, f"{url}beside/?s={kept.pk}", f"{url}searches/"]
    writes = [f"{one}{verb}/" for verb in ("delete", "restore", "choose")] + [
        f"{url}searches/",
        f"{url}staff/",
    ]
    for address in looks:
        assert as_person(charlie).get(address).status_code == 404, address
        assert as_person(bob).get(address).status_code in (200, 302), address
    for address in [*writes, f"{url}answer/", f"{url}answer/figures.csv"]:
        assert as_person(charlie).post(address).status_code == 404, address
    for address in writes:
        assert as_person(bob).post(address).status_code == 403, address
    kept.refresh_from_db()
    assert kept.deleted_at is None

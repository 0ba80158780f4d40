"""The life of a map: each stage with its day and post, in order, and a sentence where it is out of order."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest

from straume.web.studies import map_analysis, map_diff
from straume.web.studies.actions import map_stages, maps
from straume.web.studies.models import AssessmentRun, MapStage, StreamMap

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
DAY = NOW.date()
ROWS = [
    {"step": "Reģistrē", "lane": "Lietvedība", "touch": "10 min"},
    {"step": "Vīzē jurists", "lane": "Juristi", "touch": "20 min", "wait": "2 nedēļas"},
    {"step": "Paraksta", "lane": "Vadība", "touch": "5 min", "wait": "1 nedēļa"},
]


@pytest.fixture
def mapped(study, alice) -> StreamMap:
    return maps.begin_map(study=study, name="As it is", key=uuid.uuid4(), by=alice, now=NOW, rows=ROWS)


@pytest.fixture
def stage(alice):
    def record(staged: StreamMap, to: str, on: date = DAY, key: uuid.UUID | None = None) -> MapStage:
        return map_stages.record_stage(
            staged=staged, stage=to, on=on, post="Vadītājs", key=key or uuid.uuid4(), by=alice, now=NOW
        )

    return record


def write(mapped: StreamMap, element: uuid.UUID, name: str, value: str) -> None:
    sent = [maps.Sent(uuid.uuid4(), element, name, value, "", mapped.last_number)]
    maps.take_edits(edited=mapped, client=uuid.uuid4(), sent=sent, now=NOW)


@pytest.fixture
def future(mapped, stage, alice) -> StreamMap:
    stage(mapped, "validated")
    stage(mapped, "baseline")
    return maps.begin_future(origin=mapped, name="To be", key=uuid.uuid4(), by=alice, now=NOW)


def test_a_map_goes_its_way_from_draft_to_superseded(mapped, future, stage):
    assert (mapped.stage(), future.stage()) == ("baseline", "future")
    assert mapped.is_locked and not future.is_locked
    stage(future, "implemented")
    stage(future, "standard")
    assert (mapped.stage(), future.stage()) == ("superseded", "standard")
    stage(future, "superseded")
    assert future.stage() == "superseded"


@pytest.mark.parametrize("to", ["baseline", "implemented", "standard", "superseded"])
def test_a_draft_can_only_be_validated(mapped, stage, to):
    with pytest.raises(map_stages.OutOfOrder) as refusal:
        stage(mapped, to)
    assert str(refusal.value).endswith(".")
    assert mapped.stage() == "draft"


def test_a_map_that_changed_since_it_was_validated_is_validated_again(mapped, stage):
    stage(mapped, "validated")
    write(mapped, maps.state_of(mapped).steps[0].id, "touch", "12 min")
    with pytest.raises(map_stages.OutOfOrder, match="has changed since"):
        stage(mapped, "baseline")
    stage(mapped, "validated")
    stage(mapped, "baseline")
    assert mapped.is_locked


def test_days_go_forward_and_never_beyond_today(mapped, stage):
    with pytest.raises(map_stages.OutOfOrder, match="still to come"):
        stage(mapped, "validated", date(2019, 2, 2))
    stage(mapped, "validated", date(2019, 1, 20))
    with pytest.raises(map_stages.OutOfOrder, match="before the stage"):
        stage(mapped, "baseline", date(2019, 1, 19))


def test_nothing_is_validated_while_two_values_stand_side_by_side(mapped, stage):
    step, seen = maps.state_of(mapped).steps[0].id, mapped.last_number
    for value in ("11 min", "12 min"):
        sent = [maps.Sent(uuid.uuid4(), step, "touch", value, "", seen)]
        maps.take_edits(edited=mapped, client=uuid.uuid4(), sent=sent, now=NOW)
    with pytest.raises(map_stages.OutOfOrder, match="Choose first"):
        stage(mapped, "validated")


def test_the_same_submit_twice_records_one_stage(mapped, stage):
    key = uuid.uuid4()
    assert stage(mapped, "validated", key=key) == stage(mapped, "validated", key=key)
    assert MapStage.objects.count() == 1


def test_a_future_map_begins_from_what_stands_still(as_person, alice, mapped, stage):
    client, address = as_person(alice), f"{mapped.get_absolute_url()}future/"
    client.post(address, {"name": "To be", "key": str(uuid.uuid4())})
    assert StreamMap.objects.count() == 1
    stage(mapped, "validated")
    stage(mapped, "baseline")
    form = {"name": "To be", "key": str(uuid.uuid4())}
    assert client.post(address, form).url == client.post(address, form).url
    made = StreamMap.objects.get(name="To be")
    assert maps.state_of(made).steps == maps.state_of(mapped).steps


def test_a_refusal_stands_beside_the_field(as_person, alice, mapped):
    client, address = as_person(alice), f"{mapped.get_absolute_url()}versions/"
    form = {"stage": "baseline", "on": "2019-02-01", "post": "Vadītājs", "key": str(uuid.uuid4())}
    assert "stage" in client.post(address, form).context["form"].errors
    form |= {"stage": "validated"}
    assert client.post(address, {**form, "post": ""}).context["form"].errors == {
        "post": ["Name the post that answers for it."]
    }
    assert client.post(address, form).status_code == 302
    assert "Validated at the place of work" in client.get(address).content.decode()


def test_two_maps_beside_each_other_say_what_became_of_each_step(mapped, future, study):
    first, second, third = maps.state_of(future).steps
    write(future, second.id, "place", "")  # taken out
    write(future, first.id, "touch", "4 min")
    new = uuid.uuid4()
    write(future, new, "place", "zz")
    write(future, new, "step", "Nosūta elektroniski")
    write(future, third.id, "place", "00a")  # before the first
    before, after = maps.state_of(mapped), maps.state_of(future)
    found = {(one.kind, one.name): one.changes for one in map_diff.step_changes(before, after)}
    assert set(found) == {
        ("changed", "Reģistrē"),
        ("changed", "Paraksta"),
        ("added", "Nosūta elektroniski"),
        ("removed", "Vīzē jurists"),
    }
    assert {(one.before, one.after) for one in found["changed", "Reģistrē"]} <= {
        ("10 min", "4 min"),
        ("1", "2"),
    }
    reads = [map_analysis.read_state(study, state) for state in (before, after)]
    lead = map_diff.measure_changes(*reads, "en")[0]
    assert (lead.before, lead.after, lead.difference) == ("21 days", "7 days", "\N{MINUS SIGN}14 days")


def test_a_map_is_the_same_as_itself(mapped):
    state = maps.state_of(mapped)
    assert map_diff.step_changes(state, state) == []


def test_any_two_versions_can_be_chosen(as_person, alice, mapped, future):
    client = as_person(alice)
    chosen = f"before={mapped.pk}-{mapped.last_number}&after={future.pk}-{future.last_number}"
    base = f"/assessments/{mapped.study_id}/maps/beside/"
    assert "The steps are the same." in client.get(f"{base}?{chosen}").content.decode()
    assert client.get(base).status_code == 200
    for wrong in ("before=9999-1&after=1-1", "before=x-1&after=1-1"):
        assert client.get(f"{base}?{wrong}").status_code == 404


def test_a_map_is_assessed_as_the_form_of_steps_is(as_person, alice, mapped):
    key = {"key": str(uuid.uuid4())}
    client, address = as_person(alice), f"{mapped.get_absolute_url()}assess/"
    first, again = client.post(address, key), client.post(address, key)
    run = AssessmentRun.objects.get()
    assert first.url == again.url == run.get_absolute_url()
    assert (run.status, run.step_table.from_map, run.step_table.rows) == ("done", mapped, ROWS)


def test_a_map_with_a_field_that_is_not_understood_is_not_assessed(as_person, alice, mapped):
    write(mapped, maps.state_of(mapped).steps[1].id, "wait", "ilgi")
    answer = as_person(alice).post(
        f"{mapped.get_absolute_url()}assess/", {"key": str(uuid.uuid4())}, follow=True
    )
    assert "Step 2:" in answer.content.decode()
    assert not AssessmentRun.objects.exists()


def test_the_map_is_also_a_table_and_a_list_of_words(as_person, bob, mapped):
    address = f"{mapped.get_absolute_url()}table/"
    page = as_person(bob).get(address).content.decode()
    assert "2 nedēļas" in page and "Waits before it: 14 days." in page
    file = as_person(bob).get(f"{address}?format=csv").content.decode("utf-8-sig")
    assert file.splitlines()[2] == "2,Vīzē jurists,Juristi,20 min,2 nedēļas"


def test_a_study_is_deleted_with_its_maps_and_what_was_made_from_them(as_person, alice, study, future):
    assert as_person(alice).post(f"/assessments/{study.pk}/delete/").status_code == 302
    assert not StreamMap.objects.exists()

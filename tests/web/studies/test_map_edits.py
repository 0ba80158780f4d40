"""Taking edits: each key once, in one order, by those who work on the study, and none on a locked map."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from straume.web.studies.actions import map_shares, maps
from straume.web.studies.models import MapEdit, MapShare, MapStage, StreamMap

NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
ROWS = [
    {"step": "Reģistrē", "lane": "Lietvedība", "touch": "10 min"},
    {"step": "Vīzē jurists", "lane": "Juristi", "touch": "20 min", "wait": "2 nedēļas"},
]
ANNA, BELLA = uuid.UUID(int=1), uuid.UUID(int=2)  # fixed: test processes have to agree on names
AT_ONCE = 8


@pytest.fixture
def mapped(study, alice) -> StreamMap:
    return maps.begin_map(study=study, name="As it is", key=uuid.uuid4(), by=alice, now=NOW, rows=ROWS)


@pytest.fixture
def url(mapped) -> str:
    return f"{mapped.get_absolute_url()}edits/"


def edit(element, field, value, **more):
    return {
        "key": str(uuid.uuid4()),
        "element": str(element),
        "field": field,
        "value": value,
        "before": "",
        "base": 0,
        **more,
    }


def sent(client, url, *edits, tab=ANNA, after=0):
    body = json.dumps({"client": str(tab), "after": after, "edits": edits})
    return client.post(url, body, content_type="application/json")


def first_step(mapped):
    return maps.state_of(mapped).steps[0].id


@pytest.mark.django_db
def test_a_map_begins_with_the_steps_that_were_written_down_before(mapped):
    steps = maps.state_of(mapped).steps
    assert [step.values["step"] for step in steps] == ["Reģistrē", "Vīzē jurists"]
    assert mapped.last_number == MapEdit.objects.filter(map=mapped).count()


@pytest.mark.django_db
def test_an_edit_is_kept_and_told_to_the_others(as_person, alice, bob, mapped, url):
    seen = mapped.last_number
    step = first_step(mapped)
    answer = sent(as_person(alice), url, edit(step, "touch", "15 min", base=seen)).json()
    assert answer["number"] == seen + 1
    told = as_person(bob).get(f"{url}?after={seen}").json()
    assert told["elements"] == {str(step): {**ROWS[0], "place": "100", "touch": "15 min"}}
    assert as_person(bob).get(f"{url}?after={seen + 1}").json()["elements"] == {}


@pytest.mark.django_db
def test_the_same_edits_sent_again_change_nothing(as_person, alice, mapped, url):
    client, one = as_person(alice), edit(first_step(mapped), "touch", "15 min")
    first, again = sent(client, url, one, one), sent(client, url, one)
    assert first.json()["number"] == again.json()["number"] == mapped.last_number + 1


@pytest.mark.django_db
def test_a_conflict_is_told_to_everybody_until_somebody_chooses(as_person, alice, bob, study, mapped, url):
    study.team.add(bob)
    step, seen = first_step(mapped), mapped.last_number
    sent(as_person(alice), url, edit(step, "touch", "15 min", base=seen))
    answer = sent(as_person(bob), url, edit(step, "touch", "20 min", base=seen), tab=BELLA).json()
    expected = {
        "element": str(step),
        "field": "touch",
        "stands": "15 min",
        "others": ["20 min"],
        "changed": [],
    }
    assert answer["conflicts"] == as_person(alice).get(url).json()["conflicts"] == [expected]
    third = edit(step, "touch", "18 min", base=answer["number"])
    settled = sent(as_person(alice), url, third).json()
    assert settled["conflicts"] == []
    assert settled["elements"][str(step)]["touch"] == "18 min"


@pytest.mark.django_db
def test_no_edit_holds_a_person():
    people = {"user", "person", "made_by", "author", "by"}
    assert not people & {field.name for field in MapEdit._meta.get_fields()}


@pytest.mark.django_db
def test_a_locked_map_takes_no_edits(as_person, alice, mapped, url):
    MapStage.objects.create(
        map=mapped, stage="baseline", on=NOW.date(), post="Vadītājs", at_number=mapped.last_number,
        recorded_by=alice, recorded_at=NOW,
    )  # fmt: skip
    answer = sent(as_person(alice), url, edit(first_step(mapped), "touch", "15 min"))
    assert (answer.status_code, answer.json()) == (409, {"error": "locked"})
    assert maps.state_of(mapped).steps[0].values["touch"] == "10 min"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{}",
        "no json",
        '{"client": "x", "after": 0, "edits": []}',
        json.dumps({"client": str(ANNA), "after": -1, "edits": []}),
        json.dumps({"client": str(ANNA), "after": 0, "edits": [{}]}),
        json.dumps({"client": str(ANNA), "after": 0, "edits": [edit(ANNA, "password", "x")]}),
        json.dumps({"client": str(ANNA), "after": 0, "edits": [edit(ANNA, "demand", "340")]}),
        json.dumps({"client": str(ANNA), "after": 0, "edits": [edit(ANNA, "place", "Not a place")]}),
        json.dumps({"client": str(ANNA), "after": 0, "edits": [edit(ANNA, "touch", "x" * 501)]}),
    ],
)
def test_what_the_page_never_sends_is_refused_and_nothing_of_it_kept(as_person, alice, mapped, url, body):
    assert as_person(alice).post(url, body, content_type="application/json").status_code == 400
    assert mapped.edits.count() == mapped.last_number


@pytest.mark.django_db
def test_rows_are_measured_as_they_stand_and_nothing_is_kept(as_person, alice, mapped):
    step, other = str(uuid.uuid4()), str(uuid.uuid4())
    rows = [
        {"id": step, "step": "Reģistrē", "touch": "15", "wait": ""},
        {"id": other, "step": "Paraksta", "touch": "5 min", "wait": "2 nedēļas"},
    ]
    body = json.dumps({"steps": rows, "map": {"demand": "340", "rate": "12,5"}})
    address = f"{mapped.get_absolute_url()}measured/"
    told = as_person(alice).post(address, body, content_type="application/json").json()
    assert "15" in told["cells"][step]["touch"]["problem"]
    assert told["cells"][other]["wait"] == {"told": "14 days"}
    assert "1 field is not understood yet" in told["html"]
    assert "Paraksta" in told["html"] and "1.04 EUR" in told["html"]
    assert mapped.edits.count() == mapped.last_number


@pytest.mark.django_db(transaction=True)
def test_tabs_that_send_at_the_same_moment_get_numbers_without_gaps(mapped):
    step, seen = first_step(mapped), mapped.last_number
    both = [maps.Sent(uuid.uuid4(), step, "touch", f"{at} min", "", seen) for at in range(AT_ONCE)]
    twice = maps.Sent(uuid.uuid4(), step, "lane", "Juristi", "", seen)
    barrier, faults = threading.Barrier(AT_ONCE), []

    def send(one: maps.Sent) -> None:
        barrier.wait()
        try:
            fresh = StreamMap.objects.get(pk=mapped.pk)
            maps.take_edits(edited=fresh, client=uuid.uuid4(), sent=[one, twice], now=NOW)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[one]) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    numbers = list(mapped.edits.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    mapped.refresh_from_db()
    assert mapped.last_number == numbers[-1]
    (conflict,) = maps.state_of(mapped).conflicts
    assert {conflict.stands, *conflict.others} == {f"{at} min" for at in range(AT_ONCE)}


@pytest.mark.django_db
def test_a_link_lets_look_on_until_it_ends_or_is_taken_back(client, as_person, alice, mapped):
    base = mapped.get_absolute_url()
    as_person(alice).post(f"{base}share/", {"days": "7", "key": str(uuid.uuid4())})
    given = MapShare.objects.get()
    address = f"/assessments/follow/{given.token}/"
    page = client.get(address)
    assert page.status_code == 200 and "Vīzē jurists" in page.content.decode()
    assert "data-field" not in page.content.decode()
    assert "html" in client.get(f"{address}drawn/?after=0").json()
    assert client.get(f"{address}drawn/?after={mapped.last_number}").json() == {"number": mapped.last_number}
    assert client.get(f"{base}edits/").status_code == 302
    as_person(alice).post(f"{base}share/{given.pk}/revoke/")
    assert client.get(address).status_code == client.get(f"{address}drawn/").status_code == 404


@pytest.mark.django_db
def test_an_ended_link_shows_nothing(client, alice, mapped):
    given = map_shares.share(
        shared=mapped, days=1, key=uuid.uuid4(), by=alice, now=NOW - timedelta(days=1, seconds=1)
    )
    assert map_shares.standing_share(given.token, NOW) is None
    assert map_shares.standing_share(given.token, NOW - timedelta(hours=1)) == given
    assert client.get(f"/assessments/follow/{given.token}/").status_code == 404


@pytest.mark.django_db
def test_who_signs_out_leaves_nothing_in_the_browser(as_person, alice):
    client = as_person(alice)
    assert "Clear-Site-Data" not in client.get("/").headers
    assert client.post("/sign-out/").headers["Clear-Site-Data"] == '"storage"'

"""An idea on a map becomes an action with a post and a day, and is done when one can see it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest

from straume.web.studies.actions import maps
from straume.web.studies.models import ActionDone, KaizenAction, StreamMap

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
BURST = uuid.uuid4()


@pytest.fixture
def mapped(study, alice) -> StreamMap:
    rows = [{"step": "Vīzē jurists", "touch": "20 min", "wait": "2 nedēļas"}]
    made = maps.begin_map(study=study, name="As it is", key=uuid.uuid4(), by=alice, now=NOW, rows=rows)
    step = maps.state_of(made).steps[0].id
    said = {"place": "a", "burst_of": str(step), "text": "=Bez vīzas mazām summām"}
    sent = [maps.Sent(uuid.uuid4(), BURST, name, value, "", 0) for name, value in said.items()]
    maps.take_edits(edited=made, client=uuid.uuid4(), sent=sent, now=NOW)
    return made


@pytest.fixture
def address(mapped) -> str:
    return f"{mapped.get_absolute_url()}bursts/{BURST}/"


def agreed(client, address, due="2019-05-01", **more):
    form = {"owner_post": "Juridiskās nodaļas vadītājs", "due_on": due, "key": str(uuid.uuid4()), **more}
    return client.post(address, form)


def test_an_idea_becomes_an_action_once(as_person, alice, mapped, address):
    client = as_person(alice)
    agreed(client, address)
    agreed(client, address, owner_post="Cits")
    action = KaizenAction.objects.get()
    assert (action.step, action.what) == ("Vīzē jurists", "=Bez vīzas mazām summām")
    assert action.owner_post == "Juridiskās nodaļas vadītājs"
    page = client.get(f"{mapped.get_absolute_url()}bursts/").content.decode()
    assert "Juridiskās nodaļas vadītājs" in page and "late" in page


@pytest.mark.parametrize("missing", ["owner_post", "due_on"])
def test_an_action_has_a_post_and_a_day(as_person, alice, address, missing):
    answer = agreed(as_person(alice), address, **{missing: ""})
    assert missing in answer.context["form"].errors
    assert not KaizenAction.objects.exists()


def test_it_is_done_when_one_can_see_it(as_person, alice, mapped, address):
    client = as_person(alice)
    agreed(client, address)
    action = KaizenAction.objects.get()
    done = f"/assessments/{mapped.study_id}/actions/{action.pk}/"
    assert "evidence" in client.post(done, {"on": "2019-04-01", "evidence": ""}).context["form"].errors
    for _time in range(2):
        client.post(done, {"on": "2019-04-01", "evidence": "Jaunā kārtība ir spēkā."})
    assert ActionDone.objects.get().evidence == "Jaunā kārtība ir spēkā."


def test_the_list_is_searched_filtered_sorted_and_given_as_a_file(as_person, alice, bob, address):
    agreed(as_person(alice), address)
    client = as_person(bob)  # members of the institution read it
    assert client.get("/assessments/actions/?q=jurid&state=late&sort=post").context["page"].object_list
    assert not client.get("/assessments/actions/?state=done").context["page"].object_list
    assert not client.get("/assessments/actions/?q=cits").context["page"].object_list
    assert client.get("/assessments/actions/?sort=nonsense&state=nonsense").status_code == 200
    file = client.get("/assessments/actions/?format=csv").content.decode("utf-8-sig")
    assert "Juridiskās nodaļas vadītājs" in file
    assert "\n=Bez" not in file, "a formula that the spreadsheet would run"


def test_others_see_none_of_it(as_person, charlie, alice, address):
    agreed(as_person(alice), address)
    client = as_person(charlie)
    assert not client.get("/assessments/actions/").context["page"].object_list
    assert client.get(address).status_code == 404


def test_an_employee_outside_the_team_makes_no_action(as_person, bob, address):
    assert agreed(as_person(bob), address).status_code == 403

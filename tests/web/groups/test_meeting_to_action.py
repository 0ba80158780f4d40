"""A meeting is minuted, decides, gives actions; each is read by those who may."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from straume.web.groups.models import ActionEnd, Decision, GroupAction, MinuteClash, MinuteText

pytestmark = pytest.mark.django_db


def save(client, meeting, point, words, base=0, key=None, language="lv"):
    said = {
        "point": point.pk, "language": language, "text": words, "state": "written", "base": base,
        "key": key or uuid.uuid4(),
    }  # fmt: skip
    return client.post(
        reverse("groups:save_minutes", args=[meeting.pk]), said, headers={"Accept": "application/json"}
    )


def test_from_the_agenda_to_an_action_that_is_done(meeting, alice, bob, as_person) -> None:
    client, point = as_person(alice), meeting.agenda.first()
    assert save(client, meeting, point, "Trīs soļi pietiek.").json()["version"] == 1
    key = uuid.uuid4()
    for _twice in range(2):
        sent = {"text": "Three steps are enough", "point": point.pk, "key": key, "from_minutes": 1}
        client.post(reverse("groups:add_decision", args=[meeting.pk]), sent)
    decision = Decision.objects.get()
    assert (decision.number, decision.point, decision.text_en) == (1, point, "Three steps are enough")
    owner = meeting.group.members.get(person=alice)
    sent = {
        "what": "Write the steps down", "owner": owner.pk, "due_on": "2019-02-15", "key": uuid.uuid4(),
        "decision": decision.pk, "from_minutes": 1, "point": point.pk,
    }  # fmt: skip
    answer = client.post(reverse("groups:add_action", args=[meeting.pk]), sent)
    assert answer.headers["Location"].endswith(f"#point-{point.pk}")
    action = GroupAction.objects.get()
    ended = {"kind": "done", "on": "2019-02-01", "seen_by": "Order No. 5"}
    client.post(reverse("groups:end_action", args=[action.pk]), ended)
    assert ActionEnd.objects.get().seen_by == "Order No. 5"
    assert as_person(bob).get(action.get_absolute_url()).status_code == 404  # the minutes are a draft
    client.post(reverse("groups:publish_minutes", args=[meeting.pk]))
    page = as_person(bob).get(action.get_absolute_url()).content.decode()
    assert "Order No. 5" in page
    assert "Alice" not in page
    assert "IT speciāliste, Līvāni municipality" in page


def test_two_who_write_at_once_are_told_and_nothing_is_lost(meeting, alice, charlie, as_person) -> None:
    point, key = meeting.agenda.first(), uuid.uuid4()
    assert save(as_person(alice), meeting, point, "Alice said it").status_code == 200
    late = save(as_person(charlie), meeting, point, "Charlie said it", base=0, key=key)
    again = save(as_person(charlie), meeting, point, "Charlie said it", base=0, key=key)
    assert (late.status_code, again.status_code) == (409, 409)
    assert late.json()["text"] == "Alice said it"
    clash = MinuteClash.objects.get()
    assert clash.words == "Charlie said it"
    page = as_person(alice).get(reverse("groups:minutes", args=[meeting.pk])).content.decode()
    assert "Charlie said it" in page
    as_person(alice).post(late.json()["clash"]["settle"], {"do": "put_in"})
    assert MinuteText.objects.get().text == "Alice said it\nCharlie said it"
    as_person(alice).post(late.json()["clash"]["settle"], {"do": "put_in"})
    assert MinuteText.objects.get().version == 2


def test_the_same_save_sent_twice_is_one_change(meeting, alice, as_person) -> None:
    point, key = meeting.agenda.first(), uuid.uuid4()
    first = save(as_person(alice), meeting, point, "Once", key=key)
    second = save(as_person(alice), meeting, point, "Once", key=key)
    assert first.json() == second.json() == {"version": 1, "text": "Once"}


def test_drafts_are_for_members_alone(meeting, alice, bob, as_person) -> None:
    save(as_person(alice), meeting, meeting.agenda.first(), "Melnraksta vārdi")
    page = as_person(bob).get(meeting.get_absolute_url()).content.decode()
    assert "not published yet" in page
    assert "Melnraksta" not in page
    assert as_person(bob).get(reverse("groups:minutes_pdf", args=[meeting.pk, "lv"])).status_code == 404
    assert as_person(bob).get(reverse("groups:minutes", args=[meeting.pk])).status_code == 403
    client = as_person(alice)
    client.post(reverse("groups:publish_minutes", args=[meeting.pk]))
    page = as_person(bob).get(meeting.get_absolute_url()).content.decode()
    assert "Melnraksta vārdi" in page
    assert "Lithuanian: 0 of 1 points" in page
    sheet = as_person(bob).get(reverse("groups:minutes_pdf", args=[meeting.pk, "lv"]))
    assert sheet.content.startswith(b"%PDF")
    client.post(reverse("groups:take_back_minutes", args=[meeting.pk]), {"reason": "A name stands in it"})
    assert "Melnraksta" not in as_person(bob).get(meeting.get_absolute_url()).content.decode()


def test_a_language_that_is_left_out_is_said(meeting, alice, as_person) -> None:
    client = as_person(alice)
    client.post(reverse("groups:minutes_languages", args=[meeting.pk]), {"languages": ["lv", "lt"]})
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "English: left out by the group" in page
    assert save(client, meeting, meeting.agenda.first(), "No", language="en").status_code == 400


@pytest.mark.parametrize(
    "name", ["groups", "decisions", "actions", "my_actions"], ids=["groups", "decisions", "actions", "mine"]
)
def test_the_lists_open(name, meeting, alice, as_person) -> None:
    client = as_person(alice)
    assert client.get(reverse(f"groups:{name}")).status_code == 200
    if name in ("decisions", "actions"):
        assert client.get(reverse(f"groups:{name}"), {"format": "csv", "sort": "-group"}).status_code == 200
        assert client.get(reverse(f"groups:{name}"), {"format": "xlsx", "q": "koki"}).status_code == 200


def test_every_form_of_a_group_and_meeting_opens(group, meeting, alice, as_person) -> None:
    client, seat = as_person(alice), group.members.first()
    of_group = ("group", "change_group", "move_group", "add_member", "add_meeting", "add_series")
    of_meeting = (
        "meeting", "change_meeting", "cancel_meeting", "meeting_ics", "swap_turn", "add_point", "minutes",
        "minutes_state", "minutes_languages", "publish_minutes", "take_back_minutes", "add_decision",
        "add_action",
    )  # fmt: skip
    for name in of_group:
        assert client.get(reverse(f"groups:{name}", args=[group.pk])).status_code == 200, name
    for name in of_meeting:
        assert client.get(reverse(f"groups:{name}", args=[meeting.pk])).status_code == 200, name
    assert client.get(reverse("groups:change_member", args=[group.pk, seat.pk])).status_code == 200
    point = meeting.agenda.first()
    assert client.get(reverse("groups:change_point", args=[meeting.pk, point.pk])).status_code == 200

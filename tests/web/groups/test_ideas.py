"""Ideas: handed in with a name or without, seen, answered, chased, followed by a private link."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from straume.web.groups.actions import ideas as actions
from straume.web.groups.models import Idea, IdeaBox, IdeaChase, IdeaStep

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 17, 31, tzinfo=UTC)
BASE = "/groups/ideas/"


@pytest.fixture
def head(member, livani, taxes):
    return member("helga", livani, "unit_head", unit=taxes)


@pytest.fixture
def box(taxes) -> IdeaBox:
    return actions.open_box(taxes, now=NOW)


@pytest.fixture
def idea(taxes, bob) -> Idea:
    return actions.submit(unit=taxes, text="Print less", key=uuid.uuid4(), now=NOW, by=bob)


def by_link(box: IdeaBox, *, key: uuid.UUID | None = None, text: str = "Print less") -> str:
    """Hand in an idea by the open link; where it leads to."""
    answer = Client().post(f"{BASE}new/{box.token}/", {"key": str(key or uuid.uuid4()), "text": text})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_an_idea_by_the_open_link_is_followed_by_a_private_one(
    box, head, as_person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        link = by_link(box)
    assert mail.outbox[0].to == [head.email]
    assert "Print less" in Client().get(link).content.decode()
    idea = Idea.objects.get()
    as_person(head).post(f"{BASE}{idea.pk}/", {"state": "acknowledged", "text": ""})
    as_person(head).post(f"{BASE}{idea.pk}/", {"state": "declined", "text": "The law asks for paper"})
    page = Client().get(link).content.decode()
    assert "The law asks for paper" in page
    assert "helga" not in page.lower()


def test_nothing_is_kept_that_leads_to_who_had_the_idea(box, bob, as_person):
    """In no column of any row: no person, no address, no minute, not the tracking link."""
    key = uuid.uuid4()
    answer = as_person(bob).post(
        f"{BASE}add/",
        {"key": str(key), "text": "Print less", "unit": box.unit_id, "without_name": "on"},
    )
    token = re.search(r"follow/(.+)/", answer.headers["Location"])[1]
    idea = Idea.objects.get()
    assert idea.submitted_by is None
    assert (idea.submitted_at.minute, idea.submitted_at.second) == (0, 0)
    for model in apps.get_app_config("groups").get_models():
        for row in model._default_manager.values():
            told = " ".join(str(value) for value in row.values())
            for secret in (token, str(key), key.hex, bob.email, "127.0.0.1"):
                assert secret not in told, (model, secret)
    assert "Print less" not in as_person(bob).get("/me/").content.decode()


def test_two_submits_of_one_form_are_one_idea_and_lead_to_one_link(box):
    key = uuid.uuid4()
    assert by_link(box, key=key) == by_link(box, key=key)
    assert Idea.objects.count() == 1


def test_many_ideas_from_one_place_have_to_wait(box, monkeypatch):
    monkeypatch.setattr("straume.web.groups.views.ideas.MOST_PER_ADDRESS", 3)
    for _number in range(3):
        by_link(box)
    refused = Client().post(f"{BASE}new/{box.token}/", {"key": str(uuid.uuid4()), "text": "Once more"})
    assert refused.status_code == 429
    assert "Many ideas came from here" in refused.content.decode()
    assert Idea.objects.count() == 3


def test_a_closed_or_replaced_link_leads_nowhere(box, head, as_person):
    old = f"{BASE}new/{box.token}/"
    as_person(head).post(f"{BASE}box/{box.unit_id}/open/", {"kind": "anew"})
    assert Client().get(old).status_code == 404
    box.refresh_from_db()
    as_person(head).post(f"{BASE}box/{box.unit_id}/open/", {"kind": "close"})
    assert Client().get(f"{BASE}new/{box.token}/").status_code == 404


def test_the_life_of_an_idea_says_each_step_to_whoever_had_it(
    idea, head, bob, as_person, django_capture_on_commit_callbacks
):
    client = as_person(head)
    with django_capture_on_commit_callbacks(execute=True):
        for state, text in (
            ("acknowledged", ""),
            ("accepted", ""),
            ("trying", ""),
            ("adopted", "Saves a day"),
        ):
            client.post(f"{BASE}{idea.pk}/", {"state": state, "text": text})
    idea.refresh_from_db()
    assert idea.state == "adopted"
    assert [one.state for one in idea.steps.all()] == ["acknowledged", "accepted", "trying", "adopted"]
    assert [one.to for one in mail.outbox] == [[bob.email]] * 4
    assert "Saves a day" in mail.outbox[-1].body
    assert "Saves a day" in as_person(bob).get(f"{BASE}{idea.pk}/").content.decode()


def test_an_idea_is_taken_and_answered_while_the_mail_server_is_away(box, head, bob, as_person, monkeypatch):
    def away(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    made = actions.submit(unit=box.unit, text="One form", key=uuid.uuid4(), now=NOW, by=bob)
    actions.tell_heads(made, "idea_new", now=NOW)
    assert actions.step(idea=made, state="acknowledged", text="Seen", by=head, now=NOW)
    actions.tell_person(made, "Seen")
    assert Idea.objects.get().state == "acknowledged"


def test_declining_and_giving_up_say_why(idea, head, as_person):
    page = as_person(head).post(f"{BASE}{idea.pk}/", {"state": "declined", "text": ""}).content.decode()
    assert "Say why, or what was learnt" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaStep.objects.create(idea=idea, state="abandoned", text="", made_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(text="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(tracking_hash="x")


def test_of_two_answers_the_first_stands(idea, head):
    assert actions.step(idea=idea, state="accepted", text="", by=head, now=NOW)
    assert not actions.step(idea=idea, state="declined", text="No", by=head, now=NOW)
    assert idea.steps.count() == 1


def test_the_head_is_reminded_after_48_hours_and_the_leader_after_a_week(
    idea, head, member, livani, django_capture_on_commit_callbacks
):
    leader = member("lena", livani, "leader")
    told = []
    for hours in (47, 49, 50, 24 * 7 + 1, 24 * 8):
        with django_capture_on_commit_callbacks(execute=True):
            actions.chase(NOW + timedelta(hours=hours))
        told.append(sorted(one.to[0] for one in mail.outbox))
        mail.outbox.clear()
    assert told == [[], [head.email], [], sorted([head.email, leader.email]), []]
    assert IdeaChase.objects.count() == 2


def test_only_those_who_answer_see_who_had_the_idea(idea, head, alice, bob, charlie, as_person):
    seen = {
        p.name: "Bob" in as_person(p).get(f"{BASE}{idea.pk}/").content.decode().split("<main")[1]
        for p in (head, alice, bob)
    }
    assert seen == {"Helga": True, "Alice": False, "Bob": True}
    assert as_person(alice).post(f"{BASE}{idea.pk}/", {"state": "accepted"}).status_code == 403
    assert as_person(charlie).get(f"{BASE}{idea.pk}/").status_code == 404
    assert "Print less" not in as_person(charlie).get(BASE).content.decode()


def test_a_list_of_ideas_has_no_names_in_its_files(idea, alice, as_person):
    content = as_person(alice).get(f"{BASE}?format=csv").content.decode()
    assert "Print less" in content
    assert "Bob" not in content


def test_an_idea_points_at_a_need(idea, head, as_person):
    from straume.web.needs.models import Need

    need = Need.objects.create(kind="problem", title_en="Paper", named_on=NOW.date())
    as_person(head).post(f"{BASE}{idea.pk}/about/", {"need": need.pk, "offer": "", "card": ""})
    assert "Paper" in as_person(head).get(f"{BASE}{idea.pk}/").content.decode()

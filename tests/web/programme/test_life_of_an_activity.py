"""planned → announced → held → evidence complete → reported; back for a reason; each move a record."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from straume.web.programme.actions import status
from straume.web.programme.models import Activity, Registration, StatusChange, VisitHost
from straume.web.programme.registry import evidence_gaps, status_moves

pytestmark = pytest.mark.django_db


def move(client, shown: Activity, to: str, reason: str = ""):
    return client.post(reverse("programme:move_activity", args=[shown.pk, to]), {"reason": reason})


def state(shown: Activity) -> str:
    return Activity.objects.get(pk=shown.pk).status


def test_it_is_announced_only_when_people_can_know_what_they_come_to(
    make_activity, coordinator, as_person
) -> None:
    shown = make_activity(sessions=0, languages=[], places=0, title_lt="")
    client = as_person(coordinator)
    page = client.get(shown.get_absolute_url()).content.decode()
    for gap in ("No session", "No language", "No places", "The title is missing in: lt"):
        assert gap in page, gap
    move(client, shown, "announced", "because")
    assert state(shown) == "planned" and not StatusChange.objects.exists()


def test_coaching_by_appointment_needs_no_sessions_and_a_visit_needs_a_host(make_activity, utena) -> None:
    assert not status.missing_to_announce(make_activity(kind="coaching", sessions=0, places=0))
    visit = make_activity(kind="visit_abroad")
    assert status.missing_to_announce(visit) == ["No host: say which institution receives the group."]
    VisitHost.objects.create(activity=visit, institution=utena)
    assert not status.missing_to_announce(visit)


def test_it_goes_through_its_life_and_every_move_is_written_down(
    make_activity, coordinator, as_person, today
) -> None:
    shown = make_activity(in_days=0)
    client = as_person(coordinator)
    move(client, shown, "announced")
    move(client, shown, "held")
    assert (
        "No material"
        in client.get(reverse("programme:move_activity", args=[shown.pk, "complete"])).content.decode()
    )
    move(client, shown, "complete")
    assert state(shown) == "held"  # what is missing asks for a reason
    move(client, shown, "complete", "Nothing was handed out")
    move(client, shown, "reported")
    moves = [(one.before, one.after, one.reason, one.made_by) for one in shown.status_changes.all()]
    assert moves == [
        ("planned", "announced", "", coordinator),
        ("announced", "held", "", coordinator),
        ("held", "complete", "Nothing was handed out", coordinator),
        ("complete", "reported", "", coordinator),
    ]
    assert "Nothing was handed out" in client.get(shown.get_absolute_url()).content.decode()


def test_a_step_back_needs_a_reason_and_none_can_be_jumped(make_activity, coordinator, as_person) -> None:
    shown = make_activity(in_days=-3, status="held")
    client = as_person(coordinator)
    move(client, shown, "reported", "hurry")
    move(client, shown, "announced")
    assert state(shown) == "held"
    move(client, shown, "announced", "Marked by mistake")
    assert state(shown) == "announced"


def test_what_has_not_begun_was_not_held(make_activity, coordinator, as_person) -> None:
    shown = make_activity(status="announced")
    move(as_person(coordinator), shown, "held")
    assert state(shown) == "announced"


def test_who_holds_a_place_is_not_left_without_a_word(make_activity, coordinator, bob, as_person) -> None:
    shown = make_activity(status="announced")
    Registration.objects.create(
        activity=shown, person=bob, way="delegated", status="confirmed", made_at=timezone.now()
    )
    client = as_person(coordinator)
    move(client, shown, "planned", "Not yet")
    assert state(shown) == "announced"


def test_cancelling_tells_its_sessions_and_the_page_says_why(
    make_activity, coordinator, bob, as_person, heard
) -> None:
    shown = make_activity(status="announced")
    client = as_person(coordinator)
    move(client, shown, "cancelled")
    assert state(shown) == "announced" and heard == []
    move(client, shown, "cancelled", "The trainer fell ill")
    assert heard == [("Session 1", "cancelled", 1)]
    assert (
        "This activity is cancelled: The trainer fell ill"
        in as_person(bob).get(shown.get_absolute_url()).content.decode()
    )
    move(client, shown, "planned", "Another trainer came")
    move(client, shown, "announced")
    assert state(shown) == "announced" and heard[1:] == [("Session 1", "revived", 2)]


def test_two_who_move_it_at_once_leave_one_record(make_activity, coordinator, today) -> None:
    shown, stale = (one := make_activity()), Activity.objects.get(pk=one.pk)
    step = status.steps_of(shown, today)[0]
    now = timezone.now()
    assert status.move(activity=shown, step=step, reason="", by=coordinator, now=now)
    assert status.move(activity=stale, step=step, reason="", by=coordinator, now=now) is None
    assert StatusChange.objects.count() == 1


def test_others_add_what_evidence_they_miss_and_hear_of_moves(make_activity, coordinator, today) -> None:
    kept = dict(evidence_gaps._entries), dict(status_moves._entries)
    heard_of: list[str] = []
    evidence_gaps.register("test", lambda activity: ["No signed list."])
    status_moves.register("test", lambda change: heard_of.append(change.after))
    try:
        shown = make_activity(in_days=-1, status="announced")
        step = status.steps_of(shown, today)[0]
        status.move(activity=shown, step=step, reason="", by=coordinator, now=timezone.now())
        assert "No signed list." in status.steps_of(shown, today)[0].gaps
        assert heard_of == ["held"]
    finally:
        evidence_gaps._entries, status_moves._entries = kept


@pytest.mark.parametrize(
    "fields",
    [{"before": "held", "after": "held", "reason": "x"}, {"before": "planned", "after": "cancelled"}],
    ids=["moves nowhere", "cancelled without a reason"],
)
def test_the_database_refuses_a_move_that_is_none(fields, make_activity) -> None:
    shown = make_activity()
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusChange.objects.create(activity=shown, made_at=timezone.now(), **fields)

"""Whose turn it is, on which days a meeting comes again, who is suggested, and letters that go once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from straume.web.groups import analysis
from straume.web.groups.chase import chase
from straume.web.groups.models import (
    ActionChase,
    ActionEnd,
    GroupAction,
    GroupMember,
    GroupStateChange,
    Meeting,
    WorkingGroup,
)
from straume.web.groups.recurrence import days
from straume.web.groups.rotation import turns_of
from straume.web.places.actions import hand_over
from straume.web.places.models import Institution, Role

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)


def test_turns_go_round_and_change_country(group, bob, livani) -> None:
    GroupMember.objects.create(group=group, person=bob, institution=livani, from_on=date(2018, 2, 1))
    for month in range(1, 7):
        at = datetime(2019, month, 5, 9, tzinfo=UTC)
        Meeting.objects.create(group=group, starts_at=at, ends_at=at + timedelta(hours=2))
    turns = [turns_of(group)[pk] for pk in group.meetings.values_list("pk", flat=True)]
    chairs = [turn.chair.person.name for turn in turns]
    assert chairs == ["Alice", "Charlie", "Bob", "Charlie", "Alice", "Bob"]
    assert all(turn.chair != turn.rapporteur for turn in turns)
    first, second = turns[:2]
    assert {first.chair.institution.country, first.rapporteur.institution.country} == {"lv", "lt"}
    meeting = group.meetings.first()
    meeting.chair = second.chair  # swapped by hand: the next turns follow from it
    meeting.save()
    turns = [turns_of(group)[pk] for pk in group.meetings.values_list("pk", flat=True)]
    assert [turn.chair.person.name for turn in turns[:2]] == ["Charlie", "Alice"]


def test_days_of_a_meeting_that_comes_again() -> None:
    weeks = days(step="weeks", every=2, weekday=2, nth=1, from_on=date(2019, 1, 1), until_on=date(2019, 2, 1))
    assert weeks == [date(2019, 1, 2), date(2019, 1, 16), date(2019, 1, 30)]
    last = days(
        step="months", every=1, weekday=4, nth=-1, from_on=date(2019, 11, 30), until_on=date(2020, 2, 29)
    )
    assert last == [date(2019, 12, 27), date(2020, 1, 31), date(2020, 2, 28)]
    long = days(step="weeks", every=1, weekday=0, nth=1, from_on=date(2019, 1, 1), until_on=date(2030, 1, 1))
    assert len(long) == 60


def test_a_series_keeps_its_clock_time_over_the_change_to_summer_time(group, alice, as_person) -> None:
    sent = {
        "on": "2019-03-01", "until_on": "2019-04-30", "every": 1, "step": "months", "weekday": 2, "nth": 1,
        "starts": "10:00", "ends": "12:00", "key": "11111111-1111-4111-8111-111111111111",
    }  # fmt: skip
    for _twice in range(2):
        as_person(alice).post(reverse("groups:add_series", args=[group.pk]), sent)
    starts = list(group.meetings.values_list("starts_at", flat=True))
    assert starts == [datetime(2019, 3, 6, 8, tzinfo=UTC), datetime(2019, 4, 3, 7, tzinfo=UTC)]


def letters() -> list[tuple[str, str, int]]:
    """(receiver, method, sequence) of each invitation."""
    found = []
    for letter in mail.outbox:
        file = Calendar.from_ical(letter.attachments[0].content)
        event = file.walk("VEVENT")[0]
        found.append((letter.to[0], str(file["method"]), int(event["sequence"])))
    return sorted(found)


@pytest.mark.django_db(transaction=True)
def test_members_are_invited_told_of_changes_and_of_the_end(meeting, alice, as_person) -> None:
    client = as_person(alice)
    client.post(reverse("groups:invite", args=[meeting.pk]))
    assert letters() == [("alice@example.org", "REQUEST", 0), ("charlie@example.org", "REQUEST", 0)]
    mail.outbox.clear()
    sent = {
        "on": "2019-01-16", "starts": "10:00", "ends": "12:00", "title_lv": "Soļi", "title_en": "Steps",
        "key": "11111111-1111-4111-8111-111111111111",
    }  # fmt: skip
    client.post(reverse("groups:change_meeting", args=[meeting.pk]), sent)
    assert {(method, sequence) for _to, method, sequence in letters()} == {("REQUEST", 1)}
    mail.outbox.clear()
    client.post(reverse("groups:change_meeting", args=[meeting.pk]), sent)  # nothing new, no letter
    assert mail.outbox == []
    client.post(reverse("groups:cancel_meeting", args=[meeting.pk]), {"reason": "Snow"})
    assert {(method, sequence) for _to, method, sequence in letters()} == {("CANCEL", 2)}
    assert "Snow" in mail.outbox[0].body


@pytest.fixture
def action(group, meeting, charlie) -> GroupAction:
    owner = group.members.get(person=charlie)
    return GroupAction.objects.create(
        group=group, meeting=meeting, what_lt="Aprašyti", owner=owner, due_on=date(2019, 2, 1), made_at=NOW
    )


def test_an_open_action_chases_itself_and_each_letter_goes_once(
    action, django_capture_on_commit_callbacks
) -> None:
    def on(day: date) -> list[tuple[str, str]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            for _twice in range(2):
                chase(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        return [(letter.to[0], letter.subject.split(":")[0]) for letter in mail.outbox]

    assert on(date(2019, 1, 24)) == []
    assert on(date(2019, 1, 25)) == [("charlie@example.org", "Due soon")]
    assert on(date(2019, 2, 1)) == []
    assert on(date(2019, 2, 2)) == [("charlie@example.org", "Late")]
    assert on(date(2019, 2, 16)) == [("alice@example.org", "Still open in your group")]
    assert on(date(2019, 3, 16)) == []
    GroupAction.objects.update(due_on=date(2019, 4, 1))  # set anew: it begins anew
    assert on(date(2019, 3, 30)) == [("charlie@example.org", "Due soon")]
    ActionEnd.objects.create(action=action, on=date(2019, 4, 1), seen_by="Yes", recorded_at=NOW)
    assert on(date(2019, 4, 9)) == []
    assert ActionChase.objects.count() == 4


def test_who_leaves_hands_seat_and_open_actions_over(action, charlie, utena, member) -> None:
    taker = member("eva", utena, Role.EMPLOYEE)
    hand_over(institution=utena, from_person=charlie, to_person=taker, done_by=charlie, now=NOW)
    action.refresh_from_db()
    assert action.owner.person == taker
    assert action.owner.post == "IT skyriaus vedėjas"
    assert not GroupMember.objects.filter(person=charlie, until_on__isnull=True).exists()


def test_the_suggestion_evens_countries_and_says_why(group, member, livani, utena, bob) -> None:
    for slug, country in (("ludza", "lv"), ("balvi", "lv"), ("zarasai", "lt"), ("moletai", "lt")):
        place = Institution.objects.create(
            name_en=slug, slug=slug, country=country, kind="municipality", tier="involved", timezone="UTC"
        )
        for number in range(2):
            member(f"{slug}{number}", place, Role.EMPLOYEE)
    group.members.filter(institution=utena).delete()
    found = analysis.suggest(group, number=3, today=date(2019, 1, 1))
    countries = sorted(one.held.institution.country for one in found)
    assert countries == ["lt", "lt", "lv"]  # one of Latvia sits there already
    assert len({one.held.institution_id for one in found}) == 3
    assert all("municipality" in one.why for one in found)
    abroad = next(one for one in found if one.held.institution.country == "lt")
    assert "the country has fewer members" in abroad.why_said


def test_a_group_closes_with_its_legacy_and_reason(group, alice, as_person) -> None:
    client, address = as_person(alice), reverse("groups:move_group", args=[group.pk])
    page = client.post(address, {"after": "closed", "reason": "Done"}).content.decode()
    assert "Write what stays of the group" in page
    assert "valid choice" in client.post(address, {"after": "sustaining", "reason": "x"}).content.decode()
    client.post(address, {"after": "closed", "reason": "Done", "legacy": "The head of IT keeps the cards"})
    group.refresh_from_db()
    assert (group.state, group.legacy_en) == ("closed", "The head of IT keeps the cards")
    assert GroupStateChange.objects.get().reason == "Done"


def test_only_coordinators_of_lead_bodies_set_groups_up(coordinator, alice, as_person) -> None:
    assert as_person(alice).get(reverse("groups:add_group")).status_code == 403
    key = "11111111-1111-4111-8111-111111111111"
    sent = {"theme": "it", "name_lv": "IT", "purpose_lv": "Dati", "key": key}
    client = as_person(coordinator)
    for _twice in range(2):
        assert client.post(reverse("groups:add_group"), sent).status_code == 302
    assert WorkingGroup.objects.get().state == "forming"

"""The demo's attendance: simulated and marked so, each person once, two certificates that stand."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import F

from straume.web.accounts.models import User
from straume.web.demo import activities, attendance, people, places, programme
from straume.web.demo.people import email_of
from straume.web.programme import counting, evidence
from straume.web.programme.elsewhere.attendance import kept_about
from straume.web.programme.models import (
    Activity,
    Attendance,
    Certificate,
    Cycle,
    OutputIndicator,
    Registration,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_it_is_marked_counts_each_once_and_leaves_one_page_to_be_found_missing() -> None:
    for part in (places, programme, people, activities, attendance):
        part.seed(TODAY)
    assert Attendance.objects.exists()
    assert not Registration.objects.filter(attendances__isnull=False, is_simulated=False).exists()
    people_once = counting.count_of(OutputIndicator.objects.get(code="P1"))
    assert people_once.value == len({one.registration.person_id for one in Attendance.objects.all()})
    conference = Activity.objects.get(kind="intl_conference", from_on__year=2017)
    assert {one.people for one in evidence.of_activity(conference)} == {166}  # as the public record has it
    for one in Attendance.objects.select_related("registration", "session"):
        assert one.registration.made_at < one.came_at <= one.session.starts_at
    head = User.objects.get(email=email_of("unit_head"))
    first_day = kept_about(head, TODAY).rows[0][2].text
    assert " 9:" in str(first_day), "the time on the clock of the room, where it begins at 09:30"
    for day in Activity.objects.filter(kind="workshop", from_on__year=2018):
        assert day.registrations.values("institution").distinct().count() == 15  # municipalities on record
    assert not Activity.objects.filter(taken__gt=F("places")).exists()
    standing = Certificate.objects.filter(stands=True)
    assert {one.person.name for one in standing} == {"Jānis Kalniņš", "Anna Vītola"}
    assert all(one.is_simulated for one in Certificate.objects.all())
    assert Certificate.objects.get(name=attendance.MISPRINTED).state == "replaced"
    cycle = Cycle.objects.get(certificate_rule__isnull=False)
    *complete, last = cycle.activities.order_by("from_on")
    assert [one for one in complete if evidence.missing(one)] == []
    assert evidence.missing(last) != []

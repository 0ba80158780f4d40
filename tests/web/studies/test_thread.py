"""The thread is walked both ways, through what one may not see, and never shows a few people as a number."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from straume.web.accounts.models import User
from straume.web.groups.models import CardPublication, PracticeCard
from straume.web.needs.models import Need
from straume.web.places import thread
from straume.web.programme.models import (
    Activity,
    ActivityNeed,
    Attendance,
    Project,
    Registration,
    Session,
    WorkPackage,
)
from straume.web.studies.models import CardEvidence, StudyOrigin

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 1, 15, 10, tzinfo=UTC)
TODAY = date(2019, 1, 15)


@pytest.fixture
def need(db) -> Need:
    return Need.objects.create(kind="training", title_en="Seeing where time goes", named_on=date(2016, 3, 1))


@pytest.fixture
def activity(need: Need) -> Activity:
    project = Project.objects.create(
        code="LLI-59", name="Open leadership", programme="Interreg", from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30), stated_total_eur=1, stated_eu_eur=1,
    )  # fmt: skip
    package = WorkPackage.objects.create(project=project, number="1", title_en="Training")
    made = Activity.objects.create(
        work_package=package, kind="training", title_en="Lean basics", from_on=date(2018, 6, 6),
        until_on=date(2018, 6, 7), place="Daugavpils", places=30,
    )  # fmt: skip
    ActivityNeed.objects.create(activity=made, need=need, reason="named most often")
    return made


@pytest.fixture
def origin(study, activity, alice) -> StudyOrigin:
    return StudyOrigin.objects.create(study=study, activity=activity, said_by=alice, said_at=NOW)


def come(activity: Activity, how_many: int) -> None:
    """People who attended both sessions of the activity: each is one person."""
    sessions = [
        Session.objects.create(
            activity=activity, title_en=f"Day {day}", starts_at=NOW + timedelta(days=day),
            ends_at=NOW + timedelta(days=day, hours=6),
        )
        for day in range(2)
    ]  # fmt: skip
    for number in range(how_many):
        person = User.objects.create_user(f"p{number}@example.org", name=f"Person {number}")
        registration = Registration.objects.create(
            activity=activity, person=person, way="applied", status="confirmed", made_at=NOW
        )
        for session in sessions:
            Attendance.objects.create(
                session=session, registration=registration, how="signed", came_at=NOW, key=uuid.uuid4()
            )


def kinds(stages) -> list[tuple[str, list[str]]]:
    return [(stage.strand.code, [str(one.title) for one in stage.knots]) for stage in stages]


def test_it_is_walked_onward_from_the_need_and_back_from_the_study(need, activity, origin, alice) -> None:
    come(activity, 6)
    onward = thread.walk("need", need.pk, person=alice, today=TODAY)
    assert onward is not None
    assert kinds(onward.after)[:3] == [
        ("activity", ["Lean basics"]),
        ("people", ["6 people"]),
        ("study", ["Tax debt recovery"]),
    ]
    back = thread.walk("study", origin.study_id, person=alice, today=TODAY)
    assert back is not None
    assert kinds(back.before) == [
        ("need", ["Seeing where time goes"]),
        ("activity", ["Lean basics"]),
        ("people", ["6 people"]),
    ]


def test_a_study_leads_to_the_card_that_stands_on_it(need, activity, origin, study, alice, livani) -> None:
    come(activity, 6)
    card = PracticeCard.objects.create(
        institution=livani, contact_post="Office", made_at=NOW, title_en="A debt in three steps"
    )
    CardPublication.objects.create(card=card, published_by=alice, published_at=NOW)
    CardEvidence.objects.create(card=card, study=study, said_by=alice, said_at=NOW)
    onward = thread.walk("need", need.pk, person=alice, today=TODAY)
    assert onward is not None
    assert ("card", ["A debt in three steps"]) in kinds(onward.after)
    back = thread.walk("card", card.pk, person=alice, today=TODAY)
    assert back is not None
    assert ("study", ["Tax debt recovery"]) in kinds(back.before)


def test_fewer_than_five_people_are_no_number_there(need, activity, alice) -> None:
    come(activity, 4)
    walked = thread.walk("need", need.pk, person=alice, today=TODAY)
    assert walked is not None
    said = " ".join(f"{one.title} {one.note}" for stage in walked.after for one in stage.knots)
    assert "fewer than five people" in said and "4" not in said and "Person" not in said


def test_a_number_of_made_up_people_says_so_where_the_activity_was_real(need, activity, alice) -> None:
    come(activity, 6)

    def badges() -> list[str]:
        walked = thread.walk("need", need.pk, person=alice, today=TODAY)
        assert walked is not None
        return [
            str(one.badge) for stage in walked.after if stage.strand.code == "people" for one in stage.knots
        ]

    assert badges() == [""]
    Registration.objects.update(is_simulated=True)
    assert badges() == ["Simulated, not real data"]


def test_a_study_that_is_not_published_is_walked_through_and_not_shown(
    need, activity, origin, charlie, alice, as_person
) -> None:
    come(activity, 5)
    walked = thread.walk("need", need.pk, person=charlie, today=TODAY)
    assert walked is not None
    assert ("study", []) in kinds(walked.after)
    page = as_person(charlie).get(f"/thread/need/{need.pk}/").content.decode()
    assert "Tax debt recovery" not in page
    assert as_person(charlie).get(f"/thread/study/{origin.study_id}/").status_code == 404
    assert "Tax debt recovery" in as_person(alice).get(f"/thread/need/{need.pk}/").content.decode()


def test_what_has_not_come_yet_says_what_to_do(need, alice, as_person) -> None:
    page = as_person(alice).get(f"/thread/need/{need.pk}/").content.decode()
    assert "No activity was chosen because of it yet." in page
    assert "say why it was begun" in page


def test_a_member_says_why_the_study_was_begun(need, activity, study, alice, as_person) -> None:
    client = as_person(alice)
    address = f"/assessments/{study.pk}/origin/"
    client.post(address, {"needs": [need.pk], "activities": [activity.pk]})
    first = list(study.origins.values_list("pk", flat=True))
    assert len(first) == 2
    client.post(address, {"needs": [need.pk], "activities": [activity.pk]})
    assert list(study.origins.values_list("pk", flat=True)) == first  # who said it first stays
    client.post(address, {"needs": [need.pk]})
    assert [one.need for one in study.origins.all()] == [need]
    page = client.get(study.get_absolute_url()).content.decode()
    assert "Seeing where time goes" in page and f"/thread/study/{study.pk}/" in page


def test_the_database_keeps_one_origin_once_and_of_one_kind(need, activity, study, alice) -> None:
    said = {"study": study, "said_by": alice, "said_at": NOW}
    StudyOrigin.objects.create(need=need, **said)
    for wrong in ({"need": need}, {"need": need, "activity": activity}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StudyOrigin.objects.create(**said, **wrong)


def test_a_walk_asks_the_database_a_steady_number_of_times(
    need, activity, origin, alice, django_assert_max_num_queries
) -> None:
    for number in range(30):
        more = Activity.objects.create(
            work_package=activity.work_package, kind="training", title_en=f"More {number}",
            from_on=TODAY, until_on=TODAY, place="Preiļi",
        )  # fmt: skip
        ActivityNeed.objects.create(activity=more, need=need)
    with django_assert_max_num_queries(40):
        thread.walk("need", need.pk, person=alice, today=TODAY)

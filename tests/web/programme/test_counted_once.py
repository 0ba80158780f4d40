"""Who took part counts once; small groups are hidden; after the funder's day names go and counts stay."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.programme import counting, evidence
from straume.web.programme.actions import sheets
from straume.web.programme.actions.retention import erase_what_is_over
from straume.web.programme.actions.ticket_letters import send_tickets
from straume.web.programme.models import (
    Activity,
    Attendance,
    OutputIndicator,
    ProjectLogo,
    Retention,
    ScanFile,
    SheetPage,
    WalkIn,
)
from web.programme.attending import NOON, project, registered, training

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nsigned\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def activities(livani, utena) -> list[Activity]:
    """Two trainings of two sessions; the same eleven people were at all four."""
    people = [User.objects.create_user(f"g{n}@example.org", name=f"Guest {n:02}") for n in range(11)]
    made = [training(), training(title="Otrā")]
    for activity in made:
        for number, person in enumerate(people):
            place = registered(activity, person, livani if number < 6 else utena)
            for session in activity.sessions.all():
                Attendance.objects.create(
                    session=session, registration=place, how="signed", came_at=NOON, key=uuid.uuid4()
                )
    return made


@pytest.fixture
def indicator(activities) -> OutputIndicator:
    made = OutputIndicator.objects.create(
        project=project(), code="O1", title_en="People who took part", target=100
    )
    made.activities.set(activities)
    return made


def test_the_same_person_in_four_sessions_of_two_activities_is_one(indicator):
    count = counting.count_of(indicator)
    assert Attendance.objects.count() == 44
    assert count.value == 11
    assert [(part.key, part.count) for part in count.by_country] == [("lt", 5), ("lv", 6)]
    assert [proof.people for proof in count.proofs] == [11] * 4
    indicator.counts = "institutions"
    assert counting.count_of(indicator).value == 2


def test_no_small_group_can_be_had_by_subtraction(livani, utena, lead_body):
    by_country, by_institution = counting.parts(Counter({livani.pk: 8, lead_body.pk: 2, utena.pk: 7}))
    assert [part.count for part in by_country] == [7, 10]
    told = {part.key: part.count for part in by_institution}
    assert (told[str(utena.pk)], told[str(livani.pk)], told[str(lead_body.pk)]) == (7, None, None)
    by_country, by_institution = counting.parts(Counter({livani.pk: 8, utena.pk: 2}))
    assert [part.count for part in by_country + by_institution] == [None] * 4


def test_the_page_and_the_file_show_the_evidence_and_no_names(
    indicator, as_person, charlie, member, lead_body
):
    url = reverse("programme:indicator", args=[indicator.pk])
    for person in (charlie, member("carla", lead_body, "controller")):
        page = as_person(person).get(url).content.decode()
        assert "11" in page and "of 100 promised" in page and "Guest" not in page
    table = as_person(charlie).get(url, {"format": "csv"}).content.decode()
    assert table.count("Day 6") == 2 and "Guest" not in table
    sheet = reverse("programme:sheets", args=[indicator.activities.first().pk, 1])
    assert as_person(charlie).get(sheet).status_code in (403, 404)


def test_small_numbers_of_a_session_are_not_told_to_those_who_see_no_names(
    indicator, as_person, charlie, coordinator
):
    Attendance.objects.filter(session__title_en="Day 7").delete()
    Attendance.objects.filter(session__title_en="Day 6", registration__person__name__gt="Guest 02").delete()
    url = reverse("programme:indicator", args=[indicator.pk])
    assert "fewer than five" in as_person(charlie).get(url).content.decode()
    activity = reverse("programme:activity", args=[indicator.activities.first().pk])
    assert "fewer than five" in as_person(charlie).get(activity).content.decode()
    rows = as_person(coordinator).get(url, {"format": "csv"}).content.decode()
    assert ";3;" in rows


def attached(sheet, first, last, by, content=PDF, **fields) -> ScanFile:
    fields.setdefault("key", uuid.uuid4())
    return sheets.attach(
        sheet=sheet,
        first_page=first,
        last_page=last,
        name="scan.pdf",
        content=content,
        by=by,
        now=NOON,
        **fields,
    )


def test_missing_pages_are_named_until_every_page_of_every_session_is_here(activities, coordinator):
    activity = activities[0]
    first, second = activity.sessions.all()
    assert evidence.missing(activity) == ["Day 6: no signature sheet yet.", "Day 7: no signature sheet yet."]
    sheet = sheets.sheet_from_elsewhere(session=first, pages=3, key=uuid.uuid4(), by=coordinator, now=NOON)
    attached(sheet, 1, 1, coordinator)
    assert evidence.missing(activity)[0] == "Day 6: pages 2, 3 of 3 are missing."
    attached(sheet, 2, 3, coordinator)
    other = sheets.make_sheet(session=second, key=uuid.uuid4(), by=coordinator, now=NOON)
    attached(other, 1, other.pages, coordinator)
    # a sheet that is printed once more afterwards does not unmake what was signed
    sheets.make_sheet(session=second, key=uuid.uuid4(), by=coordinator, now=NOON)
    assert evidence.missing(activity) == []


def test_a_page_is_replaced_and_the_earlier_scan_is_kept(activities, coordinator):
    session = activities[0].sessions.first()
    sheet = sheets.sheet_from_elsewhere(session=session, pages=1, key=uuid.uuid4(), by=coordinator, now=NOON)
    key = uuid.uuid4()
    assert attached(sheet, 1, 1, coordinator, key=key) == attached(sheet, 1, 1, coordinator, key=key)
    attached(sheet, 1, 1, coordinator, content=PNG)
    pages = SheetPage.objects.filter(sheet=sheet)
    assert [page.scan.content_type for page in pages.filter(replaced_at=None)] == ["image/png"]
    assert pages.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetPage.objects.update(replaced_at=None)


def test_only_scans_are_taken_and_only_those_who_see_names_get_them(
    activities, as_person, coordinator, charlie, member, lead_body
):
    activity = activities[0]
    session = activity.sessions.first()
    sheet = sheets.sheet_from_elsewhere(session=session, pages=2, key=uuid.uuid4(), by=coordinator, now=NOON)
    url = reverse("programme:sheets", args=[activity.pk, session.pk])
    client = as_person(coordinator)

    def sent(content: bytes, name: str, page: int) -> str:
        from django.core.files.uploadedfile import SimpleUploadedFile

        form = {"wish": "attach", "sheet": sheet.pk, "first_page": page, "key": uuid.uuid4()}
        return client.post(
            url, form | {"file": SimpleUploadedFile(name, content)}, follow=True
        ).content.decode()

    assert "neither PDF, JPG nor PNG" in sent(b"<html>", "page.pdf", 1)
    assert "has 2 pages" in sent(PDF, "page.pdf", 3)
    assert "Attached." in sent(PDF, "page.pdf", 2)
    scan = ScanFile.objects.get()
    assert len(scan.sha256) == 64 and scan.file.name != "page.pdf"
    address = reverse("programme:scan", args=[activity.pk, scan.pk])
    answer = as_person(member("carla", lead_body, "controller")).get(address)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert as_person(charlie).get(address).status_code == 403
    assert as_person(charlie).post(url, {"wish": "make"}).status_code == 403
    assert client.get(reverse("programme:scan", args=[activities[1].pk, scan.pk])).status_code == 404


def test_a_logo_is_what_the_programme_uploaded(activities, as_person, coordinator):
    from django.core.files.uploadedfile import SimpleUploadedFile

    url, client = reverse("programme:logos", args=[project().pk]), as_person(coordinator)
    form = {"name": "Interreg", "position": 1, "file": SimpleUploadedFile("a.svg", b"<svg/>")}
    assert "neither PNG nor JPG" in client.post(url, form).content.decode()
    client.post(url, form | {"file": SimpleUploadedFile("a.png", PNG)})
    logo = ProjectLogo.objects.get()
    assert client.get(reverse("programme:logo", args=[project().pk, logo.pk]))["Content-Type"] == "image/png"
    client.post(url, {"remove": logo.pk})
    assert not ProjectLogo.objects.exists()


def test_after_the_day_the_names_go_and_the_counts_stay(
    indicator, activities, coordinator, as_person, django_capture_on_commit_callbacks
):
    session = activities[0].sessions.first()
    sheet = sheets.make_sheet(session=session, key=uuid.uuid4(), by=coordinator, now=NOON)
    scan = attached(sheet, 1, sheet.pages, coordinator)
    WalkIn.objects.create(session=session, name="Zane", key=uuid.uuid4(), came_at=NOON)
    kept = Retention.objects.create(
        project=project(), until_on=date(2026, 12, 31), rule="Manual", set_at=timezone.now()
    )
    before = counting.count_of(indicator)
    last_day = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert erase_what_is_over(last_day) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_what_is_over(last_day + timedelta(days=1)) == 1
    assert erase_what_is_over(last_day + timedelta(days=2)) == 0
    assert not Attendance.objects.exists() and not WalkIn.objects.exists() and not ScanFile.objects.exists()
    assert not default_storage.exists(scan.file.name)
    after = counting.count_of(indicator)
    assert (after.value, after.by_country, after.by_institution) == (
        before.value, before.by_country, before.by_institution
    )  # fmt: skip
    assert [(p.people, p.pages) for p in after.proofs] == [(p.people, p.pages) for p in before.proofs]
    assert after.is_final
    kept.refresh_from_db()
    assert kept.erased_at is not None
    page = as_person(coordinator).get(reverse("programme:indicator", args=[indicator.pk])).content.decode()
    assert "erased" in page and "11" in page


def test_a_day_that_is_over_cannot_be_set(as_person, coordinator, activities):
    url = reverse("programme:retention", args=[project().pk])
    page = as_person(coordinator).post(url, {"until_on": "2020-01-01", "rule": "Manual"}).content.decode()
    assert "This day is over" in page
    as_person(coordinator).post(url, {"until_on": "2030-01-01", "rule": "Manual"})
    assert Retention.objects.get().until_on == date(2030, 1, 1)


def test_a_ticket_goes_out_once_two_days_before(livani, bob):
    activity = training()
    today = timezone.localdate()
    Activity.objects.filter(pk=activity.pk).update(
        from_on=today + timedelta(days=2), until_on=today + timedelta(days=3), status="announced"
    )
    registered(activity, bob, livani)
    assert [send_tickets(timezone.now()) for _time in range(2)] == [1, 0]
    [letter] = mail.outbox
    assert letter.to == [bob.email]
    assert letter.attachments[0][2] == "image/png"

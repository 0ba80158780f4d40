"""Those who run the programme write activities down, change, copy and delete them; nobody else does."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from straume.web.needs.models import Need
from straume.web.places.models import Role
from straume.web.programme.actions import activities as actions
from straume.web.programme.actions import sessions
from straume.web.programme.models import (
    Activity,
    ActivityNeed,
    AgendaItem,
    Material,
    Registration,
    Session,
    Speaker,
    VisitHost,
    VisitStop,
)

pytestmark = pytest.mark.django_db
ADD = "/programme/activities/add/"


def said_of(package, **fields) -> dict[str, object]:
    return {
        "work_package": package.pk, "kind": "training", "title_lt": "Švaistymas", "from_on": "2030-05-06",
        "until_on": "2030-05-06", "place": "Zarasai", "country": "lt", "languages": ["lt", "lv"],
        "places": 20, "planned_eur": "150.00", "key": str(uuid.uuid4()),
    } | fields  # fmt: skip


def test_an_activity_is_written_once_however_often_it_is_sent(package, coordinator, as_person) -> None:
    client, said = as_person(coordinator), said_of(package)
    answers = [client.post(ADD, said) for _ in range(3)]
    made = Activity.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {made.get_absolute_url()}
    assert (made.title_lt, made.status, made.languages) == ("Švaistymas", "planned", ["lt", "lv"])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title_lt": ""}, "title_lv"),
        ({"until_on": "2030-05-01"}, "until_on"),
        ({"place": ""}, "place"),
        ({"planned_eur": "-1"}, "planned_eur"),
        ({"languages": ["xx"]}, "languages"),
    ],
    ids=["no title", "ends before it begins", "no place", "a cost below nought", "no language of ours"],
)
def test_a_form_that_is_wrong_says_where(fields, field, package, coordinator, as_person) -> None:
    page = as_person(coordinator).post(ADD, said_of(package, **fields))
    assert page.status_code == 200 and field in page.context["form"].errors
    assert not Activity.objects.exists()


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.LEADER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_only_coordinators_of_lead_bodies_run_it(role, make_activity, livani, member, as_person) -> None:
    """A coordinator of a municipality does not run the programme of all."""
    shown = make_activity()
    session = shown.sessions.get()
    client = as_person(member("eve", livani, role))
    base = shown.get_absolute_url()
    ways = [
        "change/", "copy/", "delete/", "to/announced/", "sessions/add/", f"sessions/{session.pk}/",
        f"sessions/{session.pk}/agenda/", "speakers/add/", "materials/add/", "needs/add/",
    ]  # fmt: skip
    for address in [ADD, *(base + way for way in ways)]:
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code == 403, address
    assert "Run this activity" not in client.get(base).content.decode()


def test_places_cannot_be_fewer_than_are_taken_and_taken_is_not_overwritten(
    make_activity, package, coordinator, as_person
) -> None:
    shown = make_activity(taken=5)
    address = f"{shown.get_absolute_url()}change/"
    day = shown.from_on.isoformat()
    said = said_of(package, from_on=day, until_on=day)
    page = as_person(coordinator).post(address, said | {"places": 4})
    assert "5 places are taken or held by quotas" in page.content.decode()
    stale = Activity.objects.get(pk=shown.pk)
    Activity.objects.filter(pk=shown.pk).update(taken=6)  # somebody takes a place meanwhile
    actions.change(activity=stale, fields=set(), move_by=timedelta())
    assert Activity.objects.get(pk=shown.pk).taken == 6


def test_sessions_move_along_at_the_same_hour_over_the_change_of_the_clock(
    make_activity, package, coordinator, as_person, heard
) -> None:
    shown = make_activity(on=date(2030, 3, 20), status="announced")
    said = said_of(package, from_on="2030-04-10", until_on="2030-04-10", title_en="Waste")
    address = f"{shown.get_absolute_url()}change/"
    stays = as_person(coordinator).post(address, said)
    assert "would lie outside these days" in stays.content.decode()
    as_person(coordinator).post(address, said | {"move_sessions": "on"})
    begins = timezone.localtime(shown.sessions.get().starts_at)
    assert (begins.date(), begins.hour) == (date(2030, 4, 10), 9)
    assert heard == [("Session 1", "moved", 1)]


def test_a_change_that_people_were_invited_for_raises_the_sequence(
    make_activity, coordinator, as_person, heard
) -> None:
    planned, announced = make_activity(), make_activity(status="announced")
    client = as_person(coordinator)
    for shown in (planned, announced):
        session = shown.sessions.get()
        address = reverse("programme:change_session", args=[shown.pk, session.pk])
        said = {
            "title_en": "Session 1",
            "on": shown.from_on,
            "starts": "09:00",
            "ends": "10:30",
            "room": "201",
        }
        assert client.post(address, said).status_code == 302  # nothing changed
        client.post(address, said | {"starts": "10:00"})
        client.post(address, said | {"starts": "10:00", "room": "305"})
    assert Session.objects.get(activity=planned).sequence == 0
    assert Session.objects.get(activity=announced).sequence == 2
    assert heard == [("Session 1", "moved", 1), ("Session 1", "moved", 2)]


def test_a_new_place_of_the_activity_reaches_all_its_sessions(
    make_activity, package, coordinator, as_person, heard
) -> None:
    shown = make_activity(sessions=2, status="announced")
    day = shown.from_on.isoformat()
    said = said_of(package, from_on=day, until_on=day, title_lv="Zudumi", title_en="Waste")
    as_person(coordinator).post(f"{shown.get_absolute_url()}change/", said)
    assert heard == [("Session 1", "moved", 1), ("Session 2", "moved", 1)]


def test_a_session_lies_within_its_activity_and_ends_after_it_begins(
    make_activity, coordinator, as_person
) -> None:
    shown = make_activity()
    client, address = as_person(coordinator), reverse("programme:add_session", args=[shown.pk])
    said = {"title_lv": "Rīts", "on": "2001-01-01", "starts": "11:00", "ends": "10:00"}
    errors = client.post(address, said).context["form"].errors
    assert set(errors) == {"on", "ends"}
    key = str(uuid.uuid4())
    for _ in range(2):
        client.post(address, said | {"on": shown.from_on, "ends": "12:00", "key": key})
    assert shown.sessions.count() == 2


def test_a_session_that_somebody_attended_stays(make_activity, coordinator, bob, as_person, heard) -> None:
    shown = make_activity(sessions=2, status="announced")
    first, second = shown.sessions.all()
    registration = Registration.objects.create(
        activity=shown, person=bob, way="delegated", status="confirmed", made_at=timezone.now()
    )
    first.attendances.create(registration=registration, how="hand", came_at=timezone.now(), key=uuid.uuid4())
    client = as_person(coordinator)
    page = client.post(
        reverse("programme:change_session", args=[shown.pk, first.pk]), {"remove": "1"}, follow=True
    )
    assert "Something hangs on it" in page.content.decode()
    client.post(reverse("programme:change_session", args=[shown.pk, second.pk]), {"remove": "1"})
    assert list(shown.sessions.all()) == [first]
    assert heard == [("Session 2", "removed", 1)]


def test_agenda_speakers_and_reasons_are_written_changed_and_removed(
    make_activity, coordinator, bob, as_person
) -> None:
    shown = make_activity()
    need = Need.objects.create(kind="training", title_en="To see waste", named_on=date(2017, 1, 1))
    client = as_person(coordinator)

    def post(name: str, /, *args, **said):
        return client.post(reverse(f"programme:{name}", args=args), said)

    key = str(uuid.uuid4())
    for _ in range(2):
        post("add_speaker", shown.pk, name="Rasa", post_lt="Praktikė", email="bob@example.org", key=key)
    speaker = Speaker.objects.get()
    assert (speaker.person, speaker.may_be_named) == (bob, False)
    errors = post("add_speaker", shown.pk, name="Rasa", consented_on="2999-01-01").context["form"].errors
    assert set(errors) == {"name", "consented_on"}
    session = shown.sessions.get()
    wrong = post("add_agenda_item", shown.pk, session.pk, title_en="Talk", starts="23:00")
    assert "starts" in wrong.context["form"].errors
    post("add_agenda_item", shown.pk, session.pk, title_en="Talk", starts="09:00", speakers=[speaker.pk])
    item = AgendaItem.objects.get()
    assert list(item.speakers.all()) == [speaker]
    post("add_activity_need", shown.pk, need=need.pk, reason_en="Named often")
    link = ActivityNeed.objects.get()
    assert "reason_lv" in post("change_activity_need", shown.pk, link.pk, reason_lv="").context["form"].errors
    for name, pk in (("agenda_item", item.pk), ("speaker", speaker.pk), ("activity_need", link.pk)):
        post(f"change_{name}", shown.pk, pk, remove="1")
    assert not (AgendaItem.objects.exists() or Speaker.objects.exists() or ActivityNeed.objects.exists())


def test_a_need_chooses_an_activity_from_its_own_page(make_activity, coordinator, bob, as_person) -> None:
    shown = make_activity()
    need = Need.objects.create(kind="training", title_en="To see waste", named_on=date(2017, 1, 1))
    address = reverse("programme:choose_for_need", args=[need.pk])
    assert as_person(bob).get(address).status_code == 403
    as_person(coordinator).post(address, {"activity": shown.pk, "reason_lv": "Tā lūdza"})
    assert need.activity_links.get().reason_lv == "Tā lūdza"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("slides.pdf", b"%PDF-1.7 x", None),
        ("Piezīmes.txt", "Ābols".encode(), None),
        ("run.exe", b"MZ", "Files of this kind are not taken"),
        ("slides.pdf", b"MZ\x90", "not what its name says"),
        ("notes.txt", b"a\0b", "not what its name says"),
    ],
    ids=["pdf", "text", "program", "renamed program", "bytes as text"],
)
def test_materials_are_checked_kept_apart_and_handed_out_to_members(
    name, content, error, make_activity, coordinator, bob, as_person, settings, tmp_path
) -> None:
    shown = make_activity()
    address = reverse("programme:add_material", args=[shown.pk])
    client, key = as_person(coordinator), str(uuid.uuid4())
    for _ in range(2):
        said = {"title": "Slides", "language": "lv", "key": key, "file": SimpleUploadedFile(name, content)}
        page = client.post(address, said)
    if error:
        assert error in page.content.decode() and not Material.objects.exists()
        return
    kept = Material.objects.get()
    assert "slides" not in kept.file.name.lower() and kept.bytes == len(content)
    given = as_person(bob).get(reverse("programme:material", args=[shown.pk, kept.pk]))
    assert (
        b"".join(given.streaming_content) == content and given.headers["X-Content-Type-Options"] == "nosniff"
    )
    assert "attachment" in given.headers["Content-Disposition"]
    file = kept.file
    client.post(reverse("programme:remove_material", args=[shown.pk, kept.pk]))
    assert not Material.objects.exists()
    assert file.storage.exists(file.name)  # until the transaction is through


def test_a_copy_has_everything_but_people_files_and_consents(
    make_activity, utena, bob, coordinator, as_person
) -> None:
    shown = make_activity(sessions=2, status="reported", taken=3, held=2, kind="visit_abroad")
    need = Need.objects.create(kind="training", title_en="To see waste", named_on=date(2017, 1, 1))
    ActivityNeed.objects.create(activity=shown, need=need, reason_lv="Tā lūdza")
    speaker = Speaker.objects.create(activity=shown, name="Rasa", consented_on=date(2018, 1, 1))
    shown.sessions.first().agenda.create(title_lv="Runa", starts="09:00").speakers.add(speaker)
    host = VisitHost.objects.create(activity=shown, institution=utena)
    VisitStop.objects.create(activity=shown, on=shown.from_on, starts="09:00", place="Utena", host=host)
    said = {"first_on": "2031-02-03", "key": str(uuid.uuid4())}
    client = as_person(coordinator)
    for _ in range(2):
        client.post(reverse("programme:copy_activity", args=[shown.pk]), said)
    made = Activity.objects.exclude(pk=shown.pk).get()
    assert (made.status, made.taken, made.held, made.from_on) == ("planned", 0, 0, date(2031, 2, 3))
    assert (made.title_lv, made.title_lt, made.title_en) == ("Zudumi", "Švaistymas", "Waste")
    begin = [timezone.localtime(one.starts_at) for one in made.sessions.all()]
    assert [f"{at:%Y-%m-%d %H:%M}" for at in begin] == ["2031-02-03 09:00", "2031-02-03 11:00"]
    copied = made.sessions.first().agenda.get().speakers.get()
    assert (copied.activity, copied.consented_on) == (made, None)
    assert made.need_links.get().reason_lv == "Tā lūdza"
    assert made.stops.get().host == made.visit_hosts.get() != host


def test_only_what_is_planned_and_bare_can_be_deleted(make_activity, bob, coordinator, as_person) -> None:
    bare, announced, held_by = make_activity(), make_activity(status="announced"), make_activity()
    Registration.objects.create(
        activity=held_by, person=bob, way="delegated", status="cancelled", made_at=timezone.now()
    )
    client = as_person(coordinator)
    for shown in (bare, announced, held_by):
        client.get(reverse("programme:delete_activity", args=[shown.pk]))
        client.post(reverse("programme:delete_activity", args=[shown.pk]))
    assert set(Activity.objects.all()) == {announced, held_by}
    assert (
        "registrations"
        in client.get(reverse("programme:delete_activity", args=[held_by.pk])).content.decode()
    )


def test_later_keeps_the_hour() -> None:
    winter = datetime(2030, 3, 20, 7, tzinfo=UTC)
    assert timezone.localtime(sessions.later(winter, timedelta(days=21))).hour == 9

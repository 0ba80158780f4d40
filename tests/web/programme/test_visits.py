"""A visit has hosts, a way, a programme on paper; who was there is asked for a practice card in a week."""

from __future__ import annotations

import io
import uuid
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from straume.web.accounts.models import User
from straume.web.places.models import Role
from straume.web.places.registry import duties
from straume.web.programme import visits
from straume.web.programme.models import Activity, CardReminder, Registration, Speaker, VisitHost, VisitStop
from straume.web.programme.registry import visit_cards

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(make_activity, utena) -> Activity:
    made = make_activity(
        kind="visit_abroad", status="announced", host=utena, title_en="To Utena", title_lv="Uz Utenu"
    )
    host = VisitHost.objects.create(activity=made, institution=utena, contact_post="Head of environment")
    VisitStop.objects.create(
        activity=made, on=made.from_on, starts="11:00", ends="15:30", place="Utena", host=host,
        what_en="The way of a permit", what_lv="Atļaujas gaita", planned_eur="350.00",
    )  # fmt: skip
    return made


@pytest.fixture
def cards():
    """Practice cards as `groups` tells of them."""
    given: list[tuple[str, str]] = []
    kept = dict(visit_cards._entries)
    visit_cards.register("test", lambda activity: list(given))
    yield given
    visit_cards._entries = kept


def takes_part(visit: Activity, name: str, **fields) -> Registration:
    person = User.objects.create_user(f"{name}@example.org", name=name.title(), language="lv")
    fields = {"status": "confirmed", "way": "delegated", "made_at": timezone.now()} | fields
    return Registration.objects.create(activity=visit, person=person, **fields)


def days_after(visit: Activity, number: int) -> datetime:
    return timezone.make_aware(datetime.combine(visit.until_on + timedelta(days=number), time(8)))


def test_hosts_and_stops_are_written_on_the_page(visit, coordinator, bob, livani, member, as_person) -> None:
    client = as_person(coordinator)

    def post(way: str, *args, **said):
        return client.post(reverse(f"programme:{way}", args=[visit.pk, *args]), said)

    errors = post("add_host", name="Jelgava", institution=visit.host_id).context["form"].errors
    assert set(errors) == {"name", "institution"}
    assert "institution" in post("add_host", country="lv").context["form"].errors
    post("add_host", name="Jelgavas pašvaldība", country="lv")
    host = VisitHost.objects.get(institution=None)
    wrong = post("add_stop", on="2001-01-01", starts="10:00", ends="09:00", place="Jelgava", planned_eur="-1")
    assert set(wrong.context["form"].errors) == {"on", "ends", "planned_eur"}
    key = str(uuid.uuid4())
    for _ in range(2):
        post(
            "add_stop",
            on=visit.from_on,
            starts="16:00",
            place="Jelgava",
            planned_eur="20",
            host=host.pk,
            key=key,
        )
    assert visit.stops.count() == 2
    page = as_person(bob).get(visit.get_absolute_url()).content.decode()
    for words in (
        "Utena district municipality",
        "Head of environment",
        "The way of a permit",
        "Jelgavas pašvaldība",
    ):
        assert words in page, words
    assert "350.00" not in page
    assert (
        "370.00"
        in as_person(member("f", livani, Role.FINANCE)).get(visit.get_absolute_url()).content.decode()
    )


def test_an_activity_that_is_no_visit_has_no_route(make_activity, coordinator, as_person) -> None:
    shown = make_activity()
    client = as_person(coordinator)
    assert client.get(reverse("programme:add_stop", args=[shown.pk])).status_code == 404
    assert 'id="visit"' not in client.get(shown.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("number", "said"), [(0, "nobody yet"), (3, "fewer than five"), (6, "6")])
def test_few_participants_are_not_counted_on_the_page(number, said, visit, bob, as_person) -> None:
    for n in range(number):
        takes_part(visit, f"person{n}")
    page = " ".join(as_person(bob).get(visit.get_absolute_url()).content.decode().split())
    assert f"<dt>Participants</dt><dd>{said}</dd>" in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [("lv", ("Uz Utenu", "Atļaujas gaita")), ("lt", ("Švaistymas",)), ("en", ("The way of a permit",))],
    ids=["lv", "lt", "en"],
)
def test_the_programme_prints_in_three_languages_with_who_pays(lang, words, visit, bob, as_person) -> None:
    session = visit.sessions.get()
    item = session.agenda.create(title_en="Talk", title_lv="Runa", title_lt="Pranešimas", starts="09:00")
    item.speakers.add(
        Speaker.objects.create(
            activity=visit, name="Rasa Kalnė", post_en="Expert", post_lv="Eksperte", post_lt="Ekspertė"
        ),
        Speaker.objects.create(activity=visit, name="Jonas Open", consented_on=visit.from_on),
    )
    answer = as_person(bob).get(reverse("programme:day_programme", args=[visit.pk, lang]))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    text = " ".join(text.split())
    for said in (
        *words,
        "LLI-59",
        "latlit.example",
        "11:00",
        "Jonas Open",
        "Ekspert" if lang != "en" else "Expert",
    ):
        assert said in text, (said, text)
    assert "Rasa" not in text  # did not agree to be named outside


def test_who_was_there_is_asked_the_day_after_and_once_before_the_week_is_over(
    visit, cards, django_capture_on_commit_callbacks
) -> None:
    for name in ("anna", "juris"):
        takes_part(visit, name)
    takes_part(visit, "waits", status="waiting")

    def run(days: int) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return visits.ask_for_cards(days_after(visit, days))

    assert [run(0), run(1), run(1), run(3), run(6), run(6), run(8)] == [0, 2, 0, 0, 2, 0, 0]
    assert len(mail.outbox) == 4 and CardReminder.objects.count() == 4
    letter = mail.outbox[0]
    assert letter.to == ["anna@example.org"] and "Uz Utenu" in letter.subject
    assert visit.get_absolute_url() in letter.body


def test_nobody_is_asked_again_once_a_card_is_there(visit, cards, bob, as_person) -> None:
    takes_part(visit, "anna")
    visits.ask_for_cards(days_after(visit, 1))
    cards.append(("Permit in two steps", "/groups/cards/1/"))
    assert visits.ask_for_cards(days_after(visit, 6)) == 0
    page = as_person(bob).get(visit.get_absolute_url()).content.decode()
    assert (
        '<a href="/groups/cards/1/">Permit in two steps</a>' in page
        and "People asked: fewer than five" in page
    )


def test_where_attendance_is_noted_only_those_who_came_are_asked(visit, cards) -> None:
    came, _stayed_at_home = takes_part(visit, "anna"), takes_part(visit, "juris")
    visit.sessions.get().attendances.create(
        registration=came, how="hand", came_at=timezone.now(), key=uuid.uuid4()
    )
    assert visits.ask_for_cards(days_after(visit, 1)) == 1
    assert CardReminder.objects.get().registration == came


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_a_visit_that_did_not_happen_asks_nobody(status, visit, cards) -> None:
    takes_part(visit, "anna")
    Activity.objects.filter(pk=visit.pk).update(status=status)
    assert visits.ask_for_cards(days_after(visit, 1)) == 0


def test_the_server_does_it_by_itself() -> None:
    assert dict(duties.named())["visit cards"].run is visits.ask_for_cards


@pytest.mark.parametrize(
    "make",
    [
        lambda visit: VisitHost.objects.create(activity=visit),
        lambda visit: VisitHost.objects.create(activity=visit, institution=visit.host, name="Utena"),
        lambda visit: VisitHost.objects.create(activity=visit, institution=visit.host),
        lambda visit: VisitStop.objects.create(activity=visit, on=visit.from_on, starts="10:00", place=""),
        lambda visit: VisitStop.objects.create(
            activity=visit, on=visit.from_on, starts="10:00", ends="09:00", place="Utena"
        ),
    ],
    ids=["host without a name", "host twice named", "host twice", "stop nowhere", "stop that ends early"],
)
def test_the_database_refuses_what_cannot_be(make, visit) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(visit)

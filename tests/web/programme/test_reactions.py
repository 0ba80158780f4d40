"""The reaction on the day: without signing in, counted once, told when it is closed and five answered."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from straume.web.places.duties import do_what_is_due
from straume.web.programme.actions import reactions
from straume.web.programme.models import ReactionRound, ReactionSheet

pytestmark = pytest.mark.django_db
SAID = {"useful": "5", "clear": "4", "took_part": "3", "will_try": "2", "words": "More practice"}


@pytest.fixture
def held(make_activity):
    return make_activity(in_days=-1, status="held")


@pytest.fixture
def opened(held) -> ReactionRound:
    return reactions.open_round(activity=held, way="device", slips=0, now=timezone.now())


def send(client: Client, opened: ReactionRound, **said):
    address = f"/programme/r/{opened.token}/"
    page = client.get(address).content.decode()
    found = re.search(r'name="key" value="([^"]+)"', page)
    return client.post(address, SAID | {"key": found[1] if found else ""} | said)


def fill(opened: ReactionRound, *steps: int) -> None:
    for number, step in enumerate(steps):
        reactions.take_answer(
            token=opened.token, what=f"device {number}", answers={"useful": step}, words=f"word {number}"
        )


def test_a_phone_answers_without_signing_in_and_leaves_no_name_and_no_time(opened) -> None:
    response = send(Client(), opened)
    assert response.headers["Location"] == f"/programme/r/{opened.token}/thanks/"
    sheet = ReactionSheet.objects.get()
    assert sheet.answers == {"useful": 5, "clear": 4, "took_part": 3, "will_try": 2}
    assert {field.name for field in ReactionSheet._meta.get_fields()} == {
        "id",
        "round",
        "mark",
        "answers",
        "words",
    }


def test_the_same_phone_counts_once_and_its_last_word_stands(opened) -> None:
    phone = Client(enforce_csrf_checks=False)
    for useful in ("5", "5", "1"):
        send(phone, opened, useful=useful)
    assert [sheet.answers["useful"] for sheet in ReactionSheet.objects.all()] == [1]


def test_only_the_cookies_that_every_form_has_are_set(opened) -> None:
    phone = Client()
    send(phone, opened)
    assert set(phone.cookies) <= {"csrftoken", "language"}


def test_an_empty_answer_is_refused_with_a_sentence(opened) -> None:
    page = send(Client(), opened, useful="", clear="", took_part="", will_try="", words=" ")
    assert "Please answer at least one question." in page.content.decode()
    assert not ReactionSheet.objects.exists()


def test_a_slip_counts_once_from_whatever_phone_and_a_made_up_code_is_refused(held) -> None:
    opened = reactions.open_round(activity=held, way="slip", slips=6, now=timezone.now())
    code = opened.slips.first().code
    send(Client(), opened, slip=code)
    send(Client(), opened, slip=code.upper().replace("-", " "), useful="1")
    assert [sheet.answers["useful"] for sheet in ReactionSheet.objects.all()] == [1]
    refused = send(Client(), opened, slip="aaaa-aaaa")
    assert "There is no slip with this code." in refused.content.decode()
    assert ReactionSheet.objects.count() == 1


def test_no_figure_while_the_form_is_open_and_none_from_four_answers(
    opened, held, coordinator, as_person
) -> None:
    client = as_person(coordinator)
    fill(opened, 5, 5, 4, 4, 1, 2)
    page = client.get(f"/programme/activities/{held.pk}/evaluation/").content.decode()
    assert "Figures are shown when it is closed." in page
    assert "word 1" not in page
    ReactionSheet.objects.filter(answers__useful__in=[1, 2]).delete()
    reactions.close_round(opened=opened, now=timezone.now())
    page = client.get(f"/programme/activities/{held.pk}/evaluation/").content.decode()
    assert "Not enough answers yet" in page
    assert "fewer than five" in page
    assert "word 1" not in page


def test_five_answers_show_the_share_its_interval_and_n(
    opened, held, coordinator, charlie, as_person
) -> None:
    fill(opened, 5, 5, 4, 4, 1)
    reactions.close_round(opened=opened, now=timezone.now())
    page = as_person(coordinator).get(f"/programme/activities/{held.pk}/evaluation/").content.decode()
    assert "80%" in page
    assert "38–96%" in page  # Wilson, 4 of 5
    assert "word 1" in page
    reader = as_person(charlie).get(f"/programme/activities/{held.pk}/evaluation/").content.decode()
    assert "80%" in reader
    assert "word 1" not in reader  # own words are for those who run the programme


def test_a_small_group_stands_in_no_sum(opened, held, make_activity, coordinator, as_person) -> None:
    """Were it in, the project's figure minus the large activity's would be the small group's."""
    fill(opened, 5, 5, 4, 4, 1)
    reactions.close_round(opened=opened, now=timezone.now())
    small = make_activity(in_days=-3, status="held")
    other = reactions.open_round(activity=small, way="device", slips=0, now=timezone.now())
    fill(other, 1, 1, 1)
    reactions.close_round(opened=other, now=timezone.now())
    rows = as_person(coordinator).get("/programme/evaluation/?format=csv").content.decode("utf-8-sig")
    first = rows.splitlines()[1].split(";")
    assert (first[0], first[2], first[3]) == ("1", "5", "80%")


def test_a_closed_form_takes_nothing_and_nobody_can_try_a_guess(opened) -> None:
    phone = Client()
    phone.get(f"/programme/r/{opened.token}/")
    reactions.close_round(opened=opened, now=timezone.now())
    assert "The form is closed" in send(phone, opened).content.decode()
    assert not reactions.take_answer(token=opened.token, what="device x", answers={"useful": 1}, words="")
    opened.refresh_from_db()
    assert opened.salt == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        ReactionRound.objects.filter(pk=opened.pk).update(salt="again")


def test_a_form_that_nobody_closed_closes_after_three_days(opened) -> None:
    now = timezone.now()
    do_what_is_due(now=now)
    opened.refresh_from_db()
    assert opened.closed_at is None
    do_what_is_due(now=now + timedelta(days=3, hours=2))
    opened.refresh_from_db()
    assert opened.closed_at is not None


def test_the_organiser_sees_how_many_answered_but_not_below_five(
    opened, held, coordinator, charlie, as_person
) -> None:
    client, address = as_person(coordinator), f"/programme/activities/{held.pk}/reaction/count/"
    fill(opened, 5, 5, 4)
    assert "Fewer than five answers so far" in client.get(address).content.decode()
    fill(opened, 5, 5, 4, 3, 2, 1)
    assert "6 answers so far" in client.get(address).content.decode()
    assert as_person(charlie).get(address).status_code == 403


def test_the_ladder_is_a_page_and_three_kinds_of_file(opened, held, coordinator, as_person) -> None:
    fill(opened, *([5] * 40))
    reactions.close_round(opened=opened, now=timezone.now())
    client, address = as_person(coordinator), f"/programme/activities/{held.pk}/evaluation/"
    assert client.get(f"{address}?format=csv")["Content-Type"].startswith("text/csv")
    assert client.get(f"{address}?format=xlsx").content[:2] == b"PK"
    assert client.get(f"{address}?format=pdf").content[:5] == b"%PDF-"
    page = client.get(address).content.decode()
    for missing in (
        "There was no test before and after.",
        "Those who attended are asked on",
        "No result is tied",
    ):
        assert missing in page
    assert "100%" in page


def test_sheets_of_the_database_hold_nothing_that_leads_to_a_phone(opened) -> None:
    phone = Client()
    send(phone, opened)
    cookie = phone.cookies["csrftoken"].value
    row = json.dumps(list(ReactionSheet.objects.values("mark", "answers", "words")))
    assert cookie not in row
    assert str(ReactionSheet.objects.get().pk) not in cookie


def test_made_up_answers_to_a_real_activity_are_said_to_be_simulated(
    opened, held, coordinator, as_person
) -> None:
    """The activity may be of the public record and its answers invented."""
    address, client = f"/programme/activities/{held.pk}/evaluation/", as_person(coordinator)
    assert not held.is_simulated
    assert "Simulated, not real data" not in client.get(address).content.decode()
    ReactionRound.objects.update(is_simulated=True)
    assert "Simulated, not real data" in client.get(address).content.decode()

"""The coordinator writes a questionnaire, makes a wave of it, invites, reminds, closes and opens it again."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from straume.web.needs.actions import answering, closing, letters
from straume.web.needs.actions.answering import Sheet
from straume.web.needs.models import (
    Invitation,
    InvitationCode,
    Questionnaire,
    QuestionnaireVersion,
    Staff,
    Wave,
    WaveChange,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(coordinator, as_person) -> Client:
    return as_person(coordinator)


def body(response) -> str:
    return response.content.decode()


def lines(prefix: str, *rows: tuple[str, str, str]) -> dict[str, str]:
    """The fields of a table of choices: code, words, number."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for at, (code, words, value) in enumerate(rows):
        data |= {f"{prefix}-{at}-code": code, f"{prefix}-{at}-lv": words, f"{prefix}-{at}-value": value}
    return data


def test_a_questionnaire_is_written_on_the_page(desk) -> None:
    key = uuid.uuid4()
    for _press in range(2):
        page = desk.post("/needs/questionnaires/add/", {"title_lv": "Vajadzības", "key": key, "owner": ""})
    owner = page.context["form"]["owner"].initial.pk if page.context else None
    for _press in range(2):
        desk.post("/needs/questionnaires/add/", {"title_lv": "Vajadzības", "key": key, "owner": owner})
    made = Questionnaire.objects.get()
    add = f"/needs/questionnaires/{made.pk}/questions/add/?type="
    roles = lines("choices", ("head", "Vadītājs", ""), ("staff", "Darbinieks", ""))
    desk.post(f"{add}one", {"label_lv": "Jūsu amats", "name": "role", "stratum": "role", **roles})
    rows = lines("rows", ("", "Gaidīšana", ""), ("", "Pārrakstīšana", ""))
    steps = lines("choices", ("1", "Maz", "1"), ("5", "Daudz", "5"))
    said = {"label_en": "How much does it matter?", "measures": "importance", "relevant": "${role} = 'head'"}
    desk.post(f"{add}matrix", said | rows | steps)
    items = made.versions.get().items
    assert [item["name"] for item in items] == ["role", "how_much_does_it"]
    assert [row["name"] for row in items[1]["rows"]] == ["gaidisana", "parrakstisana"]
    assert items[1]["choices"][1]["value"] == 5
    page = body(desk.post(f"{add}one", {"label_lv": "Viens", **lines("choices", ("a", "A", ""))}))
    assert "it needs at least two choices" in page
    page = body(desk.post(f"{add}text", {"label_lv": "Kas", "relevant": "${nobody} = 1"}))
    assert "which is not asked before it" in page
    move = f"/needs/questionnaires/{made.pk}/questions/how_much_does_it/move/"
    page = body(desk.post(move, {"to": "up"}, follow=True))
    assert "its rule asks for “role”, which is not asked before it" in page
    desk.post(f"/needs/questionnaires/{made.pk}/questions/how_much_does_it/remove/")
    assert len(made.versions.get().items) == 1


def test_what_a_wave_asks_stays_and_a_change_makes_a_new_version(desk, version, wave) -> None:
    version.frozen_at = timezone.now()
    version.save()
    home = f"/needs/questionnaires/{version.questionnaire_id}/"
    desk.post(f"{home}questions/more/", {"label_en": "Anything more?", "name": "more", "long": "on"})
    assert version.questionnaire.versions.count() == 2
    version.refresh_from_db()
    assert version.items[-1]["label"]["en"] == "Anything else"
    page = body(desk.get(f"{home}compare/"))
    assert "“Anything else” → “Anything more?”" in page
    assert "Both ask the same" in page
    desk.post(f"{home}questions/order/remove/")
    assert "They do not ask the same" in body(desk.get(f"{home}compare/"))
    assert "a wave asks this questionnaire, so it stays" in body(desk.post(f"{home}delete/")).lower()


def test_a_wave_is_made_once_and_a_follow_up_asks_the_same(desk, version, wave) -> None:
    home = f"/needs/questionnaires/{version.questionnaire_id}/versions/{version.pk}/wave/"
    said = {
        "name_lv": "Pēc projekta",
        "kind": "follow_up",
        "opens_on": "2030-01-01",
        "closes_on": "2030-02-01",
        "reminders_most": "2",
        "reminder_days": "5",
        "key": str(uuid.uuid4()),
    }
    assert "Say which wave it follows" in body(desk.post(home, said))
    for _press in range(2):
        desk.post(home, {**said, "follows": wave.pk})
    made = Wave.objects.get(name_lv="Pēc projekta")
    assert made.follows == wave
    assert QuestionnaireVersion.objects.get(pk=version.pk).frozen_at
    other = version.questionnaire.versions.create(number=2, items=version.items[:3], made_at=timezone.now())
    page = desk.post(
        home.replace(str(version.pk), str(other.pk)), {**said, "key": str(uuid.uuid4()), "follows": wave.pk}
    )
    assert "Select a valid choice" in body(page) or page.status_code == 404
    bad = {**said, "closes_on": "2029-01-01", "reminder_days": "1", "follows": wave.pk}
    page = body(desk.post(home, bad))
    assert "The last day lies before the first" in page
    assert "Leave at least 3" in page


def test_staff_numbers_come_from_the_table_or_by_paste(desk, wave, livani, utena) -> None:
    desk.post(f"/needs/waves/{wave.pk}/staff/", {f"people-{livani.pk}": "120", "source": "Personnel"})
    assert {s.institution.slug: s.people for s in Staff.objects.all()} == {"livani": 120}
    paste = f"/needs/waves/{wave.pk}/staff/paste/"
    page = body(
        desk.post(paste, {"text": "Institution;People\nLivanu novada pasvaldiba;130\nNowhere;4\nutena;many"})
    )
    assert "Row 3: no institution is called “Nowhere”." in page
    assert "Row 4: “many” is no number of people." in page
    assert Staff.objects.get().people == 120
    desk.post(paste, {"text": "Institution\tPeople\nLīvānu novada pašvaldība\t130\nutena\t1 200"})
    assert {s.institution.slug: s.people for s in Staff.objects.all()} == {"livani": 130, "utena": 1200}


def test_addresses_are_taken_over_as_a_whole_or_not_at_all(desk, wave, livani) -> None:
    invite = f"/needs/waves/{wave.pk}/invitations/add/"
    bad = "E-pasts;Valoda\na@livani.lv\n\nnot an address@\nA@LIVANI.LV\n"
    bad += "b@utena.lt;lt;Utena district municipality\nc@x.lv;Nowhere"
    page = body(desk.post(invite, {"text": bad, "institution": livani.pk}))
    assert "Row 4: “not an address@” is no e-mail address." in page
    assert "Row 5: A@LIVANI.LV is invited already." in page
    assert "Row 7: no institution of this wave is called “Nowhere”." in page
    assert not Invitation.objects.exists()
    desk.post(
        invite, {"text": "a@livani.lv\nb@utena.lt;Utena district municipality", "institution": livani.pk}
    )
    assert set(Invitation.objects.values_list("email", "institution__slug", "language")) == {
        ("a@livani.lv", "livani", "lv"),
        ("b@utena.lt", "utena", "lt"),
    }


def test_letters_go_out_with_a_code_that_is_kept_nowhere(desk, wave, livani) -> None:
    Invitation.objects.create(wave=wave, institution=livani, email="a@livani.lv", language="lv")
    for _press in range(2):
        desk.post(f"/needs/waves/{wave.pk}/letters/", {"what": "send"})
    (letter,) = mail.outbox
    code = letter.body.split("/needs/answer/#")[1].split()[0]
    assert len(code) == 20
    assert not InvitationCode.objects.filter(fingerprint__icontains=code).exists()
    assert answering.find_invitation(code).email == "a@livani.lv"


def test_reminders_reach_those_who_did_not_answer_and_seldom(wave, invite) -> None:
    today = timezone.localdate()
    invite("answered@x.lv", has_answered=True)
    invite("stopped@x.lv", stopped="opted_out")
    invite("quiet@x.lv")
    assert not letters.due(wave, today)
    assert not letters.reminded_now(wave, today)
    sent = []
    for day in range(1, 40):
        later = today + timedelta(days=day)
        if later > wave.closes_on:
            break
        for one in letters.due(wave, later):
            letters.send_letter(one, today=later)
            sent.append(day)
    assert sent == [5, 10]
    assert {address for letter in mail.outbox for address in letter.to} == {"quiet@x.lv"}
    assert InvitationCode.objects.filter(invitation__email="quiet@x.lv").count() == 3


def test_an_address_that_is_refused_gets_no_further_letters(wave, livani, monkeypatch) -> None:
    import smtplib

    one = Invitation.objects.create(wave=wave, institution=livani, email="gone@x.lv", language="lv")

    def refuse(*args, **kwargs) -> None:
        raise smtplib.SMTPRecipientsRefused({"gone@x.lv": (550, b"no such user")})

    monkeypatch.setattr(letters, "send_mail", refuse)
    assert not letters.send_letter(one, today=timezone.localdate())
    one.refresh_from_db()
    assert (one.stopped, one.letters, one.last_letter_on) == ("undeliverable", 0, None)
    assert not InvitationCode.objects.exists()


def test_a_wave_that_was_answered_is_not_deleted(desk, wave, invite, livani) -> None:
    invite("a@x.lv")
    answering.hand_in_invited(
        invitation=Invitation.objects.get(),
        sheet=Sheet(livani.pk, "lv", "", "", {}),
        code="A" * 20,
        today=timezone.localdate(),
    )
    assert "Somebody has answered, so the wave stays." in body(desk.post(f"/needs/waves/{wave.pk}/delete/"))
    assert Wave.objects.filter(pk=wave.pk).exists()


def test_closing_and_opening_again_say_why(desk, wave, invite) -> None:
    invite("a@x.lv")
    page = f"/needs/waves/{wave.pk}/"
    assert "This field is required" in body(desk.post(f"{page}close/", {"reason": ""}))
    desk.post(f"{page}close/", {"reason": "All have answered"})
    wave.refresh_from_db()
    assert wave.settled_on == wave.closes_on == timezone.localdate()
    until = timezone.localdate() + timedelta(days=3)
    desk.post(f"{page}reopen/", {"reason": "Utena asked for it", "until": until})
    wave.refresh_from_db()
    assert wave.is_open(timezone.localdate())
    assert [change.kind for change in WaveChange.objects.all()] == ["closed", "reopened"]
    assert "Utena asked for it" in body(desk.get(page))


def test_turnout_shows_no_few_and_none_by_subtraction(desk, wave, invite, livani, utena) -> None:
    for number in range(9):
        invite(f"l{number}@x.lv", has_answered=number < 7)
    for number in range(8):
        invite(f"u{number}@x.lt", institution=utena, has_answered=number < 2)
    page = body(desk.get(f"/needs/waves/{wave.pk}/turnout/"))
    assert "9 of 17 people invited have answered (53%)." in page
    assert page.count(">not shown<") == 2  # the two of Utena, and Līvāni's seven that would tell of them


def test_only_coordinators_of_lead_bodies_run_surveys(alice, as_person, wave, version) -> None:
    client = as_person(alice)
    assert client.get(f"/needs/waves/{wave.pk}/").status_code == 200
    for address in (
        f"/needs/waves/{wave.pk}/invitations/",
        f"/needs/waves/{wave.pk}/close/",
        f"/needs/questionnaires/{version.questionnaire_id}/",
        "/needs/questionnaires/import/",
    ):
        assert client.get(address).status_code == 403
    assert "Who has answered" in body(client.get(f"/needs/waves/{wave.pk}/"))


def test_pages_of_a_survey_open(desk, wave, version, invite) -> None:
    invite("a@x.lv")
    home = f"/needs/questionnaires/{version.questionnaire_id}/"
    one = Invitation.objects.get()
    for address in (
        "/needs/waves/",
        "/needs/waves/?q=hinder&format=csv",
        f"/needs/waves/{wave.pk}/change/",
        f"/needs/waves/{wave.pk}/poster/",
        f"/needs/waves/{wave.pk}/invitations/?q=liv",
        f"/needs/waves/{wave.pk}/invitations/{one.pk}/",
        "/needs/questionnaires/",
        home,
        f"{home}versions/{version.pk}/?lang=lt",
        f"{home}questions/matters/",
        "/me/",
        "/",
    ):
        assert desk.get(address).status_code == 200, address
    assert "How much it matters (lt)" in body(
        desk.post(f"{home}versions/{version.pk}/", {"page": "0", "q-role": "staff", "shown_in": "lt"})
    )


def test_the_duty_closes_a_wave_after_its_last_day(wave, closed) -> None:
    later = timezone.now() + timedelta(days=15)
    assert closing.settle_those_over(timezone.now()) == 0
    assert closing.settle_those_over(later) == 1
    assert closing.settle_those_over(later) == 0

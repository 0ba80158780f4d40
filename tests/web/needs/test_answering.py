"""Somebody with a letter answers: on, back, another language, kept for later, handed in once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from straume.web.needs import codes
from straume.web.needs.actions.closing import settle
from straume.web.needs.models import AnswerSheet, Draft, Invitation, NoLetters, SealedSheet

pytestmark = pytest.mark.django_db
FILL = "/needs/answer/fill/"
FIRST = {"q-role": "staff", "q-kind": "office", "page": "0"}
SECOND = {"q-matters--waiting": "3", "q-matters--rework": "1", "q-learn": ["a3", "vsm"], "page": "1"}
RANKED = {"q-order--first": "2", "q-order--second": "1", "q-more": "Less paper"}


def body(response) -> str:
    return response.content.decode()


def opened(wave):
    settle(wave_pk=wave.pk, today=timezone.localdate())
    return AnswerSheet.objects.get()


def test_a_letter_opens_the_questions_in_its_language(invite, client) -> None:
    code = invite("a@livani.lv", language="lt")
    page = client.post("/needs/answer/", {"code": codes.in_groups(code).lower()})
    assert "Your role (lt)" in body(page)
    assert page.cookies["language"].value == "lt"
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert "sessionid" not in page.cookies


def test_a_wrong_code_is_told_kindly(invite, client) -> None:
    invite("a@livani.lv")
    for typed in ("", "ABCDE", "A" * 20, "<script>"):
        page = client.post("/needs/answer/", {"code": typed})
        assert "This code is not known" in body(page)
        assert '<script>"' not in body(page)


def test_two_pages_are_answered_and_handed_in(wave, invite, client) -> None:
    code = invite("a@livani.lv")
    second = client.post(FILL, {"code": code, **FIRST})
    assert "How much it matters" in body(second)
    assert '<input type="hidden" name="q-role" value="staff">' in body(second)
    done = client.post(FILL, {"code": code, **FIRST, **SECOND, **RANKED})
    assert done.status_code == 302 and done.url == reverse("needs:thanks")
    assert Invitation.objects.get().has_answered
    assert AnswerSheet.objects.count() == 0
    assert SealedSheet.objects.count() == 1
    sheet = opened(wave)
    assert sheet.answers == {
        "matters": {"waiting": "3", "rework": "1"},
        "learn": ["a3", "vsm"],
        "order": ["second", "first"],
        "more": "Less paper",
    }


def test_what_is_missing_is_said_on_top_and_beside(invite, client) -> None:
    code = invite("a@livani.lv")
    page = body(client.post(FILL, {"code": code, "q-role": "head", "page": "0"}))
    assert 'href="#q-team"' in page
    assert "How many report to you: Write a number." in page
    page = body(client.post(FILL, {"code": code, "q-role": "head", "q-team": "many", "page": "0"}))
    assert "Write a number, such as 12 or 2.5." in page
    assert 'value="many"' in page
    page = body(client.post(FILL, {"code": code, **FIRST, "page": "1", "q-matters--waiting": "3"}))
    assert "Choose an answer in each line." in page
    assert 'href="#q-matters--rework-1"' in page  # the line that is missing, not the first
    page = body(client.post(FILL, {"code": code, **FIRST, **SECOND, "q-order--first": "1"}))
    assert "Give each line a place of its own, from 1 to 2." in page


def test_a_language_is_changed_without_losing_an_answer(invite, client) -> None:
    code = invite("a@livani.lv")
    given = {"code": code, **FIRST, "page": "1", "q-matters--waiting": "3", "q-more": "ļoti", "go": "lang-lt"}
    page = client.post(FILL, given)
    assert "How much it matters (lt)" in body(page)
    assert "ļoti" in body(page)
    assert 'name="q-matters--waiting" value="3" checked' in body(page)
    assert 'name="q-role" value="staff"' in body(page)
    assert page.cookies["language"].value == "lt"


def test_half_an_answer_is_kept_and_opened_again_with_the_letter_alone(invite, client) -> None:
    code = invite("a@livani.lv")
    kept = client.post(FILL, {"code": code, **FIRST, "page": "1", "q-more": "Slepeni vārdi", "go": "save"})
    assert "It is kept" in body(kept)
    draft = Draft.objects.get()
    assert b"Slepeni" not in bytes(draft.sealed)
    assert draft.place not in (codes.fingerprint(code), code)
    again = Client().post("/needs/answer/", {"code": code})
    assert "Slepeni vārdi" in body(again)
    assert 'name="page" value="1"' in body(again)


def test_an_invitation_is_good_for_one_answer(wave, invite, client) -> None:
    code = invite("a@livani.lv")
    whole = {"code": code, **FIRST, **SECOND}
    client.post(FILL, whole)
    for again in (client.post(FILL, whole), client.post("/needs/answer/", {"code": code})):
        assert "You have answered already" in body(again)
    assert SealedSheet.objects.count() == 1
    assert Draft.objects.count() == 0


def test_what_a_change_of_mind_made_moot_is_left_out(wave, invite, client) -> None:
    code = invite("a@livani.lv")
    client.post(FILL, {"code": code, **FIRST, **SECOND, "q-team": "12"})
    assert "team" not in opened(wave).answers


def test_before_and_after_its_days_it_says_so_kindly(wave, invite, client) -> None:
    code = invite("a@livani.lv")
    today = timezone.localdate()
    for opens, closes, said in ((1, 9, "This survey opens on"), (-9, -1, "This survey has closed")):
        wave.opens_on, wave.closes_on = today + timedelta(days=opens), today + timedelta(days=closes)
        wave.save()
        assert said in body(client.post("/needs/answer/", {"code": code}))
        assert said in body(client.post(FILL, {"code": code, **FIRST, **SECOND}))
    assert not SealedSheet.objects.exists()


def test_an_open_link_asks_where_one_works_and_counts_a_form_once(wave, livani, client) -> None:
    page = body(client.get(f"/needs/open/{wave.link_code}/"))
    assert "Where do you work?" in page
    whole = {"link": wave.link_code, "key": "one-form", **FIRST, **SECOND}
    assert "Choose where you work." in body(client.post(FILL, whole))
    for _press in range(2):
        assert client.post(FILL, {**whole, "place": livani.pk}).status_code == 302
    assert SealedSheet.objects.count() == 1
    client.post(FILL, {**whole, "place": livani.pk, "key": "another-form"})
    assert SealedSheet.objects.count() == 2
    assert "sessionid" not in client.cookies


def test_an_open_form_is_kept_under_a_code_that_is_shown_once(wave, livani, client) -> None:
    given = {"link": wave.link_code, "key": "k", **FIRST, "place": livani.pk, "go": "save"}
    page = body(client.post(FILL, given))
    code = page.split("<strong>")[1].split("</strong>")[0]
    again = body(client.post("/needs/answer/", {"code": code}))
    assert 'id="q-role-1" name="q-role" value="staff" checked' in again
    assert f'<option value="{livani.pk}" selected' in again
    client.post(
        FILL, {"code": code, "link": wave.link_code, "key": "k", **FIRST, **SECOND, "place": livani.pk}
    )
    assert (SealedSheet.objects.count(), Draft.objects.count()) == (1, 0)


def test_whoever_wants_no_letters_gets_none_in_later_waves_either(invite, client) -> None:
    code = invite("a@livani.lv")
    assert "No more letters" in body(client.post("/needs/answer/no-letters/", {"code": code}))
    assert Invitation.objects.get().stopped == "opted_out"
    assert NoLetters.objects.get().fingerprint == codes.address_fingerprint("A@livani.lv")


def test_too_many_wrong_codes_from_one_network_are_slowed_down(invite, client, settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    code = invite("a@livani.lv")
    for _attempt in range(40):
        client.post("/needs/answer/", {"code": "A" * 20})
    assert "This code is not known" in body(client.post("/needs/answer/", {"code": code}))

"""The results of a wave on the page and in files, and what stays hidden."""

from __future__ import annotations

import pytest
from django.urls import reverse

from simulated_survey import answer, make_wave
from straume.web.needs.models import Need, NeedText


@pytest.fixture
def wave(lead_body, livani, utena):
    made = make_wave(lead_body)
    answer(made, livani, 30, people=90)
    answer(made, utena, 24, people=240)
    return made


def page(client, name, *args, **query):
    return client.get(reverse(f"needs:{name}", args=args), query)


def test_results_say_how_many_answered_and_for_whom_they_speak(wave, bob, as_person):
    said = page(as_person(bob), "results", wave.pk).content.decode()
    assert "54 sheets of answers" in said
    assert "the figures speak for 330 people" in said
    assert "Problem areas" in said and "Training needs" in said
    assert "Make this a need" not in said  # bob does not run surveys


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_results_are_taken_along_as_a_file(wave, bob, as_person, form):
    answered = page(as_person(bob), "results", wave.pk, format=form)
    assert answered.status_code == 200
    start = {"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}[form]
    assert answered.content.startswith(start)


def test_a_wave_without_answers_says_what_to_do(lead_body, bob, as_person):
    empty = make_wave(lead_body)
    said = page(as_person(bob), "results", empty.pk).content.decode()
    assert "nothing can be shown" in said


def test_a_need_is_made_from_a_result_once(wave, coordinator, as_person):
    client = as_person(coordinator)
    address = reverse("needs:make_need", args=[wave.pk, "wanted~lean"])
    made = [client.post(address) for _ in range(2)]
    need = Need.objects.get()
    assert [one.headers["Location"] for one in made] == [need.get_absolute_url()] * 2
    assert (need.kind, need.title_lv, need.title_lt) == ("training", "Lean metodes", "Lean metodai")
    evidence = need.evidence.get()
    assert evidence.answers == 54 and evidence.figure["low"] < evidence.figure["value"]
    said = client.get(need.get_absolute_url()).content.decode()
    assert "Lean methods" in said and "of 100" in said


def test_one_answer_of_a_question_is_made_a_need_if_it_is_shown(wave, coordinator, as_person):
    client = as_person(coordinator)
    address = reverse("needs:make_need", args=[wave.pk, "first"])
    assert client.post(address, {"choice": "nothing like that"}).status_code == 404
    client.post(address, {"choice": "training"})
    evidence = Need.objects.get(title_lt="Mokymai").evidence.get()
    assert (evidence.row, evidence.figure["method"], evidence.answers) == ("training", "share", 54)
    assert "of the weighted answers" in client.get(evidence.need.get_absolute_url()).content.decode()


def test_answers_of_a_second_survey_are_put_to_the_need_once(wave, lead_body, livani, coordinator, as_person):
    client = as_person(coordinator)
    client.post(reverse("needs:make_need", args=[wave.pk, "wanted~lean"]))
    need = Need.objects.get()
    later = make_wave(lead_body, year=2019, follows=wave)
    answer(later, livani, 20, people=90, seed=3, better=1.0)
    address = reverse("needs:add_evidence", args=[later.pk, "wanted~lean"])
    assert client.get(address).status_code == 200
    for _ in range(2):
        assert client.post(address, {"need": need.pk}).headers["Location"] == need.get_absolute_url()
    assert [one.answers for one in need.evidence.order_by("pk")] == [54, 20]


def test_texts_go_into_a_need_and_out_again(wave, coordinator, as_person):
    client = as_person(coordinator)
    address = reverse("needs:texts", args=[wave.pk])
    shown = client.get(address)
    (line,) = [line for line in shown.context["parts"][0].lines if "signatures" in line.text]
    marks = [line.mark]
    given = {"item": "why", "text": marks, "new": "Fewer signatures", "kind": "problem"}
    key = str(shown.context["key"])
    for _ in range(2):
        client.post(address, {**given, "key": key})
    assert Need.objects.get().texts.count() == len(line.sheets) > 5
    batch = Need.objects.get().text_batches.get()
    client.post(reverse("needs:take_texts_out", args=[wave.pk, batch.pk]))
    assert not NeedText.objects.exists()


def test_texts_are_for_those_who_run_surveys(wave, bob, as_person):
    assert page(as_person(bob), "texts", wave.pk).status_code == 403

"""The demo's survey before and after LLI-59, and the one that is open today."""

from __future__ import annotations

import time
from datetime import date

import pytest
from django.core import mail

from straume.web.demo import people, places, programme, surveys
from straume.web.needs.actions import answering
from straume.web.needs.items import read
from straume.web.needs.models import AnswerSheet, Staff, Wave
from straume.web.needs.turnout import turnout_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def seeded(db) -> None:
    for part in (places, programme, people):
        part.seed(TODAY)
    began = time.process_time()
    surveys.seed(TODAY)
    assert time.process_time() - began < 3


def test_a_survey_stands_before_the_project_and_one_follows_it(seeded) -> None:
    before, after, today = Wave.objects.order_by("opens_on")
    assert before.closes_on < date(2017, 5, 1) < after.opens_on
    assert (after.follows, today.follows) == (before, after)
    for wave in (before, after):
        assert wave.is_simulated
        assert 300 <= wave.sheets.count() <= 520
        assert Staff.objects.filter(wave=wave).count() == 18
        assert set(wave.staff.values_list("source", flat=True)) == {"simulated"}
        assert turnout_of(wave).hides_some
    assert not today.sheets.exists() and today.sealed_sheets.exists()


def test_its_questions_are_whole_in_three_languages(seeded) -> None:
    wave = Wave.objects.earliest("opens_on")
    items = read(items=wave.version.items)
    for item in items:
        for text in (item, *item.choices, *item.rows):
            assert set(text.label) == {"lv", "lt", "en"}, item.name
    known = {item.name: item for item in items}
    for sheet in AnswerSheet.objects.all():
        for name, answer in sheet.answers.items():
            assert name in known
            if known[name].type == "matrix":
                assert all(known[name].choice(said) for said in answer.values())
    assert known["problems_matter"].topics == known["problems_now"].topics


def test_two_of_the_cast_find_a_letter(seeded) -> None:
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert set(letters) == {"employee@demo.example", "lithuanian-unit-head@demo.example"}
    code = letters["lithuanian-unit-head@demo.example"].split("#")[1].split()[0]
    invitation = answering.find_invitation(code)
    assert invitation is not None and invitation.wave.is_open(TODAY)
    assert invitation.language == "lt"

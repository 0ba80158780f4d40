"""Tests before and after: the group's change is told, nobody's score is kept, a code joins two sheets."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from straume.web.programme.actions import quizzes
from straume.web.programme.models import Quiz, QuizSheet

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def question(text: str, *, right: tuple[int, ...] = (1,)) -> quizzes.Written:
    texts = {"lv": f"{text} lv", "lt": f"{text} lt", "en": text}
    choices = [({"lv": f"a{n}", "lt": f"b{n}", "en": f"c{n}"}, n in right) for n in (1, 2, 3)]
    return quizzes.Written(kind="many" if len(right) > 1 else "one", texts=texts, choices=choices)


@pytest.fixture
def held(make_activity):
    return make_activity(in_days=-1, status="held")


@pytest.fixture
def quiz(held) -> Quiz:
    made = quizzes.quiz_of(activity=held, now=NOW)
    quizzes.write_question(quiz=made, written=question("What is waste?"))
    quizzes.write_question(quiz=made, written=question("Which are wastes?", right=(1, 2)))
    return made


def asked(quiz: Quiz, moment: str, *sheets: tuple[str, dict]) -> None:
    opened = quizzes.open_round(quiz=quiz, moment=moment, now=NOW)
    for code, answers in sheets:
        quizzes.take_sheet(token=opened.token, key=uuid.uuid4(), code=code, answers=answers)


NONE, HALF, ALL = {}, {"1": [1]}, {"1": [1], "2": [2, 1]}


def test_the_change_of_a_group_is_told_with_its_interval_and_pairs(
    quiz, held, coordinator, charlie, as_person
) -> None:
    codes = ["a1", "b2", "c3", "d4", "e5", "f6"]
    asked(quiz, "before", *zip(codes, [NONE, NONE, HALF, HALF, HALF, ALL], strict=True))
    asked(quiz, "after", *zip(["A-1", *codes[1:]], [HALF, ALL, ALL, HALF, ALL, ALL], strict=True))
    page = as_person(charlie).get(f"/programme/activities/{held.pk}/evaluation/").content.decode()
    assert "The test is open." in page
    quizzes.close_round(opened=quiz.rounds.get(moment="after"), now=NOW)
    page = as_person(charlie).get(f"/programme/activities/{held.pk}/evaluation/").content.decode()
    assert "6 pairs" in page
    assert "42% before, 83% after" in page  # 2.5 of 6 and 5 of 6
    assert "+42 percentage points, between +2 and +81" in page  # changes .5 1 .5 0 .5 0: mean .4167, sd .3764
    assert "What is waste?" in page


def test_four_pairs_and_four_sheets_show_nothing(quiz, held, coordinator, as_person) -> None:
    codes = ["a1", "b2", "c3", "d4"]
    asked(quiz, "before", *((code, NONE) for code in codes))
    asked(quiz, "after", *((code, ALL) for code in codes))
    quizzes.close_round(opened=quiz.rounds.get(moment="after"), now=NOW)
    page = as_person(coordinator).get(f"/programme/activities/{held.pk}/evaluation/").content.decode()
    assert "Not enough answers yet" in page
    assert "percentage points, " not in page
    assert "100%" not in page


def test_without_codes_the_groups_are_compared(quiz, held, coordinator, as_person) -> None:
    asked(quiz, "before", *[("", NONE), ("", HALF)] * 3)
    asked(quiz, "after", *[("", HALF), ("", ALL)] * 3)
    quizzes.close_round(opened=quiz.rounds.get(moment="after"), now=NOW)
    page = as_person(coordinator).get(f"/programme/activities/{held.pk}/evaluation/").content.decode()
    assert "6 before, 6 after" in page


def test_the_own_result_is_shown_once_and_stored_nowhere(quiz) -> None:
    opened = quizzes.open_round(quiz=quiz, moment="before", now=NOW)
    address = f"/programme/t/{opened.token}/"
    page = Client().get(address).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    said = {"q1": "1", "q2": ["1"], "code": "bērzs 47", "key": key}
    shown = Client().post(address, said).content.decode()
    assert "You have 1 of 2 questions right." in shown
    assert "bērzs 47" in shown
    Client().post(address, said)  # sent twice: one sheet
    sheet = QuizSheet.objects.get()
    assert (sheet.answers, "bērzs" in sheet.pair) == ({"1": [1], "2": [1]}, False)
    assert {field.name for field in QuizSheet._meta.get_fields()} == {"id", "round", "pair", "answers"}


def test_a_code_counts_once_in_a_round(quiz) -> None:
    opened = quizzes.open_round(quiz=quiz, moment="before", now=NOW)
    quizzes.take_sheet(token=opened.token, key=uuid.uuid4(), code="k7mq", answers=ALL)
    with pytest.raises(quizzes.Refused, match="With this code"):
        quizzes.take_sheet(token=opened.token, key=uuid.uuid4(), code="K7 MQ", answers=NONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuizSheet.objects.create(round=opened, pair=QuizSheet.objects.get().pair)


def test_once_asked_the_questions_stay_and_closed_no_code_can_be_tried(quiz) -> None:
    with pytest.raises(quizzes.Refused, match="First ask before"):
        quizzes.open_round(quiz=quiz, moment="after", now=NOW)
    asked(quiz, "before", ("a", NONE))
    with pytest.raises(quizzes.Refused, match="its questions stay"):
        quizzes.write_question(quiz=quiz, written=question("Another?"))
    with pytest.raises(quizzes.Refused):
        quizzes.remove_question(question=quiz.questions.first())
    asked(quiz, "after", ("a", ALL))
    quizzes.close_round(opened=quiz.rounds.get(moment="after"), now=NOW)
    quiz.refresh_from_db()
    assert quiz.salt == ""
    with pytest.raises(quizzes.Refused, match="closed"):
        quizzes.take_sheet(
            token=quiz.rounds.get(moment="after").token, key=uuid.uuid4(), code="b", answers={}
        )


def test_a_trainer_writes_a_question_in_three_languages_on_one_page(held, alice, bob, as_person) -> None:
    address = f"/programme/activities/{held.pk}/test/questions/new/"
    said = {
        "kind": "one",
        "text_lv": "Kas ir zudums?",
        "text_lt": "Kas yra švaistymas?",
        "text_en": "What is waste?",
        "answers_lv": "*Gaidīšana\nDarbs",
        "answers_lt": "Laukimas\nDarbas",
        "answers_en": "Waiting\nWork",
    }
    wrong = as_person(alice).post(address, said | {"answers_lv": "Gaidīšana\nDarbs"}).content.decode()
    assert "Put * before the answer that is right." in wrong
    as_person(alice).post(address, said)
    found = Quiz.objects.get().questions.get()
    assert [(one.text_lt, one.is_right) for one in found.choices.all()] == [
        ("Laukimas", True),
        ("Darbas", False),
    ]
    page = (
        as_person(alice).get(f"/programme/activities/{held.pk}/test/questions/{found.pk}/").content.decode()
    )
    assert "*Gaidīšana" in page
    assert as_person(bob).get(address).status_code == 403

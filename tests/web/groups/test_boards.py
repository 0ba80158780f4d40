"""The asaichi board: filled in a few minutes, problems carried on, looked at back in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from straume.web.groups.actions import asaichi as actions
from straume.web.groups.board_page import board_of
from straume.web.groups.models import BoardAction, BoardDay, BoardEntry, BoardProblem, Escalation

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
FORM = {
    "time_text": "31 of 35 in time", "time_light": "green", "quality_text": "6 of 35 incomplete",
    "quality_light": "amber", "people_text": "", "cost_text": "12 letters", "cost_light": "red",
    "oldest_days": "92", "oldest_what": "waits for the lawyer", "problem_1": "Waits for the lawyer",
    "problem_2": "", "problem_3": "Two systems",
}  # fmt: skip


def fill(taxes, on: date, **changed) -> BoardDay:
    said = dict.fromkeys(
        f"{column}_{part}" for column in BoardEntry.Column.values for part in ("text", "light")
    )
    problems = {f"problem_{place}": "" for place in (1, 2, 3)}
    return actions.fill(
        unit=taxes, today=on, said={**said, **problems, "oldest_days": None, "oldest_what": "", **changed}
    )


@pytest.fixture
def head(member, livani, taxes):
    return member("helga", livani, "unit_head", unit=taxes)


@pytest.fixture
def leader(member, livani):
    return member("lena", livani, "leader")


def test_a_board_is_filled_on_one_page_and_again_the_same_day(taxes, head, as_person):
    client = as_person(head)
    client.post(f"/groups/boards/{taxes.pk}/fill/", FORM)
    page = client.get(f"/groups/boards/{taxes.pk}/").content.decode()
    for words in ("31 of 35 in time", "as agreed", "watch it", "act now", "92 days", "Two systems"):
        assert words in page
    client.post(f"/groups/boards/{taxes.pk}/fill/", FORM | {"cost_text": "", "cost_light": ""})
    assert BoardDay.objects.count() == 1
    assert set(BoardEntry.objects.values_list("column", flat=True)) == {"time", "quality"}


def test_a_figure_says_how_it_stands(taxes, head, as_person):
    page = (
        as_person(head).post(f"/groups/boards/{taxes.pk}/fill/", FORM | {"time_light": ""}).content.decode()
    )
    assert "Say how it stands." in page
    assert not BoardDay.objects.exists()


def test_a_problem_is_carried_on_and_what_came_of_it_stands_on_the_board(
    taxes, head, leader, coordinator, as_person
):
    fill(taxes, timezone.localdate(), problem_1="Waits for the lawyer")
    problem = BoardProblem.objects.get()
    for _again in range(3):
        as_person(head).post(f"/groups/boards/problems/{problem.pk}/carry-on/")
    assert [one.level for one in problem.escalations.all()] == ["institution", "cooperation"]
    first, second = problem.escalations.all()
    assert "Waits for the lawyer" in as_person(leader).get("/").content.decode()
    assert as_person(leader).get(f"/groups/boards/raised/{second.pk}/").status_code == 404
    as_person(leader).post(f"/groups/boards/raised/{first.pk}/", {"outcome": "Twice a week from December"})
    as_person(coordinator).post(f"/groups/boards/raised/{second.pk}/", {"outcome": "Asked in the region"})
    page = as_person(head).get(f"/groups/boards/{taxes.pk}/").content.decode()
    assert "Twice a week from December" in page
    assert "Asked in the region" in page
    assert not actions.answer(escalation=first, outcome="Another", by=leader, now=timezone.now())


def test_the_coordinator_of_the_cooperation_answers_without_seeing_the_board(taxes, coordinator, as_person):
    assert as_person(coordinator).get(f"/groups/boards/{taxes.pk}/").status_code == 404


def test_a_solved_problem_leaves_the_board_and_stays_in_its_history(taxes):
    fill(taxes, DAY, problem_1="Waits for the lawyer")
    fill(taxes, DAY + timedelta(days=3), problem_1="")
    assert [one.text for one in board_of(taxes, DAY + timedelta(days=1)).problems] == ["Waits for the lawyer"]
    assert board_of(taxes, DAY + timedelta(days=3)).problems == []


def test_a_day_is_looked_at_back_in_time(taxes, bob, as_person):
    fill(taxes, DAY, time_text="20 of 35", time_light="red")
    fill(taxes, DAY + timedelta(days=1), time_text="31 of 35", time_light="green")
    then = as_person(bob).get(f"/groups/boards/{taxes.pk}/?day={DAY}").content.decode()
    assert "20 of 35" in then
    assert "31 of 35" not in then
    history = as_person(bob).get(f"/groups/boards/{taxes.pk}/history/").content.decode()
    assert "20 of 35" in history
    assert "31 of 35" in history
    csv = as_person(bob).get(f"/groups/boards/{taxes.pk}/history/?format=csv").content.decode()
    assert "act now" in csv


def test_an_action_has_a_post_and_a_day_and_is_done_once(taxes, head, as_person):
    client = as_person(head)
    client.post(
        f"/groups/boards/{taxes.pk}/actions/add/",
        {
            "key": "00000000-0000-4000-8000-000000000001",
            "what": "Ask",
            "owner_post": "Head",
            "due_on": "2026-12-01",
        },
    )
    action = BoardAction.objects.get()
    client.post(f"/groups/boards/actions/{action.pk}/end/")
    action.refresh_from_db()
    assert action.done_on == timezone.localdate()
    assert not actions.end_action(action, DAY)


def test_a_board_is_there_for_members_alone(taxes, bob, charlie, as_person):
    fill(taxes, timezone.localdate(), time_text="20 of 35", time_light="red")
    for part in ("", "wall/", "history/"):
        assert as_person(bob).get(f"/groups/boards/{taxes.pk}/{part}").status_code == 200
        assert as_person(charlie).get(f"/groups/boards/{taxes.pk}/{part}").status_code == 404
    assert as_person(bob).get(f"/groups/boards/{taxes.pk}/fill/").status_code == 403
    assert "Nodokļu nodaļa" not in as_person(charlie).get("/groups/boards/").content.decode()


def test_what_must_be_true_of_a_board_is_kept_by_the_database(taxes):
    day = fill(taxes, DAY, time_text="20 of 35", time_light="red", problem_1="Waits")
    problem = BoardProblem.objects.get()
    wrong = [
        lambda: BoardDay.objects.create(unit=taxes, on=DAY),
        lambda: BoardEntry.objects.create(day=day, column="time", text="x", light="red"),
        lambda: BoardEntry.objects.create(day=day, column="cost", text="", light="red"),
        lambda: BoardProblem.objects.create(unit=taxes, place=1, text="x", opened_on=DAY),
        lambda: BoardProblem.objects.create(unit=taxes, place=4, text="x", opened_on=DAY),
        lambda: BoardProblem.objects.create(unit=taxes, place=2, text="", opened_on=DAY),
        lambda: BoardProblem.objects.filter(pk=problem.pk).update(solved_on=DAY - timedelta(days=1)),
        lambda: Escalation.objects.create(
            problem=problem, level="institution", raised_at=timezone.now(), answered_at=timezone.now()
        ),
        lambda: BoardAction.objects.create(unit=taxes, what="x", owner_post="", due_on=DAY, agreed_on=DAY),
        lambda: BoardAction.objects.create(unit=taxes, what="", owner_post="x", due_on=DAY, agreed_on=DAY),
    ]
    for break_it in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            break_it()

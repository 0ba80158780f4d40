"""Eight at the same moment: one idea, one answer, one reminder, one board; on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from straume.web.groups.actions import asaichi
from straume.web.groups.actions import ideas as actions
from straume.web.groups.models import (
    BoardDay,
    BoardEntry,
    BoardProblem,
    Escalation,
    Idea,
    IdeaChase,
    IdeaStep,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
AT_ONCE = 8


def at_once(submit: Callable[[int], Any]) -> list[Any]:
    """Run it in so many threads that begin together; what any of them raised is raised here."""
    barrier, answers, faults = threading.Barrier(AT_ONCE), [], []

    def one(number: int) -> None:
        barrier.wait()
        try:
            answers.append(submit(number))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers


def test_an_idea_is_handed_in_once(taxes):
    key = uuid.uuid4()
    answers = at_once(lambda _n: actions.submit(unit=taxes, text="Print less", key=key, now=NOW, by=None))
    assert Idea.objects.count() == 1
    assert len({one.pk for one in answers}) == 1


def test_it_is_answered_and_chased_once(taxes, alice):
    idea = actions.submit(unit=taxes, text="Print less", key=uuid.uuid4(), now=NOW, by=None)
    chased = at_once(lambda _n: actions.chase(NOW + timedelta(hours=60)))
    assert (sum(chased), IdeaChase.objects.count()) == (1, 1)
    states = ("accepted", "declined")

    def answer(number: int) -> bool:
        own = Idea.objects.get(pk=idea.pk)
        return actions.step(idea=own, state=states[number % 2], text="So", by=alice, now=NOW)

    assert sum(at_once(answer)) == 1
    assert IdeaStep.objects.get().state == Idea.objects.get().state


def test_a_board_is_filled_and_a_problem_carried_on_once(taxes, alice):
    said = {f"{c}_{part}": "" for c in BoardEntry.Column.values for part in ("text", "light")}
    said |= {"problem_1": "Waits", "problem_2": "", "problem_3": "", "oldest_days": None, "oldest_what": ""}
    at_once(lambda _n: asaichi.fill(unit=taxes, today=date(2026, 11, 23), said=said))
    assert (BoardDay.objects.count(), BoardProblem.objects.count()) == (1, 1)
    at_once(lambda _n: asaichi.carry_on(problem=BoardProblem.objects.get(), by=alice, now=NOW))
    assert sorted(Escalation.objects.values_list("level", flat=True)) in (
        ["institution"],
        ["cooperation", "institution"],
    )

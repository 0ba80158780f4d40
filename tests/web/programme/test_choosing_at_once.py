"""Eight who record one choice at the same moment make one record and its activities once."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from straume.web.needs.models import Need
from straume.web.programme.actions import choosing
from straume.web.programme.models import (
    Activity,
    BudgetLine,
    Candidate,
    CandidateNeed,
    Choice,
    ChoiceDecision,
)

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2018, 1, 10, 9, tzinfo=UTC)
AT_ONCE = 8


def test_a_choice_is_begun_and_recorded_once(package, project, livani, coordinator):
    need = Need.objects.create(kind="training", title_en="Lean", named_on=date(2017, 1, 9))
    candidate = Candidate.objects.create(
        work_package=package, kind="training", title_en="Training", budget_line=BudgetLine.objects.get(),
        cost_eur=Decimal(600), places=20, town="Rēzekne", languages=["lv"], earliest_on=date(2018, 3, 5),
        latest_on=date(2018, 3, 5),
    )  # fmt: skip
    candidate.municipalities.set([livani])
    CandidateNeed.objects.create(candidate=candidate, need=need, percent=100)
    key = uuid.uuid4()

    def begin() -> Choice:
        return choosing.begin_choice(
            choice=Choice(project=project, name_en="First"), key=key, by=coordinator, now=NOW
        )

    assert len({one.pk for one in at_once(begin)}) == 1
    choice = choosing.solve(Choice.objects.get(), now=NOW)

    def record() -> ChoiceDecision:
        return choosing.record(
            choice=choice,
            held=[candidate.pk],
            reason="It meets most",
            by_hand_reason="",
            key=uuid.uuid4(),
            by=coordinator,
            now=NOW,
        )

    assert len({one.pk for one in at_once(record)}) == 1
    assert (ChoiceDecision.objects.count(), Activity.objects.count()) == (1, 1)


def at_once(submit):
    """Run it in so many threads that begin together; what any of them raised is raised here."""
    barrier, answers, faults = threading.Barrier(AT_ONCE), [], []

    def one() -> None:
        barrier.wait()
        try:
            answers.append(submit())
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers

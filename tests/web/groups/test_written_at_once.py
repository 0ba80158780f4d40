"""Eight who write at the same moment: one text stands and seven wait; on SQLite and PostgreSQL."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from straume.web.groups.actions import cards, decisions, minutes
from straume.web.groups.models import Adoption, Decision, MinuteClash, MinuteText, PracticeCard

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)
AT_ONCE = 8


def at_once(submit: Callable[[], Any]) -> list[Any]:
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


def test_one_text_stands_and_the_others_wait(meeting, alice) -> None:
    point, numbers = meeting.agenda.first(), itertools.count()

    def write() -> None:
        minutes.save_text(
            point=point, language="lv", words=f"Vārdi {next(numbers)}", state="written", base=0,
            key=uuid.uuid4(), by=alice, now=NOW,
        )  # fmt: skip

    at_once(write)
    text = MinuteText.objects.get()
    waiting = set(MinuteClash.objects.values_list("words", flat=True))
    assert text.version == 1
    assert waiting | {text.text} == {f"Vārdi {number}" for number in range(AT_ONCE)}
    assert len(waiting) == AT_ONCE - 1


def test_decisions_get_numbers_one_after_the_other(meeting, alice) -> None:
    def decide() -> None:
        new = Decision(group=meeting.group, meeting=meeting, text_lv="Trīs soļi", decided_on=NOW.date())
        decisions.decide(new, key=uuid.uuid4(), by=alice)

    at_once(decide)
    assert list(Decision.objects.values_list("number", flat=True)) == list(range(1, AT_ONCE + 1))


def test_a_place_takes_a_card_up_once(livani, utena, alice) -> None:
    card = PracticeCard.objects.create(
        title_lv="Trīs soļi", institution=livani, contact_post="Vadītājs", made_at=NOW
    )

    def adopt() -> Adoption:
        new = Adoption(card=card, institution=utena, began_on=date(2019, 1, 1))
        return cards.adopt(new, key=uuid.uuid4(), by=alice, now=NOW)

    assert {adoption.pk for adoption in at_once(adopt)} == {Adoption.objects.get().pk}

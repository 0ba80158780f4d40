"""What must be true of an activity's parts, the database keeps true."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "make",
    [
        lambda one: [one.speakers.create(name="Rasa") for _ in range(2)],
        lambda one: one.speakers.create(name=""),
        lambda one: one.sessions.get().agenda.create(title="Talk", starts="10:00", ends="09:00"),
        lambda one: one.materials.create(
            title="Slides", language="lv", original_name="a.pdf", bytes=0, uploaded_at=timezone.now()
        ),
        lambda one: one.stops.create(on=one.from_on, starts="10:00", place="Utena", planned_eur="-1"),
    ],
    ids=[
        "a speaker twice",
        "a speaker without a name",
        "a point that ends early",
        "an empty file",
        "a cost below nought",
    ],
)
def test_the_database_refuses_what_cannot_be(make, make_activity) -> None:
    shown = make_activity()
    with pytest.raises(IntegrityError), transaction.atomic():
        make(shown)


def test_a_person_is_asked_for_a_card_once_per_letter(make_activity, bob) -> None:
    registration = make_activity(kind="visit_abroad").registrations.create(
        person=bob, way="delegated", status="confirmed", made_at=timezone.now()
    )
    registration.card_reminders.create(number=1, sent_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        registration.card_reminders.create(number=1, sent_at=timezone.now())

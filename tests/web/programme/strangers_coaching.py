"""What the walk over all addresses has to know of coaching: alice of Līvāni is the client."""

import uuid
from datetime import timedelta

from django.utils import timezone

from straume.web.programme.actions import coaching
from straume.web.programme.models import CoachingOutcome, CoachingSlot
from web.programme.coached import coached, in_days

NUMBERS = {"slot_pk": CoachingSlot}
# taking a time back is the coach's: tests/web/programme/test_coaching.py meets it
MET_ELSEWHERE = r"programme:(withdraw_coaching_slot|coaching_place)$"


def make_things(*, livani, taxes, alice, bob) -> None:
    now = timezone.now()
    there = coached(livani, alice)
    there.slot(in_days(now, 12))
    coaching.book(slot=there.slot(in_days(now, 10)), wish=there.wish(), by=alice, key=uuid.uuid4(), now=now)
    CoachingOutcome.objects.create(
        institution=livani, said_by=alice, sentence="I ask.", agreed_on=now.date() - timedelta(days=1)
    )

"""An exchange visit: what its page shows beside that of any activity, and the practice cards asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from straume.lean.protect import shown as shown_count
from straume.web.places import mail
from straume.web.programme import said
from straume.web.programme.models import Activity, CardReminder, Registration
from straume.web.programme.registry import visit_cards

VISITS = (Activity.Kind.VISIT_INSIDE, Activity.Kind.VISIT_ABROAD)
DAYS_FOR_CARDS = 7
# a visit that took place, whether or not somebody marked it so already
HELD = (
    Activity.Status.ANNOUNCED,
    Activity.Status.HELD,
    Activity.Status.COMPLETE,
    Activity.Status.REPORTED,
)


@dataclass(frozen=True)
class Cards:
    """Practice cards of a visit: by when they are asked for, how often that was done, which came."""

    due_on: date
    is_over: bool  # the visit itself
    is_late: bool
    asked_said: str  # how many people were asked, in words; "" before anybody was
    given: tuple[tuple[str, str], ...]  # (title, address)


def visit_of(shown: Activity, *, today: date, sees_money: bool) -> dict[str, Any] | None:
    """What the page of a visit shows in addition; None for other activities."""
    if shown.kind not in VISITS:
        return None
    stops = shown.stops.select_related("host__institution")
    return {
        "hosts": shown.visit_hosts.select_related("institution"),
        "stops": [{"stop": stop, "eur": said.euros(stop.planned_eur)} for stop in stops],
        "participants": people_said(shown.registrations.filter(status=Registration.Status.CONFIRMED).count()),
        "stops_eur": said.euros(cost_of_stops(shown)) if sees_money else "",
        "cards": cards_of(shown, today),
    }


def cost_of_stops(shown: Activity) -> Decimal:
    return shown.stops.aggregate(sum=Sum("planned_eur"))["sum"] or Decimal(0)


def people_said(number: int) -> str:
    """Fewer than five are people whom one could name."""
    if not number:
        return _("nobody yet")
    return _("fewer than five") if shown_count(number) is None else str(number)


def cards_of(shown: Activity, today: date) -> Cards:
    due_on = shown.until_on + timedelta(days=DAYS_FOR_CARDS)
    asked = (
        CardReminder.objects.filter(registration__activity=shown).values("registration").distinct().count()
    )
    given = given_cards(shown)
    return Cards(
        due_on=due_on,
        is_over=shown.until_on < today,
        is_late=today > due_on and not given,
        asked_said=people_said(asked) if asked else "",
        given=given,
    )


def given_cards(shown: Activity) -> tuple[tuple[str, str], ...]:
    return tuple(card for cards in visit_cards for card in cards(shown))


def ask_for_cards(now: datetime) -> int:
    """Ask all who were on a visit, the day after and once more before the week is over; how many letters.

    Safe to run twice: that somebody was asked is written down once, and the letter goes with that row.
    """
    today = timezone.localdate(now)
    over = Activity.objects.filter(
        kind__in=VISITS,
        status__in=HELD,
        until_on__lt=today,
        until_on__gte=today - timedelta(days=DAYS_FOR_CARDS),
    )
    return sum(ask(visit, now, today) for visit in over)


def ask(visit: Activity, now: datetime, today: date) -> int:
    days_since = (today - visit.until_on).days
    if days_since < DAYS_FOR_CARDS - 1:
        number = CardReminder.Number.FIRST
    elif given_cards(visit):
        return 0
    else:
        number = CardReminder.Number.LAST
    return sum(ask_one(registration, number, now) for registration in who_was_there(visit))


def who_was_there(visit: Activity) -> Iterable[Registration]:
    """Those whose attendance is noted; where none is, those who had a place."""
    had_a_place = visit.registrations.filter(status=Registration.Status.CONFIRMED).select_related("person")
    came = had_a_place.filter(attendances__isnull=False).distinct()
    return came if came.exists() else had_a_place


def ask_one(registration: Registration, number: int, now: datetime) -> int:
    """1 where a letter goes out, 0 where it went out before."""
    try:
        with transaction.atomic():
            made = CardReminder.objects.create(registration=registration, number=number, sent_at=now)
            transaction.on_commit(partial(write_to.enqueue, made.pk))
    except IntegrityError:
        return 0
    return 1


@task()
def write_to(reminder_pk: int) -> None:
    """The worker sends it, so that one mail server that is away does not keep the others from theirs."""
    found = CardReminder.objects.select_related("registration__person", "registration__activity")
    reminder = found.filter(pk=reminder_pk).first()
    if reminder is None or not reminder.registration.person.is_active:
        return
    person, visit = reminder.registration.person, reminder.registration.activity
    with override(person.language):
        context = {
            "visit": visit,
            "is_last": reminder.number == CardReminder.Number.LAST,
            "due_on": visit.until_on + timedelta(days=DAYS_FOR_CARDS),
            "address": settings.ADDRESS + visit.get_absolute_url(),
        }
        subject = _("What did you see? A practice card from: %(visit)s") % {"visit": visit.title}
        mail.send(subject, render_to_string("programme/mail/card.txt", context), person.email)

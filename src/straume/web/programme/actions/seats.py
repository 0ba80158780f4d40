"""Places are scarce: each is taken by one conditional UPDATE, of a quota and of the activity (decision 85).

Whoever gives back, offers, answers or allots locks the activity first, so that no freed place is missed by
somebody who joins the line at that moment, and no offer is both accepted and declined. The order of locks is
activity, quota, registration.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from straume.web.places.models import Institution
from straume.web.programme.models import Activity, Quota, Registration

STANDING = """
    SELECT taken, places, held,
        EXISTS (SELECT 1 FROM programme_registration WHERE activity_id = activity.id AND status = 'waiting')
    FROM programme_activity activity WHERE id = %s
"""


@dataclass(frozen=True)
class Seat:
    """A place that was taken; of a quota, or of those that are free for all."""

    quota: Quota | None


@dataclass(frozen=True)
class Standing:
    """How many places there are, how many are taken, how many held for quotas, and whether some wait."""

    taken: int
    places: int
    held: int
    some_wait: bool


def is_full(known: Activity | Standing) -> bool:
    """For everybody: while no place is held, no quota has one either."""
    return known.held == 0 and known.taken >= known.places


def locked(activity_pk: int) -> Activity:
    """The activity as it stands, and nobody else changes its places until the transaction ends."""
    return Activity.objects.select_for_update(of=("self",)).select_related("place_rule").get(pk=activity_pk)


def standing(activity_pk: int, *, keep: bool = False) -> Standing:
    """The places as they are now. To `keep` them lets nobody give or free any until the transaction ends.

    A shared lock: in a rush hundreds join the line at once, and do not wait for each other. SQLite lets one
    transaction write at a time, so there nothing changes anyway. Written as SQL, since each of a rush asks it
    while others wait.
    """
    with connection.cursor() as cursor:
        keeps = keep and connection.vendor == "postgresql"
        cursor.execute(STANDING + (" FOR SHARE OF activity" if keeps else ""), [activity_pk])
        taken, places, held, some_wait = cursor.fetchone()
    return Standing(taken, places, held, bool(some_wait))


def is_there_one(*, activity_pk: int, institution: Institution | None) -> bool:
    """Whether `take` could give a place now: of a quota of theirs, or a free one for which nobody waits."""
    theirs = Q(country=institution.country) | Q(institution=institution) if institution else Q(pk=None)
    quotas = Quota.objects.filter(theirs, activity=OuterRef("pk"), released_at=None, taken__lt=F("places"))
    waiting = Registration.objects.filter(activity=OuterRef("pk"), status=Registration.Status.WAITING)
    free = Q(taken__lt=F("places") - F("held")) & ~Exists(waiting)
    return Activity.objects.filter(Exists(quotas) | free, pk=activity_pk).exists()


def take(*, activity_pk: int, institution: Institution | None, free_for_all: bool) -> Seat | None:
    """A place of a quota that is theirs, else (where they may) one that is held for nobody."""
    for quota in open_quotas(activity_pk, institution):
        locked(activity_pk)
        if take_of_quota(quota):
            return Seat(quota)
    if free_for_all and take_free(activity_pk):
        return Seat(None)
    return None


def open_quotas(activity_pk: int, institution: Institution | None) -> list[Quota]:
    """Those that still hold places for this institution: its own before that of its country."""
    if institution is None:
        return []
    theirs = Q(institution=institution) | Q(country=institution.country)
    found = Quota.objects.filter(theirs, activity=activity_pk, released_at=None, taken__lt=F("places"))
    return sorted(found, key=lambda quota: quota.institution_id is None)


def take_of_quota(quota: Quota) -> bool:
    mine = Quota.objects.filter(pk=quota.pk, released_at=None, taken__lt=F("places"))
    if not mine.update(taken=F("taken") + 1):
        return False
    Activity.objects.filter(pk=quota.activity_id).update(taken=F("taken") + 1, held=F("held") - 1)
    return True


def take_free(activity_pk: int) -> bool:
    free = Activity.objects.filter(pk=activity_pk, taken__lt=F("places") - F("held"))
    return free.update(taken=F("taken") + 1) == 1


def give_back(*, activity_pk: int, quota: Quota | None) -> None:
    """A place is free again; while its quota still holds places, for that quota alone."""
    if quota is not None:
        Quota.objects.filter(pk=quota.pk).update(taken=F("taken") - 1)
    held_again = quota is not None and Quota.objects.filter(pk=quota.pk, released_at=None).exists()
    Activity.objects.filter(pk=activity_pk).update(
        taken=F("taken") - 1, held=F("held") + (1 if held_again else 0)
    )

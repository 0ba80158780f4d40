"""What the tests of nomination share: an activity with a rule, people, and the counts that must be true."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.programme.actions.registrations import register_person
from straume.web.programme.models import Activity, PlaceRule, Quota, Registration


def with_rule(activity: Activity, *, places: int, **rule) -> Activity:
    """The activity, announced, with so many places and a rule."""
    Activity.objects.filter(pk=activity.pk).update(places=places, status="announced")
    PlaceRule.objects.create(activity=activity, **rule)
    return Activity.objects.select_related("place_rule", "work_package", "host").get(pk=activity.pk)


def somebody(name: str, language: str = "en") -> User:
    return User.objects.create_user(f"{name}@people.example.org", name=name.title(), language=language)


def registered(
    activity: Activity,
    person: User,
    institution: Institution | None = None,
    *,
    now: datetime | None = None,
    key: uuid.UUID | None = None,
    way: str = "delegated",
) -> Registration:
    return register_person(
        activity=activity,
        person=person,
        institution=institution,
        way=way,
        made_by=person,
        now=now or timezone.now(),
        key=key or uuid.uuid4(),
    )


def state(registration: Registration) -> str:
    registration.refresh_from_db()
    return registration.status


def counts_are_true(activity: Activity) -> None:
    """Counters and rows say the same, and nobody sits on a place that there is not."""
    activity.refresh_from_db()
    held = activity.registrations.filter(status__in=Registration.HOLDS_A_PLACE)
    assert activity.taken == held.count() <= activity.places
    for quota in activity.quotas.all():
        assert quota.taken == held.filter(quota=quota).count() <= quota.places
    unused = sum(quota.places - quota.taken for quota in activity.quotas.filter(released_at=None))
    assert activity.held == unused
    assert activity.taken + activity.held <= activity.places


def quota(activity: Activity, *, places: int, institution=None, country: str = "", days: int = 3) -> Quota:
    from straume.web.programme.actions.quotas import add_quota

    made = Quota(
        activity=activity,
        institution=institution,
        country=country,
        places=places,
        held_until_on=timezone.localdate() + timedelta(days=days),
    )
    assert add_quota(quota=made)
    return made

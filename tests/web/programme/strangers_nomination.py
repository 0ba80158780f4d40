"""What the walk over all addresses has to know of places in activities."""

import uuid
from datetime import UTC, date, datetime

from straume.web.programme import tokens
from straume.web.programme.models import Activity, CalendarFeed, PlaceRule, Registration, WorkPackage

COMMON = "activities are common to the cooperation; whose names are seen: test_nomination_pages"
SHARED = dict.fromkeys(
    (
        f"programme:{name}"
        for name in ("delegate", "apply", "participants", "catering", "groups", "place_rule", "quotas")
    ),
    COMMON,
)
PUBLIC = {
    "programme:offer": "the answer to an offered place, for whoever holds the link of the letter",
    "programme:calendar_feed": "a person's own calendar, for whoever holds its secret address",
}
NOW = datetime(2019, 1, 15, tzinfo=UTC)


def values(name: str) -> list[str]:
    if name == "token":
        return [tokens.feed_token(feed) for feed in CalendarFeed.objects.all()]
    return []


def make_things(*, livani, taxes, alice, bob) -> None:
    package = WorkPackage.objects.order_by("pk").first()
    assert package is not None
    activity = Activity.objects.create(
        work_package=package, kind="training", title="Zudumi", status="announced", place="Rēzekne",
        from_on=date(2099, 5, 4), until_on=date(2099, 5, 4), places=5, taken=1,
    )  # fmt: skip
    PlaceRule.objects.create(activity=activity)
    Registration.objects.create(
        activity=activity, person=alice, institution=livani, way="delegated", status="confirmed", made_at=NOW
    )
    CalendarFeed.objects.create(person=alice, secret=uuid.uuid4(), made_at=NOW)

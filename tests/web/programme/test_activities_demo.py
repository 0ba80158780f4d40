"""The demo's activities: what is on public record stands as it was, what is made up says so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from straume.web.demo import activities, places, programme
from straume.web.needs.models import Need
from straume.web.programme.models import Activity, Cycle, Session, VisitHost, WorkPackage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def seeded() -> None:
    places.seed(TODAY)
    programme.seed(TODAY)
    Need.objects.create(kind="training", title_en="To learn lean at work", named_on=date(2017, 1, 9))
    activities.seed(TODAY)


def test_the_public_record_stands_as_it_was_and_the_rest_says_so(seeded) -> None:
    held = set(
        Activity.objects.filter(is_simulated=False).values_list("kind", "from_on", "until_on", "place")
    )
    assert held == {
        ("group_meeting", date(2017, 6, 1), date(2017, 6, 1), "Ignalina"),
        ("intl_conference", date(2017, 10, 3), date(2017, 10, 4), "Anykščiai"),
        ("group_meeting", date(2018, 1, 15), date(2018, 1, 15), "Ignalina"),
        ("workshop", date(2018, 5, 15), date(2018, 5, 15), "Latgale"),
        ("workshop", date(2018, 5, 16), date(2018, 5, 16), "Latgale"),
        ("workshop", date(2018, 5, 22), date(2018, 5, 22), "Latgale"),
        ("workshop", date(2018, 5, 23), date(2018, 5, 23), "Latgale"),
        ("visit_abroad", date(2018, 5, 29), date(2018, 5, 30), "Utena, Anykščiai"),
        ("group_meeting", date(2018, 5, 31), date(2018, 5, 31), "Daugavpils"),
        ("training", date(2018, 6, 6), date(2018, 6, 6), "Latgale"),
        ("coaching", date(2018, 6, 8), date(2019, 3, 31), "Latgale"),
        ("group_coaching", date(2018, 6, 8), date(2019, 3, 31), "Latgale"),
        ("visit_inside", date(2018, 6, 12), date(2018, 6, 13), "Jelgava"),
        ("visit_inside", date(2018, 6, 19), date(2018, 6, 20), "Liepāja"),
        ("visit_abroad", date(2018, 7, 24), date(2018, 7, 25), "Utena, Anykščiai"),
        ("intl_conference", date(2019, 3, 28), date(2019, 3, 28), "Līvāni"),
        ("visit_abroad", date(2019, 4, 29), date(2019, 4, 29), "Daugavpils"),
    }
    assert not Activity.objects.filter(is_simulated=False, figures_are_simulated=False).exists()
    assert not Session.objects.filter(is_simulated=False).exists()
    assert not WorkPackage.objects.filter(is_simulated=False).exists()


def test_the_cycle_has_ten_modules_each_with_its_sessions(seeded) -> None:
    modules = Cycle.objects.get().activities.order_by("from_on")
    assert [module.title_en.split(".")[0] for module in modules] == [str(n) for n in range(1, 11)]
    assert all(module.sessions.count() == 2 for module in modules)


def test_there_is_something_to_delegate_to_check_in_and_to_announce(seeded) -> None:
    announced = Activity.objects.filter(status="announced")
    assert announced.filter(from_on__lte=TODAY, until_on__gte=TODAY, sessions__isnull=False).exists()
    assert announced.filter(from_on__gt=TODAY, places__lte=12).exists()
    assert announced.filter(from_on__gt=TODAY, places__gte=300).exists()
    assert Activity.objects.get(status="planned").from_on >= TODAY + timedelta(days=27)
    assert all(one.from_on.weekday() < 5 for one in announced.exclude(from_on=TODAY))
    visit = announced.get(kind="visit_abroad")
    assert visit.stops.count() == 4 and visit.visit_hosts.count() == 2
    assert VisitHost.objects.filter(institution=None).count() == 2  # Jelgava, Liepāja


def test_texts_stand_in_three_languages_and_needs_are_linked(seeded) -> None:
    for one in Activity.objects.all():
        for lang in ("lv", "lt", "en"):
            assert getattr(one, f"title_{lang}") and getattr(one, f"summary_{lang}"), one
        assert one.title_lv != one.title_lt != one.title_en
    link = Need.objects.get().activity_links.first()
    assert link.reason_lv != link.reason_lt

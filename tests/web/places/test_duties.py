"""Work that is due without anybody asking: each duty in its time, by one worker, whatever the others do."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from straume.web.places.duties import do_what_is_due
from straume.web.places.registry import Duty, Registry

NOW = datetime(2019, 1, 15, 8, tzinfo=UTC)


@pytest.fixture
def duties(monkeypatch) -> Registry[Duty]:
    """A registry that holds this test's duties alone."""
    registry: Registry[Duty] = Registry()
    monkeypatch.setattr("straume.web.places.duties.duties", registry)
    return registry


@pytest.mark.django_db
def test_a_duty_is_done_at_once_and_then_after_its_interval(duties) -> None:
    seen = []
    duties.register("remind", Duty(every=timedelta(hours=1), run=lambda now: seen.append(now) or 3))
    assert do_what_is_due(now=NOW) == {"remind": 3}
    assert do_what_is_due(now=NOW + timedelta(minutes=59)) == {}
    assert do_what_is_due(now=NOW + timedelta(hours=1)) == {"remind": 3}
    assert seen == [NOW, NOW + timedelta(hours=1)]


@pytest.mark.django_db
def test_a_broken_duty_does_not_stop_the_others(duties, caplog) -> None:
    def broken(now: datetime) -> int:
        raise ValueError("nothing there")

    duties.register("broken", Duty(every=timedelta(hours=1), run=broken), order=1)
    duties.register("remind", Duty(every=timedelta(hours=1), run=lambda now: 1), order=2)
    assert do_what_is_due(now=NOW) == {"remind": 1}
    assert "duty broken broke off" in caplog.text
    assert do_what_is_due(now=NOW + timedelta(minutes=1)) == {}


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_does_it(duties) -> None:
    seen: list[int] = []
    duties.register("remind", Duty(every=timedelta(hours=1), run=lambda now: seen.append(1) or 1))
    together = threading.Barrier(6)

    def look() -> None:
        together.wait()
        do_what_is_due(now=NOW)
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1]

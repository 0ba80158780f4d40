from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

pytest_plugins = ["plugins.no_silent_skips"]

# Several tests share the cores, so no example has a deadline; CI tries the same examples each time.
settings.register_profile(
    "straume", deadline=None, print_blob=True, derandomize=os.environ.get("CI") == "true"
)
settings.load_profile("straume")


@pytest.fixture(autouse=True)
def _counts_end_with_the_test(request, _django_db_helper) -> Iterator[None]:
    """How often a code was asked for stands in a table that is no model's: a flush leaves it."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(
        request.fixturenames
    ):
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The tables of the models, and the one that a migration makes."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)

"""Bring the database up to date; an empty one gets its tables from the models at once.

Running every migration from the first one takes half a minute on an empty database, since each of them is
played on the models as they were then. The outcome is the same (`make check` compares models and migrations),
so a new installation takes the models as they are and notes the migrations as done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


def bring_up_to_date() -> None:
    """Migrate, or make all tables where there are none."""
    if is_empty():
        make_tables()
    call_command("migrate", verbosity=0, interactive=False)


def is_empty() -> bool:
    """No table of anybody's; one that a start broken off left behind is taken up by `make_tables`."""
    return not MigrationRecorder(connection).applied_migrations() and not _tables()


def make_tables() -> None:
    """All tables from the models, in one transaction, then the migrations noted as done."""
    with _without_migrations():
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("migrate", fake=True, verbosity=0, interactive=False)


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor)) - {"django_migrations"}


class _NoMigrations(dict[str, None]):
    """For Django: no app has migrations."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


@contextmanager
def _without_migrations() -> Iterator[None]:
    before = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = _NoMigrations()
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = before

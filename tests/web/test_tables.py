"""A new installation's tables are those that the migrations make, and it knows them as done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from straume.web.tables import is_empty

TELL = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from straume.web.tables import bring_up_to_date, is_empty
assert is_empty()
bring_up_to_date()
assert not is_empty()
executor = MigrationExecutor(connection)
assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == [], "migrations are not noted as done"
bring_up_to_date()  # a second start finds all done
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        print(table)
"""


def test_a_new_installation_has_the_tables_of_its_models(tmp_path: Path, db) -> None:
    told = subprocess.run(
        [sys.executable, "-c", TELL],
        env={
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "straume.web.settings",
            "STRAUME_HOME": str(tmp_path),
            "STRAUME_DEMO": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    there = set(told.stdout.split())
    with connection.cursor() as cursor:
        ours = set(connection.introspection.table_names(cursor))
    assert ours - there == set() and there - ours <= {"django_migrations"}


@pytest.mark.django_db
def test_a_database_with_tables_is_not_taken_for_empty() -> None:
    assert not is_empty()

"""The data folder: a key that nobody else reads, a database set for a server, files without addresses."""

from __future__ import annotations

import stat
import threading

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from straume.web.homefolder import database_from, prepare_home, secret_key
from straume.web.places.checks import sqlite_is_set_for_a_server
from straume.web.storage import PrivateStorage


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path) -> None:
    home = prepare_home(tmp_path / "home")
    key = secret_key(home)
    assert len(key) >= 50
    assert secret_key(home) == key
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert [path.name for path in home.iterdir()] == ["secret_key"]


def test_processes_that_start_together_share_one_key(tmp_path) -> None:
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(secret_key(tmp_path))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 16 and len(set(keys)) == 1


def test_postgresql_is_taken_from_the_address(tmp_path) -> None:
    found = database_from("postgresql://anna:p%40ss@db.example:5433/straume?sslmode=require", home=tmp_path)
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("straume", "anna", "p@ss")
    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("db.example", "5433", {"sslmode": "require"})


def test_another_database_is_refused_by_name(tmp_path) -> None:
    with pytest.raises(ValueError, match="mysql"):
        database_from("mysql://x@y/z", home=tmp_path)


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="runs on the other database: asks SQLite's own settings"
)
def test_the_live_database_is_set_for_a_server() -> None:
    assert sqlite_is_set_for_a_server(databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="runs on the other database: asks SQLite's own settings"
)
def test_a_setting_that_the_database_did_not_take_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    try:
        found = sqlite_is_set_for_a_server(databases=["default"])
    finally:
        connection.close()
    assert [problem.id for problem in found] == ["places.E001"]
    assert "busy_timeout = 100" in found[0].msg


def test_an_uploaded_file_gets_a_name_that_says_nothing(tmp_path) -> None:
    storage = PrivateStorage(location=tmp_path, file_permissions_mode=0o600, directory_permissions_mode=0o700)
    first = storage.save("logs/Jānis parādi 2018.xes.gz", ContentFile(b"a"))
    second = storage.save("logs/Jānis parādi 2018.xes.gz", ContentFile(b"a"))
    assert first != second
    assert first.endswith(".xes.gz")
    assert "parādi" not in first and "logs" not in first
    assert stat.S_IMODE((tmp_path / first).stat().st_mode) == 0o600
    with pytest.raises(ValueError, match="no address"):
        storage.url(first)

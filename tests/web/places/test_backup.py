"""A backup of a running installation is whole, and can be put back as docs/operations/backup.md says."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import subprocess
import tarfile
import threading
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from straume.web.places.management.commands import backup
from straume.web.places.models import Institution

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(settings, tmp_path):
    """The data folder of the test's own installation, with a key and an uploaded file."""
    settings.HOME = tmp_path / "home"
    settings.MEDIA_ROOT = settings.HOME / "files"
    settings.HOME.mkdir()
    (settings.HOME / "secret_key").write_text("a key")
    (settings.HOME / "badge_key.pem").write_text("a key for badges")
    default_storage.save("log.csv", ContentFile(b"case;step\n"))
    return settings.HOME


def back_up(folder: Path) -> Path:
    call_command("backup", folder, stdout=io.StringIO())
    (made,) = folder.glob("straume-*")
    return made


def test_it_holds_database_files_and_key_and_says_so(home, livani, tmp_path):
    made = back_up(tmp_path / "backups")
    manifest = json.loads((made / "manifest.json").read_text())
    assert manifest["database"] == connection.vendor
    database = "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"
    assert set(manifest["parts"]) == {database, "files.tar", "secret_key", "badge_key.pem"}
    for name, part in manifest["parts"].items():
        assert part["bytes"] == (made / name).stat().st_size > 0
        assert part["sha256"] == hashlib.sha256((made / name).read_bytes()).hexdigest()


def test_nobody_else_on_the_machine_can_read_it(home, livani, tmp_path):
    made = back_up(tmp_path / "backups")
    assert made.stat().st_mode & 0o777 == 0o700
    for key in ("secret_key", "badge_key.pem"):
        assert (made / key).stat().st_mode & 0o777 == 0o600


def test_what_the_documentation_says_brings_it_back(home, livani, tmp_path):
    made = back_up(tmp_path / "backups")
    text = (ROOT / "docs/operations/backup.md").read_text()
    name = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    block = re.search(rf"### Restoring {name}.*?```sh\n(.*?)```", text, re.DOTALL)[1]
    new_home = tmp_path / "new"
    if connection.vendor == "sqlite":
        environment = {"PATH": "/usr/bin:/bin", "BACKUP": str(made), "STRAUME_HOME": str(new_home)}
        subprocess.run(["sh", "-euc", block], env=environment, check=True)
        restored = sqlite3.connect(new_home / "straume.sqlite3")
        assert restored.execute("SELECT slug FROM places_institution").fetchall() == [("livani",)]
        restored.close()
    else:
        restore_postgresql(block, made, new_home)
    assert (new_home / "secret_key").read_text() == "a key"
    assert (new_home / "badge_key.pem").read_text() == "a key for badges"
    (file,) = (path for path in (new_home / "files").rglob("*") if path.is_file())
    assert file.read_bytes() == b"case;step\n"


def restore_postgresql(block: str, made: Path, new_home: Path) -> None:
    import psycopg

    given = connection.settings_dict
    server = f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}"
    bin_folder = str(Path(backup.program("pg_restore")).parent)
    environment = {
        "PATH": f"{bin_folder}:/usr/bin:/bin",
        "BACKUP": str(made),
        "STRAUME_HOME": str(new_home),
        "DATABASE_URL": f"{server}/straume_restored",
        "PGHOST": given["HOST"],
        "PGPORT": str(given["PORT"]),
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
    }
    try:
        subprocess.run(["sh", "-euc", block], env=environment, check=True)
        with psycopg.connect(f"{server}/straume_restored") as restored:
            rows = restored.execute("SELECT slug FROM places_institution").fetchall()
        assert rows == [("livani",)]
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute("DROP DATABASE IF EXISTS straume_restored")


def test_a_backup_under_load_is_whole(home, livani, tmp_path):
    """Rows are written while it runs; the copy holds a moment of them and passes its integrity check."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            Institution.objects.filter(pk=livani.pk).update(name_en=f"Name {number}")
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for name in ("first", "second", "third"):
            assert (back_up(tmp_path / name) / "manifest.json").exists()
    finally:
        stop.set()
        writer.join()


def test_a_file_that_its_owner_deletes_meanwhile_does_not_stop_it(home, livani, tmp_path, monkeypatch):
    listed = Path.rglob
    monkeypatch.setattr(
        Path, "rglob", lambda folder, pattern: [*listed(folder, pattern), folder / "gone.parquet"]
    )
    made = back_up(tmp_path / "backups")
    monkeypatch.undo()
    with tarfile.open(made / "files.tar") as archive:
        assert [Path(name).suffix for name in archive.getnames() if Path(name).suffix] == [".csv"]


def test_what_went_wrong_leaves_nothing_behind(home, livani, tmp_path, monkeypatch):
    def fail(path: Path) -> None:
        raise CommandError("No space left.")

    monkeypatch.setattr(backup, "pack_files", fail)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []

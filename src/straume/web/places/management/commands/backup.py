"""`backup FOLDER`: database, uploaded files and key of a running installation, in one dated folder.

The database makes its own copy (VACUUM INTO, pg_dump): a plain copy of the file under load is corrupt. The
folder gets its name when all in it is complete and was read back. How to restore: docs/operations/backup.md.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from argparse import ArgumentParser
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

KEYS = ("secret_key", "badge_key.pem")  # of the installation; the second is there once a badge was signed


class Command(BaseCommand):
    help = "Back up the database, the uploaded files and the key of this installation into a new folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where the dated folder is made")

    def handle(self, *args: Any, **options: Any) -> None:
        made_at = datetime.now(tz=UTC)
        target: Path = options["folder"] / f"straume-{made_at:%Y%m%dT%H%M%S}Z"
        if target.exists():
            raise CommandError(f"{target} is there already.")
        draft = target.with_name(f".{target.name}.unfinished")
        draft.mkdir(mode=0o700, parents=True)
        try:
            fill(draft, made_at=made_at)
            draft.rename(target)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        self.stdout.write(str(target))


def fill(folder: Path, *, made_at: datetime) -> None:
    """The database first: files never change, so what a row names is still there when they are packed."""
    copy_postgresql(folder) if connection.vendor == "postgresql" else copy_sqlite(folder)
    pack_files(folder / "files.tar")
    for name in KEYS:
        key = settings.HOME / name
        if key.exists():
            (folder / name).touch(mode=0o600)
            (folder / name).write_bytes(key.read_bytes())
    parts = {
        path.name: {"bytes": path.stat().st_size, "sha256": digest(path)} for path in sorted(folder.iterdir())
    }
    manifest = {
        "straume": version("straume"),
        "made_at": made_at.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "parts": parts,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def copy_sqlite(folder: Path) -> None:
    path = folder / "database.sqlite3"
    path.touch(mode=0o600)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    copy = sqlite3.connect(path)
    try:
        said = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
    if said != "ok":
        raise CommandError(f"The copy of the database is damaged: {said}")


def copy_postgresql(folder: Path) -> None:
    path = folder / "database.dump"
    path.touch(mode=0o600)
    given = connection.settings_dict
    where = {"PGHOST": given["HOST"], "PGPORT": given["PORT"], "PGUSER": given["USER"]}
    secret = {"PGPASSWORD": given["PASSWORD"], "PGDATABASE": given["NAME"]}
    environment = os.environ | {name: str(value) for name, value in (where | secret).items() if value}
    run([program("pg_dump"), "--format=custom", "--no-owner", f"--file={path}"], environment)
    run([program("pg_restore"), "--list", str(path)], environment)


def run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise CommandError(f"{command[0]} failed: {done.stderr.strip()}")


def program(name: str) -> str:
    """One of PostgreSQL's programs, the newest: a dump needs one that is not older than the server."""
    folders = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda path: float(path.parent.name))
    path = shutil.which(name, path=os.pathsep.join(map(str, reversed(folders)))) or shutil.which(name)
    if path is None:
        raise CommandError(f"{name} is not here. Install it with: sudo apt-get install -y postgresql-client")
    return path


def pack_files(path: Path) -> None:
    path.touch(mode=0o600)
    media = Path(settings.MEDIA_ROOT)
    with tarfile.open(path, "w") as archive:
        for file in sorted(media.rglob("*")):
            with suppress(FileNotFoundError):  # its owner deleted it meanwhile
                archive.add(file, arcname="files" / file.relative_to(media), recursive=False)
    with tarfile.open(path) as archive:
        archive.getmembers()


def digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()

"""Run a command with a PostgreSQL of its own: `tools/postgres.py COMMAND…`.

A new cluster in a temporary folder, on a free port of this machine, with a password made for it; DATABASE_URL
names it to the command. It is stopped and removed afterwards. As root it runs as another user, as PostgreSQL
refuses root.
"""

from __future__ import annotations

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

NAME = "straume"


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """The URL of an empty database on a server that lives as long as the block.

    Tests need nothing of it after a power cut; one that is measured writes `durable`, as it would in use.
    """
    owner = "postgres" if _exists("postgres") else "nobody"
    user = owner if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="straume-postgres-"))
    data, password, port = folder / "data", secrets.token_urlsafe(24), _free_port()
    try:
        secret = folder / "password"
        secret.write_text(password)
        if user:
            for path in (folder, secret):
                shutil.chown(path, user)
        initdb = [binary("initdb"), f"--pgdata={data}", f"--username={NAME}", f"--pwfile={secret}", "-N"]
        _run([*initdb, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"], user, folder)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        options += "" if durable else " -c fsync=off"
        start = [binary("pg_ctl"), "start", f"--pgdata={data}", f"--log={folder / 'log'}"]
        _run([*start, f"--options={options}", "--wait", "--timeout=60"], user, folder)
        url = f"postgresql://{NAME}:{password}@127.0.0.1:{port}"
        _refuse_a_stranger(f"{url}/postgres", data)
        yield f"{url}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _run([binary("pg_ctl"), "stop", f"--pgdata={data}", "--mode=immediate"], user, folder)
        shutil.rmtree(folder, ignore_errors=True)


def binary(name: str) -> str:
    """Path of one of PostgreSQL's programs; Debian keeps them off the PATH, the newest version is taken."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _version(path.parent.name))
    found = shutil.which(name, path=os.pathsep.join(str(path) for path in reversed(folders)))
    path = found or shutil.which(name)
    if path is None:
        sys.exit(f"PostgreSQL's {name} is not here. Install it with: sudo apt-get install -y postgresql")
    return path


def _refuse_a_stranger(url: str, data: Path) -> None:
    """Tests drop databases: be sure that the server that answers is the one started here."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    if row is None or Path(row[0]).resolve() != data.resolve():
        sys.exit("Another PostgreSQL answers on the port chosen here; nothing was touched. Try again.")


def _run(command: list[str], user: str | None, folder: Path) -> None:
    group = pwd.getpwnam(user).pw_gid if user else None
    said = folder / "said"  # not a pipe: the server would inherit it and keep it open
    with said.open("w") as out:
        done = subprocess.run(
            command,
            user=user,
            group=group,
            extra_groups=[] if user else None,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        log = folder / "log"
        sys.exit(f"{command[0]} failed:\n{said.read_text()}{log.read_text() if log.exists() else ''}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _exists(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())


def _version(name: str) -> int:
    digits = re.match(r"\d+", name)
    return int(digits[0]) if digits else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

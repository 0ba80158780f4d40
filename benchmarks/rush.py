"""The rush for places: 2,000 people ask for 300 places through 200 clients, on SQLite and on PostgreSQL.

The server is the one that `straume serve` starts, worker and all, and has been open for a while; everybody
is signed in already; the clients run on the same machine and each sends its next request when the last one
was answered (a closed loop). Letters go to nowhere. One rush lasts some ten seconds, so what else the machine
does is felt: there are several, each for an activity of its own, and the one in the middle counts.
`python benchmarks/rush.py` prints the table; `run.py` takes it from `main()`.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
REQUESTS, PLACES, CLIENTS = 2_000, 300, 200
TARGET_SECONDS = {"SQLite": 1.0, "PostgreSQL": 1.5}
CSRF = "r" * 32
WARM_UP = 40
RUSHES = 5
CALM_SECONDS = 15  # after a start its processes load the library; nobody rushes then


@dataclass(frozen=True)
class Rush:
    """What one rush gave: how long each answer took, which statuses came, who has a place afterwards."""

    database: str
    seconds: list[float]
    statuses: Counter[int]
    whole_seconds: float
    counted: dict[str, int]
    busy_before: float  # how many processes wanted a core before it began

    def quantile(self, share: float) -> float:
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]

    @property
    def is_exact(self) -> bool:
        wanted = {"taken": PLACES, "confirmed": PLACES, "waiting": REQUESTS - PLACES}
        return self.counted == wanted and not any(status >= 500 for status in self.statuses)


def main() -> str:
    """Both databases, one after the other; a section of Markdown."""
    from postgres import cluster

    rushes = measured("SQLite", {})
    with cluster(durable=True) as url:
        rushes += measured("PostgreSQL", {"DATABASE_URL": url})
    return _section(rushes)


def measured(database: str, settings: dict[str, str]) -> list[Rush]:
    with TemporaryDirectory() as name:
        env = {
            **os.environ, **settings, "STRAUME_HOME": name, "DJANGO_SETTINGS_MODULE": "straume.web.settings",
            "STRAUME_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        }  # fmt: skip
        with server(env) as port:
            told = json.loads(child("fill", env))
            people = told["sessions"]
            asyncio.run(rush(port, told["warm_up"], people[:WARM_UP], CLIENTS))
            return [one_rush(database, env, port, activity, people) for activity in told["activities"]]


def one_rush(
    database: str, env: dict[str, str], port: int, activity: int, people: list[dict[str, Any]]
) -> Rush:
    time.sleep(CALM_SECONDS)  # the letters of the last one are out as well
    busy = os.getloadavg()[0]
    began = time.perf_counter()
    answers = asyncio.run(rush(port, activity, people, CLIENTS))
    whole = time.perf_counter() - began
    counted = json.loads(child("count", env, str(activity)))
    return Rush(
        database, [one[0] for one in answers], Counter(one[1] for one in answers), whole, counted, busy
    )


@contextmanager
def server(env: dict[str, str]) -> Iterator[int]:
    """`straume serve` on a free port until the block ends."""
    started = subprocess.Popen(
        [Path(sys.executable).with_name("straume"), "serve", "--port", "8750"],
        env=env, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert started.stdout is not None
        for line in started.stdout:
            if "is open at" in line:
                yield int(line.rstrip("/\n ").rsplit(":", 1)[1])
                return
        sys.exit("The server did not start.")
    finally:
        started.terminate()
        started.wait(timeout=60)


def child(what: str, env: dict[str, str], *more: str) -> str:
    """Django's settings are read once in a process, so filling and counting have processes of their own."""
    done = subprocess.run(
        [sys.executable, __file__, what, *more], env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


async def rush(
    port: int, activity: int, people: list[dict[str, Any]], clients: int
) -> list[tuple[float, int]]:
    """Each client asks for one person after the other, on a connection that it keeps."""
    left, answers = list(reversed(people)), []

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while left:
            person = left.pop()
            began = time.perf_counter()
            writer.write(request_of(port, activity, person))
            await writer.drain()
            status = await answer_of(reader)
            answers.append((time.perf_counter() - began, status))
        writer.close()

    await asyncio.gather(*(client() for _number in range(min(clients, len(people)))))
    return answers


def request_of(port: int, activity: int, person: dict[str, Any]) -> bytes:
    body = f"csrfmiddlewaretoken={CSRF}&key={person['key']}&institution={person['institution']}"
    head = [
        f"POST /programme/activities/{activity}/apply/ HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: sessionid={person['session']}; csrftoken={CSRF}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
    ]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


async def answer_of(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    if "content-length:" in head:
        await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
    elif "transfer-encoding: chunked" in head:
        while int((await reader.readline()).strip() or b"0", 16):
            await reader.readline()
        await reader.readline()
    return int(head.split(" ")[1])


def fill() -> None:
    """An activity with places, and people who are signed in."""
    import uuid
    from datetime import timedelta

    import django

    django.setup()
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from straume.web.accounts.models import User
    from straume.web.places.models import Institution, Membership
    from straume.web.programme.models import Activity, PlaceRule, Project, WorkPackage

    now, today = timezone.now(), timezone.localdate()
    institution = Institution.objects.create(
        name_en="Bench",
        slug="bench",
        country="lv",
        kind="municipality",
        tier="involved",
        timezone="Europe/Riga",
    )
    project = Project.objects.create(
        code="B", name="Bench", from_on=today, until_on=today, stated_total_eur=1, stated_eu_eur=1
    )
    package = WorkPackage.objects.create(project=project, number="1", title="Bench")
    day = today + timedelta(days=30)
    made = []
    for _number in range(RUSHES + 1):
        activity = Activity.objects.create(
            work_package=package, kind="training", title="Rush", status="announced", from_on=day,
            until_on=day, place="Līvāni", places=PLACES,
        )  # fmt: skip
        PlaceRule.objects.create(activity=activity, takes_applications=True)
        made.append(activity.pk)
    User.objects.bulk_create(
        [
            User(email=f"p{number}@bench.example", name=f"P {number}", password="!")
            for number in range(REQUESTS)
        ],
        batch_size=500,
    )
    people = list(User.objects.filter(email__endswith="@bench.example"))
    Membership.objects.bulk_create(
        [Membership(person=one, institution=institution, role="employee", from_on=today) for one in people],
        batch_size=500,
    )
    sessions, told = [], []
    for one in people:
        store, key = SessionStore(), uuid.uuid4().hex
        content = {
            "_auth_user_id": str(one.pk),
            "_auth_user_backend": "allauth.account.auth_backends.AuthenticationBackend",
            "_auth_user_hash": one.get_session_auth_hash(),
        }
        until = now + timedelta(days=1)
        sessions.append(Session(session_key=key, session_data=store.encode(content), expire_date=until))
        told.append({"session": key, "key": str(uuid.uuid4()), "institution": institution.pk})
    Session.objects.bulk_create(sessions, batch_size=500)
    print(json.dumps({"activities": made[1:], "warm_up": made[0], "sessions": told}))


def count(activity_pk: int) -> None:
    """What the database says afterwards."""
    import django

    django.setup()
    from straume.web.programme.models import Activity

    activity = Activity.objects.get(pk=activity_pk)
    rows = Counter(activity.registrations.values_list("status", flat=True))
    told = {"taken": activity.taken, "confirmed": rows["confirmed"], "waiting": rows["waiting"]}
    print(json.dumps(told))


def _section(rushes: list[Rush]) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("Django", "granian", "psycopg"))
    lines = [
        "## The rush for places",
        "",
        f"{REQUESTS:,} requests for {PLACES} places from {CLIENTS} clients in a closed loop, already "
        "signed in, the clients on the same machine; the server as `straume serve` starts it (granian, 2 "
        f"processes of 4 threads, one worker). {RUSHES} rushes each. Python {platform.python_version()}, "
        f"{versions}, {os.cpu_count()} cores.",
        "",
        "| database | answers | places taken | waiting | 5xx | middle | p95 | requests a second | load |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in rushes:
        failed = sum(number for status, number in one.statuses.items() if status >= 500)
        lines.append(
            f"| {one.database} | {len(one.seconds):,} | {one.counted['taken']} | "
            f"{one.counted['waiting']:,} | {failed} | {statistics.median(one.seconds):.2f} s | "
            f"{one.quantile(0.95):.2f} s | {len(one.seconds) / one.whole_seconds:.0f} | "
            f"{one.busy_before:.1f} |"
        )
    lines.append("")
    exact = all(one.is_exact for one in rushes)
    lines.append("Exact in every one." if exact else "NOT exact.")
    for database in dict.fromkeys(one.database for one in rushes):
        middle = statistics.median(one.quantile(0.95) for one in rushes if one.database == database)
        target = TARGET_SECONDS[database]
        kept = "kept" if middle < target else "missed"
        lines.append(f"{database}: p95 of {middle:.2f} s in the middle, target {target} s, {kept}.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["fill"]:
            fill()
        case ["count", pk]:
            count(int(pk))
        case ["sqlite"]:
            print(_section(measured("SQLite", {})))
        case _:
            print(main())

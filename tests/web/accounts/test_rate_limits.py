"""How often somebody may ask for a code is counted by all processes of the server together."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

LETTER_SENT, REFUSED = 302, 200  # on to the code; the form again, with a sentence
OTHER_PROCESS = """
import sys
from straume.web import settings_test as settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.SECRET_KEY = sys.argv[2]
import django
django.setup()
from django.test import Client
for address in sys.argv[3:]:
    print(Client(REMOTE_ADDR="192.0.2.7").post("/sign-in/", {"email": address}).status_code)
"""


def asked_in_another_process(*addresses: str, secret: str) -> list[int]:
    """What the second server process answers to one request of a code each."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "straume.web.settings_test"}
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS, str(connection.settings_dict["NAME"]), secret, *addresses],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [int(line) for line in done.stdout.split()]


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together(settings, alice) -> None:
    assert [ask(alice.email) for _ in range(2)] == [LETTER_SENT] * 2
    there = asked_in_another_process(*[alice.email] * 2, "bob@example.lv", secret=settings.SECRET_KEY)
    assert there == [
        LETTER_SENT,
        REFUSED,
        LETTER_SENT,
    ]  # three in a minute; of another address it is the first
    assert ask(alice.email) == REFUSED


def ask(email: str) -> int:
    """One request of a code, by a browser that has not asked before."""
    return Client(REMOTE_ADDR="192.0.2.7").post("/sign-in/", {"email": email}).status_code


@pytest.mark.django_db
def test_no_address_can_be_read_in_the_table(alice) -> None:
    Client(REMOTE_ADDR="192.0.2.7").post("/sign-in/", {"email": alice.email})
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        kept = cursor.fetchall()
    assert kept
    assert not [row for row in kept if "192.0.2.7" in str(row) or alice.email in str(row)]


@pytest.mark.django_db
def test_two_keys_never_meet() -> None:
    cache.set("a", 1, version=1)
    assert (cache.get("a", version=2), cache.get("a", version=1)) == (None, 1)

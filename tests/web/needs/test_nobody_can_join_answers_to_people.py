"""With the whole database, the order of its rows, the logs and the key nobody finds whose answers are whose.

The same attacks find leaks that are planted: an order that is kept, an appended row, a key made of the
address, a draft under the letter's fingerprint. On SQLite and, with tools/postgres.py, on PostgreSQL.
"""

from __future__ import annotations

import logging
import random
import subprocess
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

import survey_attacker as attacker
from straume.web.needs import codes, sealing
from straume.web.needs.actions import answering
from straume.web.needs.actions.closing import settle
from straume.web.needs.models import (
    AnswerSheet,
    Draft,
    Invitation,
    SealedSheet,
    UsedForm,
)

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, HALF_WAY = 18, 5  # who hands in, who keeps half of it
SEEDS = (1, 2, 3)
FILL = "/needs/answer/fill/"
FAR = 3.7  # standard deviations of chance, over all seeds together: one in 5,000


@dataclass
class World:
    """Who wrote what, which nobody but the test knows."""

    wave: object
    codes: dict[str, str]  # address → code
    texts: dict[str, str] = field(default_factory=dict)  # address → what they wrote
    half: dict[str, str] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)  # who answered when


@pytest.fixture
def played(wave, invite, livani, utena, caplog) -> Callable[[int], World]:
    """played(seed) → people of two towns answered through the pages in an order of chance."""

    def play(seed: int) -> World:
        lots = random.Random(seed)
        people = {
            f"person{at}.{seed}@town.example": (livani, utena)[at % 2] for at in range(PEOPLE + HALF_WAY)
        }
        world = World(wave, {email: invite(email, institution=town) for email, town in people.items()})
        world.order = lots.sample(sorted(people), PEOPLE)
        with caplog.at_level(logging.DEBUG):
            for email in world.order:
                world.texts[email] = f"what only {uuid.UUID(int=lots.getrandbits(128))} would say"
                _hand_in(world.codes[email], world.texts[email])
            for email in sorted(set(people) - set(world.order)):
                world.half[email] = f"half of {uuid.UUID(int=lots.getrandbits(128))}"
                _keep(world.codes[email], world.half[email])
        return world

    return play


def _hand_in(code: str, text: str) -> None:
    client = Client()
    client.post("/needs/answer/", {"code": code})
    said = {"code": code, "q-role": "staff", "q-kind": "office", "page": "0"}
    client.post(FILL, said)
    rest = {"q-matters--waiting": "3", "q-matters--rework": "1", "q-more": text, "page": "1"}
    assert client.post(FILL, {**said, **rest}).status_code == 302


def _keep(code: str, text: str) -> None:
    page = Client().post(FILL, {"code": code, "page": "1", "q-more": text, "go": "save"})
    assert page.status_code == 200


def clear() -> None:
    for model in (SealedSheet, Draft, UsedForm, AnswerSheet, Invitation):
        model.objects.all().delete()


def attack_while_open(world: World) -> tuple[list[str], list[float], int]:
    """With the key: (what was joined, correlations of orders, people joined by pairing orders)."""
    found = attacker.dump()
    keys = [*world.codes, *world.codes.values()]
    told = attacker.joins_by_value(found, secrets=keys)
    told += attacker.times_told(found) + attacker.joins_by_transaction(found)
    key = sealing.key_of(world.wave.pk, make=False)
    place_of_text = {
        sealing.unseal(row.cells["sealed"], key=key)["answers"]["more"]: at
        for at, row in enumerate(found["needs_sealedsheet"])
    }
    sheets = [place_of_text[world.texts[email]] for email in world.order]
    return told, *_orders(world, found, sheets)


def _orders(world: World, found, sheets: list[int]) -> tuple[list[float], int]:
    """Where the sheets of these people lie, against each order in which the people stand somewhere."""
    rows = {row.cells["email"]: row for row in found["needs_invitation"]}
    others = [list(range(len(world.order)))]  # the order of answering, as an access log tells it
    if set(world.order) <= set(rows):
        others.append([rows[email].place for email in world.order])
        if connection.vendor != "sqlite":
            others.append([rows[email].written_by for email in world.order])
    return (
        [attacker.join_by_order(sheets, other) for other in others],
        max(attacker.matches(sheets, other) for other in others),
    )


def verdict(results: list[tuple[list[str], list[float], int]]) -> list[str]:
    """What the attacks on several worlds found together."""
    told = [line for lines, _orders, _pairs in results for line in lines]
    for orders in zip(*(orders for _lines, orders, _pairs in results), strict=True):
        if abs(sum(orders)) / len(orders) ** 0.5 > FAR:
            told.append(f"the order tells: {orders}")
    if sum(pairs for _lines, _orders, pairs in results) > len(results) * 1 + 12:
        told.append("pairing orders joins far more people than chance does")
    return told


def test_while_it_is_open_nothing_is_read_and_nothing_joined(played, caplog) -> None:
    results = []
    for seed in SEEDS:
        clear()
        world = played(seed)
        results.append(attack_while_open(world))
        written = everything_written()
        for text in [*world.texts.values(), *world.half.values(), *world.codes.values()]:
            assert text.encode() not in written
            assert text not in caplog.text
        assert not any(email in caplog.text for email in world.codes)
    assert verdict(results) == []


def test_once_it_is_closed_sheets_and_people_are_not_there_together(played, wave) -> None:
    results = []
    for seed in SEEDS:
        clear()
        wave.settled_on = None
        wave.save()
        world = played(seed)
        settle(wave_pk=wave.pk, today=timezone.localdate())
        found = attacker.dump()
        left = {row.cells["email"] for row in found["needs_invitation"]}
        assert left == set(world.half)
        assert len(found["needs_answersheet"]) == PEOPLE
        assert not found["needs_draft"] and not found["needs_sealedsheet"]
        with pytest.raises(sealing.KeyLost):
            sealing.key_of(wave.pk, make=False)
        by_text = {sheet["more"]: at for at, sheet in enumerate(_answers(found))}
        sheets = [by_text[world.texts[email]] for email in world.order]
        told = attacker.joins_by_value(found, secrets=[*world.codes, *world.codes.values()])
        told += attacker.times_told(found)
        results.append((told, *_orders(world, found, sheets)))
    assert verdict(results) == []


def test_a_dump_of_each_minute_shows_that_answering_touches_nothing_else(played, wave, invite) -> None:
    """Sessions, counters, tasks, messages: whatever else were written would have an order and a time."""
    code = invite("late@town.example")
    before = attacker.dump()
    _keep(code, "half")
    kept = attacker.dump()
    _hand_in(code, "whole")
    after = attacker.dump()
    assert attacker.changed_tables(before, kept) == {"needs_draft"}
    assert attacker.changed_tables(kept, after) == {"needs_draft", "needs_sealedsheet", "needs_invitation"}


def test_a_code_stands_in_no_address_that_a_server_writes_down(played, wave, invite) -> None:
    code = invite("a@town.example")
    asked: list[str] = []

    class Logged(Client):
        def request(self, **request):
            asked.append(f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}")
            return super().request(**request)

    client = Logged()
    pages = [
        client.post("/needs/answer/", {"code": code}),
        client.post(FILL, {"code": code, "q-role": "staff", "page": "0"}),
        client.post(FILL, {"code": code, "q-role": "staff", "page": "1", "go": "save"}),
        client.post("/needs/answer/no-letters/", {"code": code}),
    ]
    assert not any(code in address for address in asked)
    for page in pages:
        assert f"?{code}" not in page.content.decode() and f"/{code}" not in page.content.decode()
        assert page.cookies.keys() <= {"csrftoken", "language"}


def test_every_half_and_every_sheet_has_the_size_of_the_others(played) -> None:
    played(1)
    assert len({len(bytes(one)) for one in SealedSheet.objects.values_list("sealed", flat=True)}) == 1
    assert len({len(bytes(one)) for one in Draft.objects.values_list("sealed", flat=True)}) == 1


def test_old_backups_cannot_be_opened_after_the_closing(played, wave) -> None:
    played(1)
    backup = [bytes(one) for one in SealedSheet.objects.values_list("sealed", flat=True)]
    settle(wave_pk=wave.pk, today=timezone.localdate())
    new = sealing.key_of(wave.pk, make=True)
    with pytest.raises(sealing.CannotBeOpened):
        sealing.unseal(backup[0], key=new)


def _keep_the_order(patch: pytest.MonkeyPatch) -> None:
    class NoLots:
        def shuffle(self, things: list) -> None:
            pass

    patch.setattr(answering, "lots", NoLots)


def _append(patch: pytest.MonkeyPatch) -> None:
    def append(wave, sheet) -> None:
        key = sealing.key_of(wave.pk, make=True)
        SealedSheet.objects.create(wave=wave, sealed=sealing.seal(asdict(sheet), key=key))

    patch.setattr(answering, "_put_among_the_others", append)


def _name_by_address(patch: pytest.MonkeyPatch) -> None:
    put, mark = answering._put_among_the_others, answering._mark

    def put_named(wave, sheet) -> None:
        put(wave, sheet)
        one = SealedSheet.objects.filter(wave=wave).first()
        named = uuid.uuid5(uuid.NAMESPACE_URL, put_named.email)
        SealedSheet.objects.filter(pk=one.pk).update(id=named)

    def mark_named(wave, invitation) -> None:
        put_named.email = invitation.email
        mark(wave, invitation)

    patch.setattr(answering, "_put_among_the_others", put_named)
    patch.setattr(answering, "_mark", mark_named)


def _draft_by_fingerprint(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(codes, "draft_place", codes.fingerprint)


@pytest.mark.parametrize("plant", [_keep_the_order, _append, _name_by_address, _draft_by_fingerprint])
def test_the_attacks_find_a_leak_that_is_planted(played, monkeypatch, plant) -> None:
    plant(monkeypatch)
    results = []
    for seed in SEEDS:
        clear()
        results.append(attack_while_open(played(seed)))
    assert verdict(results) != []


def everything_written() -> bytes:
    """On SQLite the file itself with what was deleted in it, and its log of writes; else all rows."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        # by another process: closing the file in this one would drop the locks that SQLite holds on it
        files = sorted(str(path) for path in name.parent.glob(f"{name.name}*"))
        return subprocess.run(["cat", *files], check=True, capture_output=True).stdout
    return repr(attacker.dump()).encode()


def _answers(found) -> list[dict]:
    import json

    rows = [row.cells["answers"] for row in found["needs_answersheet"]]
    return [json.loads(row) if isinstance(row, str) else row for row in rows]

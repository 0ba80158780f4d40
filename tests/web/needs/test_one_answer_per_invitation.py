"""Eight submits at the same moment make one sheet; what is sealed and grouped is what went in."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from straume.lean.protect import SMALLEST_GROUP
from straume.web.needs import codes, sealing
from straume.web.needs.actions import answering
from straume.web.needs.actions.answering import AlreadyAnswered, Sheet
from straume.web.needs.actions.closing import reopen, settle
from straume.web.needs.grouping import Place, rounded
from straume.web.needs.models import AnswerSheet, Invitation, SealedSheet, Turnout, UsedForm

AT_ONCE = 8
SHEET = Sheet(0, "lv", "office", "staff", {"more": "x"})


def at_once(submit: Callable[[int], Any]) -> list[Any]:
    """So many threads that begin together; what each gave or raised."""
    barrier, results = threading.Barrier(AT_ONCE), []

    def one(number: int) -> None:
        barrier.wait()
        try:
            results.append(submit(number))
        except Exception as fault:
            results.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_an_invitation_makes_one_sheet(wave, invite) -> None:
    code = invite("a@x.lv")
    today, invitation = timezone.localdate(), Invitation.objects.get()
    results = at_once(
        lambda number: answering.hand_in_invited(invitation=invitation, sheet=SHEET, code=code, today=today)
    )
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, AlreadyAnswered) for result in results) == AT_ONCE - 1
    assert SealedSheet.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_open_form_makes_one_sheet_and_eight_forms_eight(wave) -> None:
    today = timezone.localdate()

    def submit(key: str) -> bool:
        return answering.hand_in_open(wave=wave, sheet=SHEET, form_key=key, code="", today=today)

    assert sorted(at_once(lambda number: submit("same"))) == [False] * 7 + [True]
    assert at_once(lambda number: submit(f"form {number}")) == [True] * AT_ONCE
    assert (SealedSheet.objects.count(), UsedForm.objects.count()) == (AT_ONCE + 1, AT_ONCE + 1)
    key = sealing.key_of(wave.pk, make=False)
    opened = [sealing.unseal(one, key=key) for one in SealedSheet.objects.values_list("sealed", flat=True)]
    assert all(sheet["answers"] == {"more": "x"} for sheet in opened)


@pytest.mark.django_db
def test_sheets_whose_key_is_lost_are_told_and_not_mixed_with_new_ones(wave, invite, client) -> None:
    today = timezone.localdate()
    answering.hand_in_open(wave=wave, sheet=SHEET, form_key="a", code="", today=today)
    sealing.destroy_key(wave.pk)
    with pytest.raises(sealing.KeyLost):
        answering.hand_in_open(wave=wave, sheet=SHEET, form_key="b", code="", today=today)
    assert SealedSheet.objects.count() == 1


@pytest.mark.django_db
def test_after_the_closing_counts_are_left_and_a_reopened_wave_adds_to_them(
    wave, invite, livani, coordinator, django_capture_on_commit_callbacks
) -> None:
    today = timezone.localdate()
    sheet = Sheet(livani.pk, "lv", "office", "staff", {})
    letters = {number: invite(f"p{number}@x.lv") for number in range(9)}

    def hand_in(number: int) -> None:
        invitation = answering.find_invitation(letters[number])
        assert invitation is not None
        answering.hand_in_invited(invitation=invitation, sheet=sheet, code=letters[number], today=today)

    for number in range(6):
        hand_in(number)
    with django_capture_on_commit_callbacks(execute=True):
        assert settle(wave_pk=wave.pk, today=today)
    assert not settle(wave_pk=wave.pk, today=today)
    assert Invitation.objects.count() == 3
    assert Turnout.objects.get().answered == 6
    with pytest.raises(sealing.KeyLost):
        sealing.key_of(wave.pk, make=False)
    reopen(wave=wave, until=wave.closes_on, reason="more time", by=coordinator, now=timezone.now())
    assert answering.find_invitation(letters[0]) is None
    hand_in(7)
    settle(wave_pk=wave.pk, today=today)
    assert Turnout.objects.get().answered == 7
    assert AnswerSheet.objects.filter(institution=livani, role="staff").count() == 7


places = st.builds(
    Place,
    country=st.sampled_from(["lv", "lt"]),
    institution=st.integers(1, 4),
    unit_kind=st.sampled_from(["", "office", "field"]),
    role=st.sampled_from(["", "head", "staff"]),
)


@given(st.lists(places, max_size=60), st.lists(places, max_size=20))
def test_nobody_is_described_by_what_fewer_than_five_share(asked: list[Place], standing: list[Place]) -> None:
    said = rounded(asked, standing=standing)
    counts = Counter([*said, *standing])
    assert len(said) == len(asked)
    for place, was in zip(said, asked, strict=True):
        assert place == Place() or counts[place] >= SMALLEST_GROUP
        for name in ("country", "institution", "unit_kind", "role"):
            assert getattr(place, name) in (getattr(was, name), getattr(Place(), name))


def test_five_alike_keep_all_and_two_heads_lose_their_town() -> None:
    staff = [Place("lv", 1, "office", "staff")] * 6
    heads = [Place("lv", town, "office", "head") for town in (1, 1, 2, 2, 3)]
    said = rounded([*staff, *heads])
    assert said[:6] == staff
    assert said[6:] == [Place("lv", 0, "office", "head")] * 5


def test_codes_are_read_as_people_type_them() -> None:
    code = codes.new_code()
    assert codes.plain(f"  {codes.in_groups(code).lower()} ") == code
    assert codes.plain("O0I1L") == ""
    assert len({codes.new_code() for _time in range(200)}) == 200


def test_a_sealed_sheet_opens_with_its_key_alone() -> None:
    key, other = b"k" * 32, b"o" * 32
    sealed = sealing.seal({"a": ["ž"]}, key=key)
    assert sealing.unseal(sealed, key=key) == {"a": ["ž"]}
    assert (len(sealed) - sealing.NONCE - 16) % sealing.STEP == 0
    with pytest.raises(sealing.CannotBeOpened):
        sealing.unseal(sealed, key=other)

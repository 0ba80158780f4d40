"""What must be true of surveys, kept by the database itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from straume.web.needs.models import (
    Invitation,
    InvitationCode,
    NoLetters,
    QuestionnaireVersion,
    Staff,
    Turnout,
    UsedForm,
    Wave,
    WaveChange,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def refused(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def test_an_address_is_invited_once_in_a_wave_however_it_is_written(wave, livani) -> None:
    invited = {"wave": wave, "institution": livani, "language": "lv"}
    Invitation.objects.create(email="a@x.lv", **invited)
    assert refused(lambda: Invitation.objects.create(email="A@X.lv", **invited))


def test_a_letter_has_its_day_and_a_day_its_letter(wave, livani) -> None:
    invited = {"wave": wave, "institution": livani, "language": "lv"}
    today = timezone.localdate()
    assert refused(lambda: Invitation.objects.create(email="a@x.lv", letters=1, **invited))
    assert refused(lambda: Invitation.objects.create(email="b@x.lv", last_letter_on=today, **invited))


def test_fingerprints_stand_once(wave, livani) -> None:
    one = Invitation.objects.create(wave=wave, institution=livani, language="lv", email="a@x.lv")
    InvitationCode.objects.create(invitation=one, fingerprint="f")
    NoLetters.objects.create(fingerprint="f")
    UsedForm.objects.create(wave=wave, fingerprint="f")
    assert refused(lambda: InvitationCode.objects.create(invitation=one, fingerprint="f"))
    assert refused(lambda: NoLetters.objects.create(fingerprint="f"))
    assert refused(lambda: UsedForm.objects.create(wave=wave, fingerprint="f"))


def test_a_place_is_counted_once_in_a_wave(wave, livani) -> None:
    Turnout.objects.create(wave=wave, institution=livani)
    assert refused(lambda: Turnout.objects.create(wave=wave, institution=livani))
    assert refused(lambda: Staff.objects.create(wave=wave, institution=livani, people=3))
    Staff.objects.all().delete()
    assert refused(lambda: Staff.objects.create(wave=wave, institution=livani, people=0))


def test_closing_early_and_opening_again_have_a_reason(wave) -> None:
    made = {"wave": wave, "made_at": timezone.now()}
    assert refused(lambda: WaveChange.objects.create(kind="closed", reason="", **made))


def test_a_wave_keeps_its_order_and_reminds_seldom(wave) -> None:
    waves = Wave.objects.filter(pk=wave.pk)
    for wrong in (
        {"closes_on": wave.opens_on - DAY},
        {"reminder_days": 2},
        {"reminders_most": 6},
        {"kind": "baseline", "follows": wave},
    ):
        assert refused(lambda wrong=wrong: waves.update(**wrong)), wrong


def test_an_open_link_and_a_number_of_a_version_stand_once(wave, version) -> None:
    fields = {"version": version, "opens_on": wave.opens_on, "closes_on": wave.closes_on}
    made = {**fields, "made_at": timezone.now()}
    assert refused(lambda: Wave.objects.create(link_code=wave.link_code, **made))
    assert not refused(lambda: Wave.objects.create(link_code="", **made))
    assert not refused(lambda: Wave.objects.create(link_code="", **made))
    again = {"questionnaire": version.questionnaire, "number": version.number, "made_at": timezone.now()}
    assert refused(lambda: QuestionnaireVersion.objects.create(**again))

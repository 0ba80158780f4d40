"""A questionnaire, a wave that is open, and people who were invited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as live
from django.utils import timezone

from straume.web.needs import codes
from straume.web.needs.models import (
    Invitation,
    InvitationCode,
    Questionnaire,
    QuestionnaireVersion,
    Staff,
    Wave,
)

NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)
LABEL = {"lv": "Vārdi", "lt": "Žodžiai", "en": "Words"}


def words(text: str) -> dict[str, str]:
    return {"lv": f"{text} (lv)", "lt": f"{text} (lt)", "en": text}


def choices(*names: str) -> list[dict]:
    return [{"name": name, "label": words(name.title())} for name in names]


SCALE = [{"name": str(n), "label": words(f"Step {n}"), "value": n} for n in (1, 2, 3)]


def question(name: str, kind: str, text: str, **more) -> dict:
    return {"name": name, "type": kind, "label": words(text), **more}


ROWS = choices("waiting", "rework")
ITEMS = [
    question("role", "one", "Your role", choices=choices("staff", "head"), required=True, stratum="role"),
    question("kind", "one", "Your unit", choices=choices("office", "field"), stratum="unit_kind"),
    question("team", "number", "How many report to you", relevant="${role} = 'head'", required=True),
    question("page2", "note", "What hinders", starts_page=True),
    question(
        "matters",
        "matrix",
        "How much it matters",
        choices=SCALE,
        rows=ROWS,
        measures="importance",
        required=True,
    ),
    question("learn", "many", "What to learn", choices=choices("a3", "vsm", "asaichi")),
    question("order", "rank", "In which order", choices=choices("first", "second")),
    question("more", "text", "Anything else", long=True),
]


@pytest.fixture
def version(lead_body) -> QuestionnaireVersion:
    made = Questionnaire.objects.create(title_en="Needs", title_lv="Vajadzības", owner=lead_body, made_at=NOW)
    return QuestionnaireVersion.objects.create(questionnaire=made, number=1, items=ITEMS, made_at=NOW)


@pytest.fixture
def wave(version, livani, utena) -> Wave:
    """Open from yesterday for a fortnight, by letters and by an open link."""
    today = timezone.localdate()
    made = Wave.objects.create(
        version=version,
        name_en="What hinders your work?",
        name_lv="Kas traucē darbu?",
        opens_on=today - timedelta(days=1),
        closes_on=today + timedelta(days=14),
        made_at=NOW,
        link_code="abcdefgh23",
        site="https://straume.example",
        letters_from_on=today - timedelta(days=1),
    )
    for place in (livani, utena):
        Staff.objects.create(wave=made, institution=place, people=40)
    return made


@pytest.fixture
def invite(wave, livani) -> Callable[..., str]:
    """invite("a@livani.lv") → the code that stood in the letter."""

    def make(email: str, *, institution=livani, language: str = "en", **fields) -> str:
        code = codes.new_code()
        made = Invitation.objects.create(
            wave=wave,
            institution=institution,
            email=email,
            language=language,
            letters=1,
            last_letter_on=timezone.localdate(),
            **fields,
        )
        InvitationCode.objects.create(invitation=made, fingerprint=codes.fingerprint(code))
        return code

    return make


@pytest.fixture
def closed() -> date:
    return timezone.localdate() + timedelta(days=15)


@pytest.fixture(autouse=True)
def _keys_of_their_own(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(live._wrapped, "HOME", tmp_path)

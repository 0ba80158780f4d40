"""A small survey whose answers are made by a rule, for tests of what is computed and shown."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from typing import Any

from straume.web.needs.models import AnswerSheet, Questionnaire, QuestionnaireVersion, Staff, Wave
from straume.web.places.models import Institution

NOW = datetime(2016, 5, 2, tzinfo=UTC)


def words(lv: str, lt: str, en: str) -> dict[str, str]:
    return {"lv": lv, "lt": lt, "en": en}


SCALE = [
    {"name": f"s{value}", "label": words(str(value), str(value), str(value)), "value": value}
    for value in range(1, 6)
]
TOPICS = [
    {"name": "answers", "label": words("Atbilžu ātrums", "Atsakymų greitis", "Speed of answers")},
    {"name": "sharing", "label": words("Datu apmaiņa", "Dalijimasis duomenimis", "Sharing of data")},
]
SKILLS = [
    {"name": "lean", "label": words("Lean metodes", "Lean metodai", "Lean methods")},
    {"name": "english", "label": words("Angļu valoda", "Anglų kalba", "English")},
]


def matrix(name: str, en: str, rows: list[Any], measures: str, kind: str) -> dict[str, Any]:
    return {
        "name": name,
        "type": "matrix",
        "label": words(f"{en} (lv)", f"{en} (lt)", en),
        "choices": SCALE,
        "rows": rows,
        "measures": measures,
        "need_kind": kind,
    }


ITEMS: list[dict[str, Any]] = [
    {
        "name": "role",
        "type": "one",
        "label": words("Amats", "Pareigos", "Role"),
        "choices": [
            {"name": "head", "label": words("Vadītājs", "Vadovas", "Head")},
            {"name": "expert", "label": words("Speciālists", "Specialistas", "Specialist")},
        ],
        "stratum": "role",
    },
    matrix("important", "How important is it?", TOPICS, "importance", "problem"),
    matrix("today", "How is it today?", TOPICS, "present", "problem"),
    matrix("wanted", "How much do you need it?", SKILLS, "importance", "training"),
    matrix("known", "How well do you know it?", SKILLS, "present", "training"),
    {
        "name": "first",
        "type": "one",
        "label": words("Kas vispirms?", "Kas pirmiausia?", "What first?"),
        "choices": [
            {"name": "training", "label": words("Mācības", "Mokymai", "Training")},
            {"name": "visits", "label": words("Braucieni", "Vizitai", "Visits")},
            {"name": "tools", "label": words("Rīki", "Įrankiai", "Tools")},
        ],
    },
    {"name": "why", "type": "text", "label": words("Kāpēc?", "Kodėl?", "Why?")},
]


def make_wave(owner: Institution, *, year: int = 2016, follows: Wave | None = None) -> Wave:
    if follows is None:
        asked = Questionnaire.objects.create(title_en="What is needed?", owner=owner, made_at=NOW)
        version = QuestionnaireVersion.objects.create(
            questionnaire=asked, number=1, items=ITEMS, made_at=NOW, frozen_at=NOW
        )
    else:
        version = follows.version
    return Wave.objects.create(
        version=version,
        name_lv=f"Vajadzību aptauja {year}",
        name_lt=f"Poreikių apklausa {year}",
        name_en=f"Survey of needs {year}",
        kind=Wave.Kind.FOLLOW_UP if follows else Wave.Kind.BASELINE,
        follows=follows,
        opens_on=date(year, 5, 2),
        closes_on=date(year, 5, 20),
        settled_on=date(year, 5, 21),
        made_at=NOW,
    )


def answer(
    wave: Wave, place: Institution, number: int, *, people: int = 0, seed: int = 1, better: float = 0.0
) -> None:
    """`number` sheets of one place; `people`: its staff; `better`: by how much the present is better."""
    draws = random.Random(f"{place.slug}/{seed}")
    if people:
        Staff.objects.get_or_create(wave=wave, institution=place, defaults={"people": people})
    AnswerSheet.objects.bulk_create([_sheet(wave, place, at, draws, better) for at in range(number)])


def _sheet(wave: Wave, place: Institution, at: int, draws: random.Random, better: float) -> AnswerSheet:
    def near(middle: float) -> str:
        return f"s{min(5, max(1, round(draws.gauss(middle, 0.8))))}"

    role = "head" if at % 4 == 0 else "expert"
    return AnswerSheet(
        wave=wave,
        country=place.country,
        institution=place,
        role=role,
        answers={
            "role": role,
            "important": {"answers": near(4.4), "sharing": near(3.5)},
            "today": {"answers": near(2.2 + better), "sharing": near(3.2 + better)},
            "wanted": {"lean": near(4.2), "english": near(3.4)},
            "known": {"lean": near(1.6 + better), "english": near(3.0)},
            "first": draws.choices(["training", "visits", "tools"], [6, 3, 1])[0],
            "why": draws.choice(["Too many signatures", "We do not know each other", ""]),
        },
    )

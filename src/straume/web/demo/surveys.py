"""The survey that came before LLI-59, and the same questions after it; one is open today.

That employees were asked before the application was written stands in the project's own words; the questions,
the numbers of staff and every answer are made up here, drawn with fixed seeds, and marked as simulated.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from straume.web.demo.people import email_of
from straume.web.needs import items, sealing
from straume.web.needs.actions.answering import Sheet
from straume.web.needs.actions.letters import send_letters
from straume.web.needs.grouping import Place, rounded
from straume.web.needs.items import Item
from straume.web.needs.models import (
    AnswerSheet,
    Invitation,
    Questionnaire,
    QuestionnaireVersion,
    SealedSheet,
    Staff,
    Turnout,
    Wave,
)
from straume.web.places.models import Institution

DATA = Path(__file__).with_suffix(".json")
LANGUAGES = ("lv", "lt", "en")
BEFORE = (date(2016, 3, 14), date(2016, 4, 15))
AFTER = (date(2019, 2, 4), date(2019, 3, 8))
NAMES = {
    "before": {
        "lv": "Vajadzību aptauja pirms projekta",
        "lt": "Poreikių apklausa prieš projektą",
        "en": "Survey of needs before the project",
    },
    "after": {
        "lv": "Vajadzību aptauja projekta beigās",
        "lt": "Poreikių apklausa projekto pabaigoje",
        "en": "Survey of needs at the end of the project",
    },
    "today": {
        "lv": "Vajadzību aptauja šodien",
        "lt": "Poreikių apklausa šiandien",
        "en": "Survey of needs today",
    },
}
OPEN_CODE = "izmegini-aptauju"
SITE = "http://127.0.0.1:8000"
SOURCE = "simulated"
SPREAD = 0.95
ROLES = {"head": 0.2, "employee": 0.8}
UNIT_KINDS = {"administration": 0.35, "development": 0.25, "social": 0.3, "clients": 0.1}
ANSWERED_TODAY, INVITED_TODAY = 0.4, 14  # share, people in each of these institutions
ASKED_TODAY = ("livani", "utena", "preili", "anyksciai")


def seed(today: date) -> None:
    told = json.loads(DATA.read_text(encoding="utf-8"))
    version = written(told)
    asked = items.read(items=version.items)
    before = wave(version, "before", *BEFORE)
    after = wave(version, "after", *AFTER, follows=before)
    for number, one in enumerate((before, after)):
        answered(one, asked, told, lots=lots_of(59 + number), gained=bool(number))
    open_today(version, asked, told, follows=after, today=today)


def written(told: dict[str, Any]) -> QuestionnaireVersion:
    titles = {f"title_{lang}": told["title"][lang] for lang in LANGUAGES}
    owner = Institution.objects.get(slug="latgale")
    made_at = morning(BEFORE[0] - timedelta(days=20))
    kept = Questionnaire.objects.create(owner=owner, made_at=made_at, **titles)
    return kept.versions.create(
        number=1, items=told["items"], made_at=made_at, frozen_at=morning(BEFORE[0] - timedelta(days=3))
    )


def wave(version: QuestionnaireVersion, key: str, opens: date, closes: date, **fields: Any) -> Wave:
    names = {f"name_{lang}": text for lang, text in NAMES[key].items()}
    return Wave.objects.create(
        version=version,
        kind=Wave.Kind.FOLLOW_UP if fields.get("follows") else Wave.Kind.BASELINE,
        opens_on=opens,
        closes_on=closes,
        made_at=morning(opens - timedelta(days=3)),
        is_simulated=True,
        **{"settled_on": closes + timedelta(days=1), **names, **fields},
    )


def answered(
    one: Wave, asked: tuple[Item, ...], told: dict[str, Any], *, lots: random.Random, gained: bool
) -> None:
    """Staff of the 17 municipalities and the planning region, and the sheets of some of them."""
    places = {place.slug: place for place in Institution.objects.filter(slug__in=told["staff"])}
    staff = [
        Staff(wave=one, institution=places[slug], people=people, source=SOURCE)
        for slug, (people, _sheets) in told["staff"].items()
    ]
    Staff.objects.bulk_create(staff)
    sheets = [
        sheet_of(places[slug], asked, told, lots=lots, gained=gained)
        for slug, (_people, number) in told["staff"].items()
        for _sheet in range(number + lots.randint(-2, 2) if number > 5 else number)
    ]
    Turnout.objects.bulk_create(
        Turnout(wave=one, institution_id=pk, sheets=number)
        for pk, number in Counter(sheet.institution for sheet in sheets).items()
    )
    lots.shuffle(sheets)
    said = rounded([Place(one.country, one.institution, one.unit_kind, one.role) for one in sheets])
    AnswerSheet.objects.bulk_create(
        AnswerSheet(
            wave=one,
            country=place.country,
            institution_id=place.institution or None,
            unit_kind=place.unit_kind,
            role=place.role,
            answers=sheet.answers,
        )
        for sheet, place in zip(sheets, said, strict=True)
    )


def sheet_of(
    place: Institution, asked: tuple[Item, ...], told: dict[str, Any], *, lots: random.Random, gained: bool
) -> Sheet:
    """What one invented person says; heads see more hand-overs, Lithuania knows lean already."""
    role, unit_kind = drawn(ROLES, lots), drawn(UNIT_KINDS, lots)
    mood = lots.gauss(0, 0.35)
    answers: dict[str, Any] = {}
    for item in asked:
        if item.type == "matrix":
            answers[item.name] = {
                row.name: str(step(mean_of(item, row.name, told, place, role, gained) + mood, lots))
                for row in item.rows
            }
    answers |= other_answers(place, told, lots=lots, gained=gained)
    return Sheet(place.pk, place.country, unit_kind, role, answers)


def mean_of(
    item: Item, topic: str, told: dict[str, Any], place: Institution, role: str, gained: bool
) -> float:
    mean = told["mean"]["matters" if item.measures == "importance" else "now"][topic]
    if item.measures == "present":
        knows = told["known_in_lithuania"].get(topic, 0) if place.country == "lt" else 0
        mean += knows + (told["gain"][topic] * (0.5 if knows else 1) if gained else 0)
    if role == "head" and topic in ("hand_overs", "leading", "steady_quality"):
        mean += 0.4 if item.measures == "importance" else -0.2
    return float(mean)


def other_answers(
    place: Institution, told: dict[str, Any], *, lots: random.Random, gained: bool
) -> dict[str, Any]:
    uses_lean = lots.random() < (0.5 if place.country == "lt" else 0.1) + (0.25 if gained else 0)
    answers: dict[str, Any] = {"lean_used": "yes" if uses_lean else lots.choice(["no", "no", "unsure"])}
    if uses_lean:
        answers["lean_tools"] = sorted(lots.sample(["five_s", "a3", "mapping", "asaichi", "kaizen"], 2))
    if lots.random() < 0.8:
        answers["forms"] = lots.sample(["training", "visit", "coaching", "group"], 4)
    if lots.random() < 0.7:
        answers["groups"] = sorted(lots.sample(["tourism", "culture", "it", "child_rights", "safety"], 2))
    if lots.random() < 0.6:
        answers["hours_lost"] = float(max(0, round(lots.gauss(5 if gained else 7, 3))))
    language = "lt" if place.country == "lt" else "lv"
    for name, share in (("hindrance", 0.35), ("other_need", 0.2)):
        if lots.random() < share:
            answers[name] = lots.choice(told["texts"][name][language])
    return answers


def open_today(
    version: QuestionnaireVersion,
    asked: tuple[Item, ...],
    told: dict[str, Any],
    *,
    follows: Wave,
    today: date,
) -> None:
    """A wave to try: four towns were invited, some answered, two of the cast have a letter waiting."""
    opens, closes = today - timedelta(days=5), today + timedelta(days=23)
    one = wave(
        version,
        "today",
        opens,
        closes,
        follows=follows,
        settled_on=None,
        link_code=OPEN_CODE,
        site=SITE,
        letters_from_on=opens,
        reminders_most=1,
    )
    lots = lots_of(61)
    places = {place.slug: place for place in Institution.objects.filter(slug__in=ASKED_TODAY)}
    invited, sheets = [], []
    for slug in ASKED_TODAY:
        place = places[slug]
        Staff.objects.create(wave=one, institution=place, people=told["staff"][slug][0], source=SOURCE)
        for number in range(1, INVITED_TODAY + 1):
            has_answered = lots.random() < ANSWERED_TODAY
            invited.append(invitation(one, place, f"{slug}-{number}@demo.example", has_answered, today))
            if has_answered:
                sheets.append(sheet_of(place, asked, told, lots=lots, gained=True))
    Invitation.objects.bulk_create(invited)
    key = sealing.key_of(one.pk, make=True)
    lots.shuffle(sheets)
    SealedSheet.objects.bulk_create(
        SealedSheet(wave=one, sealed=sealing.seal(vars(sheet), key=key)) for sheet in sheets
    )
    write_to_the_cast(one, places, today)


def invitation(one: Wave, place: Institution, email: str, has_answered: bool, today: date) -> Invitation:
    return Invitation(
        wave=one,
        institution=place,
        email=email,
        language=place.country,
        has_answered=has_answered,
        letters=1,
        last_letter_on=today,
    )


def write_to_the_cast(one: Wave, places: dict[str, Institution], today: date) -> None:
    for role, slug, language in (("employee", "livani", "lv"), ("lithuanian_unit_head", "utena", "lt")):
        Invitation.objects.create(wave=one, institution=places[slug], email=email_of(role), language=language)
    letters = Invitation.objects.filter(wave=one, letters=0).select_related("wave", "institution")
    send_letters(letters, today=today)


def drawn(shares: dict[str, float], lots: random.Random) -> str:
    return lots.choices(list(shares), weights=list(shares.values()))[0]


def step(mean: float, lots: random.Random) -> int:
    return min(5, max(1, round(lots.gauss(mean, SPREAD))))


def morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def lots_of(seed: int) -> random.Random:
    """The same people at each start of the demo."""
    return random.Random(seed)  # noqa: S311 – invented answers, no secret

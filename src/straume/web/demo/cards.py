"""Practice cards and who took them up, seeded with the working groups. Their texts stand in cards.json.

Public fact is what the card on debts says of the audit of 2017; all else is made up.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils.timezone import make_aware

from straume.web.demo.groups_words import LEARNT
from straume.web.groups.models import Adoption, AdoptionStep, CardPublication, PracticeCard, WorkingGroup
from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.programme.models import Activity

TOLD: dict[str, Any] = json.loads(Path(__file__).with_name("cards.json").read_text("utf-8"))
WRITTEN_ON = "2017-11-20"
SOURCE = {"lv": "Simulēts reģistrs", "lt": "Sumodeliuotas registras"}
TEXTS = ("title", "problem", "done", "works_when", "requires")


def seed(today: date) -> None:
    made = {name: write(card) for name, card in TOLD["cards"].items()}
    take_up("felling", made)
    here = Adoption.objects.get(card=made["felling"], institution__slug="livani")
    made["variant"] = write(TOLD["variant"], came_from=here)
    for name in TOLD["adoptions"]:
        if name != "felling":
            take_up(name, made)


def write(words: dict[str, Any], **fields: Any) -> PracticeCard:
    day = date.fromisoformat(words.get("on", WRITTEN_ON))
    place = Institution.objects.get(slug=words["where"])
    for name in TEXTS:
        fields |= {f"{name}_{lang}": said for lang, said in zip(("lv", "lt", "en"), words[name], strict=True)}
    if "figures" in words:
        fields |= figures(*words["figures"]) | {"source": SOURCE[str(place.country)]}
    card: PracticeCard = PracticeCard.objects.create(
        institution=place,
        written_in=place.country,
        contact_post=words["post"],
        contact_email=f"{words['where']}@demo.example",
        theme=words["theme"],
        tool=words["tool"],
        group=WorkingGroup.objects.filter(theme=words["theme"]).first(),
        made_at=at(day),
        activity=given_by(words),
        is_simulated=True,
        **fields,
    )
    for title in words["needs"]:
        card.needs.add(*Need.objects.filter(title_en__icontains=title))
    CardPublication.objects.create(card=card, published_at=at(day))
    return card


def given_by(words: dict[str, Any]) -> Activity | None:
    """The visit that the card was written after: each asks for cards within a week."""
    visits = Activity.objects.filter(kind__in=["visit_inside", "visit_abroad"])
    return visits.filter(from_on=words["given_on"]).first() if "given_on" in words else None


def figures(
    lv: str, lt: str, en: str, before: int, before_n: int, after: int, after_n: int
) -> dict[str, Any]:
    return {
        "measure_lv": lv,
        "measure_lt": lt,
        "measure_en": en,
        "before": before,
        "before_n": before_n,
        "after": after,
        "after_n": after_n,
    }


def take_up(name: str, made: dict[str, PracticeCard]) -> None:
    for slug, state, since in TOLD["adoptions"][name]:
        began = date.fromisoformat(since)
        fields: dict[str, Any] = {}
        if state != "trying":
            words = LEARNT[0] if state == "adopted" else LEARNT[1]
            fields = {f"learnt_{lang}": said for lang, said in zip(("lv", "lt", "en"), words, strict=True)}
            fields["ended_on"] = began + timedelta(days=60)
        adoption = Adoption.objects.create(
            card=made[name],
            institution=Institution.objects.get(slug=slug),
            state=state,
            began_on=began,
            made_at=at(began),
            is_simulated=True,
            **fields,
        )
        if state != "trying":
            AdoptionStep.objects.create(
                adoption=adoption, before="trying", after=state, on=fields["ended_on"], made_at=at(began)
            )


def at(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(10)))

"""The demo's catalogue: five services in three languages, where they are offered, with simulated demand.

Legal bases in services.json are written down from general knowledge: those that nobody is sure of carry a
mark, and none is checked by a lawyer.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from straume.web.demo.units import names_in
from straume.web.places.models import Institution, Unit
from straume.web.services.models import (
    Channel,
    Cost,
    CountryDeadline,
    Evidence,
    LegalResource,
    LifeEvent,
    Offer,
    Output,
    PublicService,
    YearlyDemand,
)

DATA = Path(__file__).with_name("services.json")
DEBT, FELLING = "real-estate-tax-debt-recovery", "tree-felling-permit"  # the services of the demo's studies
SOURCE = "Straume demo"
GROWTH = {2016: 0.94, 2017: 0.97, 2018: 1.0, 2019: 1.05}
PLAIN = ("theme", "cofog", "processing_time")

Words = dict[str, str] | str  # by language; an act has one title, in the language of its country


def seed(today: date) -> None:
    """All services with their parts and offers; a second run changes nothing."""
    places = {place.slug: place for place in Institution.objects.all()}
    for described in json.loads(DATA.read_text(encoding="utf-8")):
        service = _service(described)
        for slug, cases in described["cases_in_2018"].items():
            _offer(service, described, places[slug], cases)


def texts(name: str, words: Words) -> dict[str, str]:
    """Fields of a text in its three languages."""
    return {f"{name}_{lang}": words if isinstance(words, str) else words[lang] for lang in ("lv", "lt", "en")}


def _service(described: dict[str, Any]) -> PublicService:
    fields = {key: described[key] for key in PLAIN}
    for name in ("name", "description", "keywords"):
        fields |= texts(name, described[name])
    service, is_new = PublicService.objects.get_or_create(identifier=described["identifier"], defaults=fields)
    if is_new:
        _parts(service, described)
    return service


def _parts(service: PublicService, described: dict[str, Any]) -> None:
    for row in described["deadlines"]:
        CountryDeadline.objects.create(service=service, **row)
    for row in described["laws"]:
        _law(service, row)
    for row in described["channels"]:
        Channel.objects.create(service=service, kind=row["kind"], **texts("description", row["description"]))
    for words in described["inputs"]:
        Evidence.objects.create(service=service, **texts("name", words))
    for row in described["outputs"]:
        Output.objects.create(service=service, kind=row["kind"], **texts("name", row["name"]))
    for row in described["costs"]:
        Cost.objects.create(service=service, amount=row["amount"], **texts("description", row["description"]))
    for row in described["events"]:
        event, _ = LifeEvent.objects.get_or_create(
            identifier=row["identifier"], defaults={"kind": row["kind"], **texts("name", row["name"])}
        )
        service.life_events.add(event)


def _law(service: PublicService, row: dict[str, Any], **place: Any) -> None:
    LegalResource.objects.create(
        service=service,
        **{"country": row.get("country", ""), "is_unsure": row.get("is_unsure", False), **place},
        in_force_from_on=row.get("from_on"),
        in_force_until_on=row.get("until_on"),
        **texts("title", row["title"]),
    )


def _offer(service: PublicService, described: dict[str, Any], place: Institution, cases: int) -> None:
    own_name = getattr(place, f"name_{place.country}") or place.name
    offer, is_new = Offer.objects.get_or_create(
        service=service,
        institution=place,
        defaults={
            "unit": _unit(place, described["unit"]),
            "holder": own_name,
            "provider": described["provider"][place.country],
            "until_on": place.until_on,
        },
    )
    if not is_new:
        return
    for year, growth in GROWTH.items():
        counted = round(cases * growth)
        YearlyDemand.objects.create(offer=offer, year=year, cases=counted, source=SOURCE, is_simulated=True)
    for row in described["local_acts"].get(place.slug, ()):
        _law(service, row, offer=offer, country=place.country, is_unsure=True)


def _unit(place: Institution, code: str) -> Unit | None:
    """The unit that does the work; in a planning region, which has no such unit, its administration."""
    names = names_in(place)
    return Unit.objects.filter(institution=place, name=names.get(code, names["administration"])).first()

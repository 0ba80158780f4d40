"""Made-up employees with made-up places in past activities of LLI-59, where no other part gave places there.

Public record has how many came to the two large conferences: 166 to the one in Anykščiai, over a hundred to
the last one in Līvāni, and that 15 municipalities came to the days in Latgale. As many made-up people and
municipalities were there; to other activities came as many as had room.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice, product

from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils import timezone

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.programme.models import Activity, Registration

PEOPLE = 166
TO_LATGALE = 15  # municipalities at the workshop days of May 2018
ELSEWHERE = 24  # people at most where no number is on record
LAST_CONFERENCE = 104
IN_A_CYCLE = 17
# first names and surnames that go together, for women and for men; names are made by putting them together
NAMES = {
    "lv": (
        (
            "Agnese Baiba Dzintra Evita Inga Laila Sandra Zane",
            "Birzniece Dūmiņa Grava Ķepīte Lāce Mežaka Šteina",
        ),
        (
            "Arvīds Edgars Gatis Kaspars Normunds Oskars Raivis Valdis",
            "Alksnis Dambis Gulbis Ķikuts Lapsa Ozols Sīlis",
        ),
    ),
    "lt": (
        (
            "Aldona Birutė Eglė Jolanta Lina Rima Sigita Vaida",
            "Ąžuolaitė Gluosnytė Klevienė Liepaitė Obelienė Uosienė Vinkšnaitė",
        ),
        (
            "Algis Darius Gintaras Kęstutis Mindaugas Rimas Saulius Žilvinas",
            "Ąžuolas Beržas Gluosnis Klevas Šermukšnis Uosis Žilvitis",
        ),
    ),
}


def seed_guests(activities: list[Activity]) -> None:
    """Places in these activities; nothing where somebody has a simulated place in one of them already."""
    if Registration.objects.filter(activity__in=activities, is_simulated=True).exists():
        return
    people = guests()
    to_latgale = from_municipalities(people, TO_LATGALE)
    for number, activity in enumerate(activities):
        asked = to_latgale if activity.kind == Activity.Kind.WORKSHOP else people
        coming = list(islice(cycle(asked), number * 11, number * 11 + how_many(activity)))
        if activity.cycle_id:  # the same people on each of its days
            coming = people[:IN_A_CYCLE]
        Registration.objects.bulk_create(
            Registration(
                activity=activity,
                person=person,
                institution=institution,
                way=Registration.Way.DELEGATED,
                status=Registration.Status.CONFIRMED,
                made_at=timezone.now() - timedelta(days=1),
                is_simulated=True,
            )
            for person, institution in coming
        )
        Activity.objects.filter(pk=activity.pk).update(taken=F("taken") + len(coming))


def how_many(activity: Activity) -> int:
    if activity.kind == Activity.Kind.INTERNATIONAL_CONFERENCE:
        return min(PEOPLE if activity.from_on.year == 2017 else LAST_CONFERENCE, activity.places)
    return min(ELSEWHERE, activity.places - activity.taken)


def guests() -> list[tuple[User, Institution]]:
    """So many people of the partners and the municipalities involved, in turn; none of them is real."""
    institutions = Institution.objects.filter(tier__in=("partner", "involved")).order_by("pk")
    names = {lang: names_in(lang) for lang in NAMES}
    made, where = [], []
    for number, institution in enumerate(islice(cycle(institutions), PEOPLE)):
        lang = str(institution.country)
        person = User(
            email=f"guest-{number + 1}@demo.example",
            name=names[lang].pop(),
            language=lang,
            password=make_password(None),
        )
        made.append(person)
        where.append(institution)
    return list(zip(User.objects.bulk_create(made), where, strict=True))


def from_municipalities(people: list[tuple[User, Institution]], most: int) -> list[tuple[User, Institution]]:
    """Those who come from the first so many municipalities involved."""
    involved = dict.fromkeys(place.pk for _person, place in people if place.tier == "involved")
    first = set(islice(involved, most))
    return [(person, place) for person, place in people if place.pk in first]


def names_in(lang: str) -> list[str]:
    """All of them, women and men in turn."""
    women, men = (
        [f"{first} {last}" for last, first in product(surnames.split(), firsts.split())]
        for firsts, surnames in NAMES[lang]
    )
    return [name for pair in zip(women, men, strict=True) for name in pair][::-1]

"""Five working groups with meetings, decisions and actions: all simulated."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import make_aware

from straume.web.accounts.models import User
from straume.web.demo import cards
from straume.web.demo.groups_words import (
    ACTIONS,
    DECISIONS,
    EVIDENCE,
    GROUPS,
    MINUTES,
    POINTS,
    SCOPE,
    TITLES,
)
from straume.web.demo.people import email_of
from straume.web.groups.models import (
    ActionEnd,
    AgendaPoint,
    Decision,
    GroupAction,
    GroupMember,
    GroupStateChange,
    Meeting,
    MinutesPublication,
    MinuteText,
    WorkingGroup,
)
from straume.web.places.models import Institution, Membership, Role

BEGAN_ON = date(2017, 6, 1)
HELD_ON = (date(2018, 4, 18), date(2018, 10, 17))
# made-up people of the municipalities, one each: name, language, municipality, post
PEOPLE = (
    ("Sanita Balode", "lv", "kraslava", "Tūrisma speciāliste"),
    ("Guntis Meiers", "lv", "ludza", "Kultūras nodaļas vadītājs"),
    ("Aija Strode", "lv", "balvi", "Bāriņtiesas speciāliste"),
    ("Edgars Vilcāns", "lv", "rezekne-novads", "IT speciālists"),
    ("Ligita Soma", "lv", "preili", "Drošības speciāliste"),
    ("Valdis Rubenis", "lv", "daugavpils", "Projektu vadītājs"),
    ("Rūta Mikalauskienė", "lt", "zarasai", "Turizmo specialistė"),
    ("Darius Butkus", "lt", "visaginas", "IT specialistas"),
    ("Eglė Navickienė", "lt", "ignalina", "Kultūros skyriaus vedėja"),
    ("Algis Povilaitis", "lt", "kupiskis", "Civilinės saugos specialistas"),
    ("Jolanta Rimkutė", "lt", "moletai", "Vaiko teisių specialistė"),
    ("Saulius Grigas", "lt", "anyksciai", "Projektų vadovas"),
)
# theme → places in PEOPLE, and roles of the cast who sit there too
SEATS: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "tourism": ((0, 1, 5, 6, 8, 11), ()),
    "culture": ((1, 2, 5, 8, 9, 11), ("lithuanian_coordinator",)),
    "it": ((3, 4, 7, 11), ("facilitator", "unit_head", "lithuanian_facilitator", "lithuanian_unit_head")),
    "child_rights": ((2, 3, 4, 10, 7, 6), ()),
    "safety": ((4, 5, 0, 9, 10, 6), ()),
}
CAST_POSTS = {
    "facilitator": "Procesu vadītājs",
    "unit_head": "Nodokļu nodaļas vadītāja",
    "lithuanian_facilitator": "LEAN praktikas specialistas",
    "lithuanian_unit_head": "Aplinkos apsaugos skyriaus vedėja",
    "lithuanian_coordinator": "Projekto koordinatorė",
}
STATES = {
    "tourism": ("active", "delivering"),
    "culture": ("active",),
    "it": ("active", "delivering"),
    "child_rights": ("active", "delivering", "sustaining"),
    "safety": ("active", "dormant"),
}


def seed(today: date) -> None:
    people = [person_for(number, *each) for number, each in enumerate(PEOPLE, 1)]
    for theme in GROUPS:
        group = begin(theme)
        seats = take_seats(group, theme, people)
        live(group, theme)
        for number, day in enumerate(HELD_ON):
            hold(group, seats, day, number, today)
        if group.state != "dormant":
            plan(group, today)
    cards.seed(today)


def texts(name: str, words: tuple[str, ...]) -> dict[str, str]:
    return {f"{name}_{lang}": said for lang, said in zip(("lv", "lt", "en"), words, strict=False)}


def at(day: date, hour: int) -> datetime:
    return make_aware(datetime.combine(day, time(hour)))


def person_for(number: int, name: str, language: str, slug: str, post: str) -> tuple[User, Institution, str]:
    person = User.objects.create_user(f"group-{number}@demo.example", name=name, language=language)
    institution = Institution.objects.get(slug=slug)
    Membership.objects.create(
        person=person, institution=institution, role=Role.EMPLOYEE, from_on=date(2017, 5, 1)
    )
    return person, institution, post


def begin(theme: str) -> WorkingGroup:
    words = GROUPS[theme]
    group: WorkingGroup = WorkingGroup.objects.create(
        theme=theme,
        **texts("name", words["name"]),
        **texts("purpose", words["purpose"]),
        **texts("deliverables", words["deliverables"]),
        **texts("in_scope", SCOPE[0]),
        **texts("out_of_scope", SCOPE[1]),
        deliver_by=date(2019, 3, 31),
        made_at=at(BEGAN_ON, 10),
        is_simulated=True,
    )
    return group


def take_seats(group: WorkingGroup, theme: str, people: list[Any]) -> list[GroupMember]:
    numbers, roles = SEATS[theme]
    seats = [people[number] for number in numbers]
    for role in roles:
        person = User.objects.get(email=email_of(role))
        seats.append((person, person.memberships.order_by("pk")[0].institution, CAST_POSTS[role]))
    return [
        GroupMember.objects.create(
            group=group,
            person=person,
            institution=place,
            post=post,
            from_on=BEGAN_ON,
            is_simulated=True,
        )
        for person, place, post in seats
    ]


def live(group: WorkingGroup, theme: str) -> None:
    """From forming to where it is now, half a year each."""
    for number, state in enumerate(STATES[theme], 1):
        GroupStateChange.objects.create(
            group=group,
            before=group.state,
            after=state,
            reason="Vienojāmies sanāksmē / Sutarta posėdyje",
            made_at=at(BEGAN_ON + timedelta(days=180 * number), 10),
        )
        group.state = state
    group.save()


def meeting_on(group: WorkingGroup, day: date, number: int, **fields: Any) -> Meeting:
    meeting: Meeting = Meeting.objects.create(
        group=group,
        **texts("title", TITLES[number]),
        starts_at=at(day, 10),
        ends_at=at(day, 12),
        host=Institution.objects.get(slug="livani" if number % 2 == 0 else "utena"),
        room="Sēžu zāle" if number % 2 == 0 else "Posėdžių salė",
        is_simulated=True,
        **fields,
    )
    for place, (words, minutes) in enumerate(zip(POINTS, (20, 60, 20), strict=True), 1):
        AgendaPoint.objects.create(meeting=meeting, place=place, minutes=minutes, **texts("title", words))
    return meeting


def hold(group: WorkingGroup, seats: list[GroupMember], day: date, number: int, today: date) -> None:
    """A meeting with minutes in two languages, a decision, and actions of which some are still open."""
    meeting = meeting_on(
        group, day, number, status="held", chair=seats[number], rapporteur=seats[number + 3], left_out=["en"]
    )
    for point, words in zip(meeting.agenda.all(), MINUTES, strict=True):
        for language, text, state in zip(("lv", "lt"), words, ("written", "translated"), strict=True):
            MinuteText.objects.create(
                point=point, language=language, text=text, state=state, version=1, changed_at=at(day, 12)
            )
    decision = Decision.objects.create(
        group=group, meeting=meeting, number=number + 1, decided_on=day, **texts("text", DECISIONS[number])
    )
    MinutesPublication.objects.create(meeting=meeting, published_at=at(day + timedelta(days=7), 10))
    due = (day + timedelta(days=60), today + timedelta(days=12), today - timedelta(days=6))
    for place, what in enumerate(ACTIONS):
        if number == 0 and place:
            continue
        action = GroupAction.objects.create(
            group=group,
            meeting=meeting,
            decision=decision,
            owner=seats[-1 - place],
            due_on=due[place],
            made_at=at(day, 12),
            is_simulated=True,
            **texts("what", what),
        )
        if place == 0:
            ActionEnd.objects.create(
                action=action, on=day + timedelta(days=50), seen_by=EVIDENCE, recorded_at=at(day, 12)
            )


def plan(group: WorkingGroup, today: date) -> None:
    day = today + timedelta(days=14)
    day += timedelta(days=(2 - day.weekday()) % 7)  # a Wednesday
    meeting_on(group, day, 2, link="https://meet.example/straume")

"""Who came to the activities of LLI-59, what is counted from it, certificates of the cycle: all simulated.

People of the cast take part in the ten-day cycle; whoever else has a simulated place in a past activity was
there, but for about one in ten. No scan is invented: the signed pages are the printed ones, which say that
they are simulated.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.timezone import make_aware

from straume.web.accounts.models import User
from straume.web.demo.guests import seed_guests
from straume.web.demo.people import email_of
from straume.web.places.models import Institution
from straume.web.programme import qualifying, sheet_pdf
from straume.web.programme.actions import attendance, certificates, sheets
from straume.web.programme.models import (
    Activity,
    Attendance,
    Certificate,
    CertificateRule,
    Cycle,
    OutputIndicator,
    Project,
    Registration,
    Retention,
    Session,
)

# who of the cast took part in the cycle, for which institution, and on how many of its days
IN_THE_CYCLE = (("facilitator", "livani", 10), ("unit_head", "livani", 9), ("employee", "livani", 6))
ABSENT_ONE_IN = 10
DELEGATED_BEFORE = timedelta(14)
COACHING = (Activity.Kind.INDIVIDUAL_COACHING, Activity.Kind.GROUP_COACHING)
MISPRINTED = "Anna Vitola"  # the unit head's first certificate; issued again with the right letters
LEARNT = {
    "lv": "Vērtības plūsmas karte\nZudumi un to cēloņi, „5 kāpēc”\nStandarta darbs un 5S\nA3 un kaizen",
    "lt": "Vertės srauto žemėlapis\nŠvaistymas ir jo priežastys, „5 kodėl“\nStandartizuotas darbas ir 5S\n"
    "A3 ir kaizen",
    "en": "Value stream map\nWaste and its causes, the five whys\nStandard work and 5S\nA3 and kaizen",
}
SIGNATORY = {
    "lv": "Administrācijas vadītājs",
    "lt": "Administracijos vadovas",
    "en": "Head of administration",
}
INDICATORS: dict[str, dict[str, Any]] = {
    "P1": {
        "counts": "people",
        "target": 150,
        "title": {
            "lv": "Darbinieki, kas piedalījušies projekta pasākumos",
            "lt": "Projekto veiklose dalyvavę darbuotojai",
            "en": "Employees who took part in the activities of the project",
        },
    },
    "P2": {
        "counts": "institutions",
        "target": 19,
        "title": {
            "lv": "Iestādes, kuru darbinieki piedalījušies",
            "lt": "Įstaigos, kurių darbuotojai dalyvavo",
            "en": "Institutions whose employees took part",
        },
    },
}
HOW_COUNTED = {
    "lv": "Pēc apmeklējuma: katrs cilvēks vienreiz, cik pasākumos vien viņš būtu bijis. Skaits un mērķis "
    "ir simulēti.",
    "lt": "Pagal dalyvavimą: kiekvienas žmogus vieną kartą, kad ir keliose veiklose dalyvavo. Skaičius ir "
    "tikslas sumodeliuoti.",
    "en": "By attendance: each person once, whatever number of activities they came to. Count and target are "
    "simulated.",
}


def seed(today: date) -> None:
    project = Project.objects.get(code="LLI-59")
    coordinator = User.objects.get(email=email_of("coordinator"))
    cycle = Cycle.objects.filter(work_package__project=project, activities__isnull=False).first()
    if cycle is None:
        return
    held = Activity.objects.filter(work_package__project=project, until_on__lt=today)
    held = held.exclude(status=Activity.Status.CANCELLED).exclude(kind__in=COACHING)
    seed_guests([one for one in held if one.places])
    for role, slug, _days in IN_THE_CYCLE:
        take_part(cycle, User.objects.get(email=email_of(role)), slug, by=coordinator)
    delegate_before(held)
    attend(held, absent=days_missed(cycle))
    for activity in cycle.activities.all():
        sign(activity, by=coordinator)
    indicators(project, list(held))
    Retention.objects.create(
        project=project,
        until_on=date(today.year + 2, 12, 31),
        rule="LLI-59",
        set_by=coordinator,
        set_at=timezone.now(),
        is_simulated=True,
    )
    give_certificates(cycle, by=coordinator)


def take_part(cycle: Cycle, person: User, slug: str, *, by: User) -> None:
    institution = Institution.objects.get(slug=slug)
    for activity in cycle.activities.all():
        place = attendance.registered(
            activity=activity, person=person, institution=institution, post="", by=by, now=timezone.now()
        )
        Registration.objects.filter(pk=place.pk).update(is_simulated=True, way="delegated", reason="")


def delegate_before(activities: QuerySet[Activity]) -> None:
    """Made-up places are as old as they would be: the municipality delegated two weeks ahead."""
    for activity in activities:
        day = make_aware(datetime.combine(activity.from_on - DELEGATED_BEFORE, time(10)))
        activity.registrations.filter(is_simulated=True).update(made_at=day)


def days_missed(cycle: Cycle) -> set[tuple[int, int]]:
    """(person, session) of the cast's days away: the last ones of the cycle."""
    sessions = list(Session.objects.filter(activity__cycle=cycle).order_by("starts_at", "pk"))
    days = sorted({session.starts_at.date() for session in sessions})
    return {
        (User.objects.get(email=email_of(role)).pk, session.pk)
        for role, _slug, number in IN_THE_CYCLE
        for session in sessions
        if session.starts_at.date() in days[number:]
    }


def attend(activities: QuerySet[Activity], *, absent: set[tuple[int, int]]) -> None:
    """Everybody with a simulated place, but for about one in ten of those who are not of the cast."""
    addresses = [email_of(role) for role, *_rest in IN_THE_CYCLE]
    cast = set(User.objects.filter(email__in=addresses).values_list("pk", flat=True))
    held = Registration.objects.filter(
        activity__in=activities, status__in=Registration.HOLDS_A_PLACE, is_simulated=True
    ).prefetch_related("activity__sessions")
    made = []
    for place in held:
        for session in place.activity.sessions.all():
            of_cast = place.person_id in cast
            on_record = place.activity.kind == Activity.Kind.INTERNATIONAL_CONFERENCE
            away = (
                (place.person_id, session.pk) in absent
                if of_cast
                else not on_record and is_away(place.pk, session.pk)
            )
            if not away:
                made.append(
                    Attendance(
                        session=session,
                        registration=place,
                        how=Attendance.How.SIGNED,
                        came_at=session.starts_at - timedelta(minutes=(place.pk * 7) % 20),
                        key=uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{session.pk}:{place.pk}"),
                    )
                )
    Attendance.objects.bulk_create(made, ignore_conflicts=True)


def is_away(place_pk: int, session_pk: int) -> bool:
    """About one in ten, spread evenly and the same each time."""
    return (place_pk * 7919 + session_pk * 104729) % ABSENT_ONE_IN == 0


def sign(activity: Activity, *, by: User) -> None:
    """The list for signatures, and as its scan the printed pages; the last day still misses its own."""
    for session in activity.sessions.all():
        sheet = sheets.make_sheet(session=session, key=uuid.uuid4(), by=by, now=session.ends_at)
        if activity.cycle and activity == activity.cycle.activities.order_by("from_on").last():
            continue
        sheets.attach(
            sheet=sheet,
            first_page=1,
            last_page=sheet.pages,
            name=f"{session.starts_at:%Y-%m-%d}-simulated.pdf",
            content=sheet_pdf.signature_sheet_pdf(sheet, lang="lv"),
            key=uuid.uuid4(),
            by=by,
            now=session.ends_at,
        )


def indicators(project: Project, activities: list[Activity]) -> None:
    for code, said in INDICATORS.items():
        made = OutputIndicator.objects.create(
            project=project,
            code=code,
            counts=said["counts"],
            target=said["target"],
            is_simulated=True,
            **{f"title_{lang}": words for lang, words in said["title"].items()},
            **{f"how_counted_{lang}": words for lang, words in HOW_COUNTED.items()},
        )
        made.activities.set(activities)


def give_certificates(cycle: Cycle, *, by: User) -> None:
    """To those of the cast who attended enough; the unit head's was issued twice, as its name was wrong."""
    rule = CertificateRule.objects.create(
        cycle=cycle,
        least_percent=80,
        hours=Decimal("80.0"),
        issued_by=Institution.objects.get(slug="latgale"),
        is_simulated=True,
        **{f"learnt_{lang}": words for lang, words in LEARNT.items()},
        **{f"signatory_{lang}": words for lang, words in SIGNATORY.items()},
    )
    entitled = {one.person.pk for one in qualifying.candidates(rule) if one.qualifies}
    from_on, until_on = qualifying.days_of(rule)
    for role, *_rest in IN_THE_CYCLE:
        person = User.objects.get(email=email_of(role))
        if person.pk not in entitled:
            continue
        made = Certificate.objects.create(
            rule=rule,
            person=person,
            name=MISPRINTED if role == "unit_head" else person.name,
            language=person.language,
            texts=certificates.texts_of(rule),
            hours=rule.hours,
            from_on=from_on,
            until_on=until_on,
            issued_on=until_on + timedelta(days=1),
            issued_by=by,
            is_simulated=True,
        )
        if role == "unit_head":
            certificates.issue_again(
                certificate=made,
                name=person.name,
                language=person.language,
                by=by,
                today=until_on + timedelta(days=3),
            )

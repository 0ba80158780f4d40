"""What LLI-59 held, as public pages tell it, and some activities around today to try things with.

Public record has the kinds, the days and the towns of what was held, the ten days of the cycle and its first
day. Packages, languages, numbers of places, costs, times of day, agendas and all that lies around today are
made up and marked so.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils.timezone import get_default_timezone

from straume.web.demo.activity_hours import HOURS, SPEAKERS, TRY_IT
from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.programme.models import (
    Activity,
    ActivityNeed,
    BudgetLine,
    Cycle,
    Material,
    Project,
    Session,
    Speaker,
    VisitHost,
    VisitStop,
    WorkPackage,
)

MODULE = {
    "kind": "training",
    "place": "Latgale",
    "country": "lv",
    "host": "latgale",
    "places": 25,
    "languages": ["lv"],
    "eur": "1650.00",
}
PRACTICE = {
    "lv": "Metodi apgūst, izmēģinot to savā darbā.",
    "lt": "Metodo mokomasi išbandant jį savo darbe.",
    "en": "The method is learnt by trying it in one’s own work.",
}
# what an activity is about → words in the English title of a need that it answers, and why
ANSWERS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "lean": (("lean", "waste"), PRACTICE),
    "maps": (("value-stream", "value stream"), PRACTICE),
    "a3": (("a3",), PRACTICE),
    "asaichi": (("asaichi",), PRACTICE),
    "flow": (
        ("approval", "stuck", "answer soon", "waiting", "service"),
        {
            "lv": "Salīdzina, kā to pašu pakalpojumu sniedz citur un kur lieta gaida.",
            "lt": "Palyginama, kaip ta pati paslauga teikiama kitur ir kur atvejis laukia.",
            "en": "It compares how the same service is given elsewhere, and where a case waits.",
        },
    ),
    "cooperation": (
        ("work together", "share experience", "cooperat"),
        {
            "lv": "Kolēģi no abām robežas pusēm satiekas un vienojas par kopīgu darbu.",
            "lt": "Kolegos iš abiejų sienos pusių susitinka ir susitaria dėl bendro darbo.",
            "en": "Colleagues from both sides of the border meet and agree on work in common.",
        },
    ),
    "leadership": (
        ("leading", "leader", "coaching"),
        {
            "lv": "Vadītāji mācās uzdot jautājumus un vadīt pārmaiņas.",
            "lt": "Vadovai mokosi klausti ir vadovauti pokyčiams.",
            "en": "Heads learn to ask questions and to lead change.",
        },
    ),
}


def seed(today: date) -> None:
    told = json.loads((Path(__file__).parent / "activities.json").read_text(encoding="utf-8"))
    project = Project.objects.get(code="LLI-59")
    packages = {
        number: WorkPackage.objects.create(
            project=project, number=number, is_simulated=True, **texts("title", title)
        )
        for number, title in told["packages"].items()
    }
    for one in told["held"]:
        days = tuple(date.fromisoformat(day) for day in one["on"])
        held(one, packages[one["package"]], days)
    ten_days(told, packages["T2"])
    after = WorkPackage.objects.create(
        project=project, number="P", is_simulated=True, **texts("title", told["package_coming"])
    )
    for one in told["coming"]:
        in_days, last_in_days = one["in_days"]
        first = on_a_working_day(today, in_days)
        around_today(one, after, (first, first + timedelta(days=last_in_days - in_days)))


def on_a_working_day(today: date, in_days: int) -> date:
    """So many days from today; what is not held today keeps off the weekend, two days in a row do too."""
    day = today + timedelta(days=in_days)
    while in_days and day.weekday() > 3:
        day += timedelta(days=1 if in_days > 0 else -1)
    return day


def held(one: dict[str, Any], package: WorkPackage, days: tuple[date, ...]) -> Activity:
    """An activity of the public record."""
    return make(one, package, days, status=Activity.Status.REPORTED, figures_are_simulated=True)


def ten_days(told: dict[str, Any], package: WorkPackage) -> None:
    """The cycle: its first day is on record, the others are simulated."""
    cycle = Cycle.objects.create(
        work_package=package,
        **texts("title", told["cycle"]["title"]),
        **texts("summary", told["cycle"]["summary"]),
    )
    for number, module in enumerate(told["modules"], 1):
        title = {lang: f"{number}. {words}" for lang, words in module["title"].items()}
        one = MODULE | {"title": title, "summary": told["module_summary"], "needs": module["needs"]}
        day = date.fromisoformat(module["on"])
        is_known = number == 1
        make(
            one,
            package,
            (day, day),
            status=Activity.Status.REPORTED,
            cycle=cycle,
            is_simulated=not is_known,
            figures_are_simulated=is_known,
        )


def around_today(one: dict[str, Any], package: WorkPackage, days: tuple[date, ...]) -> None:
    activity = make(one, package, days, status=one["status"], is_simulated=True)
    for stop in one.get("stops", ()):
        stop_of(activity, stop)
    if one.get("speakers"):
        for speaker in SPEAKERS:
            consented = {"consented_on": days[0] - timedelta(days=60)} if speaker["consents"] else {}
            Speaker.objects.create(
                activity=activity,
                name=speaker["name"],
                institution=speaker["institution"],
                is_simulated=True,
                **texts("post", speaker["post"]),
                **consented,
            )
    if one.get("material"):
        give_try_it(activity, days[0])


def make(one: dict[str, Any], package: WorkPackage, days: tuple[date, ...], **fields: Any) -> Activity:
    activity = Activity.objects.create(
        work_package=package,
        kind=one["kind"],
        from_on=days[0],
        until_on=days[-1],
        place=one["place"],
        country=one["country"],
        host=Institution.objects.get(slug=one["host"]),
        languages=one["languages"],
        interpretation=one.get("interpretation", ""),
        places=one["places"],
        budget_line=line_for(one, package.project),
        planned_eur=Decimal(one["eur"]),
        **texts("title", one["title"]),
        **texts("summary", one["summary"]),
        **fields,
    )
    if one.get("hours", True):
        hold_sessions(activity)
    for host in one.get("hosts", ()):
        known = Institution.objects.filter(slug=host).first()
        name = {"institution": known} if known else {"name": host, "country": one["country"]}
        VisitHost.objects.create(activity=activity, **name)
    for about in one["needs"]:
        answer(activity, about)
    return activity


def hold_sessions(activity: Activity) -> None:
    """The usual hours of such a day; nobody wrote down the real ones."""
    zone, several = get_default_timezone(), activity.from_on != activity.until_on
    for number in range((activity.until_on - activity.from_on).days + 1):
        day = activity.from_on + timedelta(days=number)
        for part in HOURS[activity.kind]:
            begins, ends = (time.fromisoformat(part[key]) for key in ("from", "until"))
            titles = {
                lang: DAY[lang].format(number=number + 1, part=title) if several else title
                for lang, title in part["title"].items()
            }
            session = Session.objects.create(
                activity=activity,
                starts_at=datetime.combine(day, begins, zone),
                ends_at=datetime.combine(day, ends, zone),
                is_simulated=True,
                **texts("title", titles),
            )
            for item in part.get("agenda", ()):
                session.agenda.create(
                    starts=time.fromisoformat(item["from"]),
                    ends=time.fromisoformat(item["until"]),
                    **texts("title", item["what"]),
                )


DAY = {"lv": "{number}. diena: {part}", "lt": "{number} diena: {part}", "en": "Day {number}: {part}"}


def stop_of(activity: Activity, stop: dict[str, Any]) -> None:
    host = activity.visit_hosts.filter(institution__slug=stop["host"]).first() if stop["host"] else None
    VisitStop.objects.create(
        activity=activity,
        on=activity.from_on + timedelta(days=stop["day"]),
        starts=time.fromisoformat(stop["from"]),
        ends=time.fromisoformat(stop["until"]),
        place=stop["place"],
        host=host,
        planned_eur=Decimal(stop["eur"]),
        is_simulated=True,
        **texts("what", stop["what"]),
    )


def give_try_it(activity: Activity, day: date) -> None:
    """A card to take home, as a file."""
    for lang, text in TRY_IT.items():
        content = text["text"].encode()
        card = Material(
            activity=activity,
            title=text["title"],
            language=lang,
            original_name=f"5s-{lang}.txt",
            bytes=len(content),
            uploaded_at=datetime.combine(day - timedelta(days=3), time(12), get_default_timezone()),
        )
        card.file.save(f"5s-{lang}.txt", ContentFile(content))


def line_for(one: dict[str, Any], project: Project) -> BudgetLine | None:
    """Visits are travel, the rest is bought; of the partner of that country."""
    category = "travel" if one["kind"].startswith("visit") else "external"
    lines = BudgetLine.objects.filter(partner__project=project, category=category)
    return lines.filter(partner__institution__country=one["country"]).first()


def answer(activity: Activity, about: str) -> None:
    """Link it to the needs that it is about, as far as there are any that were taken up."""
    words, reason = ANSWERS[about]
    for need in Need.objects.exclude(status=Need.Status.DROPPED).order_by("pk"):
        title = (need.title_en or "").lower()  # type: ignore[attr-defined]
        if any(word in title for word in words):
            ActivityNeed.objects.get_or_create(activity=activity, need=need, defaults=texts("reason", reason))


def texts(field: str, said: dict[str, str]) -> dict[str, str]:
    """{"lv": …} → {"title_lv": …} and so on."""
    return {f"{field}_{lang}": text for lang, text in said.items()}

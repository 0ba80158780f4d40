"""Candidates for the year to come and one recorded choice among them; all of it simulated."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.timezone import get_default_timezone

from straume.web.accounts.models import User
from straume.web.demo.people import email_of
from straume.web.needs.models import Need
from straume.web.places.models import Institution
from straume.web.programme.actions import choosing
from straume.web.programme.models import BudgetLine, Candidate, CandidateNeed, Choice, Project, WorkPackage

DATA = Path(__file__).with_name("choosing.json")
RECORD = uuid.UUID("00000000-0000-4000-8000-000000000082")
# what the year to come may spend, of lines whose sums are simulated too
YEAR_EUR = {"external": "7500.00", "travel": "2500.00"}
SECONDS = 5.0
REASON = (
    "Izvēle atbilst aptaujā nosauktajām vajadzībām un aptver visas pašvaldības; pierādīts, ka šajos "
    "ierobežojumos labākas nav. (Simulēts.)"
)


def seed(today: date) -> None:
    """Candidates around the needs that are there; without needs there is nothing to choose by."""
    told = json.loads(DATA.read_text(encoding="utf-8"))
    project = Project.objects.get(code="LLI-59")
    package = WorkPackage.objects.filter(project=project).order_by("-number").first()
    if package is None:
        package = WorkPackage.objects.create(
            project=project, number="P", is_simulated=True, **texts("title", told["package"])
        )
    needs = needs_by_word(told["needs"])
    for one in told["candidates"]:
        candidate(one, package, needs, today)
    if needs:
        recorded(project, today)


def texts(name: str, words: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{lang}": said for lang, said in words.items()}


def needs_by_word(words: dict[str, list[str]]) -> dict[str, list[Need]]:
    """Needs under the words of the file, found in their English titles; one that fits no word goes round."""
    every = list(Need.objects.exclude(status="dropped").order_by("pk"))
    found: dict[str, list[Need]] = {word: [] for word in words}
    for number, need in enumerate(every):
        title = str(getattr(need, "title_en", "") or need.title).lower()
        fits = [word for word, parts in words.items() if any(part in title for part in parts)]
        for word in fits or [list(words)[number % len(words)]]:
            found[word].append(need)
    return found if every else {}


def candidate(
    one: dict[str, Any], package: WorkPackage, needs: dict[str, list[Need]], today: date
) -> Candidate:
    first, last = (today + timedelta(days=days) for days in one["in_days"])
    made = Candidate.objects.create(
        work_package=package,
        kind=one["kind"],
        budget_line=BudgetLine.objects.get(
            partner__project=package.project,
            partner__institution__slug=one["partner"],
            category=one["category"],
        ),
        cost_eur=Decimal(one["eur"]),
        places=one["places"],
        town=one["town"],
        country=one["country"],
        languages=one["languages"],
        earliest_on=first,
        latest_on=last,
        days=one["days"],
        team=one["team"],
        is_simulated=True,
        **texts("title", one["title"]),
    )
    involved = Institution.objects.on(first).filter(tier=Institution.Tier.INVOLVED)
    whom = one["whom"]
    made.municipalities.set(
        involved if whom == "all" else involved.filter(country=whom)
        if isinstance(whom, str)
        else involved.filter(slug__in=whom)
    )  # fmt: skip
    met = {need.pk: percent for word, percent in one["needs"].items() for need in needs.get(word, [])}
    CandidateNeed.objects.bulk_create(
        CandidateNeed(candidate=made, need_id=pk, percent=percent) for pk, percent in met.items()
    )
    return made


def recorded(project: Project, today: date) -> None:
    coordinator = User.objects.get(email=email_of("coordinator"))
    now = datetime.combine(today, time(10), tzinfo=get_default_timezone())
    choice = choosing.begin_choice(
        choice=Choice(
            project=project,
            name_lv="Nākamā gada pasākumi",
            name_lt="Kitų metų veiklos",
            name_en="Activities of the year to come",
            from_on=today,
            until_on=today + timedelta(days=400),
            least_in_language={"lv": 2, "lt": 2},
            again_percent=25,
            is_simulated=True,
        ),
        key=RECORD,
        by=coordinator,
        now=now,
    )
    for line in choice.lines.select_related("budget_line"):
        line.amount_eur = Decimal(YEAR_EUR[line.budget_line.category])
        line.save()
    choosing.solve(choice, now=now, seconds=SECONDS)
    held = [int(one["code"]) for one in (choice.result or {})["chosen"]]
    choosing.record(
        choice=choice,
        held=held,
        reason=REASON,
        by_hand_reason="",
        key=RECORD,
        by=coordinator,
        now=now,
    )

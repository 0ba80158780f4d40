"""What people said of the activities, what they learnt and tried: all simulated, from fixed seeds."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from straume.web.places.models import Unit
from straume.web.programme import marks
from straume.web.programme.actions import quizzes
from straume.web.programme.ladder import MONTHS, after_months
from straume.web.programme.models import (
    Activity,
    Quiz,
    QuizRound,
    QuizSheet,
    ReactionRound,
    ReactionSheet,
    Registration,
    TryCard,
    TryOutcome,
    UseRound,
    UseSheet,
)
from straume.web.programme.questions import SCALES

ASKED_ABOUT = ("training", "workshop", "visit_inside", "visit_abroad", "intl_conference")
WORDS = (
    "Vairāk laika praktiskajai daļai, lūdzu.",
    "Daugiau laiko praktinei daliai.",
    "Redzēt kaimiņu pašvaldību bija visvērtīgākais.",
    "Naudingiausia buvo pamatyti, kaip dirba kaimynai.",
    "The map on the wall opened our eyes.",
)
QUESTIONS = (
    (
        "one",
        ("Kas klientam ir zudums?", "Kas klientui yra švaistymas?", "What is waste to the client?"),
        (
            ("Gaidīšana", "Laukimas", "Waiting", True),
            ("Lēmuma pamatojums", "Sprendimo pagrindimas", "The reason of a decision", False),
            ("Atbilde uz jautājumu", "Atsakymas į klausimą", "The answer to a question", False),
        ),
    ),
    (
        "many",
        ("Kas ir A3 lapā?", "Kas yra A3 lape?", "What stands on an A3 sheet?"),
        (
            ("Problēma", "Problema", "The problem", True),
            ("Pasākumu plāns", "Veiksmų planas", "The plan of actions", True),
            ("Vainīgais", "Kaltininkas", "Who is to blame", False),
        ),
    ),
    (
        "one",
        ("Cik ilgi notiek asaiči?", "Kiek trunka „asaichi“?", "How long is an asaichi?"),
        (
            ("Desmit minūtes", "Dešimt minučių", "Ten minutes", True),
            ("Divas stundas", "Dvi valandas", "Two hours", False),
        ),
    ),
)
CARDS = (
    ("Asaichi katru rītu pie dēļa", "asaichi", "standard", "https://example.org/asaichi"),
    ("Viens iesnieguma paraugs visiem pagastiem", "standard_work", "tried", ""),
    ("5S kopīgajā mapē", "5s", "standard", "https://example.org/5s"),
    ("A3 par parādu piedziņu", "a3", "not_tried", ""),
    ("Karte par atļaujām kopā ar kaimiņu nodaļu", "value_stream", "tried", ""),
    ("Atsisakyti antrosios vizos", "kaizen", "tried", ""),
    ("Lenta su vėluojančiais prašymais", "board", "", ""),
)


def seed(today: date) -> None:
    held = Activity.objects.filter(kind__in=ASKED_ABOUT, until_on__lt=today).exclude(status="cancelled")
    for number, activity in enumerate(held.order_by("from_on", "pk")):
        # one of them with four answers: its figures stay hidden
        answers = 4 if number == 3 else at_most(activity, 9 + number * 7 % 23)
        react(activity, answers=answers, draw=Random(activity.pk))  # noqa: S311
    open_today(held.order_by("-until_on").first(), today)
    trainings = list(held.filter(kind="training").order_by("from_on", "pk"))
    for activity in trainings[:3]:
        test(activity, Random(1000 + activity.pk))  # noqa: S311
        use(activity, Random(2000 + activity.pk))  # noqa: S311
    if trainings:
        hang_cards(trainings[0])


def at_most(activity: Activity, wished: int) -> int:
    """No more answers than people who were there, where the demo knows of at least seven."""
    came = Registration.objects.filter(activity=activity, attendances__isnull=False).distinct().count()
    return min(wished, came) if came >= 7 else wished


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def react(activity: Activity, *, answers: int, draw: Random) -> None:
    opened = ReactionRound.objects.create(
        activity=activity,
        token=marks.new_token(),
        opened_at=at(activity.until_on, 13),
        closed_at=at(activity.until_on, 16),
        is_simulated=True,
    )
    sheets(opened, answers, draw)


def sheets(opened: ReactionRound, answers: int, draw: Random) -> None:
    ReactionSheet.objects.bulk_create(
        ReactionSheet(
            round=opened,
            mark=f"simulated {number}",
            answers={name: draw.choices((5, 4, 3, 2, 1), (40, 35, 15, 7, 3))[0] for name in SCALES},
            words=WORDS[number] if number < len(WORDS) else "",
        )
        for number in range(answers)
    )


def open_today(activity: Activity | None, today: date) -> None:
    """The newest one stays open, so that the wall and the phone can be tried."""
    if activity is None:
        return
    opened = ReactionRound.objects.get(activity=activity)
    opened.closed_at, opened.opened_at, opened.salt = None, at(today, 6), marks.new_salt()
    opened.save()


def test(activity: Activity, draw: Random) -> None:
    quiz = Quiz.objects.create(activity=activity, made_at=at(activity.from_on, 5), is_simulated=True)
    for kind, texts, choices in QUESTIONS:
        quizzes.write_question(
            quiz=quiz,
            written=quizzes.Written(
                kind=kind,
                texts=dict(zip(("lv", "lt", "en"), texts, strict=True)),
                choices=[
                    (dict(zip(("lv", "lt", "en"), one[:3], strict=True)), bool(one[3])) for one in choices
                ],
            ),
        )
    right = {"1": [1], "2": [1, 2], "3": [1]}
    for moment, share, hour in (("before", 0.4, 6), ("after", 0.8, 14)):
        opened = QuizRound.objects.create(
            quiz=quiz,
            moment=moment,
            token=marks.new_token(),
            opened_at=at(activity.from_on, hour),
            closed_at=at(activity.from_on, hour + 1),
        )
        QuizSheet.objects.bulk_create(
            QuizSheet(
                round=opened,
                pair=f"simulated {number}",
                answers={key: chosen for key, chosen in right.items() if draw.random() < share},
            )
            for number in range(at_most(activity, 16 if moment == "before" else 14))
        )


def use(activity: Activity, draw: Random) -> None:
    for months in MONTHS:
        asked_on = after_months(activity.until_on, months)
        opened = UseRound.objects.create(
            activity=activity,
            months=months,
            opened_at=at(asked_on, 6),
            closed_at=at(asked_on + timedelta(days=35), 6),
            is_simulated=True,
        )
        UseSheet.objects.bulk_create(
            UseSheet(
                round=opened,
                mark=f"simulated {number}",
                answers={
                    "use": draw.choices(("regularly", "sometimes", "stopped", "not_yet"), (35, 35, 10, 20))[
                        0
                    ],
                    "hindered": [code for code in ("time", "others", "law") if draw.random() < 0.35],
                },
            )
            for number in range(at_most(activity, 12 if months == 3 else 9))
        )


def hang_cards(activity: Activity) -> None:
    units = Unit.objects.filter(institution__slug__in=["livani", "preili", "utena"], parent__isnull=True)
    chosen = list(units.order_by("institution__slug", "pk"))
    for number, (what, tool, became, evidence) in enumerate(CARDS):
        unit = chosen[number * 3 % len(chosen)]
        by_on = activity.until_on + timedelta(days=30 + 7 * number)
        card = TryCard.objects.create(
            activity=activity,
            unit=unit,
            institution=unit.institution,
            what=what,
            tool=tool,
            by_on=by_on,
            made_on=activity.until_on,
            is_simulated=True,
            idempotency_key=uuid.uuid4(),
        )
        if became:
            why = "Trūka laika pirms gada pārskata." if became == "not_tried" else ""
            TryOutcome.objects.create(
                card=card, became=became, why=why, evidence_url=evidence, said_on=by_on + timedelta(days=5)
            )

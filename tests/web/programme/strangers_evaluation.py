"""What the walk over all addresses has to know of the evaluation."""

import uuid
from datetime import UTC, date, datetime

from straume.web.programme.actions import quizzes, reactions
from straume.web.programme.models import (
    Activity,
    Project,
    QuizQuestion,
    QuizRound,
    ReactionRound,
    TryCard,
    UseRound,
    WorkPackage,
)

NOW = datetime(2018, 6, 6, 15, tzinfo=UTC)
IN_THE_ROOM = "whoever is in the room answers without signing in; names nobody"
COMMON = "figures of the programme are common to the cooperation; fewer than five are not shown"
RUN = "the programme is common to the cooperation; only its coordinators open and close a form (403)"
BY_LETTER = "whoever has the link of a letter answers without signing in; names nobody"
TRAINERS = "written by those who hold trainings, whatever their institution (others: 403)"
PUBLIC = {
    "programme:reaction": IN_THE_ROOM,
    "programme:reaction_thanks": IN_THE_ROOM,
    "programme:quiz_answer": IN_THE_ROOM,
    "programme:use_answer": BY_LETTER,
    "programme:use_thanks": BY_LETTER,
}
NUMBERS = {"question_pk": QuizQuestion, "round_pk": UseRound}
SHARED = {
    "programme:activity_evaluation": COMMON,
    "programme:cycle_evaluation": COMMON,
    "programme:open_reaction": RUN,
    "programme:reaction_room": RUN,
    "programme:reaction_count": RUN,
    "programme:reaction_slips": RUN,
    "programme:close_reaction": RUN,
    "programme:quiz": TRAINERS,
    "programme:new_question": TRAINERS,
    "programme:change_question": TRAINERS,
    "programme:ask_quiz": TRAINERS,
    "programme:close_quiz": TRAINERS,
    "programme:new_try_card": "the form offers the units of one's own institutions alone",
}


def values(name: str) -> list[str]:
    if name == "token":
        return [
            token
            for model in (ReactionRound, QuizRound)
            for token in model.objects.values_list("token", flat=True)
        ]
    return {"moment": ["before"], "link": ["0" * 32]}.get(name, [])


def make_things(*, livani, taxes, alice, bob) -> None:
    project = Project.objects.create(
        code="EVALUATED",
        name="Evaluated",
        from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30),
        stated_total_eur=1,
        stated_eu_eur=1,
    )
    package = WorkPackage.objects.create(project=project, number="1", title="Training")
    activity = Activity.objects.create(
        work_package=package, kind="training", title="Waste", from_on=NOW, until_on=NOW, place="Rēzekne"
    )
    reactions.open_round(activity=activity, way="slip", slips=5, now=NOW)
    quiz = quizzes.quiz_of(activity=activity, now=NOW)
    texts = {"lv": "Kas?", "lt": "Kas?", "en": "What?"}
    written = quizzes.Written(kind="one", texts=texts, choices=[(texts, True), (texts, False)])
    quizzes.write_question(quiz=quiz, written=written)
    quizzes.open_round(quiz=quiz, moment="before", now=NOW)
    UseRound.objects.create(activity=activity, months=3, opened_at=NOW, salt="0" * 8)
    TryCard.objects.create(
        activity=activity,
        unit=taxes,
        institution=livani,
        what="Asaichi",
        tool="asaichi",
        by_on=NOW,
        made_on=NOW,
        idempotency_key=uuid.uuid4(),
    )

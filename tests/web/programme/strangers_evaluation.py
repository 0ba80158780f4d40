"""What the walk over all addresses has to know of the evaluation."""

from datetime import UTC, date, datetime

from straume.web.programme.actions import reactions
from straume.web.programme.models import Activity, Project, ReactionRound, WorkPackage

NOW = datetime(2018, 6, 6, 15, tzinfo=UTC)
IN_THE_ROOM = "whoever is in the room answers without signing in; names nobody"
COMMON = "figures of the programme are common to the cooperation; fewer than five are not shown"
RUN = "the programme is common to the cooperation; only its coordinators open and close a form (403)"
PUBLIC = {"programme:reaction": IN_THE_ROOM, "programme:reaction_thanks": IN_THE_ROOM}
SHARED = {
    "programme:activity_evaluation": COMMON,
    "programme:cycle_evaluation": COMMON,
    "programme:open_reaction": RUN,
    "programme:reaction_room": RUN,
    "programme:reaction_count": RUN,
    "programme:reaction_slips": RUN,
    "programme:close_reaction": RUN,
}


def values(name: str) -> list[str]:
    return list(ReactionRound.objects.values_list("token", flat=True)) if name == "token" else []


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

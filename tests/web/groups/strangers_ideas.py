"""What the walk over all addresses has to know of ideas and boards."""

from datetime import UTC, date, datetime

from straume.web.groups.actions.ideas import hash_of
from straume.web.groups.models import BoardAction, BoardProblem, Escalation, Idea, IdeaBox
from straume.web.places.models import Unit

BOX, FOLLOW = "box-of-the-walk", "link-of-the-walk"
NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)
PUBLIC = {
    "groups:open_idea": "an idea without a name, for whoever has the link or the QR code of the unit",
    "groups:follow_idea": "what became of it, for whoever has its private link",
}
NUMBERS = {"unit_pk": Unit, "board_action_pk": BoardAction, "problem_pk": BoardProblem}


def values(name: str) -> list[str]:
    return [BOX, FOLLOW] if name == "token" and IdeaBox.objects.filter(token=BOX).exists() else []


def make_things(*, livani, taxes, alice, bob) -> None:
    IdeaBox.objects.create(unit=taxes, token=BOX, opened_at=NOW)
    Idea.objects.create(unit=taxes, text="Drukāt mazāk", submitted_at=NOW, tracking_hash=hash_of(FOLLOW))
    problem = BoardProblem.objects.create(unit=taxes, place=1, text="Gaida", opened_on=date(2019, 1, 2))
    Escalation.objects.create(problem=problem, level="institution", raised_at=NOW)
    BoardAction.objects.create(
        unit=taxes, what="Jautāt", owner_post="Vadītājs", due_on=date(2019, 2, 1), agreed_on=date(2019, 1, 2)
    )

"""What the walk over all addresses has to know of candidates and choices."""

from datetime import UTC, date, datetime
from decimal import Decimal

from straume.web.needs.models import Need
from straume.web.programme.models import BudgetLine, Candidate, Choice, Partner, Project, WorkPackage

RUN = "run by the coordinators of the lead bodies: others get 403, test_choosing.py"
READ = "a recorded choice is read by everybody who has a role; one in the making is 404 for others"
SHARED = {
    "programme:choice": READ,
    "programme:choice_weights": READ,
    "programme:candidate": READ,
    **{
        f"programme:{name}": RUN
        for name in (
            "choice_limits",
            "choice_weight",
            "choice_solve",
            "choice_lock",
            "choice_record",
            "delete_choice",
            "change_candidate",
            "delete_candidate",
        )
    },
}
NUMBERS = {"candidate_pk": Candidate, "need_pk": Need}


def make_things(*, livani, taxes, alice, bob) -> None:
    project = Project.objects.create(
        code="CH-1", name="Choosing", programme="Interreg", from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30), stated_total_eur=Decimal(2), stated_eu_eur=Decimal(1),
    )  # fmt: skip
    partner = Partner.objects.create(project=project, institution=livani, part="lead")
    line = BudgetLine.objects.create(
        partner=partner, category="travel", amount_eur=Decimal(2), eu_amount_eur=Decimal(1)
    )
    package = WorkPackage.objects.create(project=project, number="1", title="Trainings")
    Candidate.objects.create(
        work_package=package, kind="training", title="Lean", budget_line=line, cost_eur=Decimal(1), places=1,
        town="Preiļi", earliest_on=date(2018, 1, 1), latest_on=date(2018, 1, 1),
    )  # fmt: skip
    Choice.objects.create(project=project, name="First", made_at=datetime(2018, 1, 1, tzinfo=UTC))

"""What the walk over all addresses has to know of projects, cycles and activities."""

from datetime import UTC, date, datetime, timedelta

from straume.web.needs.models import Need
from straume.web.programme.models import (
    Activity,
    ActivityNeed,
    AgendaItem,
    BudgetLine,
    Cycle,
    Material,
    Partner,
    Project,
    Session,
    Speaker,
    VisitHost,
    VisitStop,
    WorkPackage,
)

COMMON = "the programme is common to the cooperation; who may write in it is tested there"
SHARED = {
    "programme:activity": COMMON,
    "programme:project": COMMON,
    "programme:work_package": COMMON,
    "programme:cycle": COMMON,
    **dict.fromkeys(
        (
            f"programme:{name}"
            for name in (
                "change_activity",
                "copy_activity",
                "delete_activity",
                "move_activity",
                "add_session",
                "change_session",
                "add_agenda_item",
                "change_agenda_item",
                "add_speaker",
                "change_speaker",
                "add_material",
                "material",
                "remove_material",
                "add_activity_need",
                "change_activity_need",
                "choose_for_need",
                "add_host",
                "change_host",
                "add_stop",
                "change_stop",
                "day_programme",
                "change_project",
                "add_partner",
                "change_partner",
                "add_budget_line",
                "change_budget_line",
                "add_work_package",
                "change_work_package",
                "add_cycle",
                "change_cycle",
            )
        ),
        COMMON,
    ),
}
NUMBERS = {
    "session_pk": Session,
    "item_pk": AgendaItem,
    "speaker_pk": Speaker,
    "material_pk": Material,
    "need_link_pk": ActivityNeed,
    "host_pk": VisitHost,
    "stop_pk": VisitStop,
    "partner_pk": Partner,
    "line_pk": BudgetLine,
}
NOW = datetime(2018, 6, 6, 7, tzinfo=UTC)


def make_things(*, livani, taxes, alice, bob) -> None:
    project = Project.objects.create(
        code="LLI-59",
        name="Open leadership",
        from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30),
        stated_total_eur="382667.65",
        stated_eu_eur="325267.50",
    )
    package = WorkPackage.objects.create(project=project, number="1", title="Training")
    cycle = Cycle.objects.create(work_package=package, title="Ten days of lean")
    activity = Activity.objects.create(
        work_package=package,
        cycle=cycle,
        kind="training",
        title="Seeing waste",
        from_on=date(2018, 6, 6),
        until_on=date(2018, 6, 6),
        place="Rēzekne",
        languages=["lv"],
        places=20,
    )
    session = Session.objects.create(
        activity=activity, title="Morning", starts_at=NOW, ends_at=NOW + timedelta(hours=2)
    )
    session.agenda.create(title="Talk", starts="10:00")
    activity.speakers.create(name="Rasa")
    activity.materials.create(title="Slides", language="lv", original_name="a.txt", bytes=1, uploaded_at=NOW)
    need = Need.objects.create(kind="training", title="To see waste", named_on=date(2017, 1, 9))
    ActivityNeed.objects.create(activity=activity, need=need, reason="Asked for")
    activity.visit_hosts.create(name="Jelgava")
    activity.stops.create(on=activity.from_on, starts="10:00", place="Jelgava")
    partner = project.partners.create(institution=livani, part="partner")
    partner.budget_lines.create(category="travel", amount_eur=1, eu_amount_eur=0)

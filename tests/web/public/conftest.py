"""A project that lacks nothing the funder asks for, with an activity that has been announced."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile

from straume.web.places.models import Institution
from straume.web.programme.models import Activity, Partner, Project, ProjectLogo, Session, WorkPackage
from straume.web.public.models import Publicity

NOW = datetime(2019, 1, 15, 10, tzinfo=UTC)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735811b0000000049454e44ae426082"
)


@pytest.fixture
def project(lead_body: Institution) -> Project:
    made = Project.objects.create(
        code="LLI-59", name_lv="Atvērtā līderība", name_lt="Atvira lyderystė", name_en="Open leadership",
        programme_en="Interreg", programme_url="https://example.org/programme", from_on=date(2017, 5, 1),
        until_on=date(2019, 4, 30), stated_total_eur="382667.65", stated_eu_eur="325267.50",
    )  # fmt: skip
    Partner.objects.create(project=made, institution=lead_body, part="lead")
    Publicity.objects.create(
        project=made, eu_url="https://europa.eu/", contact_post="Office", contact_email="office@example.org",
        **{f"co_financing_{code}": f"Paid by the EU ({code})" for code in ("lv", "lt", "en")},
        **{f"disclaimer_{code}": f"Ours, not the EU’s ({code})" for code in ("lv", "lt", "en")},
    )  # fmt: skip
    logo = ProjectLogo(project=made, name="Programme", content_type="image/png", added_at=NOW)
    logo.file.save("logo.png", ContentFile(PIXEL))
    return made


@pytest.fixture
def activity(project: Project) -> Activity:
    package = WorkPackage.objects.create(project=project, number="1", title_en="Conferences")
    made = Activity.objects.create(
        work_package=package, kind="intl_conference", title_en="Final </script> conference",
        title_lv="Noslēguma konference", title_lt="Baigiamoji konferencija", status="announced",
        from_on=date(2019, 3, 28), until_on=date(2019, 3, 28), place="Līvāni", places=100,
        languages=["lv", "lt"],
    )  # fmt: skip
    Session.objects.create(
        activity=made, title_en="Opening", starts_at=datetime(2019, 3, 28, 8, tzinfo=UTC),
        ends_at=datetime(2019, 3, 28, 10, tzinfo=UTC), room="Hall",
    )  # fmt: skip
    return made

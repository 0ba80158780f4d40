"""A working group of people from both countries, with a meeting that was held."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from straume.web.groups.models import AgendaPoint, GroupMember, Meeting, WorkingGroup

NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)


@pytest.fixture
def group(alice, charlie, livani, utena) -> WorkingGroup:
    """alice of Līvāni and charlie of Utena sit in it; bob of Līvāni does not."""
    made = WorkingGroup.objects.create(
        theme="it", name_lv="IT grupa", name_en="IT group", state="active", made_at=NOW
    )
    for person, place, post in ((alice, livani, "IT speciāliste"), (charlie, utena, "IT skyriaus vedėjas")):
        GroupMember.objects.create(
            group=made, person=person, institution=place, post=post, from_on=date(2018, 1, 1)
        )
    return made


@pytest.fixture
def meeting(group) -> Meeting:
    made = Meeting.objects.create(
        group=group, title_lv="Soļi", title_en="Steps", starts_at=NOW, ends_at=NOW.replace(hour=11)
    )
    AgendaPoint.objects.create(meeting=made, place=1, title_lv="Parādi", title_en="Debts")
    AgendaPoint.objects.create(meeting=made, place=2, title_lv="Koki", title_en="Trees")
    return made

"""What the walk over all addresses has to know of the working groups."""

import uuid
from datetime import UTC, date, datetime

from straume.web.groups.models import (
    AgendaPoint,
    Decision,
    GroupAction,
    GroupMember,
    Meeting,
    MinuteClash,
    MinuteText,
    WorkingGroup,
)

COMMON = "working groups are common to the cooperation; who does not write in them is told so"
SHARED = {
    f"groups:{name}": COMMON
    for name in (
        "group", "change_group", "move_group", "add_member", "suggest_members", "change_member",
        "add_meeting", "add_series", "meeting", "change_meeting", "cancel_meeting", "invite",
        "meeting_ics", "swap_turn", "add_point", "change_point", "minutes", "save_minutes",
        "minutes_state", "settle", "minutes_languages", "publish_minutes", "take_back_minutes",
        "add_decision", "change_decision", "add_action",
    )
}  # fmt: skip
NUMBERS = {
    "member_pk": GroupMember,
    "point_pk": AgendaPoint,
    "clash_pk": MinuteClash,
    "decision_pk": Decision,
}
NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)


def make_things(*, livani, taxes, alice, bob) -> None:
    group = WorkingGroup.objects.create(theme="it", name_lv="IT grupa", state="active", made_at=NOW)
    seat = GroupMember.objects.create(group=group, person=alice, institution=livani, from_on=date(2018, 1, 1))
    meeting = Meeting.objects.create(group=group, starts_at=NOW, ends_at=NOW.replace(hour=11))
    point = AgendaPoint.objects.create(meeting=meeting, place=1, title_lv="Soļi")
    text = MinuteText.objects.create(point=point, language="lv", text="Runājām", changed_at=NOW)
    MinuteClash.objects.create(text=text, words="Es arī", key=uuid.uuid4(), written_at=NOW)
    decision = Decision.objects.create(
        group=group, meeting=meeting, number=1, text_lv="Trīs soļi", decided_on=NOW.date()
    )
    GroupAction.objects.create(
        group=group, meeting=meeting, decision=decision, what_lv="Aprakstīt", owner=seat, due_on=NOW.date(),
        made_at=NOW,
    )  # fmt: skip

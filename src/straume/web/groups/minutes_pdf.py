"""Minutes on paper: one language, or a note that the text of a point is missing in it; PDF/UA-1."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from straume.web.groups.minutes_page import points_of, words_of
from straume.web.groups.models import Meeting
from straume.web.groups.rotation import Turn, turns_of
from straume.web.places.registry import foot
from straume.web.reports import render


def minutes_pdf(meeting: Meeting, *, language: str, today: date) -> bytes:
    """The sheet in `language`; names of people do not stand on it, posts and institutions do."""
    with override(language):
        return render.pdf("minutes", values(meeting, language, today), made_on=today.isoformat())


def values(meeting: Meeting, language: str, today: date) -> dict[str, Any]:
    turn = turns_of(meeting.group).get(meeting.pk)
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    published = meeting.standing_minutes()
    place = ", ".join(part for part in (meeting.host.name if meeting.host else "", meeting.room) if part)
    return {
        "lang": language,
        "title": str(meeting),
        "group": str(meeting.group),
        "kind": pgettext("of a meeting", "Minutes") if published else _("Minutes, draft"),
        "simulated": _("Simulated, not real data") if meeting.is_simulated else "",
        "facts": [
            [_("When"), f"{date_format(starts, 'DATE_FORMAT')}, {starts:%H:%M}–{ends:%H:%M}"],
            [_("Where"), place or _("online") if place or meeting.link else "–"],
            *_turn_facts(turn),
        ],
        "points": [
            {
                "title": f"{point.point.place}. {point.point.title}",
                "brought": _brought(point.point),
                "text": words_of(point.point, language).text,
            }
            for point in points_of(meeting)
        ],
        "decisions": [[f"{one.number}.", one.text] for one in meeting.decisions.order_by("number")],
        "actions": [
            [one.what, one.said_owner, date_format(one.due_on, "SHORT_DATE_FORMAT")]
            for one in meeting.actions.select_related("owner__institution", "owner_institution")
        ],
        "words": {
            "missing": _("There is no text in this language."),
            "left_out": _("The group left this language out of the minutes.")
            if language in meeting.left_out
            else "",
            "decisions": _("Decisions"),
            "actions": _("Actions"),
            "action_columns": [_("What is to be done"), _("Owner (post)"), _("By when")],
            "none": _("None."),
        },
        "co_financing": [f"{line.text} {line.url}".strip() for lines in foot for line in lines()],
        "made": _("Made on %(day)s with Straume") % {"day": date_format(today, "DATE_FORMAT")},
    }


def _turn_facts(turn: Turn | None) -> list[list[str]]:
    if turn is None:
        return []
    said = [(_("Chair"), turn.chair), (_("Rapporteur"), turn.rapporteur)]
    return [[label, member.said_post] for label, member in said if member]


def _brought(point: Any) -> str:
    return ", ".join(
        part for part in (point.brought_by, point.institution and point.institution.name) if part
    )

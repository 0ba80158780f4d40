"""Whose turn it is: chair and rapporteur of each meeting by rule, unless somebody swapped.

Chair is who has chaired least often; among those one from the other country than the last chair; among those
who is longest in the group. Rapporteur is found the same way among the others, from the other country than
the chair. Meetings that were cancelled count for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from straume.web.groups.models import GroupMember, Meeting, WorkingGroup


@dataclass(frozen=True)
class Turn:
    chair: GroupMember | None
    rapporteur: GroupMember | None
    is_by_rule: bool = True


def turns_of(group: WorkingGroup) -> Mapping[int, Turn]:
    """Meeting → whose turn it is; in the order of the meetings, each turn counted for the next."""
    members = list(group.members.select_related("person", "institution").order_by("from_on", "pk"))
    meetings = group.meetings.exclude(status=Meeting.Status.CANCELLED)
    return turns(members, list(meetings.order_by("starts_at", "pk")))


def turns(members: Sequence[GroupMember], meetings: Iterable[Meeting]) -> dict[int, Turn]:
    known = {member.pk: member for member in members}
    chaired: Counter[int] = Counter()
    reported: Counter[int] = Counter()
    last_country, found = "", {}
    for meeting in meetings:
        day = timezone.localdate(meeting.starts_at)
        there = [member for member in members if member.takes_turns and _in_force(member, day)]
        chair = known.get(meeting.chair_id or 0)
        rapporteur = known.get(meeting.rapporteur_id or 0)
        by_rule = chair is None and rapporteur is None
        if chair is None:
            others = [member for member in there if member != rapporteur]
            chair = _next(others, chaired, not_from=last_country)
        if rapporteur is None:
            others = [member for member in there if member != chair]
            rapporteur = _next(others, reported, not_from=chair.institution.country if chair else "")
        if chair:
            chaired[chair.pk] += 1
            last_country = chair.institution.country
        if rapporteur:
            reported[rapporteur.pk] += 1
        found[meeting.pk] = Turn(chair, rapporteur, by_rule)
    return found


def _next(members: Sequence[GroupMember], had: Counter[int], *, not_from: str) -> GroupMember | None:
    def order(member: GroupMember) -> tuple[int, bool, date, int]:
        return had[member.pk], member.institution.country == not_from, member.from_on, member.pk

    return min(members, key=order, default=None)


def _in_force(member: GroupMember, day: date) -> bool:
    return member.from_on <= day and (member.until_on is None or day <= member.until_on)

"""Minutes while they are written: saved as one types, by several people, and no words are lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from straume.web.accounts.models import User
from straume.web.groups.models import AgendaPoint, Meeting, MinuteClash, MinutesPublication, MinuteText
from straume.web.groups.rotation import turns_of
from straume.web.places.once import once


@dataclass(frozen=True)
class Saved:
    """The text as it stands now; `clash`: the words came too late and wait beside it."""

    text: MinuteText
    clash: MinuteClash | None = None


def save_text(
    *,
    point: AgendaPoint,
    language: str,
    words: str,
    state: str,
    base: int,
    key: UUID,
    by: User,
    now: datetime,
) -> Saved:
    """Write the text if nobody wrote since version `base`; else keep the words beside it and tell.

    One conditional UPDATE decides. The same key sent again changes nothing more.
    """
    text = text_of(point, language, now)
    written = MinuteText.objects.filter(pk=text.pk, version=base).exclude(last_key=key)
    done = written.update(
        text=words, state=state, version=F("version") + 1, last_key=key, changed_by=by, changed_at=now
    )
    text.refresh_from_db()
    if done or text.last_key == key or text.text == words:
        return Saved(text)
    clash = once(
        lambda: MinuteClash.objects.create(text=text, words=words, key=key, written_by=by, written_at=now),
        lambda: MinuteClash.objects.filter(key=key).first(),
    )
    return Saved(text, clash)


def text_of(point: AgendaPoint, language: str, now: datetime) -> MinuteText:
    """The row of this point in this language; two writers who begin at once get the same one."""
    return once(
        lambda: MinuteText.objects.create(point=point, language=language, changed_at=now),
        lambda: MinuteText.objects.filter(point=point, language=language).first(),
    )


@transaction.atomic
def settle(clash: MinuteClash, *, put_in: bool, key: UUID, by: User, now: datetime) -> None:
    """Put the waiting words at the end of the text, or leave them out; settled once."""
    if not MinuteClash.objects.filter(pk=clash.pk, settled_at__isnull=True).update(settled_at=now):
        return
    if put_in:
        text = MinuteText.objects.select_for_update().get(pk=clash.text_id)
        text.text = f"{text.text.rstrip()}\n{clash.words}".lstrip()
        text.version, text.last_key, text.changed_by, text.changed_at = text.version + 1, key, by, now
        text.save()


@transaction.atomic
def publish(meeting: Meeting, *, by: User, now: datetime) -> MinutesPublication:
    """Open the minutes to everybody with a role; the meeting was held, and who chaired it is kept."""
    turn = turns_of(meeting.group).get(meeting.pk)
    if turn:
        meeting.chair, meeting.rapporteur = turn.chair, turn.rapporteur
    meeting.status = Meeting.Status.HELD
    meeting.save(update_fields=["chair", "rapporteur", "status"])
    return once(
        lambda: MinutesPublication.objects.create(meeting=meeting, published_at=now, published_by=by),
        meeting.standing_minutes,
    )


def take_back(meeting: Meeting, *, reason: str, by: User, now: datetime) -> bool:
    standing = MinutesPublication.objects.filter(meeting=meeting, withdrawn_at__isnull=True)
    return bool(standing.update(withdrawn_at=now, withdrawn_by=by, reason=reason))


def next_place(meeting: Meeting) -> int:
    last = meeting.agenda.order_by("-place").values_list("place", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def move_point(point: AgendaPoint, *, up: bool) -> None:
    """Swap with the neighbour; numbers run from one without gaps."""
    points = list(AgendaPoint.objects.select_for_update().filter(meeting=point.meeting_id))
    index = points.index(point)
    other = index - 1 if up else index + 1
    if 0 <= other < len(points):
        points[index], points[other] = points[other], points[index]
    for place, each in enumerate(points, 1):
        if each.place != place:
            AgendaPoint.objects.filter(pk=each.pk).update(place=place)

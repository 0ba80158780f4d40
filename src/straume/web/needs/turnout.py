"""How many of those asked have answered, by institution; few are not told apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from straume.lean.protect import is_small, shown, shown_parts
from straume.web.needs.models import Wave
from straume.web.places.models import Institution


@dataclass(frozen=True)
class Line:
    """One institution; `answered` is None where fewer than five (or who could be told by subtraction)."""

    institution: Institution
    asked: int
    answered: int | None

    @property
    def share(self) -> float | None:
        return self.answered / self.asked if self.answered is not None and self.asked else None


@dataclass(frozen=True)
class Turned:
    """A wave's turnout: lines by institution and the whole; `by_link` came without a letter."""

    lines: tuple[Line, ...]
    asked: int
    answered: int | None
    by_link: int | None
    is_of_staff: bool  # asked means employed: there were no letters

    @property
    def share(self) -> float | None:
        return self.answered / self.asked if self.answered is not None and self.asked else None

    @property
    def hides_some(self) -> bool:
        return any(line.answered is None for line in self.lines)


def turnout_of(wave: Wave) -> Turned:
    """By letters where there are any, else the sheets of those employed there."""
    asked, answered = _by_letters(wave)
    if any(asked.values()):
        sealed = wave.sealed_sheets.count()
        waiting = wave.invitations.filter(has_answered=True).count()
        # after the closing nobody knows which sheets came by the link
        return _turned(
            asked, answered, by_link=sealed - waiting if not wave.settled_on else 0, is_of_staff=False
        )
    staff = {row.institution_id: row.people for row in wave.staff.all()}
    sheets = Counter({gone.institution_id: gone.sheets for gone in wave.turnout.all()})
    total = wave.sheets.count() + wave.sealed_sheets.count()
    return _turned(staff, sheets, by_link=0, is_of_staff=True, total=total)


def _by_letters(wave: Wave) -> tuple[dict[int, int], Counter[int]]:
    asked: Counter[int] = Counter()
    answered: Counter[int] = Counter()
    for place, has_answered in wave.invitations.values_list("institution", "has_answered"):
        asked[place] += 1
        answered[place] += has_answered
    for gone in wave.turnout.all():
        asked[gone.institution_id] += gone.answered + gone.unanswered
        answered[gone.institution_id] += gone.answered
    return dict(asked), answered


def _turned(
    asked: dict[int, int],
    answered: Counter[int],
    *,
    by_link: int,
    is_of_staff: bool,
    total: int | None = None,
) -> Turned:
    places = sorted(
        Institution.objects.filter(pk__in=asked), key=lambda one: (one.country != "lv", one.country, one.name)
    )
    counts = [answered[one.pk] for one in places]
    parts = shown_parts([*counts, max(0, (total or 0) - sum(counts))])[: len(places)]
    lines = tuple(Line(one, asked[one.pk], part) for one, part in zip(places, parts, strict=True))
    whole = sum(counts) if total is None else total
    return Turned(
        lines=lines,
        asked=sum(asked.values()),
        answered=shown(whole),
        by_link=None if is_small(by_link) else by_link,
        is_of_staff=is_of_staff,
    )

"""The thread: need → activity → who took part → study → what was agreed → practice card → adoption.

Apps register the kinds of things that lie on the thread (`strands`) and what ties two kinds together
(`ties`): the higher of the two apps holds the tie, places knows neither. `walk` goes onward through
all that came of a thing, and back through all that led to it. What one may not see is walked
through, not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from straume.web.places.permissions import Person
from straume.web.places.registry import Action, Cell, Registry, Section, Text

Pairs = Iterable[tuple[int, int]]  # (earlier, later)
AT_MOST = 200  # things of one kind on a page
ON_PAGE = 12  # neighbours in a section


@dataclass(frozen=True)
class Knot:
    """One thing on the thread, as far as the person may see it."""

    kind: str
    pk: int
    title: Text
    url: str = ""
    on: date | None = None
    note: Text = ""
    badge: Text = ""

    @property
    def walk_url(self) -> str:
        return reverse("thread", args=[self.kind, self.pk])


@dataclass(frozen=True)
class Strand:
    """A kind of thing on the thread; `none_yet` says what to do where nothing of it has come yet."""

    code: str
    label: Text
    knots: Callable[[Collection[int], Person, date], Iterable[Knot]]
    none_yet: Text = ""


@dataclass(frozen=True)
class Tie:
    """What joins an earlier kind to a later one; the functions take keys of one end and give pairs."""

    earlier: str
    later: str
    onward: Callable[[Collection[int]], Pairs]
    back: Callable[[Collection[int]], Pairs]


# in the order in which they come
strands: Registry[Strand] = Registry()
ties: Registry[Tie] = Registry()


def tie_by(model: type[Model], *, earlier: tuple[str, str], later: tuple[str, str], **conditions: Any) -> Tie:
    """The tie that rows of `model` make: each end as (kind, path to its key)."""

    def pairs(path: str) -> Callable[[Collection[int]], Pairs]:
        def of(keys: Collection[int]) -> Pairs:
            rows = model._default_manager.filter(**{f"{path}__in": keys}, **conditions)
            ends = (f"{earlier[1]}__isnull", f"{later[1]}__isnull")
            found = rows.exclude(**{ends[0]: True}).exclude(**{ends[1]: True})
            return list(found.order_by("pk").values_list(earlier[1], later[1]))

        return of

    return Tie(earlier[0], later[0], onward=pairs(earlier[1]), back=pairs(later[1]))


@dataclass(frozen=True)
class Stage:
    """All things of one kind that a walk met."""

    strand: Strand
    knots: Sequence[Knot]
    is_here: bool = False
    more: int = 0  # left off the page


@dataclass(frozen=True)
class Walk:
    here: Knot
    before: Sequence[Stage]
    after: Sequence[Stage]


def walk(kind: str, pk: int, *, person: Person, today: date) -> Walk | None:
    """The whole thread through one thing, or None where the person may not see it."""
    here = knot(kind, pk, person=person, today=today)
    if here is None:
        return None
    order = [name for name, _strand in strands.named()]
    back = reached(kind, pk, onward=False)
    onward = reached(kind, pk, onward=True)
    place = order.index(kind)
    return Walk(
        here=here,
        before=[stage(name, back.get(name, ()), person, today) for name in order[:place] if name in back],
        after=[
            stage(name, onward.get(name, ()), person, today)
            for name in order[place:]
            if name in onward or (name != kind and strand_of(name).none_yet)
        ],
    )


def reached(kind: str, pk: int, *, onward: bool) -> dict[str, list[int]]:
    """Keys of all that can be reached in one direction, by kind, in the order in which they were met."""
    found: dict[str, dict[int, None]] = {}
    met = {(kind, pk)}
    front: dict[str, list[int]] = {kind: [pk]}
    while front:
        following: dict[str, list[int]] = {}
        for tie in ties:
            near, far = (tie.earlier, tie.later) if onward else (tie.later, tie.earlier)
            if near not in front:
                continue
            pairs = (tie.onward if onward else tie.back)(front[near])
            for earlier, later in pairs:
                key = later if onward else earlier
                if (far, key) not in met:
                    met.add((far, key))
                    found.setdefault(far, {})[key] = None
                    following.setdefault(far, []).append(key)
        front = following
    return {name: list(keys) for name, keys in found.items()}


def neighbours(kind: str, pk: int, *, person: Person, today: date, onward: bool) -> list[Knot]:
    """What is tied to it directly, in one direction."""
    found: list[Knot] = []
    for tie in ties:
        near, far = (tie.earlier, tie.later) if onward else (tie.later, tie.earlier)
        if near == kind:
            pairs = (tie.onward if onward else tie.back)([pk])
            keys = dict.fromkeys(later if onward else earlier for earlier, later in pairs)
            found += strand_of(far).knots(list(keys), person, today) if keys else []
    return found


def section(kind: str, pk: int, *, person: Person, today: date) -> Section:
    """For the page of a thing: what it came of, what came of it, and the way to the whole thread."""
    back = neighbours(kind, pk, person=person, today=today, onward=False)
    onward = neighbours(kind, pk, person=person, today=today, onward=True)
    rows = [_row(_("Because of"), one) for one in back[:ON_PAGE]]
    rows += [_row(_("Led to"), one) for one in onward[:ON_PAGE]]
    return Section(
        code="thread",
        title=_("Where this comes from and what came of it"),
        columns=[_("Direction"), _("Kind"), _("What")],
        rows=rows,
        empty=_("Nothing is tied to it yet."),
        action=Action(_("Walk the whole thread"), reverse("thread", args=[kind, pk])) if rows else None,
    )


def knot(kind: str, pk: int, *, person: Person, today: date) -> Knot | None:
    known = dict(strands.named())
    return next(iter(known[kind].knots([pk], person, today)), None) if kind in known else None


def stage(name: str, keys: Collection[int], person: Person, today: date) -> Stage:
    shown = list(strand_of(name).knots(list(keys), person, today)) if keys else []
    shown.sort(key=lambda one: (one.on is None, one.on or date.min))
    return Stage(strand_of(name), shown[:AT_MOST], more=max(0, len(shown) - AT_MOST))


def strand_of(name: str) -> Strand:
    return dict(strands.named())[name]


def _row(direction: str, one: Knot) -> list[Cell]:
    return [
        Cell(direction),
        Cell(str(strand_of(one.kind).label)),
        Cell(one.title, one.url, badge=one.badge),
    ]

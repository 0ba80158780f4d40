"""Where higher apps say what they add to pages below them: unit page, coverage, search, home, hand-over.

An app registers its functions in `AppConfig.ready()`; the pages call them in the order of their `order`. So a
unit's page shows its services and its assessments, and places imports neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from straume.web.accounts.models import User
    from straume.web.places.models import Institution, Unit
    from straume.web.places.permissions import Person

Text = str | Lazy


@dataclass(frozen=True)
class Cell:
    """One cell of a table: words, where they lead, and whether they are a number (aligned to the end)."""

    text: Text
    url: str = ""
    is_number: bool = False
    badge: Text = ""  # for instance "simulated"


def simulated_badge(is_simulated: bool) -> str:
    """The badge of a cell whose record or figure is made up; none if it is not."""
    return _("simulated") if is_simulated else ""


@dataclass(frozen=True)
class Action:
    """A link that begins something, such as "New assessment"."""

    label: Text
    url: str


@dataclass(frozen=True)
class Section:
    """A titled table on somebody else's page; without rows the sentence `empty` stands there."""

    code: str  # id on the page
    title: Text
    columns: Sequence[Text] = ()
    rows: Sequence[Sequence[Cell]] = ()
    empty: Text = ""
    action: Action | None = None

    def head(self) -> list[tuple[Text, bool]]:
        """Each column's word, and whether numbers stand below it."""
        first = self.rows[0] if self.rows else []
        return [(c, n < len(first) and first[n].is_number) for n, c in enumerate(self.columns)]

    def labelled_rows(self) -> list[list[tuple[Text, Cell]]]:
        """Each cell with its column's word: on a phone the table is told line by line."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Evaluated:
    """What has been evaluated in a unit."""

    studies: int
    last_on: date | None
    url: str = ""


@dataclass(frozen=True)
class Hit:
    """One thing found by search."""

    title: Text
    url: str
    kind: Text
    where: Text = ""  # institution or unit


@dataclass(frozen=True)
class Belonging:
    """Something a person owns in an institution, which goes over to somebody else when they leave."""

    kind: str  # code, such as "study"
    kind_label: Text
    title: Text
    url: str = ""


@dataclass(frozen=True)
class MenuItem:
    """A word in the main menu; `shown` decides for whom."""

    label: Text
    url_name: str
    section: str  # a page says `nav = section` in its context to mark the word
    shown: Callable[[Person, date], bool] = field(default=lambda person, today: person.is_authenticated)


F = TypeVar("F")


class Registry(Generic[F]):
    """An ordered list of functions, each each under its name (a second `register` replaces it)."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[int, F]] = {}

    def register(self, name: str, function: F, *, order: int = 100) -> None:
        self._entries[name] = (order, function)

    def __iter__(self) -> Any:
        return iter([function for _name, function in self.named()])

    def named(self) -> list[tuple[str, F]]:
        """Each with its name, in order."""
        entries = sorted(self._entries.items(), key=lambda entry: entry[1][0])
        return [(name, function) for name, (_order, function) in entries]


@dataclass(frozen=True)
class Handing:
    """How one kind of belonging is listed and handed over; `hand_over` runs in the caller's transaction."""

    owned: Callable[[User, Institution], Iterable[Belonging]]
    hand_over: Callable[[User, User, Institution], int]  # from, to, where → how many went over


# (unit, person, today) → the section of the unit page, or None
unit_sections: Registry[Callable[[Unit, Person, date], Section | None]] = Registry()
# (institution, person, today) → a section of the institution page, or None
institution_sections: Registry[Callable[[Institution, Person, date], Section | None]] = Registry()
# (unit ids, today) → unit id → what has been evaluated there; for the coverage page
evaluations: Registry[Callable[[Sequence[int], date], Mapping[int, Evaluated]]] = Registry()
# (person, today) → a section of the signed-in first screen, or None
home_sections: Registry[Callable[[Person, date], Section | None]] = Registry()
# (words, person, today, at most) → what was found among all that the person may see
searches: Registry[Callable[[str, Person, date, int], Iterable[Hit]]] = Registry()
# what a leaver owned
belongings: Registry[Handing] = Registry()
# (person, today) → what is kept about them in this app, for "what is kept about me"
kept_about: Registry[Callable[[User, date], Section | None]] = Registry()
menu: Registry[MenuItem] = Registry()


@dataclass(frozen=True)
class SubmenuItem:
    """A word below the main menu, on the pages that say `nav = nav`; `subnav = code` marks it."""

    label: Text
    url_name: str
    nav: str
    code: str
    shown: Callable[[Person, date], bool] = field(default=lambda person, today: person.is_authenticated)
    family: str = ""  # code of the word in whose place it stands in the bar; then they are tabs of each other

    @property
    def head(self) -> str:
        return self.family or self.code


submenu: Registry[SubmenuItem] = Registry()


@dataclass(frozen=True)
class Duty:
    """Work that is due again and again without anybody asking; safe to run twice (places/duties.py)."""

    every: timedelta
    run: Callable[[datetime], int]  # now → how many things were done


duties: Registry[Duty] = Registry()


@dataclass(frozen=True)
class FootLine:
    """A sentence at the foot of every page, such as who pays for a project."""

    text: Text
    url: str = ""
    link: Text = ""


@dataclass(frozen=True)
class FootLink:
    """A page of our own that stands at the foot of every page."""

    label: Text
    url_name: str


foot_links: Registry[FootLink] = Registry()
# () → lines at the foot of every page
foot: Registry[Callable[[], Iterable[FootLine]]] = Registry()

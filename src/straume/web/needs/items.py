"""The one reader and checker of `QuestionnaireVersion.items`.

`read(items=version.items)` gives frozen records and raises `ItemsError` with a sentence for each thing that
is wrong; nobody else looks into the JSON. The format: docs/decisions/0080-needs.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from straume.web.needs import relevance
from straume.web.needs.relevance import Relevance

LANGUAGES = ("lv", "lt", "en")
FALLBACK = ("en", "lv", "lt")
TYPES = {
    "one": pgettext_lazy("question", "choose one"),
    "many": pgettext_lazy("question", "choose several"),
    "scale": pgettext_lazy("question", "scale"),
    "matrix": pgettext_lazy("question", "matrix: rows on one scale"),
    "rank": pgettext_lazy("question", "put in order"),
    "number": pgettext_lazy("question", "number"),
    "text": pgettext_lazy("question", "text"),
    "note": pgettext_lazy("question", "note, nothing is asked"),
}
WITH_CHOICES = frozenset({"one", "many", "scale", "matrix", "rank"})
MEASURES = ("importance", "present")
NEED_KINDS = ("problem", "training")
STRATA = ("unit_kind", "role")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
MOST_ITEMS, MOST_CHOICES, MOST_ROWS, LONGEST_LABEL = 150, 60, 40, 1000
KEYS = frozenset(
    {"name", "type", "label", "hint", "required", "relevant", "choices", "rows"}
    | {"measures", "topic", "need_kind", "stratum", "long", "starts_page"}
)

Text = Mapping[str, str]  # language → words


class ItemsError(ValueError):
    """What is wrong with a list of items, a sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Choice:
    """A choice, or a row of a matrix; `value` is what a scale counts with."""

    name: str
    label: Text
    value: float | None = None

    def said(self, language: str | None = None) -> str:
        return said(self.label, language)


@dataclass(frozen=True)
class Item:
    """One question, or a note."""

    name: str
    type: str
    label: Text
    hint: Text = field(default_factory=dict)
    required: bool = False
    relevant: str = ""
    rule: Relevance | None = None
    choices: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    measures: str = ""  # importance, present: how much its topics matter, how well they are now
    topic: str = ""  # of a scale that measures; a matrix has its rows' names
    need_kind: str = ""  # problem, training
    stratum: str = ""  # unit_kind, role: the answer says where the person works
    long: bool = False  # a text of several lines
    starts_page: bool = False  # a note that heads a new page

    def said(self, language: str | None = None) -> str:
        return said(self.label, language)

    def hint_said(self, language: str | None = None) -> str:
        return said(self.hint, language)

    @property
    def topics(self) -> tuple[str, ...]:
        """What it measures: the names of a matrix's rows, or the topic of a scale."""
        if not self.measures:
            return ()
        return tuple(row.name for row in self.rows) if self.type == "matrix" else (self.topic,)

    def choice(self, name: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.name == name), None)

    def row(self, name: str) -> Choice | None:
        return next((row for row in self.rows if row.name == name), None)


def said(text: Text, language: str | None = None) -> str:
    """The words in the language asked for, else in one that has them."""
    wanted = (language or get_language() or "en")[:2]
    return next((text[code] for code in (wanted, *FALLBACK) if text.get(code)), "")


def read(*, items: Any) -> tuple[Item, ...]:
    """The records of a version's items. Raises ItemsError with all that is wrong."""
    if not isinstance(items, list):
        raise ItemsError([_("The questions are not a list.")])
    reader = _Reader()
    found = [reader.item(number, raw) for number, raw in enumerate(items, 1)]
    if len(items) > MOST_ITEMS:
        reader.problems.append(_("A questionnaire has at most %(most)s questions.") % {"most": MOST_ITEMS})
    known = [item for item in found if item is not None]
    reader.problems += _problems_among(known)
    if reader.problems:
        raise ItemsError(reader.problems)
    return tuple(known)


def asked(*, items: Sequence[Item], answers: Mapping[str, Any]) -> tuple[Item, ...]:
    """The items that these answers lead to; what is not asked counts as not answered for those after it."""
    shown: list[Item] = []
    seen: dict[str, Any] = {}
    for item in items:
        if item.rule is None or item.rule.holds(seen):
            shown.append(item)
            if item.name in answers:
                seen[item.name] = answers[item.name]
    return tuple(shown)


def ask_the_same(first: Sequence[Item], second: Sequence[Item]) -> bool:
    """Whether answers to both can be compared: the same but for the words."""
    return _shape(first) == _shape(second)


def _shape(items: Sequence[Item]) -> list[tuple[Any, ...]]:
    return [
        (
            item.name,
            item.type,
            tuple((choice.name, choice.value) for choice in item.choices),
            tuple(row.name for row in item.rows),
            (item.measures, item.topic, item.need_kind, item.stratum),
        )
        for item in items
        if item.type != "note"
    ]


class _Reader:
    """Reads items one by one and gathers what is wrong."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.where = ""

    def item(self, number: int, raw: Any) -> Item | None:
        self.where = _("Question %(number)s") % {"number": number}
        if not isinstance(raw, Mapping):
            self.wrong(_("it is not a record."))
            return None
        name = self.name(raw.get("name"))
        self.where = _("Question %(number)s (%(name)s)") % {"number": number, "name": name or "?"}
        if unknown := sorted(set(raw) - KEYS):
            self.wrong(_("“%(key)s” is not known here.") % {"key": unknown[0]})
        kind = self.one_of(raw, "type", TYPES)
        item = Item(
            name=name,
            type=kind,
            label=self.text(raw.get("label"), needed=True),
            hint=self.text(raw.get("hint")),
            required=bool(raw.get("required")) and kind != "note",
            relevant=str(raw.get("relevant") or "").strip(),
            rule=self.rule(raw.get("relevant")),
            choices=self.choices(raw.get("choices"), MOST_CHOICES),
            rows=self.choices(raw.get("rows"), MOST_ROWS),
            measures=self.one_of(raw, "measures", MEASURES),
            topic=str(raw.get("topic") or "").strip(),
            need_kind=self.one_of(raw, "need_kind", NEED_KINDS),
            stratum=self.one_of(raw, "stratum", STRATA),
            long=bool(raw.get("long")),
            starts_page=bool(raw.get("starts_page")),
        )
        self.fits(item)
        return item

    def fits(self, item: Item) -> None:
        """What belongs together within one question."""
        if item.type in WITH_CHOICES and len(item.choices) < 2:
            self.wrong(_("it needs at least two choices."))
        if item.type in TYPES and item.type not in WITH_CHOICES and item.choices:
            self.wrong(_("this type of question has no choices."))
        if item.type == "matrix" and not item.rows:
            self.wrong(_("a matrix needs at least one row."))
        if item.type != "matrix" and item.rows:
            self.wrong(_("only a matrix has rows."))
        if item.measures and item.type not in ("scale", "matrix"):
            self.wrong(_("only a scale or a matrix measures importance or the present state."))
        if item.measures and any(choice.value is None for choice in item.choices):
            self.wrong(_("each choice of what measures needs a number as its value."))
        if item.measures and item.type == "scale" and not item.topic:
            self.wrong(_("a scale that measures names its topic."))
        if item.stratum and item.type != "one":
            self.wrong(_("only “choose one” can say the kind of unit or the role."))

    def name(self, raw: Any) -> str:
        name = str(raw or "").strip()
        if not NAME.fullmatch(name):
            self.wrong(
                _("the name “%(name)s” must begin with a letter and hold letters, digits and _ only.")
                % {"name": name}
            )
        return name

    def one_of(self, raw: Mapping[str, Any], key: str, known: Iterable[str]) -> str:
        said_there = str(raw.get(key) or "")
        if said_there not in known and (said_there or key == "type"):
            self.wrong(
                _("“%(value)s” is not a value of “%(key)s”. Known are: %(known)s.")
                % {"value": said_there, "key": key, "known": ", ".join(known)}
            )
        return said_there

    def text(self, raw: Any, *, needed: bool = False) -> dict[str, str]:
        if raw is None:
            raw = {}
        if not isinstance(raw, Mapping) or not all(isinstance(words, str) for words in raw.values()):
            self.wrong(_("its words are not given by language."))
            return {}
        if strange := sorted(set(raw) - set(LANGUAGES)):
            self.wrong(_("the language “%(code)s” is not lv, lt or en.") % {"code": strange[0]})
        words = {code: raw[code].strip() for code in LANGUAGES if raw.get(code, "").strip()}
        if needed and not words:
            self.wrong(_("it has no words in any language."))
        if any(len(one) > LONGEST_LABEL for one in words.values()):
            self.wrong(_("its words are longer than %(most)s letters.") % {"most": LONGEST_LABEL})
        return words

    def choices(self, raw: Any, most: int) -> tuple[Choice, ...]:
        if raw is None:
            return ()
        if not isinstance(raw, list) or not all(isinstance(one, Mapping) for one in raw):
            self.wrong(_("its choices or rows are not a list."))
            return ()
        if len(raw) > most:
            self.wrong(_("it has more than %(most)s choices or rows.") % {"most": most})
        found = tuple(
            Choice(
                self.choice_name(one.get("name")),
                self.text(one.get("label"), needed=True),
                self.value(one.get("value")),
            )
            for one in raw
        )
        for name in _twice(choice.name for choice in found):
            self.wrong(_("the choice or row “%(name)s” is there twice.") % {"name": name})
        return found

    def choice_name(self, raw: Any) -> str:
        name = str("" if raw is None else raw).strip()
        if not re.fullmatch(r"[\w.-]{1,40}", name):
            self.wrong(
                _("the choice’s name “%(name)s” must be one word of at most 40 letters.") % {"name": name}
            )
        return name

    def value(self, raw: Any) -> float | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            self.wrong(_("the value “%(value)s” is not a number.") % {"value": raw})
            return None
        return raw

    def rule(self, raw: Any) -> Relevance | None:
        if not str(raw or "").strip():
            return None
        try:
            return relevance.read(str(raw))
        except relevance.NotUnderstood as trouble:
            self.wrong(str(trouble))
            return None

    def wrong(self, sentence: str) -> None:
        self.problems.append(_("%(where)s: %(sentence)s") % {"where": self.where, "sentence": sentence})


def _problems_among(items: Sequence[Item]) -> list[str]:
    """What is wrong between questions: names twice, rules about what comes later, two of one stratum."""
    problems = [
        _("Two questions are called “%(name)s”.") % {"name": name}
        for name in _twice(item.name for item in items if item.name)
    ]
    earlier: dict[str, Item] = {}
    for item in items:
        for name in sorted(item.rule.names if item.rule else ()):
            before = earlier.get(name)
            if before is None or before.type == "note":
                problems.append(
                    _("Question “%(item)s”: its rule asks for “%(name)s”, which is not asked before it.")
                    % {"item": item.name, "name": name}
                )
            elif before.type == "matrix":
                problems.append(
                    _("Question “%(item)s”: a rule cannot ask for a matrix (“%(name)s”).")
                    % {"item": item.name, "name": name}
                )
        earlier.setdefault(item.name, item)
    for stratum in _twice(item.stratum for item in items if item.stratum):
        problems.append(_("Two questions say “%(stratum)s”.") % {"stratum": stratum})
    for measures, topic in _twice((item.measures, topic) for item in items for topic in item.topics):
        problems.append(
            _("The topic “%(topic)s” is measured twice (%(measures)s).")
            % {"topic": topic, "measures": measures}
        )
    return problems


def _twice(names: Iterable[Any]) -> list[Any]:
    seen: set[Any] = set()
    again: list[Any] = []
    for name in names:
        if name in seen and name not in again:
            again.append(name)
        seen.add(name)
    return again

"""What a file would create and change. What a file does not mention stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy, pgettext_lazy

from straume.web.places.models.institutions import Country
from straume.web.services.rdf.described import PLAIN, Channel, Event, Output, Service, Texts
from straume.web.services.vocabulary import ChannelKind, Clock, Cofog, EventKind, OutputKind, Status, Theme

T = TypeVar("T")
TEXTS = ("name", "description", "keywords")
PARTS = ("laws", "channels", "costs", "evidence", "outputs", "events")
LABELS = {
    "name": pgettext_lazy("service", "Name"),
    "description": gettext_lazy("What it is for"),
    "keywords": gettext_lazy("Keywords"),
    "theme": gettext_lazy("Thematic area"),
    "cofog": gettext_lazy("Function of government"),
    "status": gettext_lazy("Status"),
    "processing_time": gettext_lazy("Usual time"),
    "lv_catalogue_id": gettext_lazy("Number in Latvia’s service catalogue"),
    "lt_pasis_id": gettext_lazy("Number in Lithuania’s PASIS"),
    "deadline_days": gettext_lazy("Legal deadline in days"),
    "deadline_clock": gettext_lazy("The deadline counts"),
    "source_uri": gettext_lazy("Address in the file"),
    "laws": gettext_lazy("Legal basis"),
    "channels": gettext_lazy("Channels"),
    "costs": gettext_lazy("Costs"),
    "evidence": gettext_lazy("What the client hands in"),
    "outputs": gettext_lazy("What the client gets"),
    "events": gettext_lazy("Life events"),
    "authorities": gettext_lazy("Authorities"),
    "deadlines": gettext_lazy("Deadlines of countries"),
}

CHOICES: dict[str, Any] = {
    "theme": Theme,
    "cofog": Cofog,
    "status": Status,
    "deadline_clock": Clock,
    "clock": Clock,
    "country": Country,
    "channel_kind": ChannelKind,
    "output_kind": OutputKind,
    "event_kind": EventKind,
}
KIND_OF: dict[type, str] = {Channel: "channel_kind", Output: "output_kind", Event: "event_kind"}


@dataclass(frozen=True)
class Change:
    """One thing that would be different: which, what it is now ("" if nothing), what it would be."""

    label: Any
    before: str
    after: str


def merged(held: Service, given: Service) -> Service:
    """What we hold, with what the file says put over it. The address of a service stays as we have it."""
    values: dict[str, Any] = {
        name: getattr(given, name) for name in PLAIN if getattr(given, name) not in ("", None)
    }
    if "theme" in values and given.theme == "other" and held.theme:
        del values["theme"]
    for name in TEXTS:
        values[name] = _texts(getattr(held, name), getattr(given, name))
    for name in PARTS:
        values[name] = _parts(getattr(held, name), getattr(given, name))
    values["deadlines"] = _by_key(held.deadlines, given.deadlines, key=lambda one: one.country)
    named_here = [one for one in given.authorities if not one.slug]
    values["authorities"] = _by_key(
        held.authorities, named_here, key=lambda one: one.slug or one.uri or str(one.name)
    )
    return replace(held, **values)


def changes(held: Service | None, wanted: Service) -> list[Change]:
    """Everything that would be written, in the order of the description."""
    found = []
    for field in fields(Service):
        if field.name == "identifier":
            continue
        before = getattr(held, field.name) if held else None
        after = getattr(wanted, field.name)
        if field.name in TEXTS:
            found += _text_changes(field.name, before or {}, after)
        elif isinstance(after, tuple):
            found += _part_changes(field.name, before or (), after)
        elif after not in ("", None) and before != after:
            found.append(Change(LABELS[field.name], worded(field.name, before), worded(field.name, after)))
    return found


def _texts(held: Texts, given: Texts) -> Texts:
    both = {**held, **given}
    return {lang: both[lang] for lang in ("lv", "lt", "en") if lang in both}


def _parts(held: Sequence[Any], given: Sequence[Any]) -> tuple[Any, ...]:
    known = {one.identifier: one for one in held}
    put_over = [_part(known.get(one.identifier), one) for one in given]
    return _by_key(held, put_over, key=lambda one: one.identifier)


def _part(held: Any, given: Any) -> Any:
    """A part of the file, its texts put over those that we hold."""
    if held is None:
        return given
    texts = {
        field.name: _texts(getattr(held, field.name), getattr(given, field.name))
        for field in fields(given)
        if isinstance(getattr(given, field.name), dict)
    }
    return replace(given, **texts)


def _by_key(held: Iterable[T], given: Iterable[T], *, key: Callable[[T], str]) -> tuple[T, ...]:
    both = {key(one): one for one in held}
    both.update({key(one): one for one in given})
    return tuple(both.values())


def _text_changes(name: str, before: Texts, after: Texts) -> list[Change]:
    return [
        Change(f"{LABELS[name]} ({lang})", before.get(lang, ""), text)
        for lang, text in after.items()
        if before.get(lang, "") != text
    ]


def _part_changes(name: str, before: Sequence[Any], after: Sequence[Any]) -> list[Change]:
    known = {_key(one): one for one in before}
    return [
        Change(LABELS[name], said(known[_key(one)]) if _key(one) in known else "", said(one))
        for one in after
        if known.get(_key(one)) != one and not getattr(one, "slug", "")
    ]


def _key(part: Any) -> str:
    return str(getattr(part, "identifier", "") or getattr(part, "country", "") or getattr(part, "uri", part))


def worded(name: str, value: Any) -> str:
    """A value as the pages say it: a code by its words."""
    if value in ("", None):
        return ""
    return str(CHOICES[name](value).label) if name in CHOICES else str(value)


def said(part: Any) -> str:
    """A part in one line: all that is written of it, its identifier last."""
    shown = []
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name == "identifier" or value in ("", None, False, {}):
            continue
        name = KIND_OF.get(type(part), "") if field.name == "kind" else field.name
        shown.append(" / ".join(value.values()) if isinstance(value, dict) else worded(name, value))
    return " · ".join(shown) or str(getattr(part, "identifier", ""))

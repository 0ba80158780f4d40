"""Every address of the house with things behind it: what the walks of strangers and of the browser share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

APPS = ("services", "needs", "programme", "groups", "studies", "public")


def told(path: Path) -> Any:
    """A module of an app's tests, by its path: two of them may have the same name."""
    spec = spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def apps_in_order(path: Path) -> tuple[int, str]:
    """Lower apps first: the things of higher ones stand on theirs."""
    return APPS.index(path.parent.name), path.stem


def gathered(name: str) -> dict[str, Any]:
    return {key: value for one in TOLD for key, value in getattr(one, name, {}).items()}


# what the apps tell of themselves: tests/web/<app>/strangers*.py, with any of
#   PUBLIC, SHARED, NUMBERS as below; values(name); make_things(livani=, taxes=, alice=, bob=); MET_ELSEWHERE
TOLD = [told(path) for path in sorted(Path(__file__).parent.glob("*/strangers*.py"), key=apps_in_order)]
# numbers that name one kind of thing; any other number is tried with every thing there is
NUMBERS: dict[str, type[Model]] = gathered("NUMBERS")
WORDS = {"slug": "livani", "lang": "lv", "kind": "csv", "size": "a3", "filetype": "svg", "name": "steps"}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


def walk(patterns=None, route: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(name, route) of every address."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = route + plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry.url_patterns, here, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", here


def plain(pattern: str) -> str:
    """A regular expression written as a path: numbers as <int:name>, of alternatives the first."""

    def parameter(found: re.Match[str]) -> str:
        return f"<int:{found[1]}>" if r"\d" in found[2] else found[2].split("|")[0]

    return re.sub(r"\(\?P<(\w+)>([^)]*)\)", parameter, pattern).strip("^$").replace("\\.", ".")


def addresses(route: str, name: str) -> Iterator[str]:
    """The route with its parameters filled in by what the things of the test have.

    Numbers are looked up: PostgreSQL gives none twice, and a test that commits leaves SQLite's counters up.
    """
    app = name.rpartition(":")[0]
    names = [name for _kind, name in PARAMETER.findall(route)]
    for values in product(*(values_of(name, kind, app) for kind, name in PARAMETER.findall(route))):
        given = dict(zip(names, values, strict=True))
        yield "/" + "".join(filled(piece, given) for piece in re.split(r"(<[^>]+>)", route))


def filled(piece: str, given: dict[str, str]) -> str:
    found = PARAMETER.fullmatch(piece)
    return given[found[2]] if found else piece


def values_of(name: str, kind: str, app: str) -> list[str]:
    if kind == "int":
        return [str(pk) for pk in sorted(numbers_of(name, app))]
    found = [value for one in TOLD if hasattr(one, "values") for value in one.values(name)]
    if found:
        return found
    return [WORDS.get(name, "00000000-0000-4000-8000-000000000000" if kind == "uuid" else "livani")]


@cache
def numbers_of(name: str, app: str) -> set[int]:
    """Keys of the things that a number may name: of the address's own app, unless it is told otherwise."""
    homes = tuple(f"straume.web.{home}." for home in ([app] if app else ["accounts", "places"]))
    ours = [model for model in apps.get_models() if model.__module__.startswith(homes)]
    models = [NUMBERS[name]] if name in NUMBERS else ours
    keys = (pk for model in models for pk in model._default_manager.values_list("pk", flat=True))
    return {pk for pk in keys if isinstance(pk, int)}


def make_things(**people_and_places: Any) -> None:
    """One of each kind that an address can name."""
    numbers_of.cache_clear()
    people_and_places["taxes"].posts.create(title="Speciālists", fte=1)
    for one in TOLD:
        if hasattr(one, "make_things"):
            one.make_things(**people_and_places)

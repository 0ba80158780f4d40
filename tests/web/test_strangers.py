"""Every address of the house, walked by nobody, by a stranger and by a colleague; new apps are walked too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role, Unit

pytestmark = pytest.mark.django_db
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
# open to people who are not signed in, each with its reason
PUBLIC: dict[str, str] = {
    "home": "the first screen",
    "language": "the language switch",
    "account_request_login_code": "the way in",
    "account_inactive": "tells why somebody cannot come in",
    "account_logout": "leads to the first screen",
    "mfa_login_webauthn": "the challenge for a passkey",
    "demo:roles": "exists in the demo alone",
    "demo:mail": "exists in the demo alone",
    "demo:sign_in": "exists in the demo alone",
} | gathered("PUBLIC")
# with a parameter, yet open to everybody who is signed in and has a role somewhere
SHARED: dict[str, str] = {
    "mfa_remove_webauthn": "one's own key; looked up among one's own",
    "mfa_edit_webauthn": "one's own key; looked up among one's own",
} | gathered("SHARED")
# numbers that name one kind of thing; any other number is tried with every thing there is
NUMBERS: dict[str, type[Model]] = gathered("NUMBERS")
MET_ELSEWHERE = [one.MET_ELSEWHERE for one in TOLD if hasattr(one, "MET_ELSEWHERE")]
WORDS = {"slug": "livani", "lang": "lv", "kind": "csv", "size": "a3", "filetype": "svg", "name": "steps"}
RANDOM = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')  # may spell a name by chance
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


@pytest.fixture
def things_of_livani(livani: Institution, taxes: Unit, alice: User, bob: User) -> None:
    """One of each kind that an address can name."""
    numbers_of.cache_clear()
    taxes.posts.create(title="Speciālists", fte=1)
    for one in TOLD:
        if hasattr(one, "make_things"):
            one.make_things(livani=livani, taxes=taxes, alice=alice, bob=bob)


def test_nobody_comes_in_without_signing_in(things_of_livani) -> None:
    client, inside = Client(raise_request_exception=False), []
    for name, route in walk():
        for address in addresses(route, name):
            response = client.get(address)
            to_sign_in = response.status_code == 302 and response.headers["Location"].startswith("/sign-in/")
            if not (to_sign_in or response.status_code in (404, 405) or name in PUBLIC):
                inside.append((name, address, response.status_code))
    assert inside == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_from_another_municipality_gets_404(things_of_livani, charlie, as_person, method) -> None:
    client, seen = as_person(charlie), []
    client.raise_request_exception = False
    own = f"/people/{charlie.memberships.get().pk}/"
    for name, route in walk():
        if not PARAMETER.search(route) or name in PUBLIC | SHARED:
            continue
        for address in addresses(route, name):
            response = getattr(client, method)(address)
            if response.status_code not in (404, 405) and not address.startswith(own):
                seen.append((name, address, response.status_code))
    assert seen == []


def test_the_walk_meets_things_that_are_there(things_of_livani, livani, taxes, alice, as_person) -> None:
    """Were the addresses above empty ones, the stranger's 404 would say nothing: alice meets each of them."""
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR, Role.LEADER):
        Membership.objects.create(person=alice, institution=livani, role=role, from_on="2017-05-01")
    client = as_person(alice)
    client.raise_request_exception = False
    empty = [
        name
        for name, route in walk()
        if PARAMETER.search(route)
        and name not in PUBLIC | SHARED
        and not any(re.match(pattern, name) for pattern in MET_ELSEWHERE)
        if not any(meets(client, address) for address in addresses(route, name))
    ]
    assert empty == []


def meets(client: Client, address: str) -> bool:
    """Whether something is there; what takes only POST is asked that way, and nothing of it is kept."""
    status = client.get(address).status_code
    if status == 405:
        with transaction.atomic():
            status = client.post(address).status_code
            transaction.set_rollback(True)
    return status in (200, 302, 400)  # 400: the script that sends to it was not there


def test_lists_show_a_stranger_nothing_of_livani(things_of_livani, charlie, as_person) -> None:
    client = as_person(charlie)
    for address in ("/", "/units/", "/institutions/", "/search/?q=liv", "/search/?q=nodok", "/me/"):
        page = RANDOM.sub("", client.get(address).content.decode())
        for words in ("Līvān", "Nodokļu nodaļa", "Alice", "Bob"):
            assert words not in page, (address, words)

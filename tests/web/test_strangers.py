"""Every address of the house, walked by nobody, by a stranger and by a colleague; new apps are walked too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role, Unit
from straume.web.services.models import Offer, PublicService
from straume.web.studies.models import Study

pytestmark = pytest.mark.django_db

# open to people who are not signed in, each with its reason
PUBLIC = {
    "home": "the first screen",
    "language": "the language switch",
    "account_request_login_code": "the way in",
    "account_inactive": "tells why somebody cannot come in",
    "account_logout": "leads to the first screen",
    "mfa_login_webauthn": "the challenge for a passkey",
    "demo:roles": "exists in the demo alone",
    "demo:mail": "exists in the demo alone",
    "demo:sign_in": "exists in the demo alone",
}
# with a parameter, yet open to everybody who is signed in
CATALOGUE = "the catalogue of services is common to all places; who may write in it is tested there"
SHARED = {
    "services:service": CATALOGUE,
    "services:change_service": CATALOGUE,
    "services:delete_service": CATALOGUE,
    "services:add_part": CATALOGUE,
    "services:change_part": CATALOGUE,
    "services:add_offer": CATALOGUE,
    "mfa_remove_webauthn": "one's own key; looked up among one's own",
    "mfa_edit_webauthn": "one's own key; looked up among one's own",
}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
WORDS = {"slug": "livani", "lang": "lv", "kind": "csv", "name": "steps", "key": "k1", "token": "x"}


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

    return re.sub(r"\(\?P<(\w+)>([^)]*)\)", parameter, pattern).strip("^$")


def addresses(route: str) -> Iterator[str]:
    """The route with its parameters filled in, with the numbers that the objects of the test have."""
    numbers = [name for kind, name in PARAMETER.findall(route) if kind == "int"]
    for values in product(range(1, 3), repeat=min(len(numbers), 2)):
        given = WORDS | dict(zip(numbers, map(str, [*values, 1, 1]), strict=False))
        yield "/" + "".join(filled(piece, given) for piece in re.split(r"(<[^>]+>)", route))


def filled(piece: str, given: dict[str, str]) -> str:
    found = PARAMETER.fullmatch(piece)
    return given.get(found[2], "livani") if found else piece


@pytest.fixture
def things_of_livani(livani: Institution, taxes: Unit, alice: User, bob: User) -> None:
    """One of each kind that an address can name."""
    taxes.posts.create(title="Speciālists", fte=1)
    service = PublicService.objects.create(identifier="nin", name_lv="Parāda piedziņa")
    offer = Offer.objects.create(service=service, institution=livani, unit=taxes)
    Study.objects.create(
        offer=offer, unit=taxes, owner=alice, entrance="steps", created_at=datetime(2019, 1, 15, tzinfo=UTC)
    )


def test_nobody_comes_in_without_signing_in(things_of_livani) -> None:
    client, inside = Client(raise_request_exception=False), []
    for name, route in walk():
        for address in addresses(route):
            response = client.get(address)
            to_sign_in = response.status_code == 302 and response.headers["Location"].startswith("/sign-in/")
            if not (to_sign_in or response.status_code in (404, 405) or name in PUBLIC):
                inside.append((name, address, response.status_code))
    assert inside == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_from_another_municipality_gets_404(things_of_livani, charlie, as_person, method) -> None:
    client, seen = as_person(charlie), []
    client.raise_request_exception = False
    for name, route in walk():
        if not PARAMETER.search(route) or name in PUBLIC | SHARED:
            continue
        for address in addresses(route):
            response = getattr(client, method)(address)
            if response.status_code not in (404, 405):
                seen.append((name, address, response.status_code))
    assert seen == []


def test_the_walk_meets_things_that_are_there(things_of_livani, livani, alice, as_person) -> None:
    """Were the addresses above empty ones, the stranger's 404 would say nothing."""
    for role in (Role.ADMINISTRATOR, Role.COORDINATOR):
        Membership.objects.create(person=alice, institution=livani, role=role, from_on="2017-05-01")
    client = as_person(alice)
    client.raise_request_exception = False
    opened = {
        name
        for name, route in walk()
        if PARAMETER.search(route)
        for address in addresses(route)
        if client.get(address).status_code == 200
    }
    assert opened >= {"institution", "unit", "change_unit", "change_post", "people", "end_membership"}
    assert any(name.startswith("studies:") for name in opened)


def test_lists_show_a_stranger_nothing_of_livani(things_of_livani, charlie, as_person) -> None:
    client = as_person(charlie)
    for address in ("/", "/units/", "/institutions/", "/search/?q=liv", "/search/?q=nodok", "/me/"):
        page = client.get(address).content.decode()
        for words in ("Līvān", "Nodokļu nodaļa", "Alice", "Bob"):
            assert words not in page, (address, words)

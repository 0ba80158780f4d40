"""Every address of the house, walked by nobody, by a stranger and by a colleague; new apps are walked too."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role, Unit
from web.walking import PARAMETER, TOLD, addresses, gathered, make_things, walk

pytestmark = pytest.mark.django_db
# each app tells of its own addresses in tests/web/<app>/strangers*.py (walking.py)
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
MET_ELSEWHERE = [one.MET_ELSEWHERE for one in TOLD if hasattr(one, "MET_ELSEWHERE")]
RANDOM = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')  # may spell a name by chance


@pytest.fixture
def things_of_livani(livani: Institution, taxes: Unit, alice: User, bob: User) -> None:
    """One of each kind that an address can name."""
    make_things(livani=livani, taxes=taxes, alice=alice, bob=bob)


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

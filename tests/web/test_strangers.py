"""Every address of the house, walked by nobody, by a stranger and by a colleague; new apps are walked too."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Membership, Role, Unit
from straume.web.services.models import CatalogueImport, LegalResource, Offer, PublicService, YearlyDemand
from straume.web.studies.actions import map_shares, maps, runs
from straume.web.studies.models import (
    AssessmentRun,
    CaseLog,
    FindingRow,
    KaizenAction,
    MapEdit,
    MapShare,
    Scenario,
    ScenarioSearch,
    StreamMap,
    Study,
)

pytestmark = pytest.mark.django_db

# open to people who are not signed in, each with its reason
PUBLIC = {
    "home": "the first screen",
    "language": "the language switch",
    "account_request_login_code": "the way in",
    "account_inactive": "tells why somebody cannot come in",
    "account_logout": "leads to the first screen",
    "mfa_login_webauthn": "the challenge for a passkey",
    "studies:follow": "a map for whoever holds its link, until the link ends or is taken back",
    "studies:followed": "what that page asks every second",
    "demo:roles": "exists in the demo alone",
    "demo:mail": "exists in the demo alone",
    "demo:sign_in": "exists in the demo alone",
}
# with a parameter, yet open to everybody who is signed in
CATALOGUE = "the catalogue of services is common to all places; who may write in it is tested there"
SHARED = {
    "services:service": CATALOGUE,
    "services:service_rdf": CATALOGUE,
    "services:change_service": CATALOGUE,
    "services:delete_service": CATALOGUE,
    "services:add_part": CATALOGUE,
    "services:change_part": CATALOGUE,
    "services:add_offer": CATALOGUE,
    "mfa_remove_webauthn": "one's own key; looked up among one's own",
    "mfa_edit_webauthn": "one's own key; looked up among one's own",
}
# numbers that name one kind of thing; any other number is tried with every thing there is
NUMBERS: dict[str, type[Model]] = {
    "log_pk": CaseLog,
    "replaces": CaseLog,
    "run_pk": AssessmentRun,
    "other_pk": AssessmentRun,
    "map_pk": StreamMap,
    "share_pk": MapShare,
    "action_pk": KaizenAction,
    "scenario_pk": Scenario,
    "search_pk": ScenarioSearch,
    "demand_pk": YearlyDemand,
    "act_pk": LegalResource,
    "part_pk": LegalResource,
}
# met only where a log was assessed: tests/web/studies/test_scenarios_of_a_log.py meets them
OF_A_LOG = re.compile(r"studies:log_(scenario|search)")
WORDS = {"slug": "livani", "lang": "lv", "kind": "csv", "size": "a3", "filetype": "svg", "name": "steps"}
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
NOW = datetime(2019, 1, 15, tzinfo=UTC)
CATALOGUE_FILE = """
@prefix dct: <http://purl.org/dc/terms/> .
<urn:nin> a <http://purl.org/vocab/cpsv#PublicService> ; dct:identifier "nin" ; dct:title "Tax"@en .
"""


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


def addresses(route: str) -> Iterator[str]:
    """The route with its parameters filled in by what the things of the test have.

    Numbers are looked up: PostgreSQL gives none twice, and a test that commits leaves SQLite's counters up.
    """
    names = [name for _kind, name in PARAMETER.findall(route)]
    for values in product(*(values_of(name, kind) for kind, name in PARAMETER.findall(route))):
        given = dict(zip(names, values, strict=True))
        yield "/" + "".join(filled(piece, given) for piece in re.split(r"(<[^>]+>)", route))


def filled(piece: str, given: dict[str, str]) -> str:
    found = PARAMETER.fullmatch(piece)
    return given[found[2]] if found else piece


def values_of(name: str, kind: str) -> list[str]:
    if kind == "int":
        return [str(pk) for pk in sorted(numbers_of(name))]
    if kind == "uuid":
        return [
            str(one) for one in MapEdit.objects.filter(field="burst_of").values_list("element", flat=True)
        ]
    if name == "key":
        return list(FindingRow.objects.values_list("key", flat=True)[:1]) or ["k1"]
    return [WORDS.get(name, "livani")]


def numbers_of(name: str) -> set[int]:
    """Keys of the things that a number may name."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("straume.web.")]
    models = [NUMBERS[name]] if name in NUMBERS else ours
    return {pk for model in models for pk in model._default_manager.values_list("pk", flat=True)}


@pytest.fixture
def things_of_livani(livani: Institution, taxes: Unit, alice: User, bob: User) -> None:
    """One of each kind that an address can name."""
    taxes.posts.create(title="Speciālists", fte=1)
    service = PublicService.objects.create(identifier="nin", name_lv="Parāda piedziņa")
    offer = Offer.objects.create(service=service, institution=livani, unit=taxes)
    offer.demand.create(year=2018, cases=340, source="lietvedība")
    offer.local_acts.create(service=service, title="Iekšējie noteikumi", country="lv")
    CatalogueImport.objects.create(
        person=alice, file_name="nin.ttl", kind="ttl", text=CATALOGUE_FILE, uploaded_at=NOW
    )
    study = Study.objects.create(offer=offer, unit=taxes, owner=alice, entrance="steps", created_at=NOW)
    rows = [{"step": "Vīzē jurists", "unit": "Juristi", "touch": "20 min", "wait": "2 nedēļas"}]
    runs.save_steps(study=study, rows=rows, demand_per_year=100, key=uuid.uuid4(), by=alice, now=NOW)
    mapped = maps.begin_map(study=study, name="Esošais", key=uuid.uuid4(), by=alice, now=NOW, rows=rows)
    step, idea = maps.state_of(mapped).steps[0].id, uuid.uuid4()
    said = {"place": "a", "burst_of": str(step), "text": "Bez vīzas"}
    sent = [maps.Sent(uuid.uuid4(), idea, name, value, "", 0) for name, value in said.items()]
    maps.take_edits(edited=mapped, client=uuid.uuid4(), sent=sent, now=NOW)
    KaizenAction.objects.create(
        map=mapped, burst=uuid.uuid4(), what="Bez vīzas", owner_post="Vadītājs", due_on=NOW, agreed_by=alice,
        agreed_at=NOW,
    )  # fmt: skip
    map_shares.share(shared=mapped, days=1, key=uuid.uuid4(), by=alice, now=NOW)
    Scenario.objects.create(study=study, map=mapped, name="Bez vīzas", made_at=NOW)
    ScenarioSearch.objects.create(study=study, map=mapped, kind="front", asked_at=NOW)
    log = CaseLog(study=study, label="2018", original_name="lietas.csv", bytes=4, timezone="Europe/Riga")
    log.status, log.keeps_original, log.uploaded_by, log.uploaded_at = "guessed", True, alice, NOW
    log.file.save("lietas.csv", ContentFile(b"a;b\n"))


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
    own = f"/people/{charlie.memberships.get().pk}/"
    for name, route in walk():
        if not PARAMETER.search(route) or name in PUBLIC | SHARED:
            continue
        for address in addresses(route):
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
        if PARAMETER.search(route) and name not in PUBLIC | SHARED and not OF_A_LOG.match(name)
        if not any(meets(client, address) for address in addresses(route))
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
        page = client.get(address).content.decode()
        for words in ("Līvān", "Nodokļu nodaļa", "Alice", "Bob"):
            assert words not in page, (address, words)

"""Certificates: who gets one, what is printed and signed, what anybody can check, and what is taken back."""

from __future__ import annotations

import io
import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier, check_credential_status
from pypdf import PdfReader

from straume.web.programme import badges, certificate_pdf, qualifying
from straume.web.programme.actions import certificates as actions
from straume.web.programme.models import Attendance, Certificate, CertificateRule, Cycle, WorkPackage
from web.programme.attending import project, registered, training

pytestmark = pytest.mark.django_db
BASE = "https://straume.example/"
TODAY = date(2018, 7, 2)


@pytest.fixture
def cycle(db) -> Cycle:
    package = WorkPackage.objects.create(project=project(), number="T2", title_lv="Mācību cikls")
    return Cycle.objects.create(
        work_package=package,
        title_lv="Lean apmācību cikls",
        title_lt="Lean mokymų ciklas",
        title_en="Cycle",
    )


@pytest.fixture
def rule(cycle, lead_body) -> CertificateRule:
    return CertificateRule.objects.create(
        cycle=cycle,
        least_percent=75,
        hours=Decimal("40.0"),
        learnt_lv="Vērtības plūsmas karte; standarta darbs",
        learnt_lt="Vertės srauto žemėlapis; standartizuotas darbas",
        learnt_en="Value stream map; standard work",
        issued_by=lead_body,
    )


def came(activity, person, sessions: int, institution=None) -> None:
    place = registered(activity, person, institution)
    for session in activity.sessions.all()[:sessions]:
        Attendance.objects.create(
            session=session, registration=place, how="signed", came_at=session.starts_at, key=uuid.uuid4()
        )


@pytest.fixture
def cycle_attended(cycle, rule, alice, bob, charlie, livani) -> None:
    """Two trainings of two sessions: alice was at four, bob at three, charlie at two."""
    first, second = training(cycle=cycle), training(cycle=cycle, title="Otrā")
    for person, sessions in ((alice, (2, 2)), (bob, (2, 1)), (charlie, (2, 0))):
        came(first, person, sessions[0], livani)
        came(second, person, sessions[1], livani)


@pytest.fixture
def issued(cycle_attended, rule, coordinator, alice, bob, charlie) -> list[Certificate]:
    return actions.issue(
        rule=rule, people=[alice, bob, charlie], by=coordinator, today=TODAY, page_url=f"{BASE}my/"
    )


def test_the_share_of_all_sessions_of_the_cycle_decides(cycle_attended, rule, alice, bob, charlie):
    found = {one.person: one for one in qualifying.candidates(rule)}
    assert [found[person].qualifies for person in (alice, bob, charlie)] == [True, True, False]
    assert found[charlie].missed == ["Otrā EN"]
    assert found[bob].missed == ["Otrā EN (Day 7)"]
    assert qualifying.enough(CertificateRule(least_percent=80), attended=4, of=5)
    assert not qualifying.enough(CertificateRule(least_percent=80), attended=79, of=99)
    assert not qualifying.enough(CertificateRule(least_percent=1), attended=0, of=0)


def test_they_are_issued_from_the_page_once_however_often_it_is_submitted(
    cycle_attended,
    rule,
    cycle,
    as_person,
    coordinator,
    alice,
    bob,
    charlie,
    django_capture_on_commit_callbacks,
):
    client, url = as_person(coordinator), reverse("programme:cycle_certificates", args=[cycle.pk])
    page = client.get(url).content.decode()
    assert "75 %" in page and "does not qualify" in page
    form = {"person": [one.pk for one in (alice, bob, charlie)]}
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(url, form)
    assert {one.person for one in Certificate.objects.all()} == {alice, bob}
    assert len(mail.outbox) == 2
    assert "/programme/my-certificates/" in mail.outbox[0].body
    numbers = {one.number for one in Certificate.objects.all()}
    assert len(numbers) == 2 and {len(number) for number in numbers} == {20}
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            rule=rule, person=alice, name="Alice", language="lv", texts={}, hours=1, from_on=TODAY,
            until_on=TODAY, issued_on=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "title", "learnt"),
    [("lv", "Lean apmācību cikls", "standarta darbs"), ("lt", "Lean mokymų ciklas", "standartizuotas darbas"),
     ("en", "Cycle", "standard work")],
    ids=["lv", "lt", "en"],
)  # fmt: skip
def test_the_paper_speaks_the_persons_language_and_keeps_what_it_said(issued, rule, lang, title, learnt):
    certificate = issued[0]
    certificate.language = lang
    Cycle.objects.filter(pk=rule.cycle_id).update(title_lv="Cits", title_lt="Kitas", title_en="Another")
    reader = PdfReader(io.BytesIO(certificate_pdf.certificate_pdf(certificate, base_url=BASE)))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    for words in (certificate.name, title, learnt, certificate.number, "40", "2018", "LLI-59"):
        assert words in text, words
    assert reader.trailer["/Root"]["/Lang"].startswith(lang)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_badge_is_verified_by_its_key_and_by_the_name_of_the_site_and_one_changed_byte_fails(issued):
    certificate = issued[0]
    token = badges.signed(certificate, BASE)
    credential = OB3Verifier(badges.public_pem()).verify(token)
    assert credential.achievement.name == certificate.text("title", certificate.language)
    assert "@" not in token and certificate.name not in str(credential.raw)
    issuer = certificate.rule.issued_by
    document = badges.did_document(issuer, BASE)
    fetched: list[str] = []

    def download(url: str, *_more, **_named) -> bytes:
        import json

        fetched.append(url)
        return json.dumps(document).encode()

    found = OB3Verifier.for_issuer_did(document["id"], download=download)
    assert found.verify(token).issuer.id == document["id"] == f"did:web:straume.example:badges:{issuer.slug}"
    assert fetched == [f"https://straume.example/badges/{issuer.slug}/did.json"]
    head, body, signature = token.split(".")
    at = len(body) // 2
    changed = ".".join([head, body[:at] + ("A" if body[at] != "A" else "B") + body[at + 1 :], signature])
    with pytest.raises(OB3VerificationError):
        OB3Verifier(badges.public_pem()).verify(changed)
    assert badges.signed(certificate, BASE) == token
    picture = badges.picture(certificate, BASE)
    assert OB3Verifier.extract_token_from_svg(picture) == token


def test_the_status_list_says_which_badges_no_longer_stand(issued, coordinator):
    first = issued[0]
    tokens = [badges.signed(one, BASE) for one in issued]
    actions.revoke(certificate=first, cause="mistake", reason="Mistake", by=coordinator, now=timezone.now())

    def download(url: str, *_more, **_named) -> bytes:
        assert url == badges.status_url(first.rule.issued_by, BASE, first.pk)
        return badges.status_list(first.rule.issued_by, BASE, 0, now=timezone.now()).encode()

    revoked, valid = (OB3Verifier(badges.public_pem()).verify(token) for token in tokens)
    asked = {"download": download, "verify_list": True, "list_pubkey_pem": badges.public_pem()}
    check_credential_status(valid, **asked)
    with pytest.raises(OB3VerificationError, match="revo"):
        check_credential_status(revoked, **asked)


def public_page(client, certificate, lang="en") -> str:
    client.cookies["language"] = lang
    answer = client.get(reverse("public:verified", args=[certificate.number]))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    return answer.content.decode()


def test_anybody_can_check_it_in_three_languages_and_reads_nothing_else(client, issued, alice):
    for lang, valid in (("en", "is valid"), ("lv", "ir derīga"), ("lt", "galioja")):
        page = public_page(client, issued[0], lang)
        assert valid in page
        assert issued[0].name in page
        assert alice.email not in page and "Līvān" not in page
    assert client.get("/verify/nothing0of0the0sort/").status_code == 404
    typed = client.get("/verify/", {"number": f" {issued[0].number.upper()} "})
    assert typed.headers["Location"] == reverse("public:verified", args=[issued[0].number])


def test_a_name_put_right_makes_a_new_number_and_the_old_one_says_so(client, as_person, coordinator, issued):
    runs, old = as_person(coordinator), issued[0]
    url = reverse("programme:certificate_again", args=[old.pk])
    assert runs.post(url, {"name": "Alise Kalniņa", "language": "lv"}).status_code == 302
    new = Certificate.objects.get(replaces=old)
    old.refresh_from_db()
    assert (old.stands, new.stands, new.person) == (False, True, old.person)
    assert "was replaced" in public_page(client, old)
    assert new.number not in public_page(client, old)
    assert "Alise Kalniņa" in public_page(client, new)
    assert runs.get(url).status_code == 404
    again = actions.issue_again(certificate=old, name="X", language="lv", by=coordinator, today=TODAY)
    assert again == new


def test_a_revoked_one_says_so_and_its_reason_is_for_the_person(
    client, as_person, coordinator, issued, alice
):
    url = reverse("programme:certificate_revoke", args=[issued[0].pk])
    assert "Say why" in as_person(coordinator).post(url, {"cause": "mistake"}).content.decode()
    as_person(coordinator).post(url, {"cause": "mistake", "reason": "Wrong list"})
    page = public_page(client, issued[0])
    assert "is revoked" in page and "Wrong list" not in page
    assert "Wrong list" in as_person(alice).get(reverse("programme:my_certificates")).content.decode()


def test_who_wishes_it_is_erased_from_every_version(client, coordinator, issued, alice):
    new = actions.issue_again(certificate=issued[0], name="Alise", language="lv", by=coordinator, today=TODAY)
    actions.revoke(certificate=new, cause="wish", reason="Asked for", by=coordinator, now=timezone.now())
    for one in (issued[0], new):
        one.refresh_from_db()
        assert (one.name, one.person, one.badge) == ("", None, "")
    assert "is revoked" in public_page(client, new)
    assert "Alise" not in public_page(client, new)


def test_files_are_for_the_person_and_who_runs_the_programme(as_person, issued, alice, bob, coordinator):
    number = next(one.number for one in issued if one.person == alice)
    for form, kind in (("pdf", "application/pdf"), ("svg", "image/svg+xml"), ("jwt", "application/vc+jwt")):
        url = reverse("programme:certificate_file", args=[number, form])
        assert as_person(alice).get(url)["Content-Type"] == kind
        assert as_person(coordinator).get(url).status_code == 200
        assert as_person(bob).get(url).status_code == 404
    assert (
        as_person(alice).get(reverse("programme:certificate_file", args=[number, "exe"])).status_code == 404
    )


def test_guessing_numbers_is_slowed_down(client, monkeypatch, issued):
    monkeypatch.setattr("straume.web.public.views.verify.AT_MOST", 3)
    url = reverse("public:verified", args=[issued[0].number])
    assert [client.get(url).status_code for _time in range(4)] == [200, 200, 200, 429]


def test_readers_of_badges_find_the_issuer_and_the_key(client, issued, rule):
    slug = rule.issued_by.slug
    profile = client.get(f"/badges/{slug}/issuer.json", secure=True).json()
    assert profile["id"] == client.get(f"/badges/{slug}/did.json", secure=True).json()["id"]
    assert client.get(f"/badges/{slug}/did.json").status_code == 404
    key = client.get("/badges/keys.json").json()["keys"][0]
    assert (key["kty"], key["crv"]) == ("OKP", "Ed25519") and "d" not in key
    found = client.get(f"/badges/achievements/{rule.pk}.json").json()
    assert found["type"] == ["Achievement"] and "75 %" in found["criteria"]["narrative"]
    assert client.get("/badges/utena/issuer.json").status_code == 404
    assert client.get(f"/badges/{slug}/status/0.jwt").status_code == 200


@pytest.mark.parametrize(
    "fields", [{"least_percent": 0}, {"least_percent": 101}, {"hours": Decimal(0)}], ids=str
)
def test_the_database_refuses_a_rule_without_sense(rule, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateRule.objects.filter(pk=rule.pk).update(**fields)


def test_a_rule_belongs_to_an_activity_or_a_cycle_and_not_to_both(rule):
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateRule.objects.filter(pk=rule.pk).update(activity=training())
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateRule.objects.filter(pk=rule.pk).update(cycle=None)


def test_a_certificate_that_stands_has_a_name(issued):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=issued[0].pk).update(name="")

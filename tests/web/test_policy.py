"""What holds for every page: policy, cookies, error pages, weight of the look."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils.translation import override

from straume.web.places import errors

WEB = Path(__file__).resolve().parents[2] / "src" / "straume" / "web"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/nowhere/", "/units/"])
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(address) -> None:
    policy = Client().get(address).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
    assert rules["default-src"] == "'none'"
    for kind in ("script-src", "style-src", "font-src", "connect-src"):
        assert rules[kind] == "'self'"
    assert "unsafe" not in policy and "http" not in policy


@pytest.mark.django_db
def test_no_cookie_but_session_csrf_and_language(alice, as_person) -> None:
    visitor = Client()
    visitor.get("/")
    visitor.get("/sign-in/")
    assert set(visitor.cookies) <= {"csrftoken", "sessionid"}
    client = as_person(alice)
    for address in ("/", "/me/", "/units/", "/search/?q=livani", "/security/"):
        client.get(address)
    client.post("/language/", {"language": "lv", "next": "/"})
    assert set(client.cookies) <= {"csrftoken", "sessionid", "language"}
    for cookie in (visitor.cookies["csrftoken"], client.cookies["language"]):
        assert cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/me/", "/units/", "/units/?format=csv", "/nowhere/"])
def test_no_cache_keeps_what_was_made_for_one_person(alice, as_person, address) -> None:
    assert "no-store" in as_person(alice).get(address).headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "words"), [("lv", "Šeit nekā nav"), ("lt", "Čia nieko nėra"), ("en", "Nothing here")]
)
def test_a_missing_page_says_so_in_the_language(code, words) -> None:
    response = Client(headers={"Accept-Language": code}).get("/nowhere/")
    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.parametrize(
    ("code", "words"), [("lv", "Mūsu pusē radās"), ("lt", "įvyko mūsų pusėje"), ("en", "broke on our side")]
)
def test_a_broken_page_needs_neither_database_nor_session(code, words) -> None:
    with override(code):  # no database mark: a query would fail the test
        response = errors.broken(RequestFactory().get("/"))
    assert response.status_code == 500
    assert words in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_says_which_role_it_takes(bob, livani, as_person) -> None:
    response = as_person(bob).get("/institutions/livani/people/")
    assert response.status_code == 403
    assert "administrator" in response.content.decode()


def test_the_look_weighs_at_most_15_kb() -> None:
    sheets = sorted(WEB.glob("**/static/**/*.css"))
    assert sheets
    weight = sum(len(gzip.compress(sheet.read_bytes())) for sheet in sheets)
    assert weight <= 15_000


def test_every_rule_of_the_look_stands_in_a_layer_and_is_logical() -> None:
    for sheet in sorted(WEB.glob("**/static/**/*.css")):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        outside, depth = [], 0
        for part in re.split(r"([{}])", text):
            if part == "{":
                depth += 1
            elif part == "}":
                depth -= 1
            elif depth == 0 and part.strip():
                outside.append(part.strip().split(";")[-1].strip())
        strangers = [rule for rule in outside if rule and not rule.startswith(("@layer", "@font-face"))]
        assert strangers == [], (sheet.name, strangers)
        physical = re.findall(r"[\s;{](?:margin|padding|border)-(?:left|right|top|bottom)\b", text)
        assert physical == [], (sheet.name, physical)


def test_what_is_vendored_is_named_with_version_and_licence() -> None:
    table = (WEB / "static" / "VENDORED.md").read_text()
    for file in [
        *(WEB / "static" / "fonts").glob("*.woff2"),
        *(WEB / "static" / "js" / "vendor").glob("*.js"),
    ]:
        assert file.name in table

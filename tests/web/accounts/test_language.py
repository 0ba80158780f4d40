"""Language follows a choice: the cookie at once, the person for letters and other devices."""

from __future__ import annotations

import pytest
from django.test import Client

from straume.web.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_browser_says_which_language_comes_first() -> None:
    for code, word in (("lv", "Solījums"), ("lt", "Prisijungti"), ("en", "Sign in")):
        page = Client(headers={"Accept-Language": code}).get("/sign-in/" if code == "lt" else "/")
        assert f'<html lang="{code}">' in page.content.decode()
        assert word in page.content.decode() or code == "lv"


def test_the_switch_sets_the_cookie_and_comes_back() -> None:
    client = Client()
    response = client.post("/language/", {"language": "lv", "next": "/sign-in/?next=/units/"})
    assert response.headers["Location"] == "/sign-in/?next=/units/"
    assert client.cookies["language"].value == "lv"
    assert '<html lang="lv">' in client.get("/").content.decode()


def test_the_switch_leads_nowhere_else() -> None:
    response = Client().post("/language/", {"language": "lv", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in response.headers["Location"]


def test_the_switch_needs_a_post() -> None:
    assert Client().get("/language/").status_code == 405


def test_the_choice_is_kept_with_the_person(alice, as_person) -> None:
    as_person(alice).post("/language/", {"language": "lt", "next": "/"})
    alice.refresh_from_db()
    assert alice.language == "lt"


def test_an_unknown_language_changes_nothing(alice, as_person) -> None:
    client = as_person(alice)
    client.post("/language/", {"language": "de", "next": "/"})
    assert User.objects.get(pk=alice.pk).language == "en"
    assert "language" not in client.cookies


def test_name_and_language_are_changed_on_ones_own_page(alice, as_person) -> None:
    client = as_person(alice)
    response = client.post("/me/name/", {"name": "Alise", "language": "lv"})
    assert response.cookies["language"].value == "lv"
    alice.refresh_from_db()
    assert (alice.name, alice.language) == ("Alise", "lv")


def test_an_empty_name_is_refused_with_words(alice, as_person) -> None:
    page = as_person(alice).post("/me/name/", {"name": "", "language": "lv"}).content.decode()
    assert "error-summary" in page
    alice.refresh_from_db()
    assert alice.name == "Alice"

"""The way in: a code by e-mail, no password anywhere, nobody signs up."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from straume.web.accounts.models import User

pytestmark = pytest.mark.django_db


def ask_for_a_code(client: Client, email: str) -> str:
    response = client.post("/sign-in/", {"email": email})
    assert response.headers["Location"] == "/sign-in/code/"
    assert [letter.to for letter in mail.outbox] == [[email]]
    found = re.search(r"^([A-Z0-9-]{6,})$", mail.outbox[0].body, re.MULTILINE)
    assert found, mail.outbox[0].body
    return found[1]


def test_the_code_from_the_letter_opens_the_door(alice) -> None:
    client = Client()
    code = ask_for_a_code(client, alice.email)
    response = client.post("/sign-in/code/", {"code": code})
    assert response.headers["Location"] == "/"
    assert client.get("/").context["user"] == alice


def test_a_wrong_code_does_not(alice) -> None:
    client = Client()
    ask_for_a_code(client, alice.email)
    response = client.post("/sign-in/code/", {"code": "XXXXXX"})
    assert response.status_code == 200
    assert client.get("/me/").status_code == 302


def test_an_unknown_address_learns_nothing(db) -> None:
    client = Client()
    response = client.post("/sign-in/", {"email": "nobody@example.org"})
    assert response.headers["Location"] == "/sign-in/code/"  # the same as for a known one
    assert not re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)
    assert not User.objects.exists()


def test_who_may_not_sign_in_any_more_stays_out(alice) -> None:
    client = Client()
    code = ask_for_a_code(client, alice.email)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    client.post("/sign-in/code/", {"code": code})
    assert client.get("/me/").status_code == 302


def test_the_letter_speaks_the_language_of_the_page(alice) -> None:
    client = Client(headers={"Accept-Language": "lt"})
    ask_for_a_code(client, alice.email)
    assert "prisijungti" in mail.outbox[0].body


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_set_password", "account_reset_password"]
)
def test_there_is_no_password_to_lose(name) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up(db) -> None:
    response = Client().post("/sign-up/", {"email": "new@example.org"}, follow=True)
    assert response.redirect_chain[-1][0].startswith("/sign-in/")
    assert not User.objects.exists()


def test_an_address_from_elsewhere_is_not_followed_after_signing_in(db) -> None:
    response = Client().get("/sign-up/", {"next": "https://elsewhere.example/"})
    assert "elsewhere" not in response.headers["Location"]


def test_passkeys_and_an_authenticator_app_are_offered(alice, as_person) -> None:
    client = as_person(alice)
    page = client.get("/security/").content.decode()
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_after_an_authenticator_app_is_set_up_the_code_alone_does_not_open(alice) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(alice, generate_totp_secret())
    client = Client()
    code = ask_for_a_code(client, alice.email)
    response = client.post("/sign-in/code/", {"code": code})
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/me/").status_code == 302


def test_one_address_in_capitals_is_the_same_person(alice) -> None:
    client = Client()
    client.post("/sign-in/", {"email": alice.email.upper()})
    assert mail.outbox[0].to == [alice.email]
    assert re.search(r"^[A-Z0-9-]{6,}$", mail.outbox[0].body, re.MULTILINE)

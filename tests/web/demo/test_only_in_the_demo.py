"""Sign-in links and mail on a page are for the demo, and for its cast alone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest
from django.core import mail
from django.core.signing import Signer
from django.test import Client

from straume.web.accounts.models import User
from straume.web.demo import people, places, seed
from straume.web.demo.mail import DemoMailBackend
from straume.web.demo.models import Seeded, ShownMail
from straume.web.demo.signin import SALT, link_for, role_links

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def cast(db) -> None:
    places.seed(TODAY)
    people.seed(TODAY)


def test_each_link_signs_its_person_in_and_speaks_their_language(cast) -> None:
    links = role_links()
    assert len(links) == len(people.CAST)
    for link in links:
        client = Client()
        response = client.get(link.path)
        assert response.headers["Location"] == "/"
        page = client.get("/").content.decode()
        assert link.name in page
        spoken = next(part.language for part in people.CAST.values() if part.name == link.name)
        assert f'<html lang="{spoken}">' in page


def test_a_link_stays_the_same_over_starts(cast) -> None:
    assert [link.path for link in role_links()] == [link.path for link in role_links()]


def test_a_forged_link_or_one_for_somebody_real_is_404(cast) -> None:
    alice = User.objects.create_user("alice@example.org", name="Alice")
    assert Client().get("/demo/sign-in/MQ:forged/").status_code == 404
    assert Client().get(link_for(alice)).status_code == 404
    foreign = Signer(salt="other").sign_object(1)
    assert Client().get(f"/demo/sign-in/{foreign}/").status_code == 404
    assert SALT != "other"


def test_the_demo_shows_its_mail_on_a_page(alice, settings) -> None:
    settings.EMAIL_BACKEND = "straume.web.demo.mail.DemoMailBackend"
    assert DemoMailBackend().send_messages([]) == 0
    Client().post("/sign-in/", {"email": alice.email})
    letter = ShownMail.objects.get()
    code = next(line for line in letter.body.splitlines() if line.isupper())
    assert code in Client().get("/demo/mail/").content.decode()
    assert mail.outbox == []


def test_seeds_run_once_and_one_that_fails_leaves_nothing(db, monkeypatch) -> None:
    monkeypatch.setattr(seed, "PARTS", ("places", "people"))
    assert seed.seed_all(today=TODAY) == ["places", "people"]
    assert seed.seed_all(today=TODAY) == []
    Seeded.objects.filter(name="people").delete()

    def broken(today: date) -> None:
        ShownMail.objects.create(to="x", subject="x", body="x")
        raise RuntimeError("no")

    monkeypatch.setattr(people, "seed", broken)
    with pytest.raises(RuntimeError):
        seed.seed_all(today=TODAY)
    assert not ShownMail.objects.exists()
    assert not Seeded.objects.filter(name="people").exists()


WITHOUT_DEMO = """
import django
from django.conf import settings
from django.urls import get_resolver
django.setup()
assert not settings.DEMO
assert "straume.web.demo" not in settings.INSTALLED_APPS
assert settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
assert "demo" not in get_resolver().namespace_dict
from django.test import Client
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from straume.web.tables import bring_up_to_date
bring_up_to_date()
client = Client()
for address in ("/demo/", "/demo/mail/", "/demo/sign-in/MQ:x/"):
    assert client.get(address).status_code == 404, address
page = client.get("/").content.decode()
assert "/demo/" not in page
print("nothing of the demo")
"""


def test_nothing_of_the_demo_is_reachable_without_it(tmp_path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("STRAUME_", "DATABASE_"))}
    env |= {"STRAUME_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": "straume.web.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DEMO], env=env, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip().endswith("nothing of the demo"), done.stderr

"""The unit tree is written by its institution: parts, posts, and no circle."""

from __future__ import annotations

from decimal import Decimal

import pytest

from straume.web.places.models import Post, Role, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(member, livani, as_person):
    return as_person(member("anna", livani, Role.ADMINISTRATOR))


def form(**changes) -> dict[str, str]:
    return {"name": "Grāmatvedība", "kind": "division"} | {key: str(value) for key, value in changes.items()}


def test_a_unit_is_added_under_another(client, livani, taxes) -> None:
    client.post("/institutions/livani/units/add/", form(parent=taxes.pk))
    added = Unit.objects.get(name="Grāmatvedība")
    assert (added.institution, added.parent) == (livani, taxes)
    page = client.get(f"/units/{added.pk}/").content.decode()
    assert f'<a href="/units/{taxes.pk}/">Nodokļu nodaļa</a>' in page


def test_a_unit_cannot_lie_within_its_own_part(client, livani, taxes) -> None:
    part = Unit.objects.create(institution=livani, name="Daļa", parent=taxes)
    deep = Unit.objects.create(institution=livani, name="Daļiņa", parent=part)
    for below in (part, deep):
        response = client.post(f"/units/{taxes.pk}/change/", form(parent=below.pk))
        assert "A unit cannot lie within its own part." in response.content.decode()
    taxes.refresh_from_db()
    assert taxes.parent is None


def test_a_unit_of_another_institution_is_no_parent(client, utena) -> None:
    theirs = Unit.objects.create(institution=utena, name="Skyrius")
    response = client.post("/institutions/livani/units/add/", form(parent=theirs.pk))
    assert "Select a valid choice" in response.content.decode()


def test_a_name_that_is_taken_in_its_place_is_refused_with_words(client, taxes) -> None:
    response = client.post("/institutions/livani/units/add/", form(name=taxes.name))
    assert "There is a unit of this name in the same place." in response.content.decode()


def test_a_post_is_added_changed_and_removed(client, taxes) -> None:
    client.post(f"/units/{taxes.pk}/posts/add/", {"title": "Speciālists", "fte": "1.5"})
    post = Post.objects.get()
    client.post(f"/posts/{post.pk}/", {"title": "Speciālists", "fte": "2", "cost_eur_per_hour": "11.2"})
    post.refresh_from_db()
    assert (post.fte, post.cost_eur_per_hour) == (2, Decimal("11.20"))
    client.post(f"/posts/{post.pk}/", {"remove": "1"})
    assert not Post.objects.exists()


@pytest.mark.parametrize(("fte", "rate"), [("0", ""), ("-1", ""), ("1", "0"), ("many", "")])
def test_a_post_that_cannot_be_is_refused_with_words(client, taxes, fte, rate) -> None:
    form = {"title": "Speciālists", "fte": fte, "cost_eur_per_hour": rate}
    response = client.post(f"/units/{taxes.pk}/posts/add/", form)
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not Post.objects.exists()


def test_the_same_post_twice_is_refused_with_words(client, taxes) -> None:
    taxes.posts.create(title="Speciālists", fte=1)
    response = client.post(f"/units/{taxes.pk}/posts/add/", {"title": "Speciālists", "fte": "1"})
    assert response.status_code == 200
    assert "There is such a post in this unit already." in response.content.decode()

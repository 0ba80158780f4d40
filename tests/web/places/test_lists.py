"""Institutions and people are searched, sorted and taken along; no figure about a person stands in them."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ilze(member) -> User:
    """The coordinator of a lead body sees every institution of the cooperation."""
    lead = Institution.objects.create(
        name="Latgales plānošanas reģions", name_lv="Latgales plānošanas reģions", name_en="Latgale Region",
        slug="lpr", country="lv", kind="region", tier="partner", timezone="Europe/Riga",
    )  # fmt: skip
    return member("ilze", lead, Role.COORDINATOR)


@pytest.fixture
def anna(member, livani) -> User:
    return member("anna", livani, Role.ADMINISTRATOR)


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_institutions_are_found_without_marks_and_in_any_language(ilze, livani, utena, as_person) -> None:
    client = as_person(ilze)
    assert [row[0] for row in rows_of(client.get("/institutions/?format=csv&q=livanu"))[1:]] == [livani.name]
    assert len(rows_of(client.get("/institutions/?format=csv&q=region"))) == 2
    assert "No institution is like that" in client.get("/institutions/?q=nekur").content.decode()


def test_institutions_are_sorted_and_chosen_by_country_with_links_alone(
    ilze, livani, utena, as_person
) -> None:
    client = as_person(ilze)
    every = [row[0] for row in rows_of(client.get("/institutions/?format=csv"))[1:]]
    turned = [row[0] for row in rows_of(client.get("/institutions/?format=csv&sort=-name"))[1:]]
    assert turned == every[::-1] and len(every) == 3
    assert [row[0] for row in rows_of(client.get("/institutions/?format=csv&country=lt"))[1:]] == [utena.name]
    page = client.get("/institutions/?country=lv&sort=name").content.decode()
    assert 'aria-sort="ascending"' in page
    assert "?q=&amp;country=lv&amp;sort=-name" in page
    assert client.get("/institutions/?sort=nothing").status_code == 200


def test_the_file_holds_only_what_the_reader_sees(alice, livani, utena, as_person) -> None:
    table = rows_of(as_person(alice).get("/institutions/?format=csv"))
    assert [row[0] for row in table[1:]] == [livani.name]


def test_people_are_searched_and_sorted(anna, alice, bob, livani, as_person) -> None:
    client = as_person(anna)
    by_role = rows_of(client.get("/institutions/livani/people/?format=csv&sort=role"))
    assert by_role[0] == ["Name", "E-mail", "Role", "Unit", "From", "Until", "In force"]
    assert [row[2] for row in by_role[1:]] == sorted(row[2] for row in by_role[1:])
    found = rows_of(client.get("/institutions/livani/people/?format=csv&q=administrator"))
    assert [row[0] for row in found[1:]] == [anna.name]
    page = client.get("/institutions/livani/people/?q=administrator").content.decode()
    assert anna.email in page and bob.email not in page
    assert "Nobody here is like that" in client.get("/institutions/livani/people/?q=zzz").content.decode()


def test_the_file_of_people_tells_who_was_there_too(anna, alice, member, livani, as_person) -> None:
    member("dace", livani, Role.EMPLOYEE).memberships.update(
        from_on=date(2017, 5, 1), until_on=date(2017, 12, 31)
    )
    response = as_person(anna).get("/institutions/livani/people/?format=xlsx")
    assert response.headers["Content-Disposition"].endswith('.xlsx"')
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    (dace,) = [row for row in rows if row[0] == "Dace"]
    assert dace[5].date() == date(2017, 12, 31) and dace[6] == "Ended"


@pytest.mark.parametrize("form", ["", "?format=csv", "?format=xlsx"])
def test_only_those_who_run_the_roles_take_the_people_along(alice, charlie, anna, as_person, form) -> None:
    address = f"/institutions/livani/people/{form}"
    assert as_person(anna).get(address).status_code == 200
    assert as_person(alice).get(address).status_code == 403
    assert as_person(charlie).get(address).status_code == 404


def test_a_name_that_looks_like_a_formula_stays_text_in_both_files(anna, livani, member, as_person) -> None:
    User.objects.filter(pk=member("eve", livani, Role.EMPLOYEE).pk).update(name="=1+1")
    client = as_person(anna)
    names = {row[0] for row in rows_of(client.get("/institutions/livani/people/?format=csv"))}
    assert "'=1+1" in names and "=1+1" not in names
    book = load_workbook(io.BytesIO(client.get("/institutions/livani/people/?format=xlsx").content))
    assert "'=1+1" in {row[0] for row in book.active.iter_rows(values_only=True)}

"""What a verdict must say before it is accepted, and the sentences that ask for it."""

from __future__ import annotations

from datetime import date

import pytest

from straume.web.studies.forms.verdict import VerdictForm

TODAY = date(2019, 1, 15)
CHANGE = {
    "choice": "simplify",
    "reason": "It waits a week for one signature.",
    "law": "silent",
    "document": "Internal rules",
    "decided_by_post": "Executive director",
    "due_on": "2019-03-01",
}


def form(**values: str) -> VerdictForm:
    return VerdictForm({**CHANGE, **values}, today=TODAY)


def test_a_change_with_document_post_and_day_is_accepted():
    assert form().is_valid()


@pytest.mark.parametrize("choice", ["eliminate", "combine", "rearrange", "simplify", "automate"])
@pytest.mark.parametrize("missing", ["document", "decided_by_post", "due_on"])
def test_it_refuses_a_change_that_does_not_say_what_who_and_when(choice, missing):
    answer = form(choice=choice, **{missing: ""})
    assert not answer.is_valid()
    assert list(answer.errors) == [missing]


def test_keeping_a_step_needs_a_reason_only():
    answer = form(choice="keep", document="", decided_by_post="", due_on="")
    assert answer.is_valid()
    assert not form(choice="keep", reason="  ").is_valid()


def test_what_a_keep_does_not_need_is_not_kept():
    answer = form(choice="keep")
    assert answer.is_valid()
    assert (answer.cleaned_data["document"], answer.cleaned_data["due_on"]) == ("", None)


def test_it_refuses_a_law_without_name_or_day():
    answer = form(law="asks")
    assert set(answer.errors) == {"legal_basis", "law_from_on"}


def test_it_refuses_a_law_that_ends_before_it_begins():
    answer = form(
        law="asks", legal_basis="Law, article 9", law_from_on="2018-01-01", law_until_on="2017-12-31"
    )
    assert list(answer.errors) == ["law_until_on"]


def test_it_refuses_to_eliminate_what_a_law_in_force_asks_for():
    law = {"law": "asks", "legal_basis": "Law, article 9", "law_from_on": "2010-01-01"}
    assert list(form(choice="eliminate", **law).errors) == ["choice"]
    assert form(choice="simplify", **law).is_valid()


def test_it_lets_a_step_go_whose_law_has_ended():
    law = {"law": "asks", "legal_basis": "Order", "law_from_on": "2010-01-01", "law_until_on": "2019-01-14"}
    assert form(choice="eliminate", **law).is_valid()


def test_it_refuses_a_day_that_is_past():
    assert list(form(due_on="2019-01-14").errors) == ["due_on"]
    assert form(due_on="2019-01-15").is_valid()

"""Candidates, a choice among them within limits, and the record of what was decided."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from straume.web.needs.models import Need, NeedEvidence
from straume.web.programme.actions import choosing
from straume.web.programme.models import (
    Activity,
    BudgetLine,
    Candidate,
    CandidateNeed,
    Choice,
    ChoiceDecision,
    ChoiceDecisionItem,
    ChoiceWeight,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 1, 10, 9, tzinfo=UTC)


@pytest.fixture
def needs(db) -> list[Need]:
    return [
        Need.objects.create(kind="training", title_en=title, named_on=date(2017, 1, 9))
        for title in ("Lean", "Plain language")
    ]


@pytest.fixture
def candidates(package, livani, utena, needs) -> list[Candidate]:
    """Of 1000.01 EUR training 600 + mokymai 400 are the best; the seminar adds nothing."""
    line = BudgetLine.objects.get()

    def make(title: str, cost: str, languages: list[str], places: list, met: dict[Need, int], day: int):
        made = Candidate.objects.create(
            work_package=package, kind="training", title_en=title, budget_line=line, cost_eur=Decimal(cost),
            places=20, town="Rēzekne", languages=languages, earliest_on=date(2018, 3, day),
            latest_on=date(2018, 3, day),
        )  # fmt: skip
        made.municipalities.set(places)
        for need, percent in met.items():
            CandidateNeed.objects.create(candidate=made, need=need, percent=percent)
        return made

    lean, plain = needs
    return [
        make("Training", "600", ["lv"], [livani], {lean: 100, plain: 60}, 5),
        make("Mokymai", "400", ["lt"], [utena], {lean: 100}, 6),
        make("Seminar", "1", ["lv"], [livani], {lean: 30}, 7),
        make("Konferencija", "900", ["lv", "lt"], [livani, utena], {lean: 60, plain: 30}, 8),
    ]


@pytest.fixture
def choice(project, candidates, coordinator) -> Choice:
    return choosing.begin_choice(
        choice=Choice(project=project, name_en="First round"), key=uuid.uuid4(), by=coordinator, now=NOW
    )


def record(choice: Choice, held: list[Candidate], coordinator, by_hand: str = "") -> ChoiceDecision:
    return choosing.record(
        choice=choice,
        held=[one.pk for one in held],
        reason="It meets most",
        by_hand_reason=by_hand,
        key=uuid.uuid4(),
        by=coordinator,
        now=NOW,
    )


def test_a_need_weighs_what_its_evidence_says(project, needs, coordinator, candidates):
    from straume.web.needs.models import Questionnaire, QuestionnaireVersion, Wave

    questionnaire = Questionnaire.objects.create(
        title_en="Needs", made_at=NOW, owner=project.partners.get().institution
    )
    version = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=1, made_at=NOW)
    wave = Wave.objects.create(
        version=version, name_en="2017", opens_on=date(2017, 1, 1), closes_on=date(2017, 2, 1), made_at=NOW
    )
    NeedEvidence.objects.create(
        need=needs[0], wave=wave, item="lean", answers=120, figure={"value": 34.4}, noted_on=date(2017, 3, 1)
    )
    made = choosing.begin_choice(
        choice=Choice(project=project, name_en="Weighed"), key=uuid.uuid4(), by=coordinator, now=NOW
    )
    weights = {one.need_id: (one.weight, one.from_evidence) for one in made.weights.all()}
    assert weights == {needs[0].pk: (34, 34), needs[1].pk: (choosing.UNKNOWN_WEIGHT, None)}


def test_the_page_says_what_is_chosen_why_not_and_what_comes_second(
    choice, candidates, coordinator, as_person
):
    client = as_person(coordinator)
    client.post(f"/programme/choosing/{choice.pk}/compute/")
    page = client.get(f"/programme/choosing/{choice.pk}/").content.decode()
    assert "2 activities meet 65.0% of the weighted need" in page  # (10 + 6 + 10) of 2 × (10 + 10)
    assert "Proven: no other choice" in page
    assert "It adds no need that the chosen ones do not meet already." in page
    assert "would be exceeded by 899.99" in page  # the conference beside 1000 of 1000.01 EUR
    assert "The runner-up" in page
    assert "What each limit costs" in page


def test_locking_out_computes_again_at_once_and_unlocking_too(choice, candidates, coordinator, as_person):
    client, training = as_person(coordinator), candidates[0]
    choosing.solve(choice, now=NOW)
    client.post(f"/programme/choosing/{choice.pk}/lock/{training.pk}/", {"kind": "out"})
    choice.refresh_from_db()
    assert str(training.pk) not in [one["code"] for one in choice.result["chosen"]]
    assert choice.result["not_chosen"][str(training.pk)][0]["code"] == "locked_out"
    client.post(f"/programme/choosing/{choice.pk}/lock/{training.pk}/", {"kind": ""})
    choice.refresh_from_db()
    assert str(training.pk) in [one["code"] for one in choice.result["chosen"]]


def test_a_record_makes_planned_activities_that_say_for_which_needs(choice, candidates, coordinator, needs):
    choosing.solve(choice, now=NOW)
    decision = record(choice, candidates[:2], coordinator)
    activities = Activity.objects.order_by("from_on")
    assert [(one.title_en, one.status, one.planned_eur) for one in activities] == [
        ("Training", "planned", 600),
        ("Mokymai", "planned", 400),
    ]
    link = activities[0].need_links.get(need=needs[0])
    assert "First round" in link.reason_en
    assert "100 % of the need, which weighs 10" in link.reason_en
    assert decision.value == decision.best_value
    assert decision.broken == []


def test_what_was_changed_by_hand_is_recorded_with_what_it_breaks(choice, candidates, coordinator, as_person):
    choosing.solve(choice, now=NOW)
    client = as_person(coordinator)
    form = {"key": str(uuid.uuid4()), "held": [one.pk for one in candidates], "reason": "All of it"}
    refused = client.post(f"/programme/choosing/{choice.pk}/record/", form).content.decode()
    assert "You changed the computed best by hand. Say why" in refused
    client.post(f"/programme/choosing/{choice.pk}/record/", form | {"by_hand_reason": "The council asked"})
    decision = ChoiceDecision.objects.get()
    assert [one["kind"] for one in decision.broken] == ["line"]
    page = client.get(f"/programme/choosing/{choice.pk}/").content.decode()
    for words in ("Changed by hand", "added: Seminar", "The council asked", "Limits that it does not keep"):
        assert words in " ".join(page.split())


def test_a_record_does_not_change(choice, candidates, coordinator, as_person):
    choosing.solve(choice, now=NOW)
    decision = record(choice, candidates[:2], coordinator)
    for one in (decision, decision.items.first()):
        with pytest.raises(ValidationError):
            one.save()
        with pytest.raises(ValidationError):
            one.delete()
    assert record(choice, candidates[2:3], coordinator) == decision
    assert Activity.objects.count() == 2
    client = as_person(coordinator)
    for address in ("limits/", "record/", "delete/"):
        assert client.get(f"/programme/choosing/{choice.pk}/{address}").status_code == 403
    assert client.get(f"/programme/candidates/{candidates[0].pk}/change/").status_code == 403


def test_what_is_held_already_is_no_candidate_of_the_next_choice(choice, candidates, coordinator, project):
    choosing.solve(choice, now=NOW)
    record(choice, candidates[:2], coordinator)
    following = choosing.begin_choice(
        choice=Choice(project=project, name_en="Second round"), key=uuid.uuid4(), by=coordinator, now=NOW
    )
    choosing.solve(following, now=NOW)
    codes = {one["code"] for one in following.result["chosen"]} | set(following.result["not_chosen"])
    assert codes <= {str(one.pk) for one in candidates[2:]}


def test_limits_that_clash_are_said(choice, candidates, coordinator, as_person):
    choice.lines.update(amount_eur=Decimal("500"))
    choosing.solve(choice, now=NOW)
    page = as_person(coordinator).get(f"/programme/choosing/{choice.pk}/").content.decode()
    assert "No choice keeps all limits" not in page  # the seminar and mokymai fit
    choice.lines.update(amount_eur=Decimal("300"))
    page = as_person(coordinator).get(f"/programme/choosing/{choice.pk}/").content.decode()
    assert "changed since this was computed" in page
    choosing.solve(choice, now=NOW)
    page = as_person(coordinator).get(f"/programme/choosing/{choice.pk}/").content.decode()
    assert "No choice keeps all limits" in page
    assert "Utena district municipality: at least 1" in page


def test_a_weight_is_changed_with_a_reason(choice, needs, coordinator, as_person):
    choice.weights.filter(need=needs[0]).update(weight=34, from_evidence=34)
    address = f"/programme/choosing/{choice.pk}/weights/{needs[0].pk}/"
    refused = as_person(coordinator).post(address, {"weight": 50, "reason": ""}).content.decode()
    assert "The evidence says 34. Say why it is another number." in refused
    as_person(coordinator).post(address, {"weight": 50, "reason": "New law"})
    assert choice.weights.get(need=needs[0]).weight == 50
    with pytest.raises(IntegrityError), transaction.atomic():
        ChoiceWeight.objects.filter(need=needs[0]).update(reason="")


def test_only_those_who_run_the_programme_choose_and_others_read_what_is_recorded(
    choice, candidates, coordinator, charlie, as_person
):
    choosing.solve(choice, now=NOW)
    reader = as_person(charlie)
    assert reader.get(f"/programme/choosing/{choice.pk}/").status_code == 404
    assert reader.get("/programme/candidates/").status_code == 403
    record(choice, candidates[:2], coordinator)
    page = reader.get(f"/programme/choosing/{choice.pk}/").content.decode()
    assert "What was decided" in page
    assert "600" not in page  # a lean practitioner sees no planned costs
    assert reader.get(f"/programme/candidates/{candidates[0].pk}/").status_code == 200


def test_candidates_go_into_a_file_and_back(candidates, coordinator, as_person, needs):
    client = as_person(coordinator)
    for form in ("csv", "xlsx"):
        content = client.get(f"/programme/candidates/?format={form}").content
        before = Candidate.objects.count()
        from django.core.files.uploadedfile import SimpleUploadedFile

        client.post("/programme/candidates/import/", {"file": SimpleUploadedFile(f"c.{form}", content)})
        assert Candidate.objects.count() == 2 * before, form
        first, copy = candidates[0], Candidate.objects.filter(title_en="Training").last()
        for name in ("kind", "cost_eur", "places", "languages", "earliest_on", "budget_line", "work_package"):
            assert getattr(copy, name) == getattr(first, name), name
        assert set(copy.municipalities.all()) == set(first.municipalities.all())
        assert {n.pk: p.percent for p in copy.need_links.all() for n in [p.need]} == {
            needs[0].pk: 100,
            needs[1].pk: 60,
        }


def test_a_file_with_errors_is_told_row_by_row_and_writes_nothing(candidates, coordinator, as_person):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = as_person(coordinator)
    lines = client.get("/programme/candidates/?format=csv").content.decode("utf-8-sig").splitlines()
    lines[1] = lines[1].replace("600.00", "much").replace("2018-03-05", "5 March", 1)
    lines[2] = lines[2].replace(";utena;", ";nowhere;")
    before = Candidate.objects.count()
    file = SimpleUploadedFile("c.csv", "\n".join(lines).encode())
    page = client.post("/programme/candidates/import/", {"file": file}).content.decode()
    assert "Row 2, cost_eur: “much” is not understood. Write an amount such as 1200.50." in page
    assert "Row 2, earliest_on: “5 March” is not understood." in page
    assert "Row 3, municipalities: “nowhere” is not understood." in page
    assert Candidate.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [{"latest_on": date(2018, 3, 4)}, {"days": 0}, {"cost_eur": Decimal(-1)}],
    ids=["days", "0", "eur"],
)
def test_the_database_refuses_candidates_that_cannot_be(candidates, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.filter(pk=candidates[0].pk).update(**wrong)


def test_the_database_refuses_an_activity_of_what_is_not_held(choice, candidates, coordinator):
    choosing.solve(choice, now=NOW)
    decision = record(choice, candidates[:2], coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChoiceDecisionItem.objects.filter(decision=decision, is_held=True).update(is_held=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChoiceDecision.objects.update(reason="")

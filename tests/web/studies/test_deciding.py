"""Verdicts, judgements, two periods beside each other, and the sheet that goes to the wall."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from straume.web.studies.actions import runs
from straume.web.studies.models import AssessmentRun, StepJudgement, Verdict

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2019, 2, 1, 9, tzinfo=UTC)
ROWS = [
    {"step": "Reģistrē", "unit": "Lietvedība", "touch": "10 min"},
    {"step": "Vīzē jurists", "unit": "Juristi", "touch": "20 min", "wait": "2 nedēļas"},
    {"step": "Paraksta", "unit": "Vadība", "touch": "5 min", "wait": "1 nedēļa"},
]
CHANGE = {
    "choice": "simplify",
    "reason": "One signature is enough.",
    "law": "silent",
    "document": "Internal rules",
    "decided_by_post": "Executive director",
    "due_on": "2099-03-01",
}


@pytest.fixture
def run(study, alice) -> AssessmentRun:
    return runs.save_steps(study=study, rows=ROWS, demand_per_year=100, key=uuid.uuid4(), by=alice, now=NOW)


@pytest.fixture
def client(as_person, alice):
    return as_person(alice)


@pytest.fixture
def question(study, run) -> str:
    return f"/assessments/{study.pk}/questions/{run.findings.first().key}/"


def test_a_verdict_stands_on_the_page_and_earlier_ones_stay_as_history(client, study, question):
    client.post(question, {**CHANGE, "key": str(uuid.uuid4())})
    client.post(
        question, {"choice": "keep", "reason": "We tried.", "law": "unknown", "key": str(uuid.uuid4())}
    )
    assert [verdict.choice for verdict in study.verdicts.all()] == ["keep", "simplify"]
    page = client.get(f"/assessments/{study.pk}/").content.decode()
    assert "We tried." in page and "One signature is enough." not in page
    history = client.get(question).content.decode()
    assert "One signature is enough." in history and "Executive director" in history


def test_the_same_verdict_submitted_twice_is_one(client, question):
    form = {**CHANGE, "key": str(uuid.uuid4())}
    client.post(question, form)
    client.post(question, form)
    assert Verdict.objects.count() == 1


def test_a_wrong_verdict_comes_back_with_its_errors_and_what_was_typed(client, question):
    page = client.post(question, {**CHANGE, "document": "", "key": str(uuid.uuid4())}).content.decode()
    assert "Name the document that must change" in page
    assert "One signature is enough." in page
    assert not Verdict.objects.exists()


def test_a_verdict_is_still_there_when_a_later_run_asks_the_same(client, study, alice, question):
    client.post(question, {**CHANGE, "key": str(uuid.uuid4())})
    rows = [*ROWS[:2], {**ROWS[2], "wait": "8 d"}]
    later = runs.save_steps(study=study, rows=rows, demand_per_year=120, key=uuid.uuid4(), by=alice, now=NOW)
    page = client.get(later.get_absolute_url())
    asked = {one.key: one.verdict for one in page.context["page"].questions}
    assert [verdict.choice for verdict in asked.values() if verdict] == ["simplify"]


def test_a_verdict_whose_question_is_no_longer_asked_is_said(client, study, alice, question):
    client.post(question, {**CHANGE, "key": str(uuid.uuid4())})
    later = runs.save_steps(
        study=study, rows=[{"step": "Atbild", "touch": "5 min", "value_class": "value"}], demand_per_year=1,
        key=uuid.uuid4(), by=alice, now=NOW,
    )  # fmt: skip
    page = client.get(later.get_absolute_url()).content.decode()
    assert "no longer asked by these data" in page and "One signature is enough." in page


def test_time_is_not_yet_judged_until_people_judge_the_step(client, study, run):
    def kinds() -> set[str]:
        return {part.kind for part in client.get(f"/assessments/{study.pk}/").context["page"].parts}

    assert kinds() == {"not_judged", "closed", "waiting"}
    form = {f"step-{at}": "waste" if at == 1 else "value" for at in range(len(ROWS))}
    client.post(f"/assessments/{study.pk}/judge/", form | {"key": str(uuid.uuid4())})
    assert kinds() == {"value", "waste", "closed", "waiting"}
    assert StepJudgement.objects.count() == len(ROWS)
    client.post(f"/assessments/{study.pk}/judge/", form | {"key": str(uuid.uuid4())})
    assert StepJudgement.objects.count() == len(ROWS), "what did not change is not written again"


def test_the_efficiency_is_known_once_the_steps_are_judged(client, study, run):
    def measures() -> str:
        return client.get(f"/assessments/{study.pk}/").content.decode()

    assert "Process cycle efficiency</dt>" not in measures()
    form = {f"step-{at}": "value" for at in range(len(ROWS))}
    client.post(f"/assessments/{study.pk}/judge/", form | {"key": str(uuid.uuid4())})
    assert "Process cycle efficiency</dt>" in measures()


@pytest.mark.parametrize(
    ("lang", "word"),
    [("lv", "Nodokļa parāda piedziņa"), ("lt", "Mokesčio skolos išieškojimas"), ("en", "Tax debt")],
)
def test_the_a3_is_one_page_in_each_language_with_the_verdict(client, study, run, question, lang, word):
    client.post(question, {**CHANGE, "key": str(uuid.uuid4())})
    answer = client.get(f"{run.get_absolute_url()}a3/{lang}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    sheet = PdfReader(io.BytesIO(answer.content))
    assert len(sheet.pages) == 1
    width, height = sheet.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (1191, 842)
    text = " ".join(sheet.pages[0].extract_text().split())
    assert word in text and "Executive director" in text


def test_two_versions_stand_side_by_side_whichever_is_asked_for_first(client, study, alice, run):
    later = runs.save_steps(
        study=study, rows=ROWS[:2], demand_per_year=1, key=uuid.uuid4(), by=alice, now=NOW
    )
    base = f"/assessments/{study.pk}/runs"
    one = client.get(f"{base}/{run.pk}/beside/{later.pk}/").context
    other = client.get(f"{base}/{later.pk}/beside/{run.pk}/").context
    assert (one["before"], one["after"]) == (other["before"], other["after"]) == (run, later)
    assert any(row.difference.startswith("−") for row in one["rows"])


@pytest.mark.parametrize("name", ["time", "steps", "findings"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_table_can_be_taken_as_a_file(client, run, name, kind):
    answer = client.get(f"{run.get_absolute_url()}{name}.{kind}")
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    start = b"PK" if kind == "xlsx" else b"\xef\xbb\xbf"
    assert answer.content.startswith(start)


def test_an_unknown_table_or_kind_is_not_there(client, run):
    assert client.get(f"{run.get_absolute_url()}workers/").status_code == 404
    assert client.get(f"{run.get_absolute_url()}steps.exe").status_code == 404

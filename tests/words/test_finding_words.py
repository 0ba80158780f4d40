"""Every finding is a question with evidence and figures in every language, and accuses nobody."""

from __future__ import annotations

import pytest

from straume.lean.assess import assess
from straume.lean.assess.planted import as_log, generate
from straume.lean.assess.recall import CHECK, FIRST_ON, KINDS, LAST_ON, clean, findings_of
from straume.lean.assess.records import Estimate, Finding, WithheldFinding
from straume.lean.stream.step_table import read_steps
from straume.words import assessment as assessment_words
from straume.words import findings as words
from straume.words.assessment_figures import figure_rows
from straume.words.catalog import LANGUAGES
from straume.words.finding_figures import figures


def told(code, **counts):
    days = Estimate(3.5, None, None, 0, "told")
    return Finding(
        code,
        "Vīzē jurists",
        None,
        "Juristi",
        120,
        400,
        82.0,
        days,
        "low",
        {"estimate": 1, "share": 0.3, **counts},
    )


@pytest.fixture(scope="module")
def seen():
    found = [
        next(one for one in findings_of(plant(clean(5), 5, False), seed=5) if one.code == code)
        for code, plant in KINDS.items()
    ]
    return [
        *found,
        told("long_wait", share_of_lead=0.4),
        told("late_start", share_of_lead=0.4),
        told("hand_offs", per_case=6.0, wait_share=0.5),
        told("batching", every_days=14.0),
        told("low_accuracy", complete_accurate=0.7),
        told("rework_loop", sent_back_from="Paraksta"),
        told("repeated_check", repeats=2),
        told("bottleneck", wait_share=0.4, utilisation=0.9),
        told("no_legal_basis"),
        *[
            told("rework_trigger", trigger_kind=kind, trigger="X", lift=2.0, lift_low=1.6, lift_high=2.5,
                 share_with=0.3, share_without=0.15, n_with=100, n_without=300)
            for kind in ("channel", "unit", "step")
        ],
    ]  # fmt: skip


def test_all_kinds_are_spoken_for(seen):
    assert {one.code for one in seen} == set(words.CODES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_is_a_question_with_evidence(seen, lang):
    for finding in seen:
        question, evidence = words.question(finding, lang), words.evidence(finding, lang)
        assert question.endswith("?") and evidence.endswith(".")
        for text in (question, evidence, words.effect(finding, lang)):
            assert "{" not in text and "None" not in text
        assert all(label and value and "{" not in label + value for label, value in figures(finding, lang))


@pytest.mark.parametrize("lang", ["lv", "lt"])
def test_no_sentence_is_left_in_english(seen, lang):
    for finding in seen:
        assert words.question(finding, lang) != words.question(finding, "en")
        assert words.evidence(finding, lang) != words.evidence(finding, "en")
        assert words.title(finding.code, lang) != words.title(finding.code, "en")
    for reason in words.REASONS:
        assert words.reason(reason, lang) != words.reason(reason, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_machine_calls_nothing_waste(seen, lang):
    accusing = ("waste", "zudum", "švaistym", "unnecessary", "lieks ", "nereikaling", "guilty", "vainīg")
    for finding in seen:
        texts = (
            words.question(finding, lang),
            words.evidence(finding, lang),
            words.title(finding.code, lang),
        )
        said = " ".join(texts)
        assert not [word for word in accusing if word in said.lower()], said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_withheld_is_said_with_its_reason(lang):
    for reason in words.REASONS:
        said = words.withheld(WithheldFinding("batching", reason), lang)
        assert said.startswith(words.title("batching", lang)) and said.endswith(".")


def test_a_finding_is_said_in_full_in_latvian(seen):
    batch = next(one for one in seen if one.code == "batching" and "estimate" not in one.counts)
    said = words.evidence(batch, "lv").replace("\N{NO-BREAK SPACE}", " ")
    assert "trešdiena" in said and "Vidēji lieta gaida" in said


@pytest.mark.parametrize(
    ("lang", "beginning"),
    [("en", "Half of the cases are done "), ("lv", "Puse lietu ir pabeigta "), ("lt", "Pusė atvejų baigta ")],
)
def test_an_assessment_begins_with_how_long_it_takes(lang, beginning):
    of = clean(5)
    table = generate(of.process, cases=100, first_on=FIRST_ON, last_on=LAST_ON, seed=5)
    made = assess(as_log(table, of.process), checks=(CHECK,))
    lead = assessment_words.lead(made, lang)
    assert lead.startswith(beginning)
    assert lead.endswith(".") and not lead.endswith("..")
    assert all(label and value for label, value, _ in figure_rows(made, lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_assessment_of_steps_says_whose_estimate_it_is(lang):
    rows = [
        {"step": "A", "unit": "U", "touch": "1 h", "wait": ""},
        {"step": "B", "unit": "V", "touch": "2 h", "wait": "3 d"},
    ]
    made = assess(read_steps(rows).stream)
    assert assessment_words.lead(made, lang)
    said = {"en": "estimate", "lv": "vērtējum", "lt": "vertinim"}[lang]
    assert said in assessment_words.lead(made, lang)
    assert said in assessment_words.how_sure(made, lang)

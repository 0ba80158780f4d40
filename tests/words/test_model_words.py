"""Changes and what is refused about a model, in three languages."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from straume.lean.errors import Problem
from straume.lean.stream import changes as c
from straume.lean.stream.changes import Change, told
from straume.lean.stream.changes_form import KINDS
from straume.lean.stream.records import Span, UnitCapacity
from straume.lean.stream.step_table import read_steps
from straume.words import changes as words
from straume.words import model_problems, problems

LIBRARY = Path(__file__).parents[2] / "src/straume/lean"
SAMPLE = {
    **dict.fromkeys(
        ("step", "other", "unit", "source", "target", "file", "name", "value", "place", "until", "begin"),
        "Vīzē",
    ),
    **dict.fromkeys(("kind", "field", "known"), "take_out"),
    "share": 0.5,
    "most": 0.25,
    "count": 24,
    "staff": 50,
    "version": 2,
}
MAP = read_steps(
    [{"step": "Saņem", "unit": "Kanceleja"}, {"step": "Vīzē", "unit": "Juristi", "wait": "2 d"}],
    demand_per_year=340,
    units=(UnitCapacity("Kanceleja", 1.0), UnitCapacity("Juristi", 1.5)),
).stream
ONE_EACH: tuple[Change, ...] = (
    c.TakeOut("Vīzē"),
    c.Join(("Saņem", "Vīzē")),
    c.Split("Vīzē", ("Lasa", "Paraksta")),
    c.Reorder("Vīzē", c.FIRST),
    c.InParallel(("Saņem", "Vīzē")),
    c.Automate("Vīzē"),
    c.SetTouch("Vīzē", Span(5, 10, 15)),
    c.SetWait("Vīzē", Span(60, 60, 60)),
    c.SetShare(0.4, step="Vīzē"),
    c.SetYield("Vīzē", 0.9),
    c.SetStaff("Juristi", 2),
    c.SetHours({"monday": [["08:00", "12:00"], ["13:00", "18:00"]]}),
    c.SetBatch("Vīzē", every_days=10, weekday="thursday"),
    c.SetDemand(factor=2),
    c.SetPriority("Vīzē", -1),
    c.SetQueueRule("oldest_case"),
    c.PoolUnits(("Kanceleja", "Juristi"), name="Kopā"),
)


def said(change: Change, lang: str) -> str:
    return words.sentence(told(MAP, [change])[0], lang)


@pytest.mark.parametrize("code", model_problems.CODES)
def test_every_code_has_a_sentence_and_advice_in_three_languages(code: str) -> None:
    sentences = set()
    for lang in ("en", "lv", "lt"):
        problem = Problem(code, SAMPLE)
        for text in (problems.sentence(problem, lang), problems.advice(problem, lang)):
            assert text.endswith((".", ".”", ".“", "JSON")), text
            assert not re.search(r"[{}–]", text.replace(" – ", " ")), text
        sentences.add(problems.sentence(problem, lang))
    assert len(sentences) == 3


def test_every_code_that_changes_and_simulation_give_has_words() -> None:
    of_changes = ("changing", "rerouting", "changes_form", "plain")
    files = [*LIBRARY.glob("simulate/*.py"), *(LIBRARY / f"stream/{name}.py" for name in of_changes)]
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    given = set(re.findall(r'WrongCall\(\s*"([a-z_]+)"', source))
    assert {"duration_impossible", "change_no_such_step", "nothing_answered"} <= given
    assert {code for code in given if not problems.knows(code)} == set()


def test_every_kind_of_change_has_a_sentence_and_a_label_in_three_languages() -> None:
    assert {change.kind for change in ONE_EACH} == set(KINDS) == set(words.KINDS)
    for change in ONE_EACH:
        in_languages = {said(change, lang) for lang in ("en", "lv", "lt")}
        assert len(in_languages) == 3
        assert all(text.endswith(".") and not re.search(r"[{}]", text) for text in in_languages)
        assert len({words.label(change.kind, lang) for lang in ("en", "lv", "lt")}) == 3


def test_sentences_as_people_say_them() -> None:
    assert said(ONE_EACH[0], "en") == "Take out the step “Vīzē”."
    assert said(ONE_EACH[0], "lt") == "Atsisakyti žingsnio „Vīzē“."
    assert said(ONE_EACH[7], "en") == "Waiting before “Vīzē”: 1\N{NO-BREAK SPACE}h instead of 2 days."
    assert said(ONE_EACH[10], "lv") == "Pilnas slodzes šim pakalpojumam nodaļā „Juristi”: 2 (līdz šim 1,5)."
    assert said(ONE_EACH[12], "lt") == (
        "Prieš žingsnį „Vīzē“ darbą kaupti: 10 darbo dienų; atlikti ketvirtadieniais."
    )
    assert said(ONE_EACH[12], "lv") == "Pirms soļa „Vīzē” darbu krāt: 10 darba dienas; darīt ceturtdienās."
    assert said(c.SetBatch("Vīzē"), "lv") == "Pirms soļa „Vīzē” darbu vairs nekrāt."
    wait = SimpleNamespace(code="set_staff", params={"unit": "A", "was": None, "now": 0.5})
    assert words.sentence(wait, "lt") == "Etatai šiai paslaugai skyriuje „A“: 0,5."

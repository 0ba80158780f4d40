"""The A3 sheet: one page, the same frame in each language, readable by everybody."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pypdf
import pytest

from straume.lean.assess.records import Estimate, TimePart
from straume.web.reports.a3 import VerdictLine, a3_pdf
from straume.web.reports.render import pdf
from straume.words import assessment as assessment_words
from straume.words import map_limits
from web.reports import samples
from web.reports.samples import STREAMS

LANGS = ["lv", "lt", "en"]
LONG = "Nekustamā īpašuma nodokļa parādu piedziņas bezstrīda kārtībā iesniegumu izskatīšana un lēmumi"
VERDICTS = (
    VerdictLine(
        1,
        "eliminate",
        "Teksts nemainās.",
        "silent",
        "",
        "Iekšējie noteikumi",
        "Izpilddirektors",
        dt.date(2019, 3, 1),
    ),
    VerdictLine(2, "keep", "To prasa likums.", "asks", "Administratīvā procesa likums, 76. pants"),
)


def sheet(assessment, **values) -> pypdf.PdfReader:
    given = {
        "title": "Parāda piedziņa",
        "institution": "Līvānu novada pašvaldība",
        "unit": "Nodokļu nodaļa",
        "lang": "lv",
        "made_on": dt.date(2019, 1, 15),
        **values,
    }
    return pypdf.PdfReader(io.BytesIO(a3_pdf(assessment, **given)))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", STREAMS)
def test_it_is_one_tagged_a3_page_with_language_and_title(name, lang):
    made = sheet(samples.assessment(STREAMS[name]), lang=lang, verdicts=VERDICTS, simulated=True)
    assert len(made.pages) == 1
    box = made.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx((1190.55, 841.89), abs=0.1)
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == lang
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata.title.startswith("Parāda piedziņa")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_texts_as_long_as_they_come_stay_on_the_page():
    long_verdicts = tuple(
        VerdictLine(
            n, "simplify", f"{LONG}. " * 4, "asks", LONG, f"{LONG}, {LONG}", LONG, dt.date(2019, 3, 1)
        )
        for n in range(1, 8)
    )
    stream = STREAMS["forty"]
    steps = tuple(replace(step, name=f"{LONG} {LONG} {n}", lane=LONG) for n, step in enumerate(stream.steps))
    assessed = samples.assessment(replace(stream, steps=steps), findings=9)
    for lang in LANGS:
        made = sheet(
            assessed, lang=lang, title=f"{LONG} {LONG}", institution=LONG, unit=LONG, period=LONG,
            verdicts=long_verdicts, simulated=True, promise=f"{LONG}. {LONG}.", background=f"{LONG}. " * 4,
            goal=f"{LONG}. " * 5, disclaimer=f"{LONG}. " * 3,
        )  # fmt: skip
        assert len(made.pages) == 1


def test_it_says_what_was_decided_and_leaves_lines_for_what_was_not():
    text = sheet(samples.assessment(STREAMS["eleven"]), verdicts=VERDICTS).pages[0].extract_text()
    for words in ("Izslēgt", "Iekšējie noteikumi", "Izpilddirektors", "2019. gada 1. marts", "Saglabāt"):
        assert words in text
    assert "Ko mainām" in text


def test_a_verdict_to_keep_is_no_change():
    text = sheet(samples.assessment(STREAMS["eleven"]), lang="en", verdicts=VERDICTS).pages[0].extract_text()
    assert "Keep:" not in text
    assert "Eliminate:" in text


def test_simulated_data_is_marked_and_real_data_is_not():
    assessed = samples.assessment(STREAMS["three"])
    assert "simulēti" in sheet(assessed, simulated=True).pages[0].extract_text()
    assert "simulēti" not in sheet(assessed).pages[0].extract_text()


def test_pictures_carry_their_words():
    made = sheet(samples.assessment(STREAMS["eleven"]))
    alts = []
    todo = [made.trailer["/Root"]["/StructTreeRoot"]]
    while todo:
        node = todo.pop().get_object()
        if not isinstance(node, pypdf.generic.DictionaryObject):
            continue
        if "/Alt" in node:
            alts.append(str(node["/Alt"]))
        below = node.get("/K", [])
        below = below.get_object() if hasattr(below, "get_object") else below
        todo += list(below) if isinstance(below, list) else [below]
    assert len(alts) == 2
    assert any("Kur paliek laiks" in alt for alt in alts)
    assert any("11. Nodod izpildrīkojumu tiesu izpildītājam" in alt for alt in alts)


def test_letters_of_all_three_languages_are_set_from_our_own_font():
    letters = "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ ąčęėįšųūž ĄČĘĖĮŠŲŪŽ"
    made = sheet(samples.assessment(STREAMS["three"]), background=letters)
    assert letters in made.pages[0].extract_text()
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for font in made.pages[0]["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(font.startswith("SourceSans3") for font in fonts)


def test_the_same_study_gives_the_same_bytes():
    values = {"title": "T", "institution": "I", "lang": "lv", "made_on": dt.date(2019, 1, 15)}
    assessed = samples.assessment(STREAMS["eleven"])
    assert a3_pdf(assessed, **values) == a3_pdf(assessed, **values)


def test_typst_markup_in_a_text_is_text():
    text = (
        sheet(samples.assessment(STREAMS["three"]), background='#panic("no") *x* $y$').pages[0].extract_text()
    )
    assert '#panic("no") *x* $y$' in text


def test_steps_as_people_told_them_need_no_log():
    told = replace(
        samples.assessment(STREAMS["three"], entrance="steps", findings=0),
        lead_time=None, promise=None, work_minutes_per_case=None, first_time_right=None, weeks=(),
        first_on=None, last_on=None,
    )  # fmt: skip
    for lang in LANGS:
        assert len(sheet(told, lang=lang).pages) == 1
    assert "kā pastāstīts" in sheet(told).pages[0].extract_text()


def test_the_sheet_says_how_many_rare_steps_its_map_leaves_out(monkeypatch):
    from straume.web.reports import a3

    assessed = samples.assessment(STREAMS["eleven"])
    assert "rarer step" not in sheet(assessed, lang="en").pages[0].extract_text()
    monkeypatch.setattr(a3, "LEAST_SCALE_OF_ALL", 99)
    text = " ".join(sheet(assessed, lang="en").pages[0].extract_text().split())
    assert "3 rarer steps are left out" in text


@pytest.mark.parametrize("lang", LANGS)
def test_a_map_that_misleads_has_its_warning_above_it(lang):
    assessed = samples.assessment(STREAMS["eleven"])
    said = map_limits.warning(replace(assessed, replay_fitness=0.58), lang)
    text = " ".join(sheet(replace(assessed, replay_fitness=0.58), lang=lang).pages[0].extract_text().split())
    assert said.replace("\xa0", " ") in text
    assert map_limits.warning(assessed, lang) == ""


def test_a_picture_cannot_leave_its_folder():
    with pytest.raises(ValueError, match="not a name"):
        pdf("a3", {}, pictures={"../../x": "<svg/>"}, made_on="2019-01-15")


@pytest.mark.parametrize("lang", LANGS)
def test_it_begins_with_the_sentence_of_the_page_and_the_terminal(lang):
    """Steps that take 48 minutes from request to answer are not done "in 0 days"."""
    assessed = samples.assessment(STREAMS["three"])
    in_an_hour = replace(
        assessed,
        lead_time=replace(
            assessed.lead_time,
            median_days=Estimate(48 / 1440, 0.03, 0.04, 400),
            p90_days=Estimate(0.2, 0.1, 0.3, 400),
        ),
    )
    said = assessment_words.lead(in_an_hour, lang).replace("\N{NO-BREAK SPACE}", " ")
    assert "48 min" in said
    words = re.sub(r"\s+", " ", sheet(in_an_hour, lang=lang).pages[0].extract_text())
    assert said in words


def test_a_bar_told_by_step_stays_on_the_page_with_its_names():
    """It takes its room from the map, whose largest form still fits."""
    stream = STREAMS["forty"]
    parts = tuple(TimePart("between", f"{LONG} {n}", 40.0 - n, (40.0 - n) / 780) for n in range(39))
    made = sheet(replace(samples.assessment(stream), time_parts=parts), lang="lt")
    assert len(made.pages) == 1
    words = re.sub(r"\s+", " ", made.pages[0].extract_text())
    assert "6. Nekustamā īpašuma" in words
    assert "7. Visi kiti žingsniai kartu" in words

"""The printed map: one sheet on A3, A1 or A0, readable where it hangs, with the map in words beside it."""

from __future__ import annotations

import datetime as dt
import io
import re
from functools import cache

import pypdf
import pytest
from lxml import etree

from straume.lean.assess import assess
from straume.lean.stream.layout import lay_out
from straume.web.reports.map_sheet import (
    LEAST_TYPE_PT,
    NAME_PT,
    WIDTH_MM,
    Burst,
    SheetHead,
    map_lines,
    map_sheet_pdf,
    map_sheet_svg,
    map_table,
)
from straume.web.reports.pictures.map_poster import WIDTH
from straume.web.reports.pictures.widths import text_width
from straume.words import map_sheet as words
from web.reports.samples import STREAMS

LANGS = ["lv", "lt", "en"]
HEAD = SheetHead(
    title="Nekustamā īpašuma nodokļa parādu piedziņas bezstrīda kārtība Latgales novados un pilsētās",
    made_on=dt.date(2018, 10, 2),
    institution="Ignalinos rajono savivaldybė",
    unit="Finansų skyrius",
    state="validated",
    version="2",
    people=21,
    simulated=True,
)
BURSTS = (
    Burst("Sūtīt atgādinājumu e-adresē", "s2", "Nodokļu nodaļas vadītājs", dt.date(2019, 3, 1)),
    Burst("Vai vīza vajadzīga katrai lietai?", "s4"),
    Burst("Pielikumu saraksts mājaslapā", is_done=True),
)
SVG = "{http://www.w3.org/2000/svg}"


@cache
def assessed(name: str):
    return assess(STREAMS[name])


def drawn(name: str = "eleven", *, lang: str = "lv", size="a3", **more) -> etree._Element:
    values = {"head": HEAD, "bursts": BURSTS, "with_fonts": False, **more}
    return etree.fromstring(map_sheet_svg(assessed(name), lang=lang, size=size, **values))


def scale_of_the_map(root: etree._Element) -> float:
    """Points on paper for a unit of the map."""
    inner = root.find(f"{SVG}svg")
    paper = float(root.get("width").removesuffix("mm")) / 25.4 * 72 / WIDTH
    return float(inner.get("width")) / float(inner.get("viewBox").split()[2]) * paper


def said(root: etree._Element) -> str:
    return " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("size", WIDTH_MM)
@pytest.mark.parametrize("name", STREAMS)
def test_names_can_be_read_where_the_paper_hangs(name, size):
    assert scale_of_the_map(drawn(name, size=size)) * NAME_PT >= LEAST_TYPE_PT[size] - 0.01


def test_a_larger_paper_leaves_no_step_out_that_a_smaller_one_shows():
    shown = {
        size: len(
            re.findall(
                r"<rect[^>]+rx=\"5\"", map_sheet_svg(assessed("forty"), head=HEAD, lang="lv", size=size)
            )
        )
        for size in ("a3", "a0")
    }
    assert 8 <= shown["a3"] <= shown["a0"] == 40
    small = said(drawn("forty", size="a3"))
    if shown["a3"] < 40:
        assert str(40 - shown["a3"]) in small


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_says_what_it_is_of_when_and_by_whom(lang):
    root = drawn(lang=lang)
    text = said(root)
    for part in (words.kind(lang), words.state("validated", lang), "2018", "21", "Finansų skyrius"):
        assert part in text
    for label, value, _ in words.strip(assessed("eleven"), lang):
        assert value in text
        assert label.split()[0] in text
    assert words.headings(lang)["simulated"] in text
    assert root.find(f"{SVG}title").text.startswith(words.kind(lang))
    assert root.find(f"{SVG}desc").text.count(". ") > 10


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", STREAMS)
def test_no_line_of_the_sheet_runs_off_its_paper(name, lang):
    root = drawn(name, lang=lang)
    for line in root.iterfind(f"{SVG}text"):
        width = text_width(
            "".join(line.itertext()), float(line.get("font-size")), bold=line.get("font-weight") == "600"
        )
        left = float(line.get("x")) - (width if line.get("text-anchor") == "end" else 0)
        assert left >= 0
        assert left + width <= WIDTH
    inner = root.find(f"{SVG}svg")
    assert float(inner.get("x")) >= 0
    assert float(inner.get("y")) > 100


def test_each_box_says_work_wait_and_yield():
    text = said(drawn("eleven"))
    assert "Darbs" in text
    assert "Gaida" in text
    assert "80 %" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_decides_the_time_is_marked_and_explained():
    """Of two opinions asked for side by side the answer waits for one; without times nothing is marked."""
    root = drawn("branching", lang="en")
    heavy = [one for one in root.iter(f"{SVG}rect") if one.get("stroke-width") == "3"]
    critical = assessed("branching").measures.critical_path
    assert len(heavy) == len(critical) + 1  # and the sign in the key
    assert len(critical) < len(assessed("branching").stream.steps)
    assert "the answer waits for 4" in said(root)
    assert "Decides how long" not in said(drawn("eleven", lang="en"))


@pytest.mark.parametrize("name", STREAMS)
def test_a_step_bears_one_number_with_lanes_and_without(name):
    stream = STREAMS[name]
    whole = {box.key: box.number for box in lay_out(stream).boxes}
    assert {box.key: box.number for box in lay_out(stream, with_lanes=False).boxes} == whole


def test_ideas_stand_at_their_steps_and_in_the_list_under_the_same_numbers():
    root = drawn("eleven", lang="lt")
    text = said(root)
    for idea in BURSTS:
        assert idea.text in text
    assert "2019 m. kovo 1 d." in text
    inner = root.find(f"{SVG}svg")
    numbers = [
        one.text for one in inner.iter(f"{SVG}text") if one.get("font-size") == "10" and one.text in "12"
    ]
    assert sorted(numbers) == ["1", "2"]


def test_many_ideas_leave_the_map_its_room():
    many = [
        Burst(f"Ierosinājums numur {n} ar diezgan garu tekstu, kas neietilpst vienā rindā", "s1")
        for n in range(60)
    ]
    root = drawn("eleven", bursts=many, lang="en")
    assert float(root.find(f"{SVG}svg").get("height")) > 300
    shown = max(int(found) for found in re.findall(r"numur (\d+)", said(root))) + 1
    assert f"{60 - shown} more stand in the list" in said(root)


def test_the_svg_carries_its_fonts():
    svg = map_sheet_svg(assessed("three"), head=HEAD, lang="lv")
    assert svg.count("@font-face") == 2
    assert len(svg) < 400_000


@pytest.mark.parametrize(("size", "lang"), [("a3", "lv"), ("a1", "lt"), ("a0", "en")])
def test_the_pdf_is_tagged_and_holds_the_map_as_a_table(size, lang):
    data = map_sheet_pdf(assessed("eleven"), head=HEAD, lang=lang, size=size, bursts=BURSTS)
    made = pypdf.PdfReader(io.BytesIO(data))
    assert float(made.pages[0].mediabox.width) == pytest.approx(WIDTH_MM[size] / 25.4 * 72, abs=0.5)
    assert made.trailer["/Root"]["/Lang"] == lang
    assert made.trailer["/Root"]["/MarkInfo"]["/Marked"]
    table = made.pages[1].extract_text()
    assert words.headings(lang)["table"] in table
    for step in STREAMS["eleven"].steps:
        assert step.name.split()[0] in table
    again = map_sheet_pdf(assessed("eleven"), head=HEAD, lang=lang, size=size, bursts=BURSTS)
    assert again == data


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", STREAMS)
def test_table_and_lines_tell_every_step_in_the_numbers_of_the_map(name, lang):
    table, lines = map_table(assessed(name), lang=lang), map_lines(assessed(name), lang=lang)
    steps = assessed(name).stream.steps
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, len(steps) + 1)]
    assert {row[1] for row in table.rows} == {step.name for step in steps}
    assert all(len(row) == len(table.columns) for row in table.rows)
    for row, line in zip(table.rows, lines, strict=True):
        assert line.startswith(f"{row[0]}. {row[1]};")
        assert row[-1] in line


def test_the_ways_on_name_steps_or_the_answer_with_their_shares():
    rows = map_table(assessed("branching"), lang="en").rows
    onward = {row[0]: row[-1] for row in rows}
    assert onward["1"] == "2 (60%), 3 (40%)"
    assert onward["3"] == "4, 5"
    assert onward["6"] == "7 (90%), the answer (10%)"
    assert onward["7"] == "the answer"

"""What can be read off the pictures: to scale, in colour and pattern, for eyes and for ears."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from lxml import etree

from straume.lean.assess.assessing import assess
from straume.lean.assess.records import TimePart
from straume.lean.stream.layout import lay_out
from straume.lean.stream.records import Node, Route, Step, ValueStream
from straume.lean.stream.step_table import read_steps
from straume.web.reports.pictures import (
    Form,
    arrivals_chart,
    fitted_form,
    kinds_of_time,
    lead_times_chart,
    page,
    paper,
    step_numbers,
    stream_map,
    time_bar,
)
from straume.web.reports.pictures.thinning import thinned, without
from straume.web.reports.pictures.widths import text_width, wrapped
from web.reports import samples
from web.reports.samples import STREAMS

NS = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def every_picture(ink, lang: str = "lv") -> list[str]:
    made = []
    for stream in STREAMS.values():
        assessed = samples.assessment(stream)
        made += [time_bar(assessed, lang=lang, ink=ink), stream_map(assessed, lang=lang, ink=ink)]
    made.append(arrivals_chart(samples.periods(), unit="week", lang=lang, ink=ink))
    made.append(lead_times_chart([5.0 * n for n in range(40)], lang=lang, ink=ink, deadline_days=30))
    return made


@pytest.mark.parametrize("ink", [page("a"), paper("a")], ids=["page", "paper"])
def test_a_picture_needs_no_style_and_no_script(ink):
    for svg in every_picture(ink):
        for element in drawn(svg).iter():
            assert element.tag not in (f"{NS}style", f"{NS}script", f"{NS}foreignObject", f"{NS}image")
            assert "style" not in element.attrib
            assert not [name for name in element.attrib if name.startswith("on")]


def test_on_a_page_every_colour_follows_the_tokens_and_on_paper_none_does():
    for svg in every_picture(page("a")):
        assert not re.findall(r'(?:fill|stroke)="#', svg)
        assert not re.findall(r'(?:fill|stroke)="(?:black|white)"', svg)
    assert not [svg for svg in every_picture(paper("a")) if "var(" in svg]


@pytest.mark.parametrize("lang", ["lv", "lt", "en"])
def test_a_picture_has_a_name_and_a_description_for_people_who_do_not_see_it(lang):
    for svg in every_picture(page("one"), lang):
        root = drawn(svg)
        ids = root.attrib["aria-labelledby"].split()
        texts = [root.xpath(f"//*[@id='{name}']")[0].text for name in ids]
        assert root.attrib["role"] == "img"
        assert [element.tag for element in root][:2] == [f"{NS}title", f"{NS}desc"]
        assert all(text and "{" not in text for text in texts)


def test_two_pictures_on_one_page_share_no_id():
    stream = samples.assessment(STREAMS["eleven"])
    ids = []
    for prefix in ("a", "b"):
        for svg in (
            time_bar(stream, lang="lv", ink=page(prefix)),
            stream_map(stream, lang="lv", ink=page(prefix + "m")),
        ):
            ids += drawn(svg).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_names_of_steps_cannot_break_out_of_the_picture():
    nasty = "<script>alert(1)</script> & \"quoted\" 'too'"
    step = replace(STREAMS["three"].steps[0], name=nasty, lane=nasty)
    stream = replace(STREAMS["three"], steps=(step, *STREAMS["three"].steps[1:]))
    root = drawn(stream_map(samples.assessment(stream), lang="en", ink=page()))
    assert not list(root.iter(f"{NS}script"))
    assert nasty in root.xpath("string(//*[local-name()='desc'])")


def parts(*days: tuple[str, float]):
    whole = sum(value for _, value in days)
    made = tuple(TimePart(kind, None, value, value / whole) for kind, value in days)
    return replace(samples.assessment(STREAMS["three"]), time_parts=made)


def bar_widths(svg: str) -> list[float]:
    """Widths of the grounds of the parts: the rectangles as high as the bar that carry no pattern."""
    return [
        float(rect.attrib["width"])
        for rect in drawn(svg).iter(f"{NS}rect")
        if rect.attrib["height"] == "43"
        and rect.attrib["fill"] != "none"
        and "url" not in rect.attrib["fill"]
    ]


def test_the_bar_is_to_scale():
    widths = bar_widths(time_bar(parts(("value", 10), ("waiting", 30)), lang="en", ink=paper()))
    assert widths[1] / widths[0] == pytest.approx(3, rel=1e-3)
    assert sum(widths) == pytest.approx(1118, abs=0.1)  # 1120 less one gap of 2


def test_a_part_too_thin_to_see_is_still_a_line():
    widths = bar_widths(time_bar(parts(("value", 0.001), ("waiting", 400)), lang="en", ink=paper()))
    assert widths[0] == 1


def test_the_parts_come_in_one_order_and_what_is_not_there_is_left_out():
    kinds = kinds_of_time(parts(("waiting", 3), ("not_judged", 1), ("value", 2), ("waste", 0)))
    assert [kind.kind for kind in kinds] == ["value", "not_judged", "waiting"]
    assert sum(kind.share for kind in kinds) == pytest.approx(1)


def test_work_that_nobody_judged_is_called_not_yet_judged():
    told = time_bar(parts(("not_judged", 1), ("waiting", 3)), lang="lv", ink=paper())
    assert "vēl nav izvērtēts" in told
    assert "Nav vajadzīgs" not in told


def test_each_kind_of_time_has_a_pattern_besides_its_colour():
    svg = time_bar(
        parts(*((kind, 1) for kind in ("necessary", "waste", "not_judged", "waiting", "between"))),
        lang="en",
        ink=page("x"),
    )
    for kind in ("necessary", "waste", "not_judged", "waiting", "between"):
        assert f"url(#x-{kind})" in svg


def test_labels_of_the_bar_do_not_lie_over_each_other():
    svg = time_bar(
        parts(("value", 0.1), ("necessary", 0.1), ("waste", 0.1), ("not_judged", 0.1), ("waiting", 99)),
        lang="lt",
        ink=paper(),
    )
    rows: dict[str, list[tuple[float, float]]] = {}
    for text in drawn(svg).iter(f"{NS}text"):
        size = float(text.attrib["font-size"])
        start = float(text.attrib["x"])
        rows.setdefault(text.attrib["y"], []).append((start, start + text_width(text.text, size)))
    for row in rows.values():
        ends = sorted(row)
        assert all(a[1] < b[0] for a, b in pairwise(ends))
        assert ends[0][0] >= 0
        assert ends[-1][1] <= 1120


def by_step(*days: float, nameless: float = 0.0):
    """An assessment of a log that knows no starts: the time before each completion, by step."""
    rows = [("between", f"Solis {n}", value) for n, value in enumerate(days)]
    rows += [("between", None, nameless)] if nameless else []
    whole = sum(value for *_, value in rows)
    made = tuple(TimePart(kind, step, value, value / whole) for kind, step, value in rows)
    return replace(samples.assessment(STREAMS["three"]), time_parts=made)


def test_time_between_completions_is_told_by_step_largest_first_and_the_rest_together():
    shown = kinds_of_time(by_step(1, 9, 3, 4, 5, 6, 7, 2, 8, nameless=0.5))
    assert [part.step for part in shown] == [f"Solis {n}" for n in (1, 8, 6, 5, 4, 3)] + [None]
    assert {part.kind for part in shown} == {"between"}
    assert shown[-1].is_rest
    assert shown[-1].days == pytest.approx(1 + 3 + 2 + 0.5)
    assert sum(part.share for part in shown) == pytest.approx(1)


def test_seven_steps_are_all_named_and_a_rest_of_one_is_not_hidden():
    assert [part.is_rest for part in kinds_of_time(by_step(1, 2, 3, 4, 5, 6, 7))] == [False] * 7


def test_little_time_between_completions_stays_one_part():
    made = by_step(1, 2)
    waiting = TimePart("waiting", None, 30.0, 30 / 33)
    mixed = replace(
        made, time_parts=(waiting, *(replace(one, share=one.days / 33) for one in made.time_parts))
    )
    assert [(part.kind, part.step) for part in kinds_of_time(mixed)] == [("waiting", None), ("between", None)]


@pytest.mark.parametrize("lang", ["lv", "lt", "en"])
def test_the_bar_by_step_names_each_part_under_it_and_for_those_who_do_not_see_it(lang):
    svg = time_bar(by_step(1, 9, 3, 4, 5, 6, 7, 2, 8), lang=lang, ink=paper())
    texts = [text.text for text in drawn(svg).iter(f"{NS}text")]
    for number, step in enumerate((1, 8, 6, 5, 4, 3), 1):
        assert f"{number}. Solis {step}" in texts
        assert f"Solis {step}:" in svg
    assert len(bar_widths(svg)) == 7
    heights = [float(text.attrib["y"]) for text in drawn(svg).iter(f"{NS}text")]
    assert max(heights) < float(drawn(svg).attrib["height"])


def test_under_half_a_day_the_bar_says_hours_and_minutes():
    svg = time_bar(by_step(1 / 30, 1 / 60), lang="lv", ink=paper())
    assert "48\N{NO-BREAK SPACE}min" in svg
    assert "0 dien" not in svg


@pytest.mark.parametrize("name", STREAMS)
def test_work_runs_from_left_to_right_and_no_two_boxes_share_a_place(name):
    layout = lay_out(STREAMS[name])
    boxes = {box.key: box for box in layout.boxes}
    assert len({(box.column, box.lane, box.row) for box in boxes.values()}) == len(boxes)
    for arrow in layout.arrows:
        if arrow.back:
            assert boxes[arrow.target].column <= boxes[arrow.source].column
        else:
            assert boxes[arrow.target].column > boxes[arrow.source].column


@pytest.mark.parametrize("name", STREAMS)
def test_every_step_is_drawn_once_with_its_number(name):
    stream = STREAMS[name]
    numbers = step_numbers(stream)
    assert sorted(numbers.values()) == list(range(1, len(stream.steps) + 1))
    desc = drawn(stream_map(samples.assessment(stream), lang="en", ink=page())).xpath(
        "string(//*[local-name()='desc'])"
    )
    for step in stream.steps:
        assert f"{numbers[step.key]}. {step.name}" in desc


def test_a_loop_is_an_arc_back_and_parallel_work_stands_in_one_column():
    eleven = lay_out(STREAMS["eleven"])
    assert [(a.source, a.target) for a in eleven.arrows if a.back] == [("s4", "s3")]
    boxes = {box.key: box for box in lay_out(STREAMS["branching"]).boxes}
    assert boxes["d"].column == boxes["e"].column
    assert {box.kind for box in boxes.values()} >= {"and", "start", "end", "step"}


def test_a_circle_that_nobody_called_rework_is_found():
    steps = tuple(Step(key, key) for key in "abc")
    nodes = (Node("start", "start"), Node("j", "xor"), Node("x", "xor"), Node("end", "end"))
    routes = tuple(
        Route(a, b, share)
        for a, b, share in (
            ("start", "j", 1), ("j", "a", 1), ("a", "b", 1), ("b", "x", 1),
            ("x", "c", 0.7), ("x", "j", 0.3), ("c", "end", 1),
        )
    )  # fmt: skip
    layout = lay_out(ValueStream(steps, nodes, routes))
    assert [(a.source, a.target) for a in layout.arrows if a.back] == [("b", "a")]


def test_the_way_round_a_step_keeps_its_share():
    layout = lay_out(STREAMS["branching"])
    shares = {(a.source, a.target): a.share for a in layout.arrows}
    assert shares["f", "g"] == pytest.approx(0.9)
    assert shares["f", "end"] == pytest.approx(0.1)


def test_a_step_left_out_leaves_its_way_open():
    layout = lay_out(without(STREAMS["eleven"], ["s2", "s5"]))
    ways = {(arrow.source, arrow.target) for arrow in layout.arrows}
    assert {("s1", "s3"), ("s4", "s6"), ("s4", "s3")} <= ways
    assert len([box for box in layout.boxes if box.number]) == 9


def test_a_parallel_branch_without_its_step_joins_again():
    layout = lay_out(without(STREAMS["branching"], ["d"]))
    boxes = {box.key: box for box in layout.boxes}
    assert "d" not in boxes
    assert boxes["p1"].column < boxes["e"].column < boxes["p2"].column


def test_the_rarest_steps_go_first_and_no_more_than_needed():
    stream = STREAMS["forty"]
    rare = tuple(replace(step, share=0.01 if n % 2 else 1.0) for n, step in enumerate(stream.steps))
    shown = thinned(replace(stream, steps=rare), fits=lambda tried: len(tried.steps) <= 25)
    assert len(shown.steps) == 25
    assert {step.key for n, step in enumerate(rare) if n % 2 == 0} <= {step.key for step in shown.steps}
    assert thinned(stream, fits=lambda tried: True) is stream
    assert len(thinned(stream, fits=lambda tried: False).steps) == 8


def test_bands_fit_the_width_and_lose_no_step():
    assessed = samples.assessment(STREAMS["forty"])
    root = drawn(stream_map(assessed, lang="lv", ink=paper(), form=Form(max_width=1200)))
    assert float(root.attrib["viewBox"].split()[2]) <= 1200
    numbers = {t.text for t in root.iter(f"{NS}text") if t.attrib.get("font-weight") == "600"}
    assert {str(n) for n in range(1, 41)} <= numbers


def test_a_map_of_few_steps_stays_in_one_band_with_lanes():
    assert fitted_form(STREAMS["three"], width=555, height=425, least_scale=0.45) == Form()


def test_a_stream_without_lanes_or_times_is_drawn_too():
    bare = ValueStream(
        steps=(Step("a", "Reģistrē"), Step("b", "Atbild")),
        nodes=(Node("start", "start"), Node("end", "end")),
        routes=(Route("start", "a"), Route("a", "b"), Route("b", "end")),
    )
    assessed = replace(samples.assessment(STREAMS["three"]), stream=bare, steps=(), time_parts=())
    assert "Reģistrē" in stream_map(assessed, lang="lv", ink=page())
    assert time_bar(assessed, lang="lv", ink=page()) == ""


def test_a_long_name_is_broken_and_ends_in_dots():
    lines = wrapped("Pārbauda iesniegumam pievienoto dokumentu atbilstību", width=100, size=12, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(text_width(line, 12) <= 100 for line in lines)


def test_a_word_longer_than_the_line_is_cut_with_a_hyphen():
    lines = wrapped("izpildrīkojumaizdevējinstitūcija", width=80, size=12, lines=4)
    assert "".join(line.rstrip("-") for line in lines) == "izpildrīkojumaizdevējinstitūcija"
    assert all(text_width(line, 12) <= 80 for line in lines)


def test_charts_are_left_out_where_there_is_nothing_to_see():
    assert arrivals_chart(samples.periods(1), unit="week", lang="lv", ink=page()) == ""
    assert lead_times_chart([1, 2, 3, 4], lang="lv", ink=page()) == ""


def test_the_chart_of_weeks_tells_its_numbers():
    weeks = samples.periods(10)
    svg = arrivals_chart(weeks, unit="week", lang="en", ink=page())
    desc = drawn(svg).xpath("string(//*[local-name()='desc'])")
    assert f"Cases that arrived: {sum(week.arrived for week in weeks)};" in desc


@pytest.mark.parametrize(("lang", "name"), [("lv", "Vēlēšanas"), ("lt", "Rinkimai"), ("en", "Election")])
def test_an_election_within_the_weeks_is_a_line_with_its_name_and_others_are_left_out(lang, name):
    days = [date(2017, 6, 3), date(2018, 2, 4), date(2021, 6, 5)]
    svg = arrivals_chart(samples.periods(20), unit="week", lang=lang, ink=page(), elections=days)
    texts = [text.text for text in drawn(svg).iter(f"{NS}text") if name in (text.text or "")]
    assert len(texts) == 1 and "2018" in texts[0]
    assert svg.count(name) == 2  # and in its description
    assert name not in arrivals_chart(samples.periods(20), unit="week", lang=lang, ink=page())


def test_what_runs_beside_the_longest_way_is_not_in_the_castle():
    """Two short steps beside one that waits twenty days: the castle is flat under the second of them."""
    rows = [
        {"number": "1", "step": "Sāk", "touch": "10 min", "goes_to": "2 + 3"},
        {"number": "2", "step": "Ilgi", "touch": "10 min", "wait": "20 dienas", "goes_to": "5"},
        {"number": "3", "step": "Īsi", "touch": "10 min", "wait": "2 dienas", "goes_to": "4"},
        {"number": "4", "step": "Vēl īsi", "touch": "10 min", "wait": "3 dienas", "goes_to": "5"},
        {"number": "5", "step": "Beidz", "touch": "10 min", "wait": "4 dienas"},
    ]
    svg = stream_map(assess(read_steps(rows).stream), lang="en", ink=page())
    texts = {text.text for text in drawn(svg).iter(f"{NS}text")}
    assert {"20 d", "4 d"} <= texts and not {"2 d", "3 d"} & texts

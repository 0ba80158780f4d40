"""What the map leaves out, and when its arrows are not to be read, is said in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from straume.lean.assess import assess
from straume.lean.events.read import read_log
from straume.words.map_limits import left_out, limits, warning

LANGS = ("en", "lv", "lt")


@pytest.fixture(scope="module")
def assessed(tmp_path_factory):
    """A hundred cases of three entries; one in fifty asks, one in twenty visits."""
    rows = ["case,activity,end"]
    for case in range(100):
        rows.append(f"{case},register,2020-03-02 09:00")
        rows += [f"{case},ask,2020-03-02 1{at}:00" for at in (range(3) if case < 2 else ())]
        rows += [f"{case},visit,2020-03-02 11:00"] if 50 <= case < 55 else []
        rows += [f"{case},decide,2020-03-02 15:00", f"{case},send,2020-03-02 16:00"]
    path = tmp_path_factory.mktemp("log") / "log.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return assess(read_log(path, timezone="Europe/Riga"))


def test_steps_left_out_are_counted_with_their_share_of_the_entries(assessed):
    assert {step.name for step in assessed.stream.steps} == {"register", "visit", "decide", "send"}
    share = f"{6 / 311 * 100:.1f}%"
    assert left_out(assessed, "en") == f"1 rarer step is left out of the map ({share} of the entries)."
    drawn = ("register", "decide", "send")
    assert left_out(assessed, "en", drawn=drawn).startswith(
        "2 rarer steps are left out of the map (together 3.5%"
    )


def test_a_share_that_would_give_away_few_entries_is_not_said(assessed):
    few = tuple(replace(step, items=3) if step.step == "ask" else step for step in assessed.steps)
    assert left_out(replace(assessed, steps=few), "en") == "1 rarer step is left out of the map."


def test_nothing_is_said_where_the_whole_is_on_the_map(assessed):
    drawn = [step.step for step in assessed.steps]
    assert left_out(assessed, "lv", drawn=drawn) == ""


@pytest.mark.parametrize("lang", LANGS)
def test_below_seven_in_ten_the_arrows_are_not_to_be_read(assessed, lang):
    low, middle, good = (replace(assessed, replay_fitness=value) for value in (0.55, 0.84, 0.9))
    assert "55" in warning(low, lang) and warning(middle, lang) == warning(good, lang) == ""
    assert "84" in limits(middle, lang) and "84" not in limits(good, lang)
    assert warning(replace(assessed, replay_fitness=None), lang) == ""

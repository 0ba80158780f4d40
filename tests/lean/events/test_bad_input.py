"""Every cause of bad input has its code, its place and an advice in three languages; none passes in
silence.
"""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from lean.events import bad_files, bad_values
from lean.events.bad_files import Bad
from straume.lean.errors import Place, Problem
from straume.lean.events.read import Inspection, inspect_log
from straume.words import problems as words
from straume.words.problem_text_cluster import CLUSTER

CAUSES: tuple[Bad, ...] = (*bad_files.ALL, *bad_values.ALL)


@pytest.mark.parametrize("bad", CAUSES, ids=lambda bad: bad.code)
def test_each_cause_is_told_with_its_place(bad: Bad, tmp_path: Path) -> None:
    found = inspect_log(bad.make(tmp_path), **bad.call)
    told = [problem for problem in problems_and_notices(found) if problem.code == bad.code]
    assert told, [problem.code for problem in problems_and_notices(found)]
    assert_stands_at(told[0].place, bad.place)
    assert (found.log is None) == bad.stops
    assert_people_understand(told[0])


def problems_and_notices(found: Inspection) -> list[Problem]:
    notices = found.log.facts.notices if found.log else ()
    return [*found.problems, *(Problem.from_dict(notice) for notice in notices)]


def assert_stands_at(place: Place, expected: Place) -> None:
    for name, value in vars(expected).items():
        if value is not None:
            assert getattr(place, name) == value, (name, place)


def assert_people_understand(problem: Problem) -> None:
    for say in (words.sentence, words.advice):
        said = [say(problem, lang) for lang in ("en", "lv", "lt")]
        assert len(set(said)) == 3, said
        for text in said:
            assert text and "{" not in text and "}" not in text, text
    own = words.TEXTS[problem.code]
    fields = {field for text in (own.sentence, own.advice) for _, field, _, _ in Formatter().parse(text)}
    assert fields - {None} <= set(problem.params), problem


def test_there_are_more_than_sixty_causes() -> None:
    assert len({bad.code for bad in CAUSES}) >= 60


def test_every_code_of_the_catalogue_has_a_cause_or_a_call() -> None:
    elsewhere = {
        *(code for code in words.CODES if code.startswith(("calendar_", "check_", "bpmn_", "ask_"))),
        *(
            "no_such_file",
            "said_of_other_format",
            "unknown_timezone",
            "unknown_role",
            "log_folder_exists",
            "not_a_log_folder",
        ),
        *("log_of_other_version", "nothing_to_put_together", "calendars_differ"),
        *CLUSTER,  # tests/lean/cluster
        # Defended by limits that a test would need gigabytes for, or by the system itself.
        *("too_many_rows", "file_damaged", "zip_truncated", "unreadable_rows"),
    }
    assert set(words.CODES) - {bad.code for bad in CAUSES} <= elsewhere

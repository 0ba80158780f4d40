"""Why it waits: causes where the log allows, what is missing where it does not, small groups nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation

from lean.flow.logs import Plain, Row, event_log
from straume.lean.assess.assessing import assess
from straume.lean.assess.plain import assessment_to_dict
from straume.lean.assess.records import Assessment
from straume.lean.flow.causes.split import CAUSES
from straume.web.studies import waiting_figures
from straume.web.studies.figures import FEW
from straume.web.studies.table_files import as_csv
from straume.web.studies.waiting_page import why_it_waits

RARE = "Sūta Jānim"


def rows(*, starts: bool = True) -> list[Row]:
    """Twelve cases, one every fourth day; three of them take a rare step, the board has two members."""
    made = []
    for number in range(12):
        begin, case = 24.0 * 4 * number, str(number)
        steps = [
            ("Reģistrē", 8, "Lietvedība", f"a{number % 5}"),
            ("Pārbauda", 12, "Nodaļa", f"b{number % 6}"),
        ]
        steps += [(RARE, 30, "Nodaļa", f"b{number % 6}")] if number < 3 else []
        steps += [("Lemj", 80, "Dome", f"c{number % 2}")]
        made += [
            Row(
                case, step, start=begin + at if starts else None, end=begin + at + 1, unit=unit, worker=worker
            )
            for step, at, unit, worker in steps
        ]
    return made


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess(event_log(Plain(tuple(rows()))))


@pytest.fixture(scope="module")
def without_starts() -> Assessment:
    return assess(event_log(Plain(tuple(rows(starts=False)))))


def test_each_cause_stands_with_its_share_days_hours_and_question(assessment: Assessment) -> None:
    section = why_it_waits(assessment, "lv")
    assert section is not None and len(section.causes) == len(CAUSES)
    first = section.causes[0]
    assert first.name == "Ārpus darba laika"
    assert (first.bar.width, first.ask) == (
        "100.00%",
        "Vai to varētu nodot tālāk agrāk dienā vai nedēļā?",
    )
    assert first.hours != "–" and "dien" in first.days


@pytest.mark.parametrize(("lang", "advice"), [("lv", "Pasakiet"), ("lt", "Nurodykite"), ("en", "Say how")])
def test_a_log_without_starts_says_what_is_missing_and_what_helps(
    without_starts: Assessment, lang: str, advice: str
) -> None:
    section = why_it_waits(without_starts, lang)
    assert section is not None and not section.causes
    assert section.missing.endswith(".") and section.advice.startswith(advice)


def test_a_step_of_fewer_than_five_cases_shows_no_hours_and_cannot_be_had_by_subtraction(
    assessment: Assessment,
) -> None:
    table = waiting_figures.steps_table(assessment)
    hidden = [row[0] for row in table.rows if FEW in row]
    assert RARE in hidden and len(hidden) > 1
    section = why_it_waits(assessment, "en")
    assert section is not None
    assert not {row.name for group in section.groups for row in group.rows} & set(hidden)
    into = [row for row in waiting_figures.edges_table(assessment).rows if row[1] == "Lemj"]
    assert sum(FEW in row for row in into) in (0, len(into))
    assert "fewer than five" in as_csv(table, lang="en").decode("utf-8-sig")


def test_a_unit_of_fewer_than_five_people_shows_no_hours(assessment: Assessment) -> None:
    rows_of = {row[0]: row for row in waiting_figures.units_table(assessment).rows}
    assert FEW in rows_of["Dome"]
    assert sum(FEW in row for row in rows_of.values()) > 1


def test_no_table_says_who_did_the_work(assessment: Assessment) -> None:
    for make in waiting_figures.waiting_tables(assessment).values():
        said = as_csv(make(assessment), lang="lv").decode("utf-8-sig")
        assert not {f"{unit}{number}" for unit in "abc" for number in range(6)} & set(said.split(";"))


def test_every_figure_says_which_share_rests_on_estimated_starts(assessment: Assessment) -> None:
    assert assessment.waiting is not None
    estimated = replace(assessment, waiting=replace(assessment.waiting, estimated_share=0.4))
    section = why_it_waits(estimated, "en")
    assert section is not None and section.estimated == "40% of it estimated"
    assert "40% of the waiting rests on estimated start times; " in section.note
    with translation.override("lt"):
        table = waiting_figures.causes_table(estimated)
    assert {row[-1] for row in table.rows} == {0.4}
    assert "40\xa0%" in table.note


@pytest.mark.django_db
def test_the_page_has_the_section_and_its_tables(make_log, make_run, alice, assessment: Assessment) -> None:
    run = make_run(log=make_log(), result=assessment_to_dict(assessment))
    client = Client()
    client.force_login(alice)
    page = client.get(run.get_absolute_url()).content.decode()
    assert 'id="waiting"' in page and "url(#waiting-cause-unavailability)" in page
    for name in waiting_figures.waiting_tables(assessment):
        assert client.get(f"{run.get_absolute_url()}{name}/").status_code == 200
        assert client.get(f"{run.get_absolute_url()}{name}.xlsx").status_code == 200

"""The demo's studies show what they are there for: erosion, work that got better, many kinds of input."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.utils import timezone

from straume.web.demo import people, places, programme, services
from straume.web.demo import studies as seeded
from straume.web.demo.study_processes import PlaceStudy, studies
from straume.web.places.models import Institution
from straume.web.studies import analysis, comparison
from straume.web.studies.models import Study, Verdict

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TODAY = date(2026, 11, 23)
DESCRIBED = studies(debt_service=seeded.DEBT, felling_service=seeded.FELLING)


def described(slug: str) -> PlaceStudy:
    return next(one for one in DESCRIBED if one.institution == slug)


def made(slug: str, folder) -> Study:
    """One study, the way the demo makes it."""
    place, now = described(slug), timezone.now()
    with ThreadPoolExecutor(2) as readers:
        study = seeded.begun(place, now)
        for waiting in seeded.upload(place, study, folder, readers, now):
            seeded.confirm_and_assess(waiting, now)
    return study


@pytest.fixture
def country(transactional_db) -> None:
    for part in (places, programme, people, services):
        part.seed(TODAY)


@pytest.mark.parametrize(("slug", "expected"), [("preili", "clearly longer"), ("utena", "clearly shorter")])
def test_what_eroded_and_what_did_well_is_seen_in_two_periods_beside_each_other(
    country, tmp_path, slug, expected
):
    study = made(slug, tmp_path)
    before, after = study.runs.order_by("covers_until_on")
    shown = comparison.compare(before, after, judgements={}, lang="en")
    sure = {row.label: row.sure for row in shown["rows"]}
    assert sure["Half of the cases within"] == sure["Nine of ten within"] == expected
    assert (before.source_label, after.source_label) == tuple(year.label for year in described(slug).years)
    assert not set(shown["gone"]) & set(shown["fresh"]), "a question that stays is neither gone nor new"
    assert not Verdict.objects.exists()


def test_an_election_lies_within_a_period_in_both_countries(country):
    for slug in ("preili", "utena"):
        days = [term.election_on for term in Institution.objects.get(slug=slug).terms.all()]
        periods = [
            (date.fromisoformat(year.first_on), date.fromisoformat(year.last_on))
            for year in described(slug).years
        ]
        assert any(first < day < last for day in days for first, last in periods), slug


def test_places_take_between_three_and_eleven_steps():
    counts = [len(one.process.steps) if one.process else len(one.steps) for one in DESCRIBED]
    assert (min(counts), max(counts)) == (3, 11)
    assert len(set(counts)) >= 5
    assert [one.institution for one in DESCRIBED if not one.years] == ["aglona"]


def test_a_document_register_with_a_column_for_each_step_goes_the_same_way(country, tmp_path):
    study = made("balvi", tmp_path)
    log = study.logs.get()
    assert len(log.mapping["steps"]) == len(described("balvi").process.steps)
    run = study.runs.get()
    assert run.status == "done", run.refusal
    names = {step.step for step in analysis.stored(run, {}).steps}
    assert names == {step.name for step in described("balvi").process.steps}

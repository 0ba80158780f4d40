"""A service of Līvāni, a study of it by alice, and rows to hang things on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from straume.web.accounts.models import User
from straume.web.places.models import Institution, Unit
from straume.web.services.models import Offer, PublicService
from straume.web.studies.models import AssessmentRun, CaseLog, FindingRow, StepTable, Study

NOW = datetime(2019, 1, 15, 10, tzinfo=UTC)


@pytest.fixture
def offer(livani: Institution, taxes: Unit) -> Offer:
    service = PublicService.objects.create(
        identifier="nin",
        name_lv="Nodokļa parāda piedziņa",
        name_lt="Mokesčio skolos išieškojimas",
        name_en="Tax debt recovery",
        deadline_days=30,
        deadline_clock="calendar",
    )
    return Offer.objects.create(service=service, institution=livani, unit=taxes)


@pytest.fixture
def study(offer: Offer, alice: User) -> Study:
    return Study.objects.create(offer=offer, unit=offer.unit, owner=alice, entrance="log", created_at=NOW)


@pytest.fixture
def make_log(study: Study, alice: User) -> Callable[..., CaseLog]:
    def make(**values: Any) -> CaseLog:
        fields = {
            "study": study,
            "label": "2018",
            "original_name": "cases.csv",
            "bytes": 10,
            "timezone": "Europe/Riga",
            "uploaded_by": alice,
            "uploaded_at": NOW,
        }
        return CaseLog.objects.create(**{**fields, **values})

    return make


@pytest.fixture
def make_table(study: Study, alice: User) -> Callable[..., StepTable]:
    def make(**values: Any) -> StepTable:
        fields = {"study": study, "version": 1, "rows": [], "made_by": alice, "made_at": NOW}
        return StepTable.objects.create(**{**fields, **values})

    return make


@pytest.fixture
def make_run(study: Study, alice: User, make_table: Callable[..., StepTable]) -> Callable[..., AssessmentRun]:
    """A run with one finding; its result is a placeholder that only the database sees."""

    def make(**values: Any) -> AssessmentRun:
        if not {"log", "step_table"} & set(values):
            values["step_table"] = make_table(version=study.step_tables.count() + 1)
        fields = {
            "study": study,
            "status": "done",
            "result": {"entrance": "steps"},
            "library_version": "0.1.0",
            "asked_by": alice,
            "asked_at": NOW,
            "made_at": NOW,
            "covers_until_on": NOW.date(),
        }
        run = AssessmentRun.objects.create(**{**fields, **values})
        FindingRow.objects.create(run=run, key="k1", rank=1, code="long_wait", step="Paraksta", figures={})
        return run

    return make

"""Every page of the studies: no axe violation, nothing against the policy, nothing wider than a phone."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone

from straume.web.studies.models import CaseLog, Study

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

NARROW, WIDE = (320, 800), (1280, 900)
# every page in each language, width and brightness, not in each combination of them
LOOKS = [("lv", WIDE, True), ("lt", NARROW, False)]
SHOTS = os.environ.get("STRAUME_SHOTS")  # a folder: keep a picture of each page to look at
BAD_TABLE = "Lietas Nr.;Darbība;Pabeigts\nL1;Reģistrē;rīt\nL1;Paraksta;2018-03-01\nL2;Reģistrē;2018-03-01\n"


@pytest.fixture
def two_studies(catalogue, tmp_path) -> None:
    """Līvāni with two small logs and Aglona's steps, made the way the demo makes them."""
    from straume.web.demo import studies as seed
    from straume.web.demo.study_processes import studies

    described = studies(debt_service=seed.DEBT, felling_service=seed.FELLING)
    livani = next(one for one in described if one.institution == "livani" and len(one.years) == 2)
    small = replace(livani, years=tuple(replace(year, cases=60) for year in livani.years), published=True)
    aglona = next(one for one in described if one.institution == "aglona")
    now = timezone.now()
    with ThreadPoolExecutor(2) as readers:
        waiting = seed.upload(small, seed.begun(small, now), tmp_path, readers, now)
        for one in waiting:
            seed.confirm_and_assess(one, now)
    seed.publish(waiting[-1].log.study, now)
    seed.begun(aglona, now)
    problem_log(waiting[-1].log.study, tmp_path)


def problem_log(study: Study, folder: Path) -> None:
    from django.core.files.base import ContentFile

    from straume.web.studies.actions import logs
    from straume.web.studies.tasks import check_log

    file = ContentFile(BAD_TABLE.encode(), name="slikta.csv")
    what = logs.Upload(file=file, label="2016", keeps_original=False, key=study.idempotency_key)
    log = logs.store_log(study=study, upload=what, by=study.owner, now=timezone.now())
    check_log.enqueue(log.pk)


def addresses() -> dict[str, str]:
    study = Study.objects.get(offer__institution__slug="livani")
    first, second = study.runs.order_by("pk")
    checked = study.logs.get(label="2018")
    bad = CaseLog.objects.get(label="2016")
    question = second.findings.first()
    base, run = f"/assessments/{study.pk}/", f"/assessments/{study.pk}/runs/{second.pk}/"
    return {
        "list": "/assessments/",
        "list-nothing": "/assessments/?q=zzzz",
        "new": "/assessments/new/",
        "assessment": base,
        "earlier": f"{base}runs/{first.pk}/",
        "beside": f"{base}runs/{first.pk}/beside/{second.pk}/",
        **{name: f"{run}{name}/" for name in ("time", "steps", "edges", "variants", "weeks", "findings")},
        "verdict": f"{base}questions/{question.key}/",
        "judge": f"{base}judge/",
        "team": f"{base}team/",
        "publish": f"{base}publish/",
        "delete": f"{base}delete/",
        "upload": f"{base}logs/new/",
        "replace": f"{base}logs/{checked.pk}/replace/",
        "facts": f"{base}logs/{checked.pk}/?again",
        "columns": f"{base}logs/{bad.pk}/columns/",
        "delete-log": f"{base}logs/{checked.pk}/delete/",
        "write-steps": f"{base}steps/",
    }


def seen_by_others() -> dict[str, str]:
    study = Study.objects.get(offer__institution__slug="livani")
    told = Study.objects.get(offer__institution__slug="aglona")
    return {"published": f"/assessments/{study.pk}/", "only-that-it-exists": f"/assessments/{told.pk}/"}


def look_at(page, axe, overflow, pages: dict[str, str], label: str) -> None:
    """Goes through all pages before it fails, so that one run tells everything."""
    faults = []
    for name, address in pages.items():
        page.complaints.clear()
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/studies-{name}-{label}.png", full_page=True)
        faults += [f"{name} {label}: {found}" for found in axe(page)]
        if wider := overflow(page):
            faults.append(f"{name} {label}: {wider} px wider than the window")
        faults += [f"{name} {label}: {said}" for said in page.complaints]
    assert not faults, "\n".join(faults)


@pytest.mark.every_page
def test_every_page_is_accessible_and_fits(two_studies, as_role, axe, overflow):
    """All pages in both languages, wide and narrow, light and dark; and what a coordinator sees."""
    pages = addresses()
    for language, size, dark in LOOKS:
        page = as_role("facilitator", language=language, size=size, dark=dark)
        label = f"{language}-{size[0]}-{'dark' if dark else 'light'}"
        look_at(page, axe, overflow, pages, label)
        coordinator = as_role("coordinator", language=language, size=size, dark=dark)
        look_at(coordinator, axe, overflow, seen_by_others(), f"coordinator-{label}")


def test_pages_with_errors_are_accessible_and_fit(two_studies, as_role, axe, overflow):
    """What a page looks like after a wrong submit: summary on top, error beside the field."""
    pages = addresses()
    page = as_role("facilitator", language="lt", size=NARROW)
    for name in ("new", "upload", "verdict", "write-steps"):
        page.goto(pages[name])
        if name == "write-steps":
            page.locator(".cell-step input").first.fill("Žingsnis")
            page.locator(".cell-touch input").first.fill("ilgai")
        page.locator("main form button.button:not(.quiet)").last.click()
        page.wait_for_selector(".error-summary")
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/studies-wrong-{name}.png", full_page=True)
        assert axe(page) == [], name
        assert overflow(page) == 0, name
        assert page.locator(".error").count() >= 1, name

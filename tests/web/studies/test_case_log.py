"""A case log from upload to assessment, and every way out of it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from straume.web.studies.models import AssessmentRun, CaseLog, Verdict
from straume.web.studies.stored import tables_folder

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "Lietas Nr.;Darbība;Struktūrvienība;Darbinieks;Sākums;Pabeigts\n"


def table(cases: int = 30) -> bytes:
    """Two steps a case; the second waits four days."""
    rows = []
    for case in range(cases):
        day = 1 + case % 20
        rows.append(f"L{case};Reģistrē;Lietvedība;Anna;2018-03-{day:02} 09:00;2018-03-{day:02} 09:20")
        rows.append(f"L{case};Paraksta;Vadība;Pēteris;2018-03-{day + 4:02} 10:00;2018-03-{day + 4:02} 10:05")
    return (HEAD + "\n".join(rows) + "\n").encode()


def upload(client, study, content: bytes = b"", name: str = "lietas.csv", **fields):
    form = {
        "file": SimpleUploadedFile(name, content or table()),
        "label": "2018",
        "key": str(uuid.uuid4()),
        **fields,
    }
    return client.post(f"/assessments/{study.pk}/logs/new/", form, follow=True)


def confirm(client, page):
    form = page.context["form"]
    said = {name: field.value() for name, field in ((field.name, field) for field in form) if field.value()}
    return client.post(page.redirect_chain[-1][0], said, follow=True)


def stored_files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.fixture
def client(as_person, alice):
    return as_person(alice)


@pytest.fixture
def checked(client, study) -> CaseLog:
    confirm(client, upload(client, study))
    return CaseLog.objects.get()


def test_columns_are_guessed_with_reasons_and_ten_rows(client, study):
    page = upload(client, study)
    assert page.redirect_chain[-1][0].endswith("/columns/")
    form = page.context["form"]
    assert [form[role].value() for role in ("case", "activity", "start", "end", "unit")] == [
        "Lietas Nr.",
        "Darbība",
        "Sākums",
        "Pabeigts",
        "Struktūrvienība",
    ]
    assert len(page.context["preview"]) == 10
    assert page.context["reasons"]["case"]
    assert "Anna" not in page.content.decode()


def test_confirmed_facts_become_an_assessment(client, study, checked):
    assert checked.status == "checked"
    assert checked.facts["cases"] == 30
    page = client.post(
        f"/assessments/{study.pk}/logs/{checked.pk}/assess/", {"key": str(uuid.uuid4())}, follow=True
    )
    run = AssessmentRun.objects.get()
    assert run.status == "done", run.refusal
    assert page.redirect_chain[-1][0] == run.get_absolute_url()
    assert "30 cases" in page.content.decode()


def test_the_original_is_deleted_once_it_is_checked(client, study):
    before = stored_files()
    confirm(client, upload(client, study))
    left = {path.suffix for path in stored_files() - before}
    assert left == {".parquet", ".json"}
    assert not CaseLog.objects.get().file
    assert "preview" not in CaseLog.objects.get().guess


def test_an_original_that_its_owner_keeps_can_be_downloaded(client, study, as_person, bob):
    confirm(client, upload(client, study, keeps_original="on"))
    log = CaseLog.objects.get()
    url = f"/assessments/{study.pk}/logs/{log.pk}/original/"
    assert b"".join(client.get(url).streaming_content) == table()
    assert as_person(bob).get(url).status_code == 403


def test_names_of_workers_are_in_no_file_and_no_row(client, study):
    before = stored_files()
    confirm(client, upload(client, study))
    kept = b"".join(path.read_bytes() for path in stored_files() - before)
    assert b"Anna" not in kept
    log = CaseLog.objects.get()
    assert "Anna" not in f"{log.guess} {log.facts} {log.mapping}"


def test_a_broken_file_shows_its_problem_with_place_and_advice(client, study):
    broken = table().replace(b"2018-03-05 09:00", b"rit no rita", 1)
    page = upload(client, study, broken)
    log = CaseLog.objects.get()
    assert log.status == "guessed"
    assert log.problems
    page = confirm(client, page)
    log.refresh_from_db()
    assert log.status == "problems"
    for problem in page.context["problems"]:
        assert problem.sentence and problem.place and problem.advice
        assert problem.sentence in page.content.decode().replace("&quot;", '"').replace("&#x27;", "'")


def test_an_empty_file_is_refused_at_once(client, study):
    page = client.post(
        f"/assessments/{study.pk}/logs/new/",
        {"file": SimpleUploadedFile("x.csv", b""), "label": "2018", "key": str(uuid.uuid4())},
    )
    assert "This file is empty" in page.content.decode()
    assert not CaseLog.objects.exists()


def test_a_file_that_is_no_table_says_so(client, study):
    page = upload(client, study, b"\x00\x01\x02" * 100, "x.bin")
    assert CaseLog.objects.get().status == "problems"
    assert page.context["problems"][0].advice


def test_columns_that_were_changed_are_checked_again(client, study):
    page = upload(client, study)
    form = page.context["form"]
    said = {field.name: field.value() for field in form if field.value()} | {"unit": ""}
    client.post(page.redirect_chain[-1][0], said)
    log = CaseLog.objects.get()
    assert log.status == "checked"
    assert log.facts["units"] == 0


def test_one_column_cannot_mean_two_things(client, study):
    page = upload(client, study)
    form = page.context["form"]
    said = {field.name: field.value() for field in form if field.value()} | {"unit": "Darbība"}
    answer = client.post(page.redirect_chain[-1][0], said)
    assert "already chosen" in answer.content.decode()
    assert CaseLog.objects.get().status == "guessed"


def test_the_same_upload_twice_is_one_log(client, study):
    key = str(uuid.uuid4())
    upload(client, study, key=key)
    upload(client, study, key=key)
    assert CaseLog.objects.count() == 1


def test_confirming_twice_makes_one_run(client, study, checked):
    form = {"key": str(uuid.uuid4())}
    url = f"/assessments/{study.pk}/logs/{checked.pk}/assess/"
    client.post(url, form)
    client.post(url, form)
    assert AssessmentRun.objects.count() == 1


def test_a_cancelled_upload_leaves_no_file(client, study):
    before = stored_files()
    upload(client, study)
    log = CaseLog.objects.get()
    client.post(f"/assessments/{study.pk}/logs/{log.pk}/cancel/")
    log.refresh_from_db()
    assert (log.status, log.file.name, log.guess) == ("cancelled", "", {})
    assert stored_files() == before


def test_a_cancelled_check_ends_its_child_process(client, study, monkeypatch, alice):
    """The job sees the cancelled row, the child is killed, and a late answer changes nothing."""
    from straume.web.studies import analysis, tasks

    upload(client, study)
    log = CaseLog.objects.get()
    log.moves("checking", only_from=("guessed",))
    seen = {}
    checks = analysis.check_in_child

    def cancelled_meanwhile(*args, cancelled, **kwargs):
        CaseLog.objects.filter(pk=log.pk).update(status="cancelled")
        monkeypatch.setattr(tasks, "SECONDS_BETWEEN_QUESTIONS", 0)
        seen["answer"] = checks(*args, cancelled=cancelled, **kwargs)
        return seen["answer"]

    monkeypatch.setattr(analysis, "check_in_child", cancelled_meanwhile)
    tasks.check_log.enqueue(log.pk)
    assert [problem.code for problem in seen["answer"].problems] == ["check_cancelled"]
    log.refresh_from_db()
    assert log.status == "cancelled"


def test_a_replaced_log_gives_way_once_the_new_one_is_confirmed(client, study, checked):
    first = client.post(f"/assessments/{study.pk}/logs/{checked.pk}/assess/", {"key": str(uuid.uuid4())})
    form = {"file": SimpleUploadedFile("b.csv", table(40)), "label": "2018", "key": str(uuid.uuid4())}
    page = client.post(f"/assessments/{study.pk}/logs/{checked.pk}/replace/", form, follow=True)
    confirm(client, page)
    fresh = CaseLog.objects.exclude(pk=checked.pk).get()
    assert CaseLog.objects.get(pk=checked.pk).status == "checked"
    client.post(f"/assessments/{study.pk}/logs/{fresh.pk}/assess/", {"key": str(uuid.uuid4())})
    assert CaseLog.objects.get(pk=checked.pk).status == "replaced"
    assert AssessmentRun.objects.count() == 2
    assert client.get(first.url, follow=True).status_code == 200


def test_deleting_a_log_removes_files_and_runs_and_keeps_verdicts(client, study, checked, alice):
    folder = tables_folder(checked.folder)
    assert list(folder.iterdir())
    client.post(f"/assessments/{study.pk}/logs/{checked.pk}/assess/", {"key": str(uuid.uuid4())})
    run = AssessmentRun.objects.get()
    Verdict.objects.create(
        study=study,
        run=run,
        finding_key="k",
        choice="keep",
        reason="r",
        law="silent",
        given_by=alice,
        given_at=run.made_at,
    )
    assert client.post(f"/assessments/{study.pk}/logs/{checked.pk}/delete/").status_code == 302
    assert not AssessmentRun.objects.exists()
    assert Verdict.objects.get().run is None
    assert not folder.exists()


def test_four_cases_are_too_few_to_be_shown(client, study):
    confirm(client, upload(client, study, table(4)))
    log = CaseLog.objects.get()
    page = client.post(
        f"/assessments/{study.pk}/logs/{log.pk}/assess/", {"key": str(uuid.uuid4())}, follow=True
    )
    assert AssessmentRun.objects.get().status == "failed"
    assert "fewer than five" in page.content.decode()


def test_a_job_that_breaks_does_not_leave_the_log_hanging(client, study, monkeypatch):
    from straume.web.studies import analysis

    def broken(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr(analysis, "check_in_child", broken)
    page = upload(client, study)
    assert CaseLog.objects.get().status == "problems"
    assert "broke off" in page.content.decode()


def test_a_wide_table_is_guessed_and_assessed(client, study):
    head = "Dok. Nr.;Reģistrēts;Vīzēts;Parakstīts;Nosūtīts\n"
    days = range(1, 19)
    rows = [
        f"D{n};{d:02}.03.2018;{d + 2:02}.03.2018;{d + 5:02}.03.2018;{d + 6:02}.03.2018"
        for n, d in enumerate(list(days) * 2)
    ]
    page = upload(client, study, (head + "\n".join(rows) + "\n").encode())
    assert page.context["form"]["layout"].value() == "wide"
    confirm(client, page)
    log = CaseLog.objects.get()
    assert log.status == "checked", log.problems
    client.post(f"/assessments/{study.pk}/logs/{log.pk}/assess/", {"key": str(uuid.uuid4())})
    assert AssessmentRun.objects.get().status == "done"


def test_last_years_table_does_not_push_this_years_assessment_aside(client, study, checked):
    url = f"/assessments/{study.pk}/logs/"
    client.post(f"{url}{checked.pk}/assess/", {"key": str(uuid.uuid4())})
    of_2018 = study.standing_run()
    confirm(client, upload(client, study, table().replace(b"2018-", b"2017-"), label="2017"))
    older = CaseLog.objects.get(label="2017")
    client.post(f"{url}{older.pk}/assess/", {"key": str(uuid.uuid4())})
    assert AssessmentRun.objects.filter(status="done").count() == 2
    assert study.standing_run() == of_2018
    beside = client.get(f"/assessments/{study.pk}/runs/{of_2018.pk}/beside/{older.runs.get().pk}/")
    assert (beside.context["before"].log, beside.context["after"].log) == (older, checked)

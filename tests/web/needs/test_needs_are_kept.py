"""Needs as records: written once, merged and parted, deleted only when nothing points at them."""

from __future__ import annotations

import uuid
from datetime import date
from threading import Thread

import pytest
from django.db import IntegrityError, connections
from django.urls import reverse

from simulated_survey import answer, make_wave
from straume.web.needs.actions import records
from straume.web.needs.models import ImportedResult, Need, NeedChange, NeedMerge
from straume.web.needs.models.needs import NeedEvidence

DAY = date(2016, 6, 1)


@pytest.fixture
def needs(db):
    return [
        Need.objects.create(kind="problem", title_en=title, named_on=DAY)
        for title in ("Many signatures", "Too many signatures", "Slow answers")
    ]


def test_a_need_is_written_by_hand_once(bob, as_person):
    given = {
        "kind": "problem",
        "title_lv": "Daudz parakstu",
        "whom_lv": "Lietveži",
        "idempotency_key": str(uuid.uuid4()),
    }
    client = as_person(bob)
    for _ in range(2):
        assert client.post(reverse("needs:add_need"), given).status_code == 302
    need = Need.objects.get()
    assert (need.named_by, need.whom_lv, need.changes.count()) == (bob, "Lietveži", 1)


def test_a_controller_reads_and_does_not_write(member, lead_body, needs, as_person):
    client = as_person(member("carla", lead_body, "controller"))
    assert client.get(reverse("needs:needs")).status_code == 200
    assert client.post(reverse("needs:add_need"), {}).status_code == 403
    assert client.post(reverse("needs:delete_need", args=[needs[0].pk])).status_code == 403


def test_a_status_keeps_its_reasons(needs, coordinator, as_person):
    client = as_person(coordinator)
    address = reverse("needs:need_status", args=[needs[0].pk])
    refused = client.post(address, {"status": "dropped", "reason": ""})
    assert "Say why it is not taken up." in refused.content.decode()
    for status, reason in (("agreed", "steering meeting"), ("dropped", "another project does it")):
        client.post(address, {"status": status, "reason": reason})
    said = [(one.status, one.reason) for one in needs[0].changes.order_by("pk")]
    assert said == [("agreed", "steering meeting"), ("dropped", "another project does it")]


def test_two_that_are_the_same_are_shown_as_one_and_parted_again(needs, coordinator, bob, as_person):
    client, (kept, gone, _other) = as_person(coordinator), needs
    client.post(reverse("needs:merge_need", args=[gone.pk]), {"kept": kept.pk})
    assert client.get(gone.get_absolute_url()).headers["Location"] == kept.get_absolute_url()
    assert "Too many signatures" in client.get(kept.get_absolute_url()).content.decode()
    listed = as_person(bob).get(reverse("needs:needs"), {"q": "signatures"}).context["rows"]
    assert [row.need for row in listed] == [kept]
    # the kept one cannot be merged into what was merged into it
    form = client.get(reverse("needs:merge_need", args=[kept.pk])).context["form"]
    assert gone not in form.fields["kept"].queryset
    client.post(reverse("needs:unmerge_need", args=[gone.pk]))
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_a_need_that_others_point_at_is_not_deleted(needs, coordinator, as_person):
    client, (kept, gone, other) = as_person(coordinator), needs
    records.merge(gone=gone, kept=kept, by=coordinator, today=DAY)
    client.post(reverse("needs:delete_need", args=[kept.pk]))
    client.post(reverse("needs:delete_need", args=[other.pk]))
    assert set(Need.objects.all()) == {kept, gone}


def test_what_a_person_did_with_needs_is_in_what_is_kept_about_them(needs, coordinator, as_person):
    client = as_person(coordinator)
    client.post(reverse("needs:need_status", args=[needs[0].pk]), {"status": "agreed", "reason": ""})
    assert "Many signatures" in client.get(reverse("my_data")).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_taken_along(needs, bob, as_person, form):
    answered = as_person(bob).get(reverse("needs:needs"), {"format": form, "sort": "-title"})
    assert answered.status_code == 200 and len(answered.content) > 100


def test_search_and_home_know_needs(needs, coordinator, as_person):
    client = as_person(coordinator)
    assert "Slow answers" in client.get("/search/", {"q": "slow"}).content.decode()
    assert "Slow answers" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "broken",
    [
        lambda need: NeedMerge.objects.create(gone=need, kept=need, made_on=DAY),
        lambda need: NeedChange.objects.create(need=need, status="dropped", made_on=DAY),
    ],
    ids=["merged with itself", "dropped without a reason"],
)
def test_the_database_keeps_what_must_be_true(needs, broken):
    with pytest.raises(IntegrityError):
        broken(needs[0])


@pytest.mark.parametrize(("n", "value"), [(4, 50.0), (9, 101.0)])
def test_an_imported_result_is_of_five_or_more_and_a_share_a_share(lead_body, n, value):
    with pytest.raises(IntegrityError):
        ImportedResult.objects.create(
            wave=make_wave(lead_body), order=1, item="q1", n=n, unit="share", value=value
        )


@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_make_one_need(lead_body, livani, coordinator):
    wave = make_wave(lead_body)
    answer(wave, livani, 8, people=20)
    evidence = records.Evidence("wanted", "lean", 8, {"method": "need", "value": 40.0})

    def press() -> None:
        try:
            records.make_from_result(
                wave=wave,
                kind="training",
                label={"en": "Lean methods"},
                evidence=evidence,
                by=coordinator,
                today=DAY,
            )
        finally:
            connections.close_all()

    presses = [Thread(target=press) for _ in range(10)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert (Need.objects.count(), NeedEvidence.objects.count(), NeedChange.objects.count()) == (1, 1, 1)

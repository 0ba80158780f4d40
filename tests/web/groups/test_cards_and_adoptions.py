"""A practice card is written, published, taken up abroad; the tree grows over generations and has no loop."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from straume.web.groups.actions import cards as actions
from straume.web.groups.card_map import map_of
from straume.web.groups.card_tree import tree_of
from straume.web.groups.models import Adoption, AdoptionStep, CardPublication, PracticeCard
from straume.web.places.models import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 1, 15, 9, tzinfo=UTC)
TODAY = date(2019, 6, 1)


@pytest.fixture
def card(livani, alice) -> PracticeCard:
    made = PracticeCard.objects.create(
        title_lv="Parādi trijos soļos", title_en="Debts in three steps", problem_lv="Astoņi soļi",
        done_lv="Trīs soļi", institution=livani, contact_post="Nodaļas vadītājs", made_by=alice, made_at=NOW,
    )  # fmt: skip
    actions.publish(made, by=alice, now=NOW)
    return made


def adopted(card, institution, **fields) -> Adoption:
    return Adoption.objects.create(card=card, institution=institution, began_on=TODAY, made_at=NOW, **fields)


def test_a_draft_is_read_at_home_and_a_published_card_by_all(livani, alice, bob, charlie, as_person) -> None:
    sent = {
        "institution": livani.pk, "written_in": "lv", "title_lv": "Trīs soļi", "problem_lv": "Lēni",
        "done_lv": "Saīsinājām", "contact_post": "Vadītājs", "theme": "other", "tool": "kaizen",
        "key": uuid.uuid4(),
    }  # fmt: skip
    client = as_person(alice)
    for _twice in range(2):
        assert client.post(reverse("groups:add_card"), sent).status_code == 302
    made = PracticeCard.objects.get()
    assert as_person(charlie).get(made.get_absolute_url()).status_code == 404
    assert as_person(charlie).get(reverse("groups:change_card", args=[made.pk])).status_code == 404
    assert as_person(bob).get(made.get_absolute_url()).status_code == 200
    client.post(reverse("groups:publish_card", args=[made.pk]))
    page = as_person(charlie).get(made.get_absolute_url()).content.decode()
    assert "Saīsinājām" in page
    assert "Not translated yet" in page
    assert as_person(charlie).get(reverse("groups:change_card", args=[made.pk])).status_code == 403
    client.post(reverse("groups:take_back_card", args=[made.pk]), {"reason": "A figure was wrong"})
    assert as_person(charlie).get(made.get_absolute_url()).status_code == 404
    assert CardPublication.objects.get().reason == "A figure was wrong"


def test_taken_up_abroad_once_and_told(card, charlie, utena, as_person) -> None:
    client = as_person(charlie)
    for _twice in range(2):
        sent = {"institution": utena.pk, "began_on": "2019-05-02", "key": uuid.uuid4()}
        client.post(reverse("groups:adopt", args=[card.pk]), sent)
    adoption = Adoption.objects.get()
    tell = reverse("groups:tell", args=[adoption.pk])
    page = client.post(tell, {"state": "adopted", "on": "2019-06-01"}).content.decode()
    assert "Write what came of it" in page
    told = {
        "state": "adopted", "on": "2019-06-01", "learnt_lt": "Du žingsniai", "measure_lt": "žingsniai",
        "before": "8", "before_n": "40", "after": "3", "after_n": "4", "source": "registras",
    }  # fmt: skip
    assert "fewer than five" in client.post(tell, told).content.decode()
    client.post(tell, told | {"after_n": "38"})
    adoption.refresh_from_db()
    assert (adoption.state, adoption.after) == ("adopted", Decimal(3))
    assert AdoptionStep.objects.get().after == "adopted"
    page = client.get(adoption.get_absolute_url()).content.decode()
    assert "before 8 (n = 40), after 3 (n = 38)" in page


def test_the_place_of_the_card_does_not_take_it_up_itself(card, alice, livani, as_person) -> None:
    sent = {"institution": livani.pk, "began_on": "2019-05-02", "key": uuid.uuid4()}
    page = as_person(alice).post(reverse("groups:adopt", args=[card.pk]), sent).content.decode()
    assert "The card comes from there" in page
    assert not Adoption.objects.exists()


def test_a_controller_reads_and_does_not_take_up(card, member, utena, as_person) -> None:
    reader = as_person(member("kontroliere", utena, Role.CONTROLLER))
    assert reader.get(card.get_absolute_url()).status_code == 200
    assert reader.get(reverse("groups:adopt", args=[card.pk])).status_code == 403
    assert reader.get(reverse("groups:add_card")).status_code == 403


@pytest.fixture
def second(card, utena) -> PracticeCard:
    first = adopted(card, utena, state="adopted", ended_on=TODAY, learnt_lt="Pavyko")
    variant = PracticeCard.objects.create(
        title_lt="Du žingsniai", institution=utena, contact_post="Vedėjas", came_from=first, made_at=NOW
    )
    actions.publish(variant, by=None, now=NOW)
    return variant


def test_the_tree_goes_over_generations_and_back_over_the_border(
    card, second, livani, utena, taxes, charlie, as_person
) -> None:
    for place, north, east in ((livani, "56.3544", "26.1757"), (utena, "55.4970", "25.6040")):
        place.latitude, place.longitude = Decimal(north), Decimal(east)
        place.save()
    adopted(second, livani, unit=taxes)
    tree = tree_of(second, person=charlie, today=TODAY)
    assert tree.card == card
    walked = [(generation, branch.adoption.institution.slug) for generation, branch in tree.walk()]
    assert walked == [(1, "utena"), (2, "livani")]
    assert all(branch.crosses_border for _generation, branch in tree.walk())
    drawn = map_of(tree, [livani, utena])
    assert drawn is not None
    north, south = drawn.points
    assert (north.institution, south.institution) == (livani, utena)
    assert north.y < south.y
    assert south.x < north.x
    assert (north.is_square, south.is_square) == (False, True)
    assert len(drawn.arrows) == 2
    page = as_person(charlie).get(reverse("groups:card_tree", args=[card.pk])).content.decode()
    assert "It crossed the border 2 times." in page


def test_where_a_card_comes_from_never_changes_so_no_loop_can_be(card, second) -> None:
    back = adopted(second, card.institution, unit=None)
    card.came_from = back
    with pytest.raises(ValidationError):
        card.save()
    assert second.generation == 1
    assert second.root == card
    with pytest.raises(IntegrityError), transaction.atomic():
        PracticeCard.objects.filter(pk=card.pk).update(came_from=back)


def test_a_card_taken_back_hides_its_branch_from_others(card, second, charlie, bob, as_person) -> None:
    actions.take_back(second, reason="Wrong", by=charlie, now=NOW)
    assert [b.variants for b in tree_of(card, person=bob, today=TODAY).branches] == [[]]
    assert as_person(bob).get(reverse("groups:card_tree", args=[card.pk])).status_code == 200


def test_the_database_keeps_figures_whole(card, utena, taxes) -> None:
    broken = [
        {"before": 8},
        {"before": 8, "before_n": 40, "after": 3, "after_n": 4, "source": "s", "measure_lv": "soļi"},
        {"before": 8, "before_n": 40, "after": 3, "after_n": 40, "source": "", "measure_lv": "soļi"},
        {"before": 8, "before_n": 40, "after": 3, "after_n": 40, "source": "s"},
        {"state": "stopped", "ended_on": TODAY},
        {"state": "adopted", "learnt_lv": "Labi"},
    ]
    for fields in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            adopted(card, utena, **fields)
    adopted(card, utena)
    with pytest.raises(IntegrityError), transaction.atomic():
        adopted(card, utena)


def test_list_files_and_sheets(card, second, charlie, as_person) -> None:
    client = as_person(charlie)
    page = client.get(reverse("groups:cards"), {"q": "trijos", "country": "lv", "sort": "-adoptions"})
    assert "Debts in three steps" in page.content.decode()
    assert "Debts in three steps" not in client.get(reverse("groups:cards"), {"tool": "5s"}).content.decode()
    file = client.get(reverse("groups:cards"), {"format": "csv"}).content.decode()
    assert file.count("\r\n") == 3
    assert client.get(reverse("groups:cards"), {"format": "xlsx"}).status_code == 200
    assert client.get(card.get_absolute_url() + "?side_by_side").status_code == 200
    assert client.get(reverse("groups:add_variant", args=[second.came_from_id])).status_code == 200
    for paper in ("a5", "a4"):
        sheet = client.get(reverse("groups:card_sheet", args=[card.pk, paper, "lv"]))
        assert sheet.content.startswith(b"%PDF")
    assert client.get(reverse("groups:card_sheet", args=[card.pk, "a0", "lv"])).status_code == 404

"""Nothing becomes public before all that the funder asks for is there, in each language."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from straume.web.public import actions
from straume.web.public.models import Publication, Publicity
from straume.web.public.publicity import duties_of, is_public, lacking
from web.public.conftest import NOW

pytestmark = pytest.mark.django_db
TAKEN_AWAY = {
    "co_financing_lv": "", "co_financing_lt": "", "co_financing_en": "", "disclaimer_lv": "",
    "disclaimer_lt": "", "disclaimer_en": "", "eu_url": "", "contact_post": "", "contact_email": "",
}  # fmt: skip


def test_a_project_that_lacks_nothing_is_published_once(project, coordinator) -> None:
    assert lacking(project) == []
    for _again in range(2):
        assert actions.publish_project(project=project, by=coordinator, now=NOW) == []
    assert Publication.objects.filter(project=project, withdrawn_at=None).count() == 1
    assert is_public(project)


@pytest.mark.parametrize("field", sorted(TAKEN_AWAY))
def test_each_missing_text_or_link_stops_the_publication(project, coordinator, field) -> None:
    Publicity.objects.update(**{field: ""})
    missing = actions.publish_project(project=project, by=coordinator, now=NOW)
    assert len(missing) == 1 and missing[0].what_to_do
    assert not Publication.objects.exists()


def test_a_missing_logo_or_programme_link_stops_it(project, coordinator) -> None:
    project.logos.all().delete()
    project.programme_url = ""
    project.save()
    missing = actions.publish_project(project=project, by=coordinator, now=NOW)
    assert [duty.label for duty in missing] == ["Link to the programme", "Logo of the programme"]


def test_pages_close_when_a_text_is_taken_out_later(project, coordinator, client) -> None:
    actions.publish_project(project=project, by=coordinator, now=NOW)
    assert client.get("/open/lli-59/").status_code == 200
    Publicity.objects.update(disclaimer_lt="")
    assert client.get("/open/lli-59/").status_code == 404
    assert len(duties_of(project)) == len(lacking(project)) + 9


def test_the_page_names_what_is_missing(project, coordinator, as_person) -> None:
    Publicity.objects.update(disclaimer_lt="")
    client = as_person(coordinator)
    page = client.post(f"/publish/{project.pk}/", {"do": "publish"}, follow=True).content.decode()
    assert "Not published: the funder also asks for Disclaimer (Lithuanian)." in page


def test_only_those_who_run_the_programme_publish(project, alice, as_person) -> None:
    assert as_person(alice).post(f"/publish/{project.pk}/", {"do": "publish"}).status_code == 403
    assert not Publication.objects.exists()


def test_the_database_keeps_one_standing_publication_of_one_thing(project, activity, coordinator) -> None:
    said = {"published_by": coordinator, "published_at": NOW}
    Publication.objects.create(project=project, **said)
    Publication.objects.create(activity=activity, **said)
    wrong = ({"project": project}, {"activity": activity}, {}, {"project": project, "activity": activity})
    for one in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Publication.objects.create(**said, **one)

"""Beginning, publishing, handing over and deleting a study."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from straume.web.accounts.models import User
from straume.web.places.models import Institution
from straume.web.places.once import once
from straume.web.services.models import Offer
from straume.web.studies.models import AssessmentRun, Publication, Study
from straume.web.studies.stored import remove_on_commit


def begin_study(
    *,
    offer: Offer,
    owner: User,
    scope: str,
    entrance: str,
    team: Iterable[User],
    key: uuid.UUID,
    now: datetime,
    is_simulated: bool = False,
) -> Study:
    """Begin a study of one offer."""

    def create() -> Study:
        study = Study.objects.create(
            offer=offer,
            unit=offer.unit,
            scope=scope,
            owner=owner,
            entrance=entrance,
            is_simulated=is_simulated,
            idempotency_key=key,
            created_at=now,
        )
        study.team.set(team)
        return study

    return once(create, lambda: Study.objects.filter(idempotency_key=key, owner=owner).first())


def publish(*, study: Study, run: AssessmentRun, by: User, now: datetime) -> Publication:
    """Let the other municipalities see this run; what was published before gives way to it.

    The study is locked meanwhile: of several at the same moment each sees what the one before it wrote.
    """
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        standing = study.publications.filter(withdrawn_at=None).first()
        if standing is not None and standing.run_id == run.pk:
            return standing
        study.publications.filter(withdrawn_at=None).update(withdrawn_at=now)
        return Publication.objects.create(study=study, run=run, published_by=by, published_at=now)


def withdraw(*, study: Study, now: datetime) -> None:
    study.publications.filter(withdrawn_at=None).update(withdrawn_at=now)


def delete_study(*, study: Study) -> None:
    """Remove a study with everything in it; its files go when the database has let go of them."""
    with transaction.atomic():
        for log in study.logs.all():
            remove_on_commit(log)
        study.delete()


def hand_over_studies(from_person: User, to_person: User, institution: Institution) -> int:
    """A leaver's studies of this institution get a new owner."""
    return Study.objects.filter(owner=from_person, offer__institution=institution).update(owner=to_person)

"""Waves: made from a version, with the numbers of staff and the addresses that are asked."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from straume.web.needs import codes, sealing
from straume.web.needs.models import Invitation, NoLetters, QuestionnaireVersion, Staff, Wave
from straume.web.needs.pasted import Places, Row
from straume.web.places.models import Institution
from straume.web.places.once import once

LINK_LENGTH = 10
LARGEST_STAFF = 50_000


class RowProblems(ValueError):
    """What is wrong with rows, a sentence each with its number; nothing was written."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


def make_wave(
    *, version: QuestionnaireVersion, fields: Mapping[str, Any], has_link: bool, key: uuid.UUID, now: datetime
) -> Wave:
    """A wave of this version, which from now on never changes."""

    def create() -> Wave:
        QuestionnaireVersion.objects.filter(pk=version.pk, frozen_at=None).update(frozen_at=now)
        link = new_link() if has_link else ""
        return Wave.objects.create(
            version=version, made_at=now, idempotency_key=key, link_code=link, **fields
        )

    return once(create, lambda: Wave.objects.filter(idempotency_key=key, version=version).first())


def new_link() -> str:
    return "".join(secrets.choice(codes.LETTERS.lower()) for _place in range(LINK_LENGTH))


def delete_wave(wave: Wave) -> bool:
    """Only while nobody answered."""
    with transaction.atomic():
        locked = Wave.objects.select_for_update().get(pk=wave.pk)
        if was_answered(locked):
            return False
        locked.delete()
        transaction.on_commit(lambda: sealing.destroy_key(wave.pk))
    return True


def was_answered(wave: Wave) -> bool:
    asked = (
        wave.invitations.filter(has_answered=True).exists() or wave.turnout.filter(answered__gt=0).exists()
    )
    return asked or wave.sheets.exists() or wave.sealed_sheets.exists()


@transaction.atomic
def set_staff(*, wave: Wave, people: Mapping[Institution, int], source: str) -> None:
    """The table as a whole: an institution that is not in it is taken out."""
    wave.staff.exclude(institution__in=people).delete()
    for institution, number in people.items():
        Staff.objects.update_or_create(
            wave=wave, institution=institution, defaults={"people": number, "source": source}
        )


def read_staff(rows: Sequence[Row], places: Places) -> dict[Institution, int]:
    """Institution and number of each row; RowProblems where any row is not understood."""
    found: dict[Institution, int] = {}
    problems = []
    for row in rows:
        place, number = places.find(row.cell(0)), row.cell(1).replace(" ", "").replace("\u00a0", "")
        if row is rows[0] and place is None and not number.isdecimal():
            continue  # headings
        if place is None:
            problems.append(_row(row, _("no institution is called “%(name)s”.") % {"name": row.cell(0)}))
        elif not number.isdecimal() or not 1 <= int(number) <= LARGEST_STAFF:
            problems.append(_row(row, _("“%(number)s” is no number of people.") % {"number": row.cell(1)}))
        elif place in found:
            problems.append(_row(row, _("%(name)s is there twice.") % {"name": place.name}))
        else:
            found[place] = int(number)
    if problems:
        raise RowProblems(problems)
    return found


def read_invitations(
    rows: Sequence[Row], *, wave: Wave, places: Places, institution: Institution | None, language: str
) -> tuple[list[Invitation], list[str]]:
    """Rows of address, language, institution in any order; who wants no letters is left out and told."""
    known = {email.lower() for email in wave.invitations.values_list("email", flat=True)}
    silent = set(NoLetters.objects.values_list("fingerprint", flat=True))
    found: list[Invitation] = []
    problems, told = [], []
    for row in rows:
        try:
            made = _invitation(row, wave, places, institution, language)
        except ValueError as trouble:
            if row is rows[0] and "@" not in "".join(row.cells):
                continue  # headings
            problems.append(_row(row, str(trouble)))
            continue
        if made.email.lower() in known:
            problems.append(_row(row, _("%(email)s is invited already.") % {"email": made.email}))
        elif codes.address_fingerprint(made.email) in silent:
            told.append(_row(row, _("%(email)s wants no letters and is left out.") % {"email": made.email}))
        else:
            found.append(made)
        known.add(made.email.lower())
    if problems:
        raise RowProblems(problems)
    return found, told


@transaction.atomic
def add_invitations(invitations: Sequence[Invitation]) -> int:
    return len(Invitation.objects.bulk_create(invitations))


def _invitation(
    row: Row, wave: Wave, places: Places, institution: Institution | None, language: str
) -> Invitation:
    email, place, lang = "", institution, language
    for cell in row.cells:
        if not cell:
            continue
        if "@" in cell:
            email = _address(cell)
        elif cell.lower() in ("lv", "lt", "en"):
            lang = cell.lower()
        else:
            place = places.find(cell)
            if place is None:
                raise ValueError(_("no institution of this wave is called “%(name)s”.") % {"name": cell})
    if not email:
        raise ValueError(_("there is no e-mail address."))
    if place is None:
        raise ValueError(_("the institution is missing. Choose it above or write it beside the address."))
    return Invitation(wave=wave, institution=place, email=email, language=lang or _usual(place))


def _address(cell: str) -> str:
    email = cell.strip().strip("<>").removeprefix("mailto:")
    try:
        validate_email(email)
    except ValidationError as fault:
        raise ValueError(_("“%(email)s” is no e-mail address.") % {"email": cell}) from fault
    return email


def _usual(place: Institution) -> str:
    return place.country if place.country in ("lv", "lt") else "en"


def _row(row: Row, sentence: str) -> str:
    return _("Row %(number)s: %(sentence)s") % {"number": row.number, "sentence": sentence}

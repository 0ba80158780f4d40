"""Making a signature sheet, and attaching the signed pages of it."""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max

from straume.web.accounts.models import User
from straume.web.places.once import once
from straume.web.programme.models import (
    Project,
    ProjectLogo,
    Registration,
    ScanFile,
    Session,
    SheetPage,
    SignatureSheet,
)

ROWS_PER_PAGE = 18
ROWS_FOR_GUESTS = 5
KINDS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
BEGINNINGS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def pages_for(people: int) -> int:
    return math.ceil((people + ROWS_FOR_GUESTS) / ROWS_PER_PAGE)


def kind_of(content: bytes) -> str:
    """The type by what is in the file, never by its name; "" where it is none of ours."""
    return next((kind for begins, kind in BEGINNINGS.items() if content.startswith(begins)), "")


def make_sheet(*, session: Session, key: uuid.UUID, by: User, now: datetime) -> SignatureSheet:
    """A sheet of everybody who has a place now, in the order of their names; the rest of it is blank rows."""
    people = Registration.objects.filter(activity=session.activity, status__in=Registration.HOLDS_A_PLACE)
    rows = [one.pk for one in in_order_of_names(people.select_related("person"))]
    return _numbered(session, key, rows=rows, pages=pages_for(len(rows)), made_by=by, made_at=now)


def sheet_from_elsewhere(
    *, session: Session, pages: int, key: uuid.UUID, by: User, now: datetime
) -> SignatureSheet:
    """A list that was not printed from here: it is known by its number of pages alone."""
    return _numbered(session, key, rows=[], pages=pages, is_from_elsewhere=True, made_by=by, made_at=now)


def in_order_of_names(people: Iterable[Registration]) -> list[Registration]:
    """By the last word of the name, as lists for signatures are read in both countries."""
    return sorted(people, key=lambda one: (one.person.name.split()[-1].casefold(), one.person.name, one.pk))


@transaction.atomic
def _numbered(session: Session, key: uuid.UUID, **fields: object) -> SignatureSheet:
    """Sheets of a session are numbered; two made at once get two numbers, one submit gets one."""
    Session.objects.select_for_update().get(pk=session.pk)

    def create() -> SignatureSheet:
        last = session.sheets.aggregate(last=Max("number"))["last"] or 0
        return SignatureSheet.objects.create(session=session, number=last + 1, idempotency_key=key, **fields)

    return once(create, lambda: SignatureSheet.objects.filter(idempotency_key=key).first())


@transaction.atomic
def attach(
    *,
    sheet: SignatureSheet,
    first_page: int,
    last_page: int,
    name: str,
    content: bytes,
    key: uuid.UUID,
    by: User,
    now: datetime,
) -> ScanFile:
    """The signed pages in this file; what stood for one of them before is kept as replaced."""
    SignatureSheet.objects.select_for_update().get(pk=sheet.pk)
    there = ScanFile.objects.filter(idempotency_key=key).first()
    if there is not None:
        return there
    kind = kind_of(content)
    scan = ScanFile(
        original_name=PurePosixPath(name.replace("\\", "/")).name[:200],
        content_type=kind,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        attached_by=by,
        attached_at=now,
        idempotency_key=key,
    )
    scan.file.save(f"scan{KINDS[kind]}", ContentFile(content), save=False)
    scan.save()
    pages = range(first_page, last_page + 1)
    SheetPage.objects.filter(sheet=sheet, page__in=pages, replaced_at=None).update(replaced_at=now)
    SheetPage.objects.bulk_create(SheetPage(sheet=sheet, page=page, scan=scan) for page in pages)
    return scan


def add_logo(*, project: Project, name: str, position: int, content: bytes, by: User, now: datetime) -> None:
    kind = kind_of(content)
    logo = ProjectLogo(
        project=project, name=name, position=position, content_type=kind, added_by=by, added_at=now
    )
    logo.file.save(f"logo{KINDS[kind]}", ContentFile(content), save=False)
    logo.save()


def remove_logo(*, logo: ProjectLogo) -> None:
    storage, name = logo.file.storage, str(logo.file.name)
    logo.delete()
    transaction.on_commit(lambda: storage.delete(name))

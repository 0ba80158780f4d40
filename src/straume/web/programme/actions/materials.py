"""Files for those who take part: kept under names that say nothing, handed out by a view."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from straume.web.accounts.models import User
from straume.web.programme.models import Material


def fresh() -> dict[str, Any]:
    return {"key": uuid.uuid4()}


def keep(*, material: Material, upload: UploadedFile, by: User, now: datetime, key: uuid.UUID) -> Material:
    """The file and its row; of a second submit the file goes again."""
    there = Material.objects.filter(idempotency_key=key).first()
    if there is not None:
        return there
    material.original_name = PurePath((upload.name or "").replace("\\", "/")).name[-200:]
    material.bytes = upload.size or 0
    material.uploaded_by, material.uploaded_at, material.idempotency_key = by, now, key
    try:
        with transaction.atomic():
            material.save()
    except IntegrityError:
        material.file.storage.delete(str(material.file.name))
        return Material.objects.get(idempotency_key=key)
    return material


@transaction.atomic
def remove(*, material: Material) -> None:
    file = material.file
    material.delete()
    transaction.on_commit(partial(file.storage.delete, str(file.name)))

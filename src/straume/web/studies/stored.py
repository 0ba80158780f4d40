"""Where the files of a log lie, and how they go."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from straume.web.studies.models import CaseLog


def tables_folder(name: str) -> Path:
    """The folder of a log's Parquet files."""
    return Path(settings.MEDIA_ROOT) / "tables" / name


def remove_on_commit(log: CaseLog) -> None:
    """Remove the original and the tables of a log once its row's end is certain."""
    transaction.on_commit(removal(log.file.name or "", log.folder))


def removal(file: str, folder: str) -> Callable[[], None]:
    def remove() -> None:
        if file:
            default_storage.delete(file)
        if folder:
            shutil.rmtree(tables_folder(folder), ignore_errors=True)

    return remove

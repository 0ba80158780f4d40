"""Uploaded files: in a private folder, under names that say nothing and cannot be guessed."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateStorage(FileSystemStorage):
    """No file here has an address; a view that has asked for permission hands it out."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        given = PurePosixPath(name.replace("\\", "/"))
        token = secrets.token_hex(16)
        suffixes = "".join(s for s in given.suffixes[-2:] if s[1:].isalnum() and len(s) <= 8).lower()
        return super().get_available_name(f"{token[:2]}/{token}{suffixes}", max_length)

    def url(self, name: str | None) -> str:
        raise ValueError("An uploaded file has no address: a view hands it out.")

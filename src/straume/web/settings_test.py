"""Settings for the tests: a data folder of their own, jobs at once, mail in memory, the demo installed."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="straume-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["STRAUME_HOME"] = _folder
Path(_folder, "static").mkdir()
os.environ["STRAUME_SECRET_KEY"] = "only-for-tests-" + "x" * 40
os.environ.setdefault("STRAUME_DEMO", "1")
os.environ.pop("STRAUME_HTTPS", None)

from straume.web.settings import *  # noqa: E402, F403
from straume.web.settings import DATABASES, STORAGES  # noqa: E402

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # threads of tests come and go
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

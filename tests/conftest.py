from __future__ import annotations

import os

from hypothesis import settings

pytest_plugins = ["plugins.no_silent_skips"]

# Several tests share the cores, so no example has a deadline; CI tries the same examples each time.
settings.register_profile(
    "straume", deadline=None, print_blob=True, derandomize=os.environ.get("CI") == "true"
)
settings.load_profile("straume")

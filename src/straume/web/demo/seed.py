"""Fill the demo: each part once, in an order in which each finds what it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from django.db import transaction

from straume.web.demo.models import Seeded

# each is a module of this package with `seed(today)`; who came stands after who has a place
PARTS = (
    "places",
    "programme",
    "people",
    "services",
    "surveys",
    "needs",
    "activities",
    "choosing",
    "ideas",
    "attendance",
    "participants",
    "evaluations",
    "coaching",
    "groups",
    "studies",
    "thread",
    "public",
)


def seed_all(*, today: date, say: Callable[[str], None] = lambda line: None) -> list[str]:
    """Run the parts that are not in yet; return their names. A part that fails leaves nothing behind."""
    done = []
    for name in PARTS:
        module = f"straume.web.demo.{name}"
        if find_spec(module) is None or Seeded.objects.filter(name=name).exists():
            continue
        say(name)
        with transaction.atomic():
            import_module(module).seed(today)
            Seeded.objects.create(name=name)
        done.append(name)
    return done

"""The worker: first takes up what a killed one left unfinished, then does jobs and duties as they come."""

from __future__ import annotations

import os
from typing import Any

from django_tasks_db.management.commands import db_worker

from straume.web.places.duties import begin_looking
from straume.web.studies.actions.interrupted import resume_interrupted


class Command(db_worker.Command):
    help = "Run the worker; jobs that a killed worker left unfinished are done again first"

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(10)  # people wait for pages, nobody for a job: in a rush the web server goes first
        resume_interrupted()
        looking = begin_looking()
        try:
            super().handle(*args, **options)
        finally:
            looking.set()

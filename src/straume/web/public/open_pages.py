"""What the public pages find: published projects and activities, by their address."""

from __future__ import annotations

from typing import Any

from straume.web.places.permissions import not_here
from straume.web.programme.models import Activity, Project
from straume.web.public.models import Publicity
from straume.web.public.publicity import is_public, public_activities


def published_projects() -> list[Project]:
    found = Project.objects.filter(publications__withdrawn_at=None, publications__isnull=False).distinct()
    return [project for project in found if is_public(project)]


def find_project(code: str) -> Project:
    """The published project with this code; its address is the code in small letters."""
    project = Project.objects.filter(code__iexact=code).first()
    if project is None or not is_public(project):
        raise not_here()
    return project


def find_activity(project: Project, pk: int) -> Activity:
    for activity in public_activities(project):
        if activity.pk == pk:
            return activity
    raise not_here()


def around(project: Project) -> dict[str, Any]:
    """What stands on each page of the project: who pays, links, logos, disclaimer."""
    return {
        "project": project,
        "code": project.code.lower(),
        "publicity": Publicity.objects.get(project=project),
        "logos": list(project.logos.all()),
    }

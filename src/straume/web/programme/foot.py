"""Who pays for a project stands at the foot of every page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from straume.web.places.registry import FootLine
from straume.web.programme.models import Project


def co_financing() -> Iterator[FootLine]:
    for project in Project.objects.filter(stated_eu_eur__gt=0).order_by("from_on"):
        yield FootLine(
            text=_("Project %(code)s “%(name)s” is co-financed by the European Union.")
            % {"code": project.code, "name": project.name},
            url=project.programme_url,
            link=project.programme,
        )

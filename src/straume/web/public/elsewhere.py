"""What the public pages add to those below: the way to them, and the foot of every page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from straume.web.places.registry import FootLink, SubmenuItem, foot_links, submenu
from straume.web.programme.permissions import runs_programme


def register() -> None:
    submenu.register(
        "public",
        SubmenuItem(
            gettext_lazy("Public pages"), "public:publishing", "activities", "public", shown=runs_programme
        ),
        order=90,
    )
    foot_links.register("projects", FootLink(gettext_lazy("Projects"), "public:projects"), order=10)
    foot_links.register("learn", FootLink(gettext_lazy("Learn lean"), "public:learn"), order=20)
    foot_links.register(
        "accessibility", FootLink(gettext_lazy("Accessibility"), "public:accessibility"), order=30
    )
    foot_links.register("privacy", FootLink(gettext_lazy("Cookies and data"), "public:privacy"), order=40)

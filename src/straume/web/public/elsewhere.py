"""What the public pages add to those below: the way to them, and the foot of every page."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy

from straume.web.places.registry import Duty, FootLink, SubmenuItem, duties, foot_links, submenu
from straume.web.programme.permissions import runs_programme
from straume.web.public import sign_up


def register() -> None:
    submenu.register(
        "public",
        SubmenuItem(
            gettext_lazy("Public pages"),
            "public:publishing",
            "activities",
            "public",
            shown=runs_programme,
            family="activities",
        ),
        order=90,
    )
    duties.register("sign-up", Duty(every=timedelta(hours=1), run=sign_up.erase_ended))
    foot_links.register("projects", FootLink(gettext_lazy("Projects"), "public:projects"), order=10)
    foot_links.register("learn", FootLink(gettext_lazy("Learn lean"), "public:learn"), order=20)
    foot_links.register(
        "accessibility", FootLink(gettext_lazy("Accessibility"), "public:accessibility"), order=30
    )
    foot_links.register("privacy", FootLink(gettext_lazy("Cookies and data"), "public:privacy"), order=40)

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlacesConfig(AppConfig):
    name = "straume.web.places"
    label = "places"
    verbose_name = pgettext_lazy("municipalities", "Places")

    def ready(self) -> None:
        from straume.web.places import (
            checks,  # noqa: F401  (registers the check)
            mail,
            own_pages,
            registry,
        )

        units = registry.MenuItem(label=_("Units"), url_name="coverage", section="units")
        registry.menu.register("units", units, order=30)
        registry.searches.register("institutions", own_pages.find_institutions, order=10)
        registry.searches.register("units", own_pages.find_units, order=20)
        registry.home_sections.register("units", own_pages.my_units, order=90)
        every_minute = registry.Duty(every=timedelta(minutes=1), run=mail.send_kept)
        registry.duties.register("unsent letters", every_minute)
        registry.kept_about.register("memberships", own_pages.memberships_kept, order=10)
        registry.kept_about.register("letters", own_pages.letters_kept, order=95)
